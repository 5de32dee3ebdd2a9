"""Captures of other tools (Browsertrix, Heritrix, wget, Scoop, StormCrawler) taken into a package.

Their records are kept as they stand, one gzip member each, behind our own warcinfo; only cookies and credentials are
masked, in place, since a package is published, and ids, dates and folded lines that not all tools read are written in
the standard's form. A metadata record beside each capture says what it is for, where it is from and what it was called
there, so that everything later reads it as one of ours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the records of one file that the user named."""

    name: str
    taken: int
    known: int  # captures that the package has already
    left_out: Mapping[str, int]  # why -> records
    damaged: tuple[str, ...]  # what is damaged or lost, in words

    def __str__(self) -> str:
        left = [f"{count} {why} left out" for why, count in self.left_out.items()]
        lost = [f"{len(self.damaged)} damaged or lost"] if self.damaged else []
        return f"{self.name}: {', '.join([f'{self.taken} taken', f'{self.known} known', *left, *lost])}"


@dataclass(slots=True)
class Taken:
    """What came of taking files in."""

    taken: Counter[str] = field(default_factory=Counter)  # by source
    known: int = 0  # captures that the package has already
    left_out: Counter[str] = field(default_factory=Counter)  # why -> records
    faults: list[str] = field(default_factory=list)  # what is damaged or lost, in words
    files: tuple[Path, ...] = ()
    accounts: list[FileAccount] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The captures that were taken."""
        return self.taken.total()

    @property
    def notes(self) -> list[str]:
        """What a user should be told."""
        return [*self.faults, *(f"left out: {count} {why}" for why, count in sorted(self.left_out.items()))]


@dataclass(frozen=True, slots=True)
class _Owner:
    """A source, and where its captures go."""

    seed: Seed
    owns: Owns
    recorder: Recorder


def ingest(files: Sequence[Path], sources: Mapping[str, tuple[Seed, Owns]], workspace: Workspace) -> Taken:
    """What was taken from `files` (WARC 1.0/1.1, ARC, WACZ) into new sealed WARCs of the package, one for each of
    `sources` (by id: its seed, and what tells which addresses are its own, `PageObject.owns`) that owns something. An
    address that several own goes to the first by name.

    The caller holds the package's lock. A damaged file gives what can be read of it, and a fault; one that is no
    archive among others is a fault too. Raises ArchiveError when there is none but such, and EnvironmentFault when the
    package cannot be written.
    """
    begun = datetime.now(UTC)
    owners = [
        _Owner(seed, owns, Recorder(workspace.open_archive, _info(seed, begun), mask_secrets=True))
        for _, (seed, owns) in sorted(sources.items())
    ]
    job = _Ingest(owners, known_captures(workspace))
    for file in files:
        try:
            with archives(file, workspace.work) as found:
                for opened in found:
                    job.take(opened)
        except ArchiveError as error:
            if len(files) == 1 and not job.result.count:
                raise
            job.result.faults.append(f"{file.name}: lost: {error}")
        job.account_for(file.name)
    result = job.result
    sealed: list[Path] = []
    for owner in owners:
        if result.taken[owner.seed.id]:
            owner.recorder.record_report(_report(owner, begun, result))
            sealed += owner.recorder.seal(workspace.archive)
    result.files = tuple(sealed)
    return result


def _info(seed: Seed, begun: datetime) -> RunInfo:
    return RunInfo(
        source_id=seed.id,
        run_id=run_id(seed.id, begun),
        seed_toml=seed.toml,
        user_agent="none: captures of other tools",
        operator=seed.crawl.contact or "not stated",
        software=f"ministry-news/{__version__} ingest",
        robots="as the tools that made the captures",
    )


class _Ingest:
    def __init__(self, owners: Sequence[_Owner], known: Known) -> None:
        self.result = Taken()
        self._owners, self._known = owners, known
        self._accounted: tuple[int, int, Counter[str], int] = (0, 0, Counter(), 0)
        self._record_ids: set[str] = set()  # under which records were kept

    def take(self, opened: Opened) -> None:
        """Takes the captures of one WARC or ARC file."""
        self.result.faults += opened.lost
        digest, doubts = _sha256(opened.path), _Doubts(opened.name)
        stock = take_stock(opened.path, opened.name, self.result.faults)
        self.result.left_out += stock.left_out
        with open_read(opened.path) as file:
            source = ForeignFile(file, opened.path, stock)
            for place in stock.captures:
                owner = self._owner_of(place)
                if owner is None:
                    continue
                try:
                    capture = source.capture(place, owner.seed.id)
                    if self._known.has(capture):
                        self.result.known += 1
                        continue
                    self._keep(owner, source, capture, opened.name, digest)
                except ArchiveError as error:
                    self.result.faults.append(f"{opened.name}: lost: {place.url}: {error}")
                    continue
                doubts.take(capture)
        self.result.faults += doubts.lines()

    def account_for(self, name: str) -> None:
        """Notes what came of a file, which is all that no file before it has accounted for. One that held nothing is
        a fault: somebody has named it for what should be in it."""
        result, (taken, known, left_out, told) = self.result, self._accounted
        left, damaged = result.left_out - left_out, tuple(result.faults[told:])
        account = FileAccount(name, result.count - taken, result.known - known, dict(sorted(left.items())), damaged)
        if not (account.taken or account.known or left or damaged):
            result.faults.append(f"{name}: no captures in it")
            account = replace(account, damaged=(result.faults[-1],))
        result.accounts.append(account)
        self._accounted = result.count, result.known, result.left_out.copy(), len(result.faults)

    def _keep(self, owner: _Owner, source: ForeignFile, capture: ForeignCapture, name: str, digest: str) -> None:
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
        owner.recorder.take_in(members, _intent(capture, owner.seed), origin)
        self._record_ids.add(record_id)
        self.result.taken[owner.seed.id] += 1

    def _owner_of(self, place: Place) -> _Owner | None:
        """The source whose capture it is; None, and counted, where it is not taken."""
        if not place.url.lower().startswith(("http://", "https://")):
            why = "records of other schemes"
        elif place.is_segment:
            why = "segmented records"
        elif owner := next((owner for owner in self._owners if owner.owns(place.url)), None):
            return owner
        else:
            why = "captures of other sources"
        self.result.left_out[why] += 1
        return None


def _intent(capture: ForeignCapture, seed: Seed) -> Intent:
    """What a capture is for: as written down by this program, or as its address and answer tell."""
    fields = capture.fields
    url, via = capture.url, mask_url(fields.get("via", "")) or None
    language = fields.get("document-language") or language_of(url, seed)
    if capture.is_ours:  # from another package
        hint = fields.get("document-modified")
        return Intent(role_of(fields["role"]), fields.get("document"), language, via, hint, fields.get("soft-404"))
    return Intent(role_for(capture.head, url, capture.method, seed), language=language, via=via)


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


def _report(owner: _Owner, begun: datetime, result: Taken) -> dict[str, object]:
    """What the run says of itself, with the keys that the report of a crawl has."""
    source = owner.seed.id
    counts = {"taken": result.taken[source], "known": result.known}
    counts |= {f"left-out:{why}": count for why, count in result.left_out.items()}
    return {
        "source_id": source,
        "run_id": owner.recorder.info.run_id,
        "started_at": begun.isoformat(timespec="seconds"),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "result": "partial" if result.faults else "complete",
        "counts": dict(sorted(counts.items())),
        "faults": [{"url": "", "reason": "damaged-file", "detail": fault[:500]} for fault in result.faults[:_TOLD]],
        "limits": {},
    }
