"""Lines as vocabularies look at them: folded, with the vocabularies that may have a phrase in them."""

from __future__ import annotations

from functools import cached_property, lru_cache

from crawler.extraction.words.folding import LETTERS, STARTS, fold
from crawler.extraction.words.index import word_index

_LONG_LINE = 400  # characters of a line that is remembered


class Line:
    """A folded line. `may_have` are the vocabularies, as bits, that have a phrase which begins as a word of the line
    does: all others have none in it, and nothing more is made for them."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.may_have = word_index().candidates(self.folded)

    @cached_property
    def starts(self) -> tuple[tuple[int, str, str], ...]:
        """The places where words and signs begin, with the one or two letters there. In scripts without blanks any
        letter may begin a word."""
        folded = self.folded
        return tuple((at, folded[at : at + 2], folded[at]) for at in (m.start() for m in STARTS.finditer(folded)))

    @cached_property
    def first(self) -> int:
        """The place of the first letter or digit."""
        found = LETTERS.search(self.folded)
        return found.start() if found else len(self.folded)

    @cached_property
    def last(self) -> int:
        """The place behind the last letter or digit."""
        return max((match.end() for match in LETTERS.finditer(self.folded)), default=0)


def folded_line(text: str) -> Line:
    """What rules ask of a line, made once for all of them."""
    return _known_line(text) if len(text) <= _LONG_LINE else Line(text)


_known_line = lru_cache(maxsize=8192)(Line)
