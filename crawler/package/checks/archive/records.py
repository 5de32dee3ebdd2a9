"""Checks against the archive: records stand where rows say, and hold what they said; the index leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.archive.foreign import contents_in, settled
from crawler.archive.warc.fixity import BLOCK
from crawler.archive.warc.reader import read_payload
from crawler.archive.warc.repair import whole_prefix
from crawler.archive.warc.verify import Mismatch, Verification
from crawler.errors import SeedError, UnsafeFile
from crawler.model import Capture, Seed
from crawler.package.checks.archive.archive_reading import ArchiveReading
from crawler.package.checks.archive.file_facts import FileFacts
from crawler.package.checks.archive.record_facts import RecordFacts
from crawler.package.checks.archive.unreadable import UNREADABLE, reason
from crawler.package.checks.columns.columns import Columns, row_digest
from crawler.package.checks.columns.second_look import rows_at
from crawler.package.checks.findings import Findings
from crawler.package.history.captures import Captures
from crawler.package.tables.row_builders import capture_from, capture_row
from crawler.package.tables.tables import Row
from crawler.seeds import parse_seed
from crawler.seeds.limits import MAX_SEED
from crawler.workspace import Workspace
from crawler.workspace.files import read_text, size_of


@dataclass(frozen=True, slots=True)
class _Stated:
    """A row of captures: where it stands in its table, and what tells it from others."""

    place: tuple[int, int]  # part and number
    offset: int
    capture_id: str
    digest: str


def check_captures(
    workspace: Workspace, reading: ArchiveReading, columns: Columns, indexes: Sequence[str], findings: Findings
) -> None:
    """Compares every record of every WARC file with the digests that it states, with the table captures and with the
    index, both ways. `columns` were loaded with digests."""
    found = reading.facts()
    facts, as_built = RecordFacts(columns, reading), _settled(workspace, reading)
    facts.take()
    differing, look = set(facts.differing()), _SecondLook(workspace, columns, as_built, findings)
    for path in reading.files:
        its = found[path]
        if its.is_read:
            _tell_wrong(its, path, findings)
        if not its.is_read or path in differing:
            look.at(path)
        else:
            _check_end(workspace, path, its.whole, findings)
    as_built.close()
    for (path,) in columns.ask("SELECT DISTINCT warc_file FROM placed ORDER BY 1"):
        if path not in found:
            findings.error("captures", "is named by captures, but is no file of the package", path, because=(path,))
    facts.check_revisits(findings)
    if all(its.is_read for its in found.values()):
        facts.check_index(workspace, indexes, findings)
    if doubted := [(path, its) for path, its in found.items() if its.doubted]:
        count, (path, its) = sum(its.doubted for _, its in doubted), min(doubted, key=lambda one: one[0])
        words = f"{count} records of other tools came with bytes that are not of their digests"
        findings.warning("digest", f"{words}, the first at offset {its.first} of {path}")


def _tell_wrong(its: FileFacts, path: str, findings: Findings) -> None:
    for wrong in its.wrong:
        name = "block" if wrong.digest == BLOCK else "payload"
        words = f"offset {wrong.offset}: record {wrong.record_id}: the {name} digest of the {wrong.kind}"
        findings.error("digest", f"{words} of {wrong.url or 'the file'} is of other bytes", path)
    if its.more:
        findings.error("digest", f"and {its.more} more records whose digests are of other bytes", path)


class _SecondLook:
    """Reads files whose captures are not those of the table, or that cannot be read to their end, and says how they
    differ."""

    def __init__(self, workspace: Workspace, columns: Columns, as_built: Captures, findings: Findings) -> None:
        self._workspace, self._columns, self._as_built, self._findings = workspace, columns, as_built, findings

    def at(self, path: str) -> None:
        """Tells of one file."""
        its, workspace, findings = self._columns, self._workspace, self._findings
        wrong: list[Mismatch] = []
        try:
            whole = whole_prefix(workspace.resolve(path))
            _compare_all(self._captures(path, wrong), _rows_of(its, path), its, path, findings)
            _check_end(workspace, path, whole, findings)
        except UNREADABLE as error:
            places = sorted(row.place for row in _rows_of(its, path))
            rows = (row for _, _, row in rows_at(its, "captures", places)) if places else iter(())
            _tell_wrong(FileFacts(wrong=wrong), path, findings)
            _tell_broken(workspace, path, rows, error, findings)

    def _captures(self, path: str, wrong: list[Mismatch]) -> Iterator[Capture]:
        def tell(its: Mismatch) -> None:
            if not its.is_known and len(wrong) < self._findings.limit:
                wrong.append(its)

        for capture, _ in Verification(self._workspace.resolve(path), path).captures(tell):
            known = self._as_built.get(capture.capture_id) if capture.foreign else None
            yield replace(capture, run_id=known.run_id, revisit_of=known.revisit_of) if known else capture


def _rows_of(columns: Columns, path: str) -> Iterator[_Stated]:
    """The rows of captures in a WARC file, by offset."""
    last = None
    query = "SELECT part, n, place, capture_id, row_digest FROM placed WHERE warc_file = ? ORDER BY place, part, n"
    for part, n, place, capture_id, digest in columns.ask(query, [path]):
        if (place, capture_id) != last:  # a row that stands twice is told of as such
            yield _Stated((part, n), place, capture_id, digest)
        last = (place, capture_id)


def _settled(workspace: Workspace, reading: ArchiveReading) -> Captures:
    """All captures of a package into which those of other tools were taken, each as a build tells it: of which run it
    is, and what it repeats, follow from all of the package. The facts of those of other tools are written here."""
    every = Captures(reading.in_full())
    try:
        its = Captures(settled(every, contents_in(workspace.resolve)))
    finally:
        every.close()
    reading.write_facts(capture for capture in its if capture.foreign)
    return its


def _compare_all(
    captures: Iterable[Capture], rows: Iterator[_Stated], columns: Columns, path: str, findings: Findings
) -> None:
    """Compares captures and rows, which both come in the order of the file; what is left of both then by their ids."""
    row, alone, without = next(rows, None), dict[str, _Stated](), list[Capture]()
    for capture in captures:
        offset = capture.locator.offset
        while row and row.offset < offset:
            alone[row.capture_id], row = row, next(rows, None)
        if row and (row.offset, row.capture_id) == (offset, capture.capture_id):
            _compare(capture, row, columns, path, findings)
            row = next(rows, None)
        else:
            without.append(capture)
    while row:
        alone[row.capture_id], row = row, next(rows, None)
    for capture in without:
        _compare(capture, alone.pop(capture.capture_id, None), columns, path, findings)
    for capture_id in alone:
        findings.error("captures", f"capture {capture_id} has no record", path)


def _compare(capture: Capture, stated: _Stated | None, columns: Columns, path: str, findings: Findings) -> None:
    now = capture_row(capture)
    if stated is None:
        words = f"record {capture.capture_id} has no row in captures"
        findings.error("captures", words, path, because=("captures",))
    elif stated.digest != row_digest(now):
        ((_, _, row),) = rows_at(columns, "captures", [stated.place])
        differing = ", ".join(name for name in now if row[name] != now[name])
        findings.error("captures", f"record {capture.capture_id} differs in {differing}", path)


def _check_end(workspace: Workspace, path: str, whole: int, findings: Findings) -> None:
    """Tells if something follows the last whole record that is none: readers of records may not see it."""
    size = size_of(workspace.resolve(path))
    if whole != size:
        findings.cause("warc", f"offset {whole}: the last {size - whole} bytes are no whole record", path)


def broken_records(workspace: Workspace, path: str, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Those of the captures `rows` of one WARC file whose record cannot be read, and why."""
    for row in rows:
        try:
            read_payload(workspace.resolve(path), capture_from(row))
        except (*UNREADABLE, ValueError, KeyError) as error:
            yield row, reason(workspace, path, error)


def _tell_broken(workspace: Workspace, path: str, rows: Iterable[Row], error: Exception, findings: Findings) -> None:
    """Names the records that cannot be read, by the places that captures state; those behind them may be whole."""
    found = False
    for row, why in broken_records(workspace, path, rows):
        found = True
        words = f"offset {row['warc_offset']}: record {row['capture_id']} of {row['url']} cannot be read: {why}"
        findings.cause("warc", words, path)
    if not found:  # a record that is no capture: what a run or a request says of itself
        findings.cause("warc", reason(workspace, path, error), path)


def load_seeds(workspace: Workspace, sources: Iterable[str], findings: Findings) -> dict[str, Seed]:
    """The seeds in the package, by id."""
    found = {}
    for source in sources:
        relative = f"seeds/{source}.toml"
        try:
            text = read_text(workspace.resolve(relative), limit=MAX_SEED)
            found[source] = parse_seed(text, seed_id=source, path=relative)
        except (OSError, UnicodeDecodeError, SeedError, UnsafeFile) as error:
            findings.error("seed", str(error), relative)
    return found
