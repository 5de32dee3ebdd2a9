"""Vocabularies: phrases of one meaning in all languages, and where a line has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, takewhile

from crawler.extraction.words.folding import begins_word, ends_with_letter, fold
from crawler.extraction.words.index import BITS, STEM, floating, word_index
from crawler.extraction.words.lines import folded_line, may_fill, may_float, may_open
from crawler.extraction.words.phrases import Phrase, from_stored

_FRONT = 80  # characters that "..." stands for at the beginning of a phrase
Index = dict[str, list[Phrase]]  # by the one or two letters that phrases begin with
Span = tuple[int, int]  # the first place of a line's part, and the one behind its last


@dataclass(frozen=True)
class Vocabulary:
    """The phrases of one or several vocabularies of the word lists, in all languages. Nothing is read before the first
    question; places are those of the line as it was given."""

    names: tuple[str, ...]

    def is_whole(self, line: str, front: int = _FRONT) -> bool:
        """Whether a line, without the signs around it, is one of the phrases and nothing else; `front` is how many
        characters may stand in front of those that begin with "..."."""
        if not (may_fill(line, front) if self._floats else may_open(line)) & self.bits:
            return False
        known = folded_line(line)
        if not known.may_have & self.bits:
            return False
        folded, last, whole, others = known.folded, known.last, self._whole, self._others
        for start, two, one in known.head:
            if folded[start:last] in whole or _fills(others, folded, start, last, two, one):
                return True
        if not self._floats or not may_float(line[: front + STEM]) & self.bits:
            return False  # what is further behind is not looked at
        floating = self._floating
        behind = takewhile(lambda place: place[0] <= front, known.starts[len(known.head) :])
        return any(_fills(floating, folded, start, last, two, one) for start, two, one in behind)

    def opening(self, line: str) -> int | None:
        """The place behind the longest phrase that a line begins with, signs in front of it aside; None for none."""
        if not may_open(line) & self.bits:
            return None
        known, best = folded_line(line), -1
        for start, two, one in known.head:
            best = max(best, self.end_at(known.folded, start, two, one))
        return best if best >= 0 else None

    def find(self, line: str) -> Span | None:
        """The first part of a line that is one of the phrases, as long as any of them goes."""
        return next(self.spans(line), None)

    def spans(self, line: str) -> Iterator[Span]:
        """The parts of a line that are phrases, from left to right, each the longest at its place."""
        known = folded_line(line)
        if not known.may_have & self.bits:
            return
        folded, index, behind = known.folded, self._index, 0
        everywhere = any(phrase.within in folded for phrase in index.get("", ()))
        for start, two, one in known.starts:
            if start < behind or not (two in index or one in index or everywhere):
                continue
            if (end := self.end_at(folded, start, two, one)) > start:
                yield start, end
                behind = end

    def ending(self, line: str) -> int | None:
        """The place of the longest phrase without signs that a line ends with, glued to a word or set off; None for
        none."""
        folded = fold(line).rstrip()
        if not folded.endswith(self._endings):
            return None
        return min(len(folded) - len(phrase) for phrase in self._endings if folded.endswith(phrase))

    def has(self, word: str) -> bool:
        """Whether a word is one of the phrases, in any case: a look into one set."""
        return fold(word) in self.plain

    @cached_property
    def plain(self) -> frozenset[str]:
        """The folded phrases that have no sign for other words."""
        return frozenset(phrase for phrase in self._stored if "\n" not in phrase)

    @cached_property
    def bits(self) -> int:
        """The vocabularies as bits of a number, as lines know them."""
        return sum(BITS[name] for name in self.names)

    @cached_property
    def _floats(self) -> bool:
        """Whether any phrase may have other words in front of it."""
        return floating() & self.bits != 0

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(self.plain)

    def entries(self) -> tuple[str, ...]:
        """The phrases as the word lists write them, each once."""
        kept = word_index().entries
        return tuple(dict.fromkeys(entry for name in self.names for entry in kept[name]))

    def end_at(self, folded: str, start: int, two: str, one: str) -> int:
        """The place behind the longest phrase that stands at a place of a folded line, given the letters there."""
        index = self._index
        best = -1
        for key in (two, one, ""):
            for phrase in index.get(key, ()):
                if folded.startswith(phrase.text, start):  # few: most are done without a call
                    end = phrase.end(folded, start)
                    if end > best or (end >= 0 and phrase.rest):
                        best = len(folded) if phrase.rest else end
        return best

    @cached_property
    def _stored(self) -> tuple[str, ...]:
        """The phrases as the index has them: plain ones as their words, others with line ends."""
        kept = word_index().phrases
        return tuple(dict.fromkeys(chain.from_iterable(kept[name] for name in self.names)))

    @cached_property
    def _index(self) -> Index:
        return _indexed(map(from_stored, self._stored))

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The phrases without signs for other words that end with a letter: whole lines are looked up among them."""
        return frozenset(text for text in self.plain if text[-1].isalnum() or ends_with_letter(text))

    @cached_property
    def _others(self) -> Index:
        """All but these."""
        whole = self._whole
        return _indexed(from_stored(phrase) for phrase in self._stored if phrase not in whole)

    @cached_property
    def _floating(self) -> Index:
        """The phrases in front of which other words may stand."""
        phrases = (from_stored(phrase) for phrase in self._stored if "\n" in phrase)
        return _indexed(phrase for phrase in phrases if phrase.front)


def _indexed(phrases: Iterable[Phrase]) -> Index:
    index: Index = {}
    for phrase in phrases:
        index.setdefault(phrase.place, []).append(phrase)
    return index


def _fills(index: Index, folded: str, start: int, last: int, two: str, one: str) -> bool:
    """Whether a phrase reaches from a place of a folded line to its last letter."""
    for key in (two, one, ""):
        for phrase in index.get(key, ()):
            if folded.startswith(phrase.text, start):
                end = phrase.end(folded, start)
                if end >= 0 and (phrase.rest or end >= last):
                    return True
    return False


@cache
def vocabulary(*names: str) -> Vocabulary:
    """The phrases of the vocabularies of these names, together. Raises KeyError for a name that the schema lacks."""
    for name in names:
        BITS[name]
    return Vocabulary(names)


@lru_cache(maxsize=2048)
def made_of(line: str, *names: str) -> frozenset[str]:
    """Which of the vocabularies a line consists of, digits and signs aside; empty where other words stand in it too, or
    none at all. The longest phrase counts at each place, the vocabulary that is named first where two are as long."""
    known = folded_line(line)
    folded, may_have = known.folded, known.may_have
    vocabularies = [vocabulary(name) for name in names if may_have & BITS[name]]
    if not vocabularies:
        return frozenset()
    found: set[str] = set()
    behind = 0
    for start, two, one in known.starts:
        if start < behind:
            continue
        ends = [own.end_at(folded, start, two, one) for own in vocabularies]
        longest = max(ends)
        if longest > start:
            found.update(vocabularies[ends.index(longest)].names)
            behind = longest
        elif begins_word(folded, start):
            return frozenset()
    return frozenset(found)
