"""The rows that a build adds or replaces, and the parts that they touch."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.errors import PackageInvalid
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import Part, hash_file, part_of_file, read_part, write_part
from crawler.package.tables.tables import Row, Table, table, tables


@dataclass(slots=True)
class Changes:
    """Rows by table, part and key. `newest` is the newest hour of the package's captures, these included."""

    newest: str
    rows: dict[str, dict[str, dict[str, Row]]] = field(default_factory=dict)

    def put(self, name: str, rows: Iterable[Row]) -> None:
        """Adds rows, or replaces those with the same key. Rows change their part only when hours become a day, or days
        a month."""
        its = table(name)
        parts = self.rows.setdefault(name, {})
        for row in rows:
            parts.setdefault(its.part_of(row, self.newest), {})[row[its.key]] = row

    def of(self, name: str) -> list[Row]:
        """All rows of a table that were put."""
        return [row for part in self.rows.get(name, {}).values() for row in part.values()]

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
            mine = self.rows.get(name, {})
            for part in sorted(mine.keys() | self._joined(name, kept)):
                olds = [kept.pop(old) for old in sorted(kept) if self._now(name, old) == part]
                count, written = _write(publication, name, part, mine.get(part, {}), olds)
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


def _stage(publication: Publication, part: Part) -> str:
    """The path of a written part, which is published unless the same bytes stand there already."""
    path = f"{table(part.table).folder}/{part.file_name}"
    there = publication.workspace.root / path
    if not there.is_file() or hash_file(there)[0] != part.sha256:
        publication.add_file(path)
    return path


def _write(
    publication: Publication, name: str, part: str, rows: Mapping[str, Row], olds: Sequence[str]
) -> tuple[int, Part]:
    """How many rows `olds` had, and the part with them and `rows`. They pass one by one: a month does not fit in memory
    whatever its source."""
    its, count = table(name), 0

    def kept(old: str) -> Iterator[Row]:
        nonlocal count
        for row in read_part(its, publication.workspace.resolve(old)):
            count += 1
            if row[its.key] not in rows:
                yield row

    def ordered() -> Iterator[Row]:
        nonlocal count
        count = 0
        return heapq.merge(*map(kept, olds), sorted(rows.values(), key=its.rank), key=its.rank)

    chosen: Iterable[Row] = ordered() if its.last_of is None else _last(its, its.last_of, ordered)
    written = write_part(its, part, chosen, publication.folder(its.folder))
    return count, written


def _last(its: Table, column: str, ordered: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """Of the rows that share a value of `column`, the last. Read twice, since they may not fit in memory."""
    last = {row[column]: row[its.key] for row in ordered()}
    return (row for row in ordered() if last[row[column]] == row[its.key])


def _first_part(name: str, parts: Mapping[str, list[str]]) -> str:
    # Captures come before all tables that can be empty; theirs is when the package began.
    if not parts.get("captures"):
        raise PackageInvalid("there are no captures to build from")
    first = part_of_file(parts["captures"][0])[1]
    return first if table(name).stepped else first[: table(name).per]
