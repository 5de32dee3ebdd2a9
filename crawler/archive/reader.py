"""WARC files read back: captures with their locators, payloads, and what a run said of itself.

Headers are parsed by warcio; message bodies are taken as raw blocks and decoded by `archive.http`, because warcio's
own content stream knows neither mixed case, chunk extensions nor trailers, and hides a body that was cut."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.archive.fields import (
    Digests,
    digests_of,
    media_type,
    one_line,
    parse_fields,
    parse_warc_date,
    record_uuid,
    redirect_of,
    role_of,
)
from crawler.archive.http import MAX_DECODED, Head, decode, parse_head, split_answer, split_message
from crawler.archive.limits import MAX_BLOCK, MAX_REPORT, BoundedReader
from crawler.errors import ArchiveError
from crawler.model import Capture, Locator, Payload, Role
from crawler.workspace.files import open_read


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What the first and last records of a WARC file say of the run that wrote it."""

    source_id: str
    run_id: str
    started_at: datetime
    software: str
    seed_toml: str | None
    report: Mapping[str, Any] | None  # None: the run was killed, or went on in a later file


@dataclass(slots=True)
class Record:
    """One record as it stands in a file. `offset` and `length` count bytes of the file."""

    kind: str
    headers: dict[str, str]  # names in lower case
    block: bytes
    offset: int
    length: int

    def __getitem__(self, name: str) -> str:
        try:
            return self.headers[name]
        except KeyError:
            raise ArchiveError(f"record at offset {self.offset}: no {name}") from None


@dataclass(slots=True)
class _Group:
    """The records of one exchange: they are written together and name each other."""

    main: Record
    request: Record | None = None
    metadata: Record | None = None


def iter_captures(path: Path, *, warc_file: str | None = None) -> Iterator[Capture]:
    """The captures of a WARC or ARC file, in its own order. `warc_file` is the path that locators name.

    Raises ArchiveError, with file and offset, when the file is not what its format says.
    """
    for group, info in _groups(path):
        yield _capture(group, info, warc_file or f"archive/{path.name}")


def iter_payloads(path: Path, *, role: Role | None = None, warc_file: str | None = None) -> Iterator[Payload]:
    """The captures of a file with what they hold; only those made for `role`, if given. Raises ArchiveError."""
    for group, info in _groups(path):
        capture = _capture(group, info, warc_file or f"archive/{path.name}")
        if role is None or capture.role is role:
            yield _payload(group, capture)


def iter_exchanges(path: Path, *, warc_file: str | None = None) -> Iterator[tuple[Capture, Record, Record | None]]:
    """The captures of a file, each with its record and that of its request, if it has one. Raises ArchiveError."""
    for group, info in _groups(path):
        yield _capture(group, info, warc_file or f"archive/{path.name}"), group.main, group.request


def read_payload(path: Path, capture: Capture) -> Payload:
    """What the WARC record of `capture` in the file at `path` holds. Raises ArchiveError."""
    record = read_record(path, capture.locator)
    if record_uuid(record["warc-record-id"]) != capture.capture_id:
        raise ArchiveError(f"{path}: the record at offset {capture.locator.offset} is not {capture.capture_id}")
    return _payload(_Group(record), capture)


def read_record(path: Path, locator: Locator) -> Record:
    """The one record at a locator. Raises ArchiveError."""
    try:
        with open_read(path) as file:
            file.seek(locator.offset)
            data = file.read(min(locator.length, MAX_BLOCK))
    except OSError as error:
        raise ArchiveError(f"{path}: {error}") from error
    for record in _records(BytesIO(data), str(path)):
        record.offset, record.length = locator.offset, locator.length
        return record
    raise ArchiveError(f"{path}: no record at offset {locator.offset}")


