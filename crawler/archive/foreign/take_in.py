"""Captures of other tools (Browsertrix, Heritrix, wget, Scoop, StormCrawler) taken into a package.

Their records are kept as they stand, one gzip member each, behind our own warcinfo; only cookies and credentials are
masked, in place, since a package is published, and ids, dates and folded lines that not all tools read are written in
the standard's form. A metadata record beside each capture says what it is for, where it is from and what it was called
there, so that everything later reads it as one of ours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crawler import __version__
from crawler.addresses import mask_url
from crawler.archive.containers import Opened, archives
from crawler.archive.exchange import Intent, Origin, RunInfo
from crawler.archive.fields import role_of
from crawler.archive.foreign.capture import ForeignCapture, ForeignFile
from crawler.archive.foreign.identity import is_record_id
from crawler.archive.foreign.inventory import Place, take_stock
from crawler.archive.foreign.kinds import language_of, role_for
from crawler.archive.foreign.known import Known, known_captures
from crawler.archive.foreign.members import kept
from crawler.archive.writer import Recorder, run_id
from crawler.errors import ArchiveError
from crawler.model import Seed
from crawler.workspace import Workspace
from crawler.workspace.files import open_read

Owns = Callable[[str], bool]
_TOLD = 1000  # faults in the report of one ingest


@dataclass(slots=True)
class Taken:
    """What came of taking files in."""

    taken: int = 0
    known: int = 0  # captures that the package has already
    left_out: Counter[str] = field(default_factory=Counter)  # why -> records
    faults: list[str] = field(default_factory=list)  # what is damaged or lost, in words
    files: tuple[Path, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What a user should be told."""
        return [*self.faults, *(f"left out: {count} {why}" for why, count in sorted(self.left_out.items()))]


def ingest(files: Sequence[Path], seed: Seed, workspace: Workspace, owns: Owns) -> Taken:
    """What was taken from `files` (WARC 1.0/1.1, ARC, WACZ) into a new sealed WARC of the package, for `seed`; `owns`
    tells which addresses are its source's (`PageObject.owns`).

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
    recorder = Recorder(workspace.open_archive, info, mask_secrets=True)
    job = _Ingest(seed, recorder, known_captures(workspace), owns)
    for file in files:
        with archives(file, workspace.work) as found:
            for opened in found:
                job.take(opened)
    result = job.result
    if result.taken:
        recorder.record_report(_report(info, begun, result))
        result.files = tuple(recorder.seal(workspace.archive))
    return result


class _Ingest:
    def __init__(self, seed: Seed, recorder: Recorder, known: Known, owns: Owns) -> None:
        self.recorder, self.result = recorder, Taken()
        self._seed, self._known, self._owns = seed, known, owns
        self._record_ids: set[str] = set()  # under which records were kept

    def take(self, opened: Opened) -> None:
        """Takes the captures of one WARC or ARC file."""
        self.result.faults += opened.lost
        digest, doubts = _sha256(opened.path), _Doubts(opened.name)
        stock = take_stock(opened.path, opened.name, self.result.faults)
        self.result.left_out += stock.left_out
        with open_read(opened.path) as file:
            source = ForeignFile(file, opened.path, stock, self._seed.id)
            for place in stock.captures:
                if not self._is_wanted(place):
                    continue
                try:
                    capture = source.capture(place)
                    if self._known.has(capture):
                        self.result.known += 1
                        continue
                    self._keep(source, capture, opened.name, digest)
                except ArchiveError as error:
                    self.result.faults.append(f"{opened.name}: lost: {place.url}: {error}")
                    continue
                doubts.take(capture)
        self.result.faults += doubts.lines()

    def _keep(self, source: ForeignFile, capture: ForeignCapture, name: str, digest: str) -> None:
        given = capture.found.get("warc-record-id")
        record_id = given if is_record_id(given) and given not in self._record_ids else capture.made_id
        changes = capture.changes | ({} if record_id == given else {"warc-record-id": record_id})
        members = [kept(capture.found, capture.packed, changes)]
        if capture.request:
            members.append(kept(*capture.request, capture.request_changes({given: record_id})))
        while source.stock.warcinfo:
            members.append(kept(*source.record(source.stock.warcinfo.pop()), {}))
        origin = Origin(
            record_id=record_id,
            capture_id=capture.capture_id,
            url=capture.url,
            fetched_at=capture.fetched_at,
            file=name,
            sha256=digest,
            offset=capture.found.offset,
            method=capture.method,
            given_id=capture.fields.get("record-id") or (None if record_id == given else given or "none"),
            given_date=capture.found.get("warc-date") if "warc-date" in changes else None,
            run=capture.run,
            damage=capture.damage,
        )
        self.recorder.take_in(members, self._intent(capture), origin)
        self._record_ids.add(record_id)
        self.result.taken += 1

    def _is_wanted(self, place: Place) -> bool:
        if not place.url.lower().startswith(("http://", "https://")):
            why = "records of other schemes"
        elif not self._owns(place.url):
            why = "captures of other sources"
        elif place.is_segment:
            why = "segmented records"
        else:
            return True
        self.result.left_out[why] += 1
        return False

    def _intent(self, capture: ForeignCapture) -> Intent:
        fields = capture.fields
        url, via = capture.url, mask_url(fields.get("via", "")) or None
        language = fields.get("document-language") or language_of(url, self._seed)
        if capture.is_ours:  # from another package
            hint = fields.get("document-modified")
            return Intent(role_of(fields["role"]), fields.get("document"), language, via, hint, fields.get("soft-404"))
        return Intent(role_for(capture.head, url, capture.method, self._seed), language=language, via=via)


class _Doubts:
    """The captures of a file whose digests are not those of their bytes: how many of each kind, and the first."""

    def __init__(self, name: str) -> None:
        self._name, self._found = name, dict[str, tuple[int, str]]()

    def take(self, capture: ForeignCapture) -> None:
        if words := capture.doubt:
            count, first = self._found.get(words, (0, f"{capture.url} at offset {capture.found.offset}"))
            self._found[words] = (count + 1, first)

    def lines(self) -> Iterator[str]:
        for words, (count, first) in sorted(self._found.items()):
            yield f"{self._name}: damaged: {words} of {count} record(s), the first of {first}"


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
        "faults": [{"url": "", "reason": "damaged-file", "detail": fault[:500]} for fault in result.faults[:_TOLD]],
        "limits": {},
    }
