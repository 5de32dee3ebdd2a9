"""WARC files read back: captures with their locators, payloads, and what a run said of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.addresses import mask_url
from crawler.archive.http.http1 import MAX_DECODED, decode, parse_head, split_message
from crawler.archive.limits import MAX_REPORT
from crawler.archive.parts import PartStarts
from crawler.archive.warc.answer import answer_of, target_of, unbracketed
from crawler.archive.warc.digests import normal
from crawler.archive.warc.fields import (
    NO_DIGESTS,
    NO_HEAD,
    digests_of,
    media_type,
    one_line,
    parse_fields,
    parse_warc_date,
    record_uuid,
    redirect_of,
    role_of,
)
from crawler.archive.warc.record_groups import Group, groups
from crawler.archive.warc.records import Record, read_record, records
from crawler.errors import ArchiveError
from crawler.model import Capture, Foreign, Locator, Payload, Role

__all__ = [
    "INGEST",
    "Record",
    "RunRecord",
    "is_ingested",
    "iter_captures",
    "iter_exchanges",
    "iter_payloads",
    "read_captures",
    "read_payload",
    "read_record",
    "read_run",
    "records",
]


_FIRST_RECORD = 1 << 20  # bytes in which the warcinfo of a file stands whole
INGEST = " ingest"  # ends what the files in which captures are taken in call their software


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What the first and last records of a WARC file say of the run that wrote it."""

    source_id: str
    run_id: str
    started_at: datetime
    software: str
    seed_toml: str | None
    report: Mapping[str, Any] | None  # None: the run was killed, or went on in a later file


def iter_captures(path: Path, *, warc_file: str | None = None) -> Iterator[Capture]:
    """The captures of a WARC or ARC file, in its own order. `warc_file` is the path that locators name.

    Raises ArchiveError, with file and offset, when the file is not what its format says.
    """
    for group, info in groups(path):
        yield _capture(group, info, warc_file or f"archive/{path.name}")


def iter_payloads(path: Path, *, role: Role | None = None, warc_file: str | None = None) -> Iterator[Payload]:
    """The captures of a file with what they hold; only those made for `role`, if given. Raises ArchiveError."""
    for group, info in groups(path):
        capture = _capture(group, info, warc_file or f"archive/{path.name}")
        if role is None or capture.role is role:
            yield _payload(group, capture)


def iter_exchanges(
    path: Path,
    *,
    warc_file: str | None = None,
    seen: Callable[[Record], None] | None = None,
    odd: Callable[[], None] | None = None,
) -> Iterator[tuple[Capture, Record, Record | None]]:
    """The captures of a file, each with its record and that of its request, if it has one. `seen` is called with each
    record of the file, those of the next capture not before one is taken, `odd` as `records` does. Raises
    ArchiveError."""
    for group, info in groups(path, seen, odd):
        yield _capture(group, info, warc_file or f"archive/{path.name}"), group.main, group.request


def read_payload(path: Path, capture: Capture) -> Payload:
    """What the WARC record of `capture` in the file at `path` holds. Raises ArchiveError."""
    record = read_record(path, capture.locator)
    is_it = record_uuid(record["warc-record-id"]) == capture.capture_id
    # What was taken in has an id of its own; address and moment tell its record.
    if not is_it and (target_of(record), _date(record, path)) != (capture.url, capture.fetched_at):
        raise ArchiveError(f"{path}: the record at offset {capture.locator.offset} is not {capture.capture_id}")
    return _payload(Group(record), capture)


def read_run(path: Path) -> RunRecord:
    """What the WARC file of a run says of it. Raises ArchiveError when it has no warcinfo that names one."""
    found = _Runs(path)
    for record in records(path, only=("warcinfo", "resource")):
        found.take(record)
    return found.records()[0]


def read_captures(path: Path, *, warc_file: str) -> tuple[list[Capture], Callable[[], tuple[RunRecord, ...]]]:
    """The captures of a file, and what gives its run as `read_run` does, or the runs of the parts of a joined one, from
    one pass. Raises ArchiveError."""
    found = _Runs(path)
    captures = [_capture(group, info, warc_file) for group, info in groups(path, found.take)]
    return captures, found.records


class _Runs:
    """What the records of a file say of its run, or of those of its parts."""

    def __init__(self, path: Path) -> None:
        self._path, self._starts = path, PartStarts(str(path))
        self._found = [_Run(path)]

    def take(self, record: Record) -> None:
        if self._starts.begins(record):
            self._found.append(_Run(self._path))
        self._found[-1].take(record)

    def records(self) -> tuple[RunRecord, ...]:
        """Raises ArchiveError when no warcinfo names a source and a run."""
        return tuple(run.record() for run in self._found[1:] or self._found)


