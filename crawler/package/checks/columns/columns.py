"""Every row of a package, read once: what the rules between rows need of each is kept, and which need a second look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.errors import PackageInvalid
from crawler.package.checks.columns.engine import column, text
from crawler.package.checks.columns.pieces import Unpacked, Unpacking, spelt
from crawler.package.checks.columns.screen import home, is_mistyped, is_odd
from crawler.package.checks.findings import Findings
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.partitions import MAX_ROW, part_of_file, read_lines, row_bytes
from crawler.package.tables.tables import NO_ITEMS, Row, Table, table, tables
from crawler.workspace import Workspace
from crawler.workspace.files import remove

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 64 << 20  # bytes that are read in one go
_FILES = 150  # or so many parts
_NULL = "\x01no cell is this\x02"  # DuckDB would take an empty cell for none; one that is this is read one by one
_PLACE = ("warc_file", "warc_offset", "warc_length")
_KEPT: Mapping[str, tuple[str, ...]] = {
    "sources": ("source_id",),
    "runs": ("run_id", "source_id", "started_at", "ended_at", "captures", "article_captures", *KINDS, "rejected"),
    "captures": ("capture_id", "source_id", "run_id", "fetched_at", "role", "revisit_of", *_PLACE),
    "articles": (
        "article_id", "source_id", "capture_id", "run_id", "first_seen_at", "seen_at", "status", "language",
        "text_sha256", *_PLACE,
    ),
    "revisions": ("revision_id", "article_id", "change_kind", "valid_to", "source_id", "capture_id", *_PLACE),
    "rejections": ("capture_id", "source_id", "run_id", "article_id", "fetched_at", "reason"),
    "media": ("media_id", "first_seen_at", "article_id", "named_by", "capture_id", *_PLACE),
    "confirmations": ("capture_id", "article_id", "last_confirmed_at"),
    "changes": ("change_id", "changed_at", "change_kind", "article_id", "source_id", "run_id", "capture_id"),
}  # fmt: skip
FILLED = "filled"  # of articles: a bit for each column that has a value, and one for an assumed offset
WORDED = "worded"  # of articles: whether there is a text
_DIGEST = "row_digest"  # of captures, on request: `row_digest`
_BETWEEN = "\x1f"  # of cells, in which no control but the line feed may stand


@dataclass(slots=True)
class Columns:
    """What was kept. Parts have numbers, in the order of `tables()` and of the descriptor; rows have numbers that grow
    with their place in a part. `held` is the table of DuckDB named as ours, with `part` and `n`."""

    workspace: Workspace
    engine: DuckDBPyConnection
    newest: str  # the newest hour of the captures, which tells how the other tables are cut
    parts: list[Unpacked] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)  # part -> why it could not be read to its end
    rows: dict[str, int] = field(default_factory=dict)  # of each table
    odd_counts: dict[str, int] = field(default_factory=dict)  # run -> captures in `rejected`, where SQL cannot tell
    with_digests: bool = False

    def ask(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, a thousand at a time."""
        found = self.engine.cursor().execute(query, values)
        while rows := found.fetchmany(1000):
            yield from rows

    def path(self, part: int) -> str:
        return self.parts[part].path

    def heads(self) -> dict[str, dict[str, bytes]]:
        """The bytes of the first rows of each part, by table and path."""
        return {name: {self.path(n): self.parts[n].head for n in self.numbers(name)} for name in tables()}

    def numbers(self, name: str) -> list[int]:
        """The parts of a table."""
        return [its.number for its in self.parts if part_of_file(its.path)[0] == name]


def load(
    workspace: Workspace,
    parts: Mapping[str, Iterable[str]],
    findings: Findings,
    database: tuple[DuckDBPyConnection, Path],
    newest: str,
    *,
    with_digests: bool = False,
) -> Columns:
    """All rows of `parts`; those of captures `with_digests` (see `row_digest`), on request. What is wrong with the
    bytes of a part is among the findings; its rows are not kept then."""
    engine, folder = database
    columns = Columns(workspace, engine, newest, with_digests=with_digests)
    for name in tables():
        _Loading(columns, table(name), folder, findings).load(parts.get(name, ()))
        columns.rows[name] = int(engine.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])  # noqa: S608
    return columns


