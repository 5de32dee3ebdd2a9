"""Vocabularies: phrases of one meaning in all languages, and where a line has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from crawler.extraction.words.folding import begins_word, fold
from crawler.extraction.words.index import BITS, phrases_of, word_index
from crawler.extraction.words.lines import folded_line
from crawler.extraction.words.phrases import Phrase

_FRONT = 80  # characters that "..." stands for at the beginning of a phrase
Span = tuple[int, int]  # the first place of a line's part, and the one behind its last


@dataclass(frozen=True)
class Vocabulary:
    """The phrases of one or several vocabularies of the word lists, in all languages. Nothing is read before the first
    question; places are those of the line as it was given."""

    names: tuple[str, ...]

    def is_whole(self, line: str, front: int = _FRONT) -> bool:
        """Whether a line, without the signs around it, is one of the phrases and nothing else; `front` is how many
        characters may stand in front of those that begin with "..."."""
        known = folded_line(line)
        if not known.may_have & self.bits:
            return False
        folded, first = known.folded, known.first
        index = self._index
        for start, two, one in known.starts if self._floating else known.head:
            if start > first and start > front:
                return False
            for phrase in (*index.get(two, ()), *index.get(one, ()), *index.get("", ())):
                if start <= first or phrase.front:
                    end = phrase.end(folded, start)
                    if end >= 0 and (phrase.rest or end >= known.last):
                        return True
        return False

    def opening(self, line: str) -> int | None:
        """The place behind the longest phrase that a line begins with, signs in front of it aside; None for none."""
        known = folded_line(line)
        if not known.may_have & self.bits:
            return None
        best = -1
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
        everywhere = "" in index
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
        simple = (p for p in self._phrases if not (p.pattern or p.inflected or p.front or p.rest))
        return frozenset(phrase.text for phrase in simple)

    @cached_property
    def bits(self) -> int:
        """The vocabularies as bits of a number, as lines know them."""
        return sum(BITS[name] for name in self.names)

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
                end = phrase.end(folded, start)
                if end > best or (end >= 0 and phrase.rest):
                    best = len(folded) if phrase.rest else end
        return best

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        return phrases_of(self.entries())

    @cached_property
    def _index(self) -> dict[str, list[Phrase]]:
        index: dict[str, list[Phrase]] = {}
        for phrase in self._phrases:
            index.setdefault(phrase.place, []).append(phrase)
        return index

    @cached_property
    def _floating(self) -> bool:
        return any(phrase.front for phrase in self._phrases)


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