def read_run(path: Path) -> RunRecord:
    """What a WARC file says of its run. Raises ArchiveError when it has no warcinfo that names one."""
    info: dict[str, str] = {}
    started: datetime | None = None
    seed: str | None = None
    report: Mapping[str, Any] | None = None
    for record in records(path, only=("warcinfo", "resource")):
        target = record.headers.get("warc-target-uri", "")
        if record.kind == "warcinfo" and started is None:
            info, started = parse_fields(record.block), _date(record, path)
        elif record.kind == "resource" and target.startswith("urn:x-ministry-news:seed:"):
            seed = record.block.decode("utf-8", "replace")
        elif record.kind == "resource" and target.startswith("urn:x-ministry-news:run:"):
            report = _json(record, path)
    if started is None or "run" not in info or "ispartof" not in info:
        raise ArchiveError(f"{path}: no warcinfo that names a source and a run; take it in with `ingest`")
    return RunRecord(info["ispartof"], info["run"], started, info.get("software", ""), seed, report)


# ---------------------------------------------------------------- records


def records(path: Path, *, only: tuple[str, ...] | None = None) -> Iterator[Record]:
    """All records of a WARC or ARC file; blocks are read of the kinds in `only`, if given. Raises ArchiveError."""
    try:
        with open_read(path) as file:
            yield from _records(file, str(path), only=only)
    except OSError as error:
        raise ArchiveError(f"{path}: {error}") from error


def _records(stream: Any, name: str, only: tuple[str, ...] | None = None) -> Iterator[Record]:
    iterator = _Silent(stream, no_record_parse=True, arc2warc=True)
    iterator.reader = BoundedReader(iterator.fh, block_size=_PIECE)
    at = 0
    try:
        for entry in iterator:
            headers = {key.lower(): value for key, value in reversed(entry.rec_headers.headers)}
            block = b"" if only and entry.rec_type not in only else _read_block(entry.raw_stream)
            stated = headers.get("content-length", "")
            # warcio takes a cut member for a whole one (warcio#138); its own length tells.
            # (Of the first record of an ARC file warcio has read a part already.)
            checked = entry.rec_type != "warcinfo" and (not only or entry.rec_type in only)
            if checked and stated.isdigit() and len(block) != int(stated):
                most = f"; at most {MAX_BLOCK:,} are read" if len(block) >= MAX_BLOCK else ""
                raise ArchiveError(f"{name}: record behind offset {at}: {len(block)} of {stated} bytes{most}")
            at = int(iterator.get_record_offset())  # only now: asking for it reads the record to its end
            length = int(iterator.get_record_length())
            yield Record(entry.rec_type, headers, block, at, length)
    except _UNREADABLE as error:
        raise ArchiveError(f"{name}: unreadable behind offset {at}: {error}") from error


class _Silent(ArchiveIterator):  # type: ignore[misc] # warcio has no types
    """warcio's iterator, which prints what stands where a record should end: any amount of a page."""

    INC_RECORD = ""


_PIECE = 1 << 14  # packed bytes that are unfolded at once
_UNREADABLE = (ArchiveLoadFailed, EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError, AttributeError)


def _read_block(stream: Any) -> bytes:
    parts, size = [], 0
    while size < MAX_BLOCK and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _groups(path: Path) -> Iterator[tuple[_Group, Mapping[str, str]]]:
    info: dict[str, str] = {}
    group: _Group | None = None
    for record in records(path):
        if record.kind == "warcinfo":
            # The first that names a run: files that `ingest` made carry those of other tools behind their own.
            fields = parse_fields(record.block)
            info = info or (fields if "run" in fields else {})
        elif group and _belongs(record, group.main):
            _join(group, record)
        elif record.kind in ("response", "revisit") or _is_failure(record):
            if group:
                yield group, info
            group = _Group(record)
    if group:
        yield group, info


def _belongs(record: Record, main: Record) -> bool:
    own, its = main.headers.get("warc-record-id"), record.headers.get("warc-record-id")
    if record.headers.get("warc-concurrent-to", "") == own:
        return True
    # wget lets the response name its request.
    return record.kind == "request" and its == main.headers.get("warc-concurrent-to", "")


