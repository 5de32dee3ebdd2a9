"""The rows that a build adds or replaces, and the parts that they touch."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from crawler.errors import PackageInvalid
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import Part, hash_file, part_of_file, read_part, write_part
from crawler.package.tables.tables import Row, Table, table, tables
from crawler.workspace.spool import Spool

_BETWEEN = "\x01"  # the columns that rows are sorted by: below all that a cell has


class Changes:
    """Rows by table, part and key. `newest` is the newest hour of the package's captures, these included."""

    def __init__(self, newest: str) -> None:
        self.newest = newest
        self._rows = {name: _spool(table(name)) for name in tables()}

    def put(self, name: str, rows: Iterable[Row]) -> None:
        """Adds rows, or replaces those with the same key. Rows change their part only when hours become a day, or days
        a month."""
        its = table(name)
        for row in rows:
            self._put(its, row)

    def _put(self, its: Table, row: Row) -> None:
        rank = _BETWEEN.join(its.rank(row))
        size = len(row.get("text", "")) + len(row.get("summary", ""))
        self._rows[its.name].put(
            its.part_of(row, self.newest), rank, row[its.key], row, file=row.get("run_id", ""), size=size
        )

    def of(self, name: str) -> Rows:
        """All rows of a table that were put."""
        return Rows(self._rows[name])

    def change(self, name: str, change: Callable[[Row], Row]) -> None:
        """Puts `change` of each row in its place; parts and keys stay."""
        before, self._rows[name] = self._rows[name], _spool(table(name))
        self.put(name, map(change, before))
        before.close()

    def close(self) -> None:
        """Gives back memory and disk."""
        for its in self._rows.values():
            its.close()

    def write(
        self, publication: Publication, old: Mapping[str, list[str]], counted: Mapping[str, int], *, full: bool
    ) -> tuple[dict[str, list[str]], dict[str, int]]:
        """Stages every part that these rows touch; returns the parts of each table as they then are, and by how many
        rows each table has grown. `old` are the published parts, read unless `full`, and `counted` their rows."""
        parts: dict[str, list[str]] = {}
        grown: dict[str, int] = {}
        for name in tables():
            before = {part_of_file(path)[1]: path for path in old.get(name, ())}
            # The part of a table without rows only holds its header, and goes with the first row.
            kept = {} if full or not counted.get(name) else dict(before)
            grown[name] = 0
            mine = self._rows[name]
            for part in sorted({*mine.parts(), *self._joined(name, kept)}):
                olds = [kept.pop(old) for old in sorted(kept) if self._now(name, old) == part]
                count, written = _write(publication, name, part, mine, olds)
                grown[name] += written.rows - count
                kept[part] = _stage(publication, written)
            if not kept:  # a table without rows still has its columns
                written = write_part(table(name), _first_part(name, parts), (), publication.folder(table(name).folder))
                kept[written.name] = _stage(publication, written)
            for path in set(before.values()) - set(kept.values()):
                publication.remove(path)
            parts[name] = [kept[part] for part in sorted(kept)]
        return parts, grown

    def _joined(self, name: str, kept: Iterable[str]) -> set[str]:
        """The parts that hours and days become whose time is over."""
        return {now for part in kept if (now := self._now(name, part)) != part}

    def _now(self, name: str, part: str) -> str:
        """The part that holds what `part` held."""
        return table(name).step(part, self.newest) if table(name).stepped else part


class Rows:
    """The rows of a table that a build puts; read as often as they are asked for."""

    def __init__(self, spool: Spool[Row]) -> None:
        self._spool = spool

    def __iter__(self) -> Iterator[Row]:
        """In the table's order."""
        return iter(self._spool)

    def __len__(self) -> int:
        return len(self._spool)

    def has(self, key: str) -> bool:
        """Whether there is a row with this key."""
        return key in self._spool

    def get(self, key: str) -> Row | None:
        return self._spool.get(key)

    def of_run(self, run_id: str) -> Iterator[Row]:
        """The rows that a run gave, in the table's order."""
        return self._spool.of_file(run_id)

    def keys(self) -> Iterator[str]:
        """In their order."""
        return self._spool.keys()


def _spool(its: Table) -> Spool[Row]:
    """A row travels as its cells, in the table's order of columns."""

    def dump(row: Row) -> bytes:
        return json.dumps([row[column] for column in its.columns]).encode()

    def load(data: bytes) -> Row:
        return dict(zip(its.columns, json.loads(data), strict=True))

    return Spool(dump, load)


def _stage(publication: Publication, part: Part) -> str:
    """The path of a written part, which is published unless the same bytes stand there already."""
    path = f"{table(part.table).folder}/{part.file_name}"
    there = publication.workspace.root / path
    if not there.is_file() or hash_file(there)[0] != part.sha256:
        publication.add_file(path)
    return path


def _write(publication: Publication, name: str, part: str, rows: Spool[Row], olds: Sequence[str]) -> tuple[int, Part]:
    """How many rows `olds` had, and the part with them and those of `rows`. They pass one by one: a month does not fit
    in memory whatever its source."""
    its, count = table(name), 0

    def kept(old: str) -> Iterator[Row]:
        nonlocal count
        for row in read_part(its, publication.workspace.resolve(old)):
            count += 1
            if not rows.has(row[its.key], part):
                yield row

    def ordered() -> Iterator[Row]:
        nonlocal count
        count = 0
        return heapq.merge(*map(kept, olds), rows.of(part), key=its.rank)

    chosen: Iterable[Row] = ordered() if its.last_of is None else _last(its, its.last_of, ordered())
    written = write_part(its, part, chosen, publication.folder(its.folder))
    return count, written


def _last(its: Table, column: str, ordered: Iterable[Row]) -> Iterator[Row]:
    """Of the rows that share a value of `column`, the last."""
    last = _spool(its)
    for row in ordered:
        last.put("", _BETWEEN.join(its.rank(row)), row[column], row)
    yield from last
    last.close()


def _first_part(name: str, parts: Mapping[str, list[str]]) -> str:
    # Captures come before all tables that can be empty; theirs is when the package began.
    if not parts.get("captures"):
        raise PackageInvalid("there are no captures to build from")
    first = part_of_file(parts["captures"][0])[1]
    return first if table(name).stepped else first[: table(name).per]
