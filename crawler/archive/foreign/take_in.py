"""Captures of other tools (Browsertrix, Heritrix, wget, Scoop, StormCrawler) taken into a package.

Their records are kept as they stand, one gzip member each, behind our own warcinfo; only cookies and credentials are
masked, in place, since a package is published. A metadata record beside each capture says what it is for and where it
is from, so that everything later reads it as one of ours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler import __version__
from crawler.addresses import mask_url
from crawler.archive.containers import Opened, archives
from crawler.archive.exchange import Intent, Origin, RunInfo
from crawler.archive.fields import parse_fields, parse_warc_date, role_of, sha1, warc_date
from crawler.archive.foreign.kinds import belongs, language_of, role_for
from crawler.archive.foreign.members import whole
from crawler.archive.foreign.scan import is_warc, scan
from crawler.archive.index import lines_of_file, packed_fields
from crawler.archive.reader import Record, iter_captures, records
from crawler.archive.writer import Recorder, run_id
from crawler.errors import ArchiveError
from crawler.model import Seed
from crawler.workspace import Workspace
from crawler.workspace.files import matching, open_read, size_of

_PADDING = 8  # bytes of line ends that may stand behind the last record


@dataclass(slots=True)
class Taken:
    """What came of taking files in."""

    taken: int = 0
    known: int = 0  # captures that the package has already
    left_out: Counter[str] = field(default_factory=Counter)  # why -> records
    faults: list[str] = field(default_factory=list)
    files: tuple[Path, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What a user should be told."""
        return [*self.faults, *(f"left out: {count} {why}" for why, count in sorted(self.left_out.items()))]


@dataclass(slots=True)
class _Inventory:
    """The records of one file that belong to captures, by what leads to them."""

    captures: list[Record] = field(default_factory=list)
    warcinfo: list[Record] = field(default_factory=list)
    requests: dict[str, Record] = field(default_factory=dict)  # own id, or id of the response
    metadata: dict[str, Record] = field(default_factory=dict)  # id of the response


def ingest(files: Sequence[Path], seed: Seed, workspace: Workspace) -> Taken:
    """What was taken from `files` (WARC 1.0/1.1, ARC, WACZ) into a new sealed WARC of the package, for `seed`.

    The caller holds the package's lock. A damaged file gives what can be read of it, and a fault. Raises ArchiveError
    when a file is none of these, and EnvironmentFault when the package cannot be written.
    """
    begun = datetime.now(UTC)
    info = RunInfo(
        source_id=seed.id,
        run_id=run_id(seed.id, begun),
        seed_toml=seed.toml,
        user_agent="none: captures of other tools",
        operator=seed.crawl.contact or "not stated",
        software=f"ministry-news/{__version__} ingest",
        robots="as the tools that made the captures",
    )
    job = _Ingest(seed, Recorder(workspace.open_archive, info, mask_secrets=True), _known(workspace))
    for file in files:
        with archives(file, workspace.work) as found:
            for opened in found:
                job.take(opened)
    job.finish_revisits()
    result = job.result
    if result.taken:
        job.recorder.record_report(_report(info, begun, result))
        result.files = tuple(job.recorder.seal(workspace.archive))
    return result