class _Run:
    """What the records of a file say of its run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._info: dict[str, str] = {}
        self._started: datetime | None = None
        self._seed: str | None = None
        self._report: Mapping[str, Any] | None = None

    def take(self, record: Record) -> None:
        target = record.headers.get("warc-target-uri", "")
        if record.kind == "warcinfo" and self._started is None:
            self._info, self._started = parse_fields(record.block), _date(record, self._path)
        elif record.kind == "resource" and target.startswith("urn:x-ministry-news:seed:"):
            self._seed = record.block.decode("utf-8", "replace")
        elif record.kind == "resource" and target.startswith("urn:x-ministry-news:run:"):
            self._report = _json(record, self._path)

    def record(self) -> RunRecord:
        """Raises ArchiveError when no warcinfo names a source and a run."""
        info = self._info
        if self._started is None or "run" not in info or "ispartof" not in info:
            raise ArchiveError(f"{self._path}: no warcinfo that names a source and a run; take it in with `ingest`")
        software = info.get("software", "")
        return RunRecord(info["ispartof"], info["run"], self._started, software, self._seed, self._report)


def is_ingested(path: Path) -> bool:
    """Whether a WARC file of a package holds captures of other tools. Raises ArchiveError."""
    return is_info_of_ingest(read_record(path, Locator(path.name, 0, _FIRST_RECORD)))


def is_info_of_ingest(record: Record) -> bool:
    """Whether the first record of a file says that captures of other tools follow."""
    return parse_fields(record.block).get("software", "").endswith(INGEST)


# ---------------------------------------------------------------- captures


def _capture(group: Group, info: Mapping[str, str], warc_file: str) -> Capture:
    main = group.main
    extra = parse_fields((main if main.kind == "metadata" else group.metadata or _EMPTY).block)
    head, raw = answer_of(main) if main.kind != "metadata" else (NO_HEAD, b"")
    url = target_of(main)
    digests = digests_of(head, raw) if main.kind in ("response", "resource") else NO_DIGESTS
    revisit = main.kind == "revisit"
    return Capture(
        capture_id=extra.get("capture-id") or record_uuid(main["warc-record-id"]),
        source_id=info.get("ispartof", ""),
        run_id=info.get("run", ""),
        url=url,
        fetched_at=_date(main, warc_file),
        role=_role(group, extra, info),
        locator=Locator(warc_file, main.offset, main.length),
        kind=_KINDS.get(main.kind, main.kind),
        method=extra.get("method", "GET"),
        status=head.status,
        mime=media_type(head),
        payload_sha256=digests.payload_sha256,
        etag=one_line(head.get("etag")),
        last_modified=one_line(head.get("last-modified")),
        redirect=redirect_of(head, url),
        revisit_of=_revisit_of(main) if revisit and "ingested-from" not in extra else None,
        truncated=None if revisit else extra.get("damage") or main.headers.get("warc-truncated") or digests.problem,
        failure=extra.get("fetch-error"),
        via=extra.get("via"),
        document=extra.get("document"),
        language=extra.get("document-language"),
        modified_hint=extra.get("document-modified"),
        soft_404=extra.get("soft-404"),
        entity_sha1=digests.entity_sha1,
        foreign=_foreign(main, extra) if "ingested-from" in extra else None,
    )


_KINDS = {"metadata": "failure", "resource": "response"}


def _foreign(main: Record, extra: Mapping[str, str]) -> Foreign:
    # Earlier versions of this program looked the original up when a revisit came.
    refers = main.headers.get("warc-refers-to") or extra.get("revisit-of")
    refers_url = main.headers.get("warc-refers-to-target-uri")
    return Foreign(
        record_id=extra.get("record-id") or record_uuid(main["warc-record-id"]),
        run=extra.get("run"),
        digest=normal(main.headers.get("warc-payload-digest", "")),
        refers_to=record_uuid(refers) if refers else None,
        refers_url=mask_url(unbracketed(refers_url)) if refers_url else None,
        refers_date=main.headers.get("warc-refers-to-date"),
        mismatch=extra.get("digest-mismatch", ""),
    )


def _role(group: Group, extra: Mapping[str, str], info: Mapping[str, str]) -> Role:
    """What a capture is for. In a run's own file only a repaired tail lacks the record that tells it, with the name of
    the document; read as an article, such a capture might become a second one of the same document."""
    if "run" in info and group.metadata is None and group.main.kind != "metadata":
        return Role.PROBE
    return role_of(extra.get("role"))


def _revisit_of(main: Record) -> str | None:
    refers = main.headers.get("warc-refers-to")
    return record_uuid(refers) if refers else None


_EMPTY = Record("metadata", {}, b"", 0, 0)


def _payload(group: Group, capture: Capture) -> Payload:
    if group.main.kind == "metadata":
        return Payload(capture, (), b"")
    head, raw = answer_of(group.main)
    request = parse_head(split_message(group.request.block)[0]) if group.request else NO_HEAD
    body = decode(head, raw, max_bytes=MAX_DECODED) if capture.kind == "response" else None
    if body is not None and body.problem and not capture.truncated:
        capture = replace(capture, truncated=body.problem)
    return Payload(capture, head.fields, body.data if body else b"", request.fields)


def _date(record: Record, path: Path | str) -> datetime:
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
