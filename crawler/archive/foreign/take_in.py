"""Captures of other tools (Browsertrix, Heritrix, wget, Scoop, StormCrawler) taken into a package.

Their records are kept as they stand, one gzip member each, behind our own warcinfo; only cookies and credentials are
masked, in place, since a package is published, and ids, dates and folded lines that not all tools read are written in
the standard's form. A metadata record beside each capture says what it is for, where it is from and what it was called
there, so that everything later reads it as one of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler import __version__
from crawler.addresses import mask_url
from crawler.archive.containers.open import archives_as_they_are
from crawler.archive.foreign.account import Taken
from crawler.archive.foreign.capture import ForeignCapture, ForeignFile
from crawler.archive.foreign.identity import is_record_id
from crawler.archive.foreign.inventory import Inventory
from crawler.archive.foreign.kinds import language_of, role_for
from crawler.archive.foreign.known import Known, known_captures
from crawler.archive.foreign.stock import Owns, take_stock
from crawler.archive.http.exchange import Intent, Origin, RunInfo
from crawler.archive.warc.fields import role_of
from crawler.archive.warc.fixity import BLOCK, PAYLOAD, REQUEST
from crawler.archive.warc.writer import Recorder, run_id
from crawler.errors import ArchiveError
from crawler.model import Seed
from crawler.workspace import Workspace
from crawler.workspace.files import open_read
from crawler.workspace.scratch import scratch_folder

_TOLD = 1000  # faults in the report of one ingest

Stocks = Iterator[Inventory | ArchiveError]
"""What the archives in one file hold, one after another, or why one of them cannot be read."""
Stocktaking = Callable[[Sequence[Path], Sequence[Owns], Path], Iterator[Stocks]]
"""How stock is taken of files, in their order, for sources, with a folder to unpack in: here, or in other processes."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """A source, and where its captures go."""

    seed: Seed
    recorder: Recorder


def stocks_of(file: Path, owners: Sequence[Owns], member: Path, *, side_by_side: bool = False) -> Stocks:
    """What each archive in a file holds of `owners`. What has to be unpacked lives at `member`, until the next is asked
    for or `side_by_side`."""
    opened = archives_as_they_are(file, member, side_by_side=side_by_side)
    while True:
        try:
            its = next(opened, None)
            if its is None:
                return
            found = take_stock(its, owners)
        except ArchiveError as error:
            yield error
        else:
            yield found


def in_turn(files: Sequence[Path], owners: Sequence[Owns], folder: Path) -> Iterator[Stocks]:
    """The stock of each file, taken when it is asked for."""
    return (stocks_of(file, owners, folder / "member") for file in files)


def ingest(
    files: Sequence[Path],
    sources: Mapping[str, tuple[Seed, Owns]],
    workspace: Workspace,
    stocktaking: Stocktaking = in_turn,
) -> Taken:
    """What was taken from `files` (WARC 1.0/1.1, ARC, WACZ) into new sealed WARCs of the package, one for each of
    `sources` (by id: its seed, and what tells which addresses are its own, `PageObject.owns`) that owns something. An
    address that several own goes to the first by name.

    The caller holds the package's lock. A damaged file gives what can be read of it, and a fault; one that is no
    archive among others is a fault too. Raises ArchiveError when there is none but such, and EnvironmentFault when the
    package cannot be written.
    """
    begun, ordered = datetime.now(UTC), [its for _, its in sorted(sources.items())]
    owners = [
        _Owner(seed, Recorder(workspace.open_archive, _info(seed, begun), mask_secrets=True)) for seed, _ in ordered
    ]
    job, result, unread = _Ingest(owners, known_captures(workspace)), Taken(), None
    with scratch_folder(workspace.work) as folder:
        every = stocktaking(files, [owns for _, owns in ordered], folder)
        for file, stocks in zip(files, every, strict=True):
            before = result.copy()
            for stock in stocks:
                if isinstance(stock, ArchiveError):
                    unread = unread or stock
                    result.faults.append(f"{file.name}: lost: {stock}")
                else:
                    job.take(stock, result)
            result.account_for(file.name, before)
    if unread and len(files) == 1 and not result.count and not result.known:
        raise unread
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
    """Writes what was found, and not known before."""

    def __init__(self, owners: Sequence[_Owner], known: Known) -> None:
        self._owners, self._known = owners, known
        self._record_ids: set[str] = set()  # under which records were kept

    def take(self, stock: Inventory, result: Taken) -> None:
        """Takes the captures of one WARC or ARC file."""
        doubts = _Doubts(stock.name)
        result.faults += stock.lost
        result.left_out += stock.left_out
        wrong = [place for place in stock.warcinfo if place.mismatch]
        for place in wrong:  # which is about no page: a package keeps none whose bytes are doubted
            stock.warcinfo.remove(place)
            told = f"the block digest of the warcinfo at offset {place.offset} does not match; it is left out"
            result.faults.append(f"{stock.name}: damaged: {told}")
        with open_read(stock.path) as file:
            source = ForeignFile(file, stock)
            for place in stock.captures:
                owner = self._owners[place.owner]
                try:
                    capture = source.capture(place, owner.seed.id)
                    if self._known.has(capture):
                        result.known += 1
                        continue
                    self._keep(owner, source, capture)
                except ArchiveError as error:
                    result.faults.append(f"{stock.name}: lost: {mask_url(place.url)}: {error}")
                    continue
                result.taken[owner.seed.id] += 1
                doubts.take(capture)
        result.faults += doubts.lines()

    def _keep(self, owner: _Owner, source: ForeignFile, capture: ForeignCapture) -> None:
        stock, given = source.stock, capture.place.record_id
        record_id = given if is_record_id(given) and given not in self._record_ids else capture.made_id
        changes = capture.changes | ({} if record_id == given else {"warc-record-id": record_id})
        members = [source.member(capture.place, changes)]
        if capture.request:
            members.append(source.member(capture.request, capture.request_changes({given: record_id})))
        while stock.warcinfo:
            members.append(source.member(stock.warcinfo.pop(), {}))
        origin = Origin(
            record_id=record_id,
            capture_id=capture.capture_id,
            url=capture.url,
            fetched_at=capture.fetched_at,
            file=stock.name,
            sha256=stock.sha256,
            offset=capture.place.offset,
            method=capture.method,
            given_id=capture.fields.get("record-id") or (None if record_id == given else given or "none"),
            given_date=capture.place.date if "warc-date" in changes else None,
            run=capture.run,
            damage=capture.damage,
            mismatch=capture.mismatch,
        )
        owner.recorder.take_in(members, _intent(capture, owner.seed), origin)
        self._record_ids.add(record_id)


def _intent(capture: ForeignCapture, seed: Seed) -> Intent:
    """What a capture is for: as written down by this program, or as its address and answer tell."""
    fields = capture.fields
    url, via = capture.url, mask_url(fields.get("via", "")) or None
    language = fields.get("document-language") or language_of(url, seed)
    if capture.is_ours:  # from another package
        hint = fields.get("document-modified")
        return Intent(role_of(fields["role"]), fields.get("document"), language, via, hint, fields.get("soft-404"))
    return Intent(role_for(capture.answer.mime, url, capture.method, seed), language=language, via=via)


_MISMATCHES = {
    BLOCK: "the block digest does not match",
    PAYLOAD: "the payload digest does not match",
    f"{REQUEST} {BLOCK}": "the block digest of the request does not match",
}


class _Doubts:
    """The captures of a file whose digests are not those of their bytes: how many of each kind, and the first."""

    def __init__(self, name: str) -> None:
        self._name, self._found = name, dict[str, tuple[int, str]]()

    def take(self, capture: ForeignCapture) -> None:
        for field in (capture.mismatch or "").split(", "):
            if words := _MISMATCHES.get(field):
                count, first = self._found.get(words, (0, f"{capture.url} at offset {capture.place.offset}"))
                self._found[words] = (count + 1, first)

    def lines(self) -> Iterator[str]:
        for words, (count, first) in sorted(self._found.items()):
            yield f"{self._name}: damaged: {words} of {count} record(s), the first of {first}"


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
