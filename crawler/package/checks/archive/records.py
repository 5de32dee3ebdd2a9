"""Checks against the archive: records stand where rows say, and hold what they said; the index leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.archive.foreign import contents_in, settled
from crawler.archive.warc.fixity import BLOCK
from crawler.archive.warc.reader import is_ingested, iter_captures, read_payload
from crawler.archive.warc.repair import whole_prefix
from crawler.archive.warc.verify import Mismatch, iter_verified
from crawler.errors import SeedError, UnsafeFile
from crawler.model import Capture, Seed
from crawler.package.checks.archive.record_facts import RecordFacts
from crawler.package.checks.archive.unreadable import UNREADABLE, reason
from crawler.package.checks.columns.columns import Columns, row_digest
from crawler.package.checks.columns.second_look import rows_at
from crawler.package.checks.findings import Findings
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
    workspace: Workspace, files: Iterable[str], columns: Columns, indexes: Sequence[str], findings: Findings
) -> None:
    """Compares every record of every WARC file with the digests that it states, with the table captures and with the
    index, both ways. `columns` were loaded with digests."""
    files = sorted(files)
    columns.engine.execute(
        """CREATE TABLE placed AS SELECT warc_file, coalesce(TRY_CAST(warc_offset AS BIGINT), -1) AS place, part, n,
            capture_id, row_digest FROM captures ORDER BY warc_file, place, part, n"""
    )
    settling, facts, is_whole = _settled(workspace, files), RecordFacts(columns), True
    verified = _Verified(workspace, settling, facts, findings)
    for path in files:
        rows = _rows_of(columns, path)
        try:
            whole = whole_prefix(workspace.resolve(path))
            _compare_all(verified.of(path, whole), rows, columns, path, findings)
            _check_end(workspace, path, whole, findings)
        except UNREADABLE as error:
            places = sorted(row.place for row in _rows_of(columns, path))
            its = (row for _, _, row in rows_at(columns, "captures", places)) if places else iter(())
            _tell_broken(workspace, path, its, error, findings)
            is_whole = False
    for (path,) in columns.ask("SELECT DISTINCT warc_file FROM placed ORDER BY 1"):
        if path not in files:
            findings.error("captures", "is named by captures, but is no file of the package", path, because=(path,))
    facts.check_revisits(findings)
    if is_whole:
        facts.check_index(workspace, indexes, findings)
    if verified.doubted:
        words = f"{verified.doubted} records of other tools came with bytes that are not of their digests"
        findings.warning("digest", f"{words}, the first at {verified.first}")


def _rows_of(columns: Columns, path: str) -> Iterator[_Stated]:
    """The rows of captures in a WARC file, by offset."""
    last = None
    query = "SELECT part, n, place, capture_id, row_digest FROM placed WHERE warc_file = ? ORDER BY place, part, n"
    for part, n, place, capture_id, digest in columns.ask(query, [path]):
        if (place, capture_id) != last:  # a row that stands twice is told of as such
            yield _Stated((part, n), place, capture_id, digest)
        last = (place, capture_id)


def _settled(workspace: Workspace, files: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """By id of captures of other tools: the run that they are of, and what they repeat, which follow from all of the
    package."""
    every: list[Capture] = []
    try:
        if any(is_ingested(workspace.resolve(path)) for path in files):
            for path in files:
                every += map(_bare, iter_captures(workspace.resolve(path), warc_file=path))
    except UNREADABLE:
        pass  # told when the file is looked at
    its = settled(every, contents_in(workspace.resolve))
    return {capture.capture_id: (capture.run_id, capture.revisit_of) for capture in its if capture.foreign}


def _bare(capture: Capture) -> Capture:
    """A capture with no more than what settles others."""
    return replace(
        capture, run_id="", etag=None, last_modified=None, redirect=None, via=None, document=None, modified_hint=None
    )


class _Verified:
    """The captures of WARC files as a build tells them; what is wrong in the records goes to the findings."""

    def __init__(
        self,
        workspace: Workspace,
        settling: Mapping[str, tuple[str, str | None]],
        facts: RecordFacts,
        findings: Findings,
    ) -> None:
        self._workspace, self._settling, self._facts, self._findings = workspace, settling, facts, findings
        self.doubted, self.first = 0, ""  # mismatches that were written down when a record was taken in

    def of(self, path: str, whole: int) -> Iterator[Capture]:
        """Those of one file. Of what stands behind its `whole` bytes it is told as a whole that it is no record. Raises
        ArchiveError and the like where the file cannot be read."""

        def tell(wrong: Mismatch) -> None:
            if wrong.offset >= whole:
                return
            if wrong.is_known:
                self.first = self.first or f"offset {wrong.offset} of {path}"
                self.doubted += 1
                return
            name = "block" if wrong.digest == BLOCK else "payload"
            words = f"offset {wrong.offset}: record {wrong.record_id}: the {name} digest of the {wrong.kind}"
            self._findings.error("digest", f"{words} of {wrong.url or 'the file'} is of other bytes", path)

        for found, digest in iter_verified(self._workspace.resolve(path), tell, warc_file=path):
            capture = found
            if found.foreign and found.capture_id in self._settling:
                run_id, original = self._settling[found.capture_id]
                capture = replace(found, run_id=run_id, revisit_of=original)
            self._facts.add(capture, digest)
            yield capture


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
