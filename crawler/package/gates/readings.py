"""What is published of each article, in a few bytes: a rebuild compares all of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from crawler.package.gates.blocking_rules import USUAL
from crawler.package.tables.tables import Row, is_filled

_HEX = 16  # digits of an id, and of a hash that are compared: 64 bits


class Readings:
    """Of each article, by id: the hash of its text, and which of the usual columns are filled. 17 bytes for each."""

    def __init__(self, rows: Iterable[Row]) -> None:
        found = sorted((int(row["article_id"], 16), int(row["text_sha256"][:_HEX], 16), _bits(row)) for row in rows)
        self._ids = array("Q", (its[0] for its in found))
        self._texts = array("Q", (its[1] for its in found))
        self._filled = array("B", (its[2] for its in found))

    def __iter__(self) -> Iterator[str]:
        """The ids of the articles, in order."""
        return (f"{its:0{_HEX}x}" for its in self._ids)

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._place(article_id) is not None

    def has_text(self, article_id: str, text_sha256: str) -> bool:
        """Whether an article is published with this text."""
        place = self._place(article_id)
        return place is not None and self._texts[place] == int(text_sha256[:_HEX], 16)

    def filled(self, article_id: str) -> frozenset[str] | None:
        """The usual columns that are filled; None where the article is not published."""
        place = self._place(article_id)
        if place is None:
            return None
        return frozenset(column for n, column in enumerate(USUAL) if self._filled[place] >> n & 1)

    def _place(self, article_id: str) -> int | None:
        wanted = int(article_id, 16)
        place = bisect_left(self._ids, wanted)
        return place if place < len(self._ids) and self._ids[place] == wanted else None


def _bits(row: Row) -> int:
    return sum(is_filled(row[column]) << n for n, column in enumerate(USUAL))