class _Loading:
    """One table on its way into the engine."""

    def __init__(self, columns: Columns, its: Table, folder: Path, findings: Findings) -> None:
        self.columns, self.table, self.folder, self.findings = columns, its, folder, findings
        self.batch: list[Path] = []
        self.size = 0
        self.last: tuple[int, str, str] = (-1, "", "")  # part and rank of the last row that was read
        self.next = 0
        kept = ", ".join(f"{column(name)} VARCHAR" for name in _KEPT[its.name])
        more = f", {FILLED} BIGINT, {WORDED} BOOLEAN" if its.name == "articles" else ""
        self.digest = ""
        if its.name == "captures" and columns.with_digests:
            more, self.digest = f", {_DIGEST} VARCHAR", _digest_in_sql(its)
        engine = columns.engine
        engine.execute(
            f"CREATE TABLE {its.name} (part INTEGER, n BIGINT, {kept}{more},"
            " size BIGINT, home VARCHAR, mistyped BOOLEAN, odd BOOLEAN, disordered BOOLEAN)"
        )

    def load(self, paths: Iterable[str]) -> None:
        mine: list[Unpacked] = []
        for path in paths:
            seen = Unpacked(path, len(self.columns.parts))
            self.columns.parts.append(seen)
            mine.append(seen)
            source = self.columns.workspace.resolve(path)
            for piece in Unpacking(source, self.table, seen, self.folder).pieces(self.findings):
                self._add(piece)
        self._insert()
        for seen in mine:
            if not seen.is_whole:
                self._forget(seen)
        held = self._held()
        for seen in mine:
            if seen.is_whole and not (seen.has_header and self._is_right(seen, held.get(seen.number, (0, 0)))):
                self._read_one_by_one(seen)

    def _add(self, piece: Path) -> None:
        self.batch.append(piece)
        self.size += piece.stat().st_size
        if self.size >= _BATCH or len(self.batch) >= _FILES:
            self._insert()

    def _insert(self) -> None:
        """Reads the files of the batch in one go; where that fails, one by one, and those that fail not at all."""
        batch, self.batch, self.size = self.batch, [], 0
        if batch and not self._take(batch):
            for piece in batch:
                self._take([piece])
        for piece in batch:
            remove(piece)

    def _take(self, pieces: Sequence[Path]) -> bool:
        import duckdb  # noqa: PLC0415 - see `opened_engine`

        try:
            self.columns.engine.execute(_insertion(self, pieces))
        except (duckdb.IOException, duckdb.OutOfMemoryException):
            raise
        except duckdb.Error:  # no CSV as its reader knows it: ours, which is strict, says what of it holds
            return False
        order = column(self.table.order[0]), column(self.table.order[-1])
        query = f"SELECT n, part, {order[0]}, {order[1]} FROM {self.table.name} WHERE n >= ? ORDER BY n DESC LIMIT 1"  # noqa: S608
        for n, part, first, last in self.columns.engine.execute(query, [self.next]).fetchall():
            self.next, self.last = n + 1, (part, first, last)
        return True

    def _held(self) -> dict[int, tuple[int, int]]:
        """By part: how many rows there are, and of how many bytes but for quotation marks."""
        query = f"SELECT part, count(*), sum(size) FROM {self.table.name} GROUP BY part"  # noqa: S608
        return {part: (rows, int(size)) for part, rows, size in self.columns.engine.execute(query).fetchall()}

    def _is_right(self, seen: Unpacked, held: tuple[int, int]) -> bool:
        """Whether the cells that were read make up the bytes of the part: no line, cell or character was passed over.
        The bytes of a row are those of its cells, one behind each, and the marks around cells and doubled within."""
        return held[1] + seen.quotes == seen.size

    def _forget(self, seen: Unpacked) -> None:
        self.columns.engine.execute(f"DELETE FROM {self.table.name} WHERE part = ?", [seen.number])  # noqa: S608

    def _read_one_by_one(self, seen: Unpacked) -> None:
        """Reads a part with our own strict reader, as far as it goes, and keeps its rows as the package spells them."""
        self._forget(seen)
        self.last = (-1, "", "")
        for piece in spelt(self._lines(seen), self.table, seen, self.folder):
            self._add(piece)
        self._insert()
        if not self._is_right(seen, self._held().get(seen.number, (0, 0))):
            raise PackageInvalid(f"{seen.path}: holds cells that cannot be read by columns")

    def _lines(self, seen: Unpacked) -> Iterator[bytes]:
        try:
            for _, row in read_lines(self.table, self.columns.workspace.resolve(seen.path), strict=True):
                yield row_bytes(self.table, row)
        except PackageInvalid as error:
            self.columns.failed[seen.number] = str(error).removeprefix(f"{seen.path.rpartition('/')[2]}: ")


