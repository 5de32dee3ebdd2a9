"""The rows that gates judge, without their words, by source: there may be more than fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from crawler.package.gates.blocking_rules import judged
from crawler.package.tables.tables import Row
from crawler.workspace.spool import Spool


class JudgedRows:
    """New and edited articles of each source; or rows of revisions, which are all new. `key` is their key."""

    def __init__(self, key: str = "article_id") -> None:
        self._key = key
        self._spool: Spool[Row] = Spool(_dump, json.loads)
        self._counts: dict[str, int] = {}

    def put(self, row: Row, *, is_new: bool = True) -> None:
        part = _part(row["source_id"], is_new=is_new)
        self._spool.put(part, "", row[self._key], judged(row))
        self._counts[part] = self._counts.get(part, 0) + 1

    def new(self, source: str) -> Judged:
        """In the order of their keys."""
        return self._of(_part(source, is_new=True))

    def worded(self, source: str) -> Judged:
        """The new ones, and then the edited ones."""
        return self._of(_part(source, is_new=True), _part(source, is_new=False))

    def _of(self, *parts: str) -> Judged:
        return Judged(self._spool, parts, sum(self._counts.get(part, 0) for part in parts))

    def close(self) -> None:
        """Gives back memory and disk."""
        self._spool.close()


class Judged:
    """Rows that are read as often as they are asked for."""

    def __init__(self, spool: Spool[Row], parts: Iterable[str], count: int) -> None:
        self._spool, self._parts, self._count = spool, tuple(parts), count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(self._spool.of, self._parts))

    def __contains__(self, row: object) -> bool:
        return any(row == its for its in self)


def _part(source: str, *, is_new: bool) -> str:
    return f"{source} {'new' if is_new else 'edited'}"


def _dump(row: Row) -> bytes:
    return json.dumps(row).encode()