class _Ingest:
    def __init__(self, seed: Seed, recorder: Recorder, known: set[str]) -> None:
        self.recorder, self.result = recorder, Taken()
        self._seed, self._known = seed, known
        self._ids: dict[str, str] = {}  # "address date" of a response -> record id
        self._revisits: list[tuple[list[bytes], Intent, Origin, str]] = []

    def take(self, opened: Opened) -> None:
        """Takes the captures of one WARC or ARC file."""
        name, path = opened.name, opened.path
        self.result.faults += opened.lost
        digest, inventory = _sha256(path), self._read(name, path)
        for entry in inventory.captures:
            if not self._is_wanted(entry):
                continue
            try:
                record, kept = whole(path, entry)
                if self._is_known(record):
                    self.result.known += 1
                    continue
                members = [kept, *self._beside(record, inventory, path)]
                origin, intent = _origin(record, name, digest), self._intent(record, inventory, path)
            except ArchiveError as error:
                self.result.faults.append(str(error))
                continue
            self._keep(record, members, intent, origin)

    def _keep(self, record: Record, members: list[bytes], intent: Intent, origin: Origin) -> None:
        self.result.taken += 1
        if record.kind == "revisit":
            headers = record.headers
            original = f"{headers.get('warc-refers-to-target-uri')} {headers.get('warc-refers-to-date')}"
            self._revisits.append((members, intent, origin, original))
            return
        self._ids[f"{origin.url} {warc_date(origin.fetched_at)}"] = origin.record_id
        self.recorder.take_in(members, intent, origin)

    def _beside(self, record: Record, inventory: _Inventory, path: Path) -> Iterator[bytes]:
        """The members that go with a capture: its request, and once per file the warcinfo of the tool."""
        own, of = record["warc-record-id"], record.headers.get("warc-concurrent-to", "")
        request = inventory.requests.get(own) or inventory.requests.get(of)
        if request:
            yield whole(path, request)[1]
        while inventory.warcinfo:
            yield whole(path, inventory.warcinfo.pop())[1]

    def finish_revisits(self) -> None:
        """Adds the revisits, now that all responses are known: some tools name an original by address and date only."""
        for members, intent, origin, original in self._revisits:
            url, _, date = original.partition(" ")
            try:
                found = self._ids.get(f"{url} {warc_date(parse_warc_date(date))}")
            except ValueError:
                found = None
            self.recorder.take_in(members, intent, replace(origin, revisit_of=found))

    def _read(self, name: str, path: Path) -> _Inventory:
        out, before = _Inventory(), len(self.result.faults)
        try:
            for record in _whole_records(name, path, self.result.faults):
                of = record.headers.get("warc-concurrent-to", "")
                if record.kind == "warcinfo":
                    if record.headers.get("content-type") == "application/warc-fields":  # not the head of an ARC
                        out.warcinfo.append(record)
                elif record.kind in ("response", "revisit"):
                    out.captures.append(record)
                elif record.kind == "request":
                    out.requests[of or record.headers.get("warc-record-id", "")] = record
                elif record.kind == "metadata" and of:
                    out.metadata[of] = record
                else:
                    self.result.left_out[f"{record.kind} records"] += 1
        except ArchiveError as error:
            self.result.faults.append(str(error))
            if not out.captures and not out.warcinfo:
                raise
        if not out.captures and not out.warcinfo and len(self.result.faults) > before:
            raise ArchiveError(f"{name}: holds no whole record; {'; '.join(self.result.faults[before:])}")
        return out

    def _is_wanted(self, entry: Record) -> bool:
        url = entry.headers.get("warc-target-uri", "").strip("<> ")
        if not url.lower().startswith(("http://", "https://")):
            why = "records of other schemes"
        elif not belongs(url, self._seed):
            why = "captures of other hosts"
        elif "warc-segment-number" in entry.headers:
            why = "segmented records"
        else:
            return True
        self.result.left_out[why] += 1
        return False

    def _is_known(self, record: Record) -> bool:
        """True for what was taken before, also when another tool wrote it anew under another id."""
        what = f"{record['warc-target-uri'].strip('<> ')} {record['warc-date'][:19]} {sha1(record.block)}"
        keys = {record["warc-record-id"], what}
        seen = bool(keys & self._known)
        self._known |= keys
        return seen

    def _intent(self, record: Record, inventory: _Inventory, path: Path) -> Intent:
        beside = inventory.metadata.get(record["warc-record-id"])
        fields = parse_fields(whole(path, beside)[0].block) if beside else {}
        url, via = record["warc-target-uri"].strip("<> "), mask_url(fields.get("via", "")) or None
        language = fields.get("document-language") or language_of(url, self._seed)
        if "role" in fields:  # our own, from another package
            hint = fields.get("document-modified")
            return Intent(role_of(fields["role"]), fields.get("document"), language, via, hint, fields.get("soft-404"))
        return Intent(role_for(record.block, url, self._seed), language=language, via=via)


def _whole_records(name: str, path: Path, lost: list[str]) -> Iterator[Record]:
    """The records of a file, past what is damaged in a WARC; blocks only of those that say what made it."""
    if is_warc(path):
        for found in scan(path, name, lost):
            block = found.block if found.kind == "warcinfo" else b""
            yield Record(found.kind, found.fields, block, found.offset, found.length)
        return
    end, size = 0, size_of(path)
    for record in records(path, only=("warcinfo",)):
        yield record
        end = record.offset + record.length
    if size - end > _PADDING:
        lost.append(f"{name}: lost: the last {size - end} bytes are no whole record")


def _known(workspace: Workspace) -> set[str]:
    """Record ids of all captures that the package holds, from its indexes, or from files that none of them covers."""
    known: set[str] = set()
    covered: set[str] = set()
    for path in matching(workspace.indexes, "*.cdx"):
        for line in lines_of_file(path):
            try:
                packed = packed_fields(line)
                known.add(f"<urn:uuid:{packed['id']}>")
                covered.add(packed["filename"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise ArchiveError(f"{path}: not a line of this index: {error}") from error
    for path in matching(workspace.archive, "*.warc.gz"):
        if path.name not in covered:
            known |= {f"<urn:uuid:{capture.capture_id}>" for capture in iter_captures(path)}
    return known


def _origin(record: Record, name: str, digest: str) -> Origin:
    try:
        moment = parse_warc_date(record["warc-date"])
    except ValueError as error:
        raise ArchiveError(f"{name}: record at offset {record.offset}: WARC-Date: {error}") from error
    url = mask_url(record["warc-target-uri"].strip("<> "))
    return Origin(record["warc-record-id"], url, moment, name, digest, record.offset)


def _sha256(path: Path) -> str:
    with open_read(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _report(info: RunInfo, begun: datetime, result: Taken) -> dict[str, object]:
    """What the run says of itself, with the keys that the report of a crawl has."""
    counts = {"taken": result.taken, "known": result.known, **{f"left-out:{k}": v for k, v in result.left_out.items()}}
    return {
        "source_id": info.source_id,
        "run_id": info.run_id,
        "started_at": begun.isoformat(timespec="seconds"),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "result": "partial" if result.faults else "complete",
        "counts": dict(sorted(counts.items())),
        "faults": [{"url": "", "reason": "damaged-file", "detail": fault[:500]} for fault in result.faults],
        "limits": {},
    }
