"""Lines as vocabularies look at them: folded, with the vocabularies that may have a phrase in them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from crawler.extraction.words.folding import LETTERS, fold, has_letters, starts
from crawler.extraction.words.index import STEM, beginnings, beginnings_of

_ASCII_STARTS = re.compile(r"\b\w|[^\w\s]")  # `starts` where no letter has marks or lacks blanks: half the cost
_SHORT_LINE = 100  # characters of a line that is folded as a whole, whatever is asked of it
_OPENING, _WORD = 40, 4  # characters of a line that tell how it begins, and of its first word
_LONG_LINE = 400  # characters of a line that is remembered


class Line:
    """A folded line. `may_have` are the vocabularies, as bits, that have a phrase which begins as a word of the line
    does: all others have none in it, and nothing more is made for them."""

    __slots__ = ("_first", "_head", "_last", "_may_float", "_may_have", "_starts", "_words", "folded")

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self._may_have = self._may_float = -1
        self._starts: tuple[tuple[int, str, str], ...] | None = None
        self._head: tuple[tuple[int, str, str], ...] | None = None
        self._first = self._last = -1
        self._words: set[str] | None = None

    @property
    def may_have(self) -> int:
        if self._may_have < 0:
            self._may_have = beginnings().candidates(self.folded, self._begun())
        return self._may_have

    @property
    def may_float(self) -> int:
        """The vocabularies that may have a phrase in it with other words in front."""
        if self._may_float < 0:
            self._may_float = beginnings().floating(self.folded, self._begun())
        return self._may_float

    def _begun(self) -> set[str]:
        """How the words begin: to find that costs as much as to look one of both up."""
        if self._words is None:
            self._words = beginnings_of(self.folded)
        return self._words

    @property
    def starts(self) -> tuple[tuple[int, str, str], ...]:
        """The places where words and signs begin, with the one or two letters there. In scripts without blanks any
        letter may begin a word."""
        if self._starts is None:
            self._starts = self._starts_up_to(len(self.folded))
        return self._starts

    @property
    def head(self) -> tuple[tuple[int, str, str], ...]:
        """The `starts` up to the first letter or digit: all that may begin the line but for signs in front of it."""
        if self._head is None:
            self._head = self._starts_up_to(self.first)
        return self._head

    def _starts_up_to(self, last: int) -> tuple[tuple[int, str, str], ...]:
        folded = self.folded
        if last == 0 and folded[:1].isalnum():  # most lines begin with a word
            return ((0, folded[:2], folded[0]),)
        begins = _ASCII_STARTS if folded.isascii() else starts()
        places = (match.start() for match in begins.finditer(folded))
        return tuple([(at, folded[at : at + 2], folded[at]) for at in takewhile(last.__ge__, places)])

    @property
    def first(self) -> int:
        """The place of the first letter or digit."""
        if self._first < 0:
            found = LETTERS.search(self.folded)
            self._first = found.start() if found else len(self.folded)
        return self._first

    @property
    def last(self) -> int:
        """The place behind the last letter or digit."""
        if self._last < 0:
            at = len(self.folded)
            while at and not LETTERS.match(self.folded, at - 1):
                at -= 1
            self._last = at
        return self._last


def folded_line(text: str) -> Line:
    """What rules ask of a line, made once for all of them."""
    return _known_line(text) if len(text) <= _LONG_LINE else Line(text)


@lru_cache(maxsize=8192)
def may_open(text: str) -> int:
    """The vocabularies, as bits, that may have a phrase with which a line begins: told by its first word, before the
    rest of it is looked at."""
    if len(text) <= _SHORT_LINE:
        return beginnings().opening(folded_line(text).folded)
    folded = fold(text[:_OPENING])
    if not has_letters(folded[:-_WORD]):
        return folded_line(text).may_have
    return beginnings().opening(folded)


def may_float(text: str) -> int:
    """The vocabularies, as bits, that may have a phrase in a line with other words in front of it."""
    return folded_line(text).may_float


@lru_cache(maxsize=8192)
def may_fill(text: str, front: int) -> int:
    """The vocabularies, as bits, that may have a phrase which fills a line, behind so many characters at most in front
    of those before which other words may stand."""
    return may_open(text) | may_float(text[: front + STEM])


_known_line = lru_cache(maxsize=8192)(Line)