def row_digest(row: Row) -> str:
    """What a row of a package is known by as a whole: two with the same have the same cells."""
    return hashlib.sha256(_BETWEEN.join(row.values()).encode()).hexdigest()[:32]


def _digest_in_sql(its: Table) -> str:
    return f"left(sha256(concat_ws({text(_BETWEEN)}, {', '.join(column(name) for name in its.columns)})), 32)"


def _insertion(loading: _Loading, pieces: Sequence[Path]) -> str:
    """The statement that reads files and keeps what is needed of each row."""
    its, newest, begin = loading.table, loading.columns.newest, loading.next
    names = ", ".join(column(name) for name in its.columns)
    kept = ", ".join(column(name) for name in _KEPT[its.name])
    if its.name == "articles":
        is_told = [f"{column(name)} NOT IN ('', {text(NO_ITEMS)})" for name in its.columns]
        is_told.append(f"{column('published_offset')} = 'assumed'")
        bits = " + ".join(f"(({its})::BIGINT << {bit})" for bit, its in enumerate(is_told))
        kept += f", {bits}, {column('text')} <> ''"
    kept += f", {loading.digest}" if loading.digest else ""
    first, final = column(its.order[0]), column(its.order[-1])
    part, before, ahead = loading.last
    # What is kept is chosen before rows are numbered and compared with the one before, which copies all their cells.
    return f"""
        INSERT INTO {its.name}
        SELECT part, {begin} + row_number() OVER () - 1, * EXCLUDE (part, a, z),
            part = lag(part, 1, {part}) OVER ()
            AND (a < lag(a, 1, {text(before)}) OVER ()
                OR (a = lag(a, 1, {text(before)}) OVER () AND z <= lag(z, 1, {text(ahead)}) OVER ()))
        FROM (
            SELECT left(right(filename, 16), 6)::INTEGER AS part, {first} AS a, {final} AS z, {kept},
                {len(its.columns)} + strlen(replace(concat({names}), '"', '')),
                {home(its, newest)}, {is_mistyped(its)}, {is_odd(its)}
            FROM {_reader(its, pieces)}
        )"""  # noqa: S608 - our own names, and literals


def _reader(its: Table, pieces: Sequence[Path]) -> str:
    """What reads files of the dialect of the package, and no other: nothing about them is guessed."""
    kinds = ", ".join(f"{text(name)}: 'VARCHAR'" for name in its.columns)
    files = ", ".join(text(str(piece)) for piece in pieces)
    return (
        f"read_csv([{files}], auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
        f" new_line = '\\n', strict_mode = true, null_padding = false, nullstr = {text(_NULL)}, encoding = 'utf-8',"
        f" max_line_size = {MAX_ROW + 1}, buffer_size = {MAX_ROW * 2}, filename = true, columns = {{{kinds}}})"
    )