def _join(group: _Group, record: Record) -> None:
    if record.kind == "request":
        group.request = record
    elif record.kind == "metadata":
        group.metadata = record


def _is_failure(record: Record) -> bool:
    return record.kind == "metadata" and "warc-concurrent-to" not in record.headers and b"fetch-error:" in record.block


# ---------------------------------------------------------------- captures


def _capture(group: _Group, info: Mapping[str, str], warc_file: str) -> Capture:
    main = group.main
    extra = parse_fields((main if main.kind == "metadata" else group.metadata or _EMPTY).block)
    head_bytes, raw = split_answer(main.block) if main.kind != "metadata" else (b"", b"")
    head = parse_head(head_bytes)
    url = main["warc-target-uri"].strip("<>")
    digests = digests_of(head, raw) if main.kind == "response" else Digests()
    revisit = main.kind == "revisit"
    return Capture(
        capture_id=record_uuid(main["warc-record-id"]),
        source_id=info.get("ispartof", ""),
        run_id=info.get("run", ""),
        url=url,
        fetched_at=_date(main, Path(warc_file)),
        role=_role(group, extra, info),
        locator=Locator(warc_file, main.offset, main.length),
        kind="failure" if main.kind == "metadata" else main.kind,
        method=extra.get("method", "GET"),
        status=head.status,
        mime=media_type(head),
        payload_sha256=digests.payload_sha256,
        etag=one_line(head.get("etag")),
        last_modified=one_line(head.get("last-modified")),
        redirect=redirect_of(head, url),
        revisit_of=_revisit_of(main, extra) if revisit else None,
        truncated=None if revisit else main.headers.get("warc-truncated") or digests.problem,
        failure=extra.get("fetch-error"),
        via=extra.get("via"),
        document=extra.get("document"),
        language=extra.get("document-language"),
        modified_hint=extra.get("document-modified"),
        soft_404=extra.get("soft-404"),
        entity_sha1=digests.entity_sha1,
    )


def _role(group: _Group, extra: Mapping[str, str], info: Mapping[str, str]) -> Role:
    """What a capture is for. In a run's own file only a repaired tail lacks the record that tells it, with the name of
    the document; read as an article, such a capture might become a second one of the same document."""
    if "run" in info and group.metadata is None and group.main.kind != "metadata":
        return Role.PROBE
    return role_of(extra.get("role"))


def _revisit_of(main: Record, extra: Mapping[str, str]) -> str | None:
    # Other tools name the original only by address and date; `ingest` looked its id up.
    refers = main.headers.get("warc-refers-to") or extra.get("revisit-of")
    return record_uuid(refers) if refers else None


_EMPTY = Record("metadata", {}, b"", 0, 0)


def _payload(group: _Group, capture: Capture) -> Payload:
    if group.main.kind == "metadata":
        return Payload(capture, (), b"")
    head_bytes, raw = split_answer(group.main.block)
    head = parse_head(head_bytes)
    request = parse_head(split_message(group.request.block)[0]) if group.request else Head(None, ())
    body = decode(head, raw, max_bytes=MAX_DECODED) if capture.kind == "response" else None
    if body is not None and body.problem and not capture.truncated:
        capture = replace(capture, truncated=body.problem)
    return Payload(capture, head.fields, body.data if body else b"", request.fields)


def _date(record: Record, path: Path) -> datetime:
    try:
        return parse_warc_date(record["warc-date"])
    except ValueError as error:
        raise ArchiveError(f"{path}: record at offset {record.offset}: WARC-Date: {error}") from error


def _json(record: Record, path: Path) -> Mapping[str, Any]:
    if len(record.block) > MAX_REPORT:
        raise ArchiveError(f"{path}: record at offset {record.offset}: a report of more than {MAX_REPORT:,} bytes")
    try:
        value = json.loads(record.block)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"{path}: record at offset {record.offset}: {error}") from error
    if not isinstance(value, dict):
        raise ArchiveError(f"{path}: record at offset {record.offset}: not a JSON object")
    return value
