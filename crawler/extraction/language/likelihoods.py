"""How well a text fits each language's n-grams: langdetect's profiles and n-grams, summed up exactly.

langdetect itself draws n-grams at random until one language is far ahead. On a headline the draws repeat a few n-grams
and miss others; the sum over all of them is what the draws only estimate, and has no chance in it. Its factory, which
is global and random unless somebody seeds it, is not used at all."""

from __future__ import annotations

import functools
import json
import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import add
from pathlib import Path
from typing import NamedTuple

from crawler.extraction.language.alphabets import Letters, Shares
from crawler.extraction.language.function_words import small_words
from crawler.extraction.language.ngrams import MOST_GAIN, UNIT, windows, windows_of

# An n-gram is not independent of its neighbours: each letter is in three of them, and letters follow each other.
_OVERLAP = 3.0
_HOPELESS = 12.0  # a language whose odds are behind by this logarithm is not the answer
_ODDS = UNIT * _OVERLAP  # such a number of a logarithm of odds
_BITS = 16
_AT_ONCE = (1 << _BITS) // (3 * MOST_GAIN + 1)  # windows whose gains are added before a language's could overflow
PLACES, GAINS = ord("0"), 0x80  # the characters of the first language of a table, and of a gain of 0
_LONG = 48  # characters of a word that is remembered; longer ones are read in parts
_MOST = 60_000  # windows that are remembered: those of a script's languages are some 40,000
_MOST_WORDS = 16_000


@dataclass(frozen=True, slots=True)
class Table:
    """The languages of a script as `tests/benchmarks/build_gains.py` wrote them: their names; the gains of each n-gram,
    two characters for each language that has it, its place among the names and its gain; shares of letters by name."""

    names: list[str]
    gains: Mapping[str, str]
    letters: Mapping[str, Mapping[str, float]]


def read_table(content: bytes) -> Table:
    """The languages of one file."""
    stored = json.loads(content)
    gains = dict(zip(stored["ngrams"].split("\n"), stored["gains"].split("\n"), strict=True))
    return Table(stored["names"], gains, stored["letters"])


@functools.cache
def table(group: str) -> Table:
    """The languages of a script."""
    return read_table((Path(__file__).parent / "gains" / f"{group}.json").read_bytes())


class _Gains(dict[str, int]):
    """The gains of the n-grams at the end of a window for all languages side by side in one whole number, 16 bits each,
    so that one addition adds them all; above them 8 bits for each language, 1 where it has the window's three
    characters. Put together when a text first has the window."""

    def __init__(self, table: Mapping[str, str], languages: int) -> None:
        super().__init__()
        self._table = table
        self._short: dict[str, int] = {}
        above = _BITS * languages
        self._said = _Codes(lambda place, gain: gain << _BITS * place)
        self._held = _Codes(lambda place, gain: (gain << _BITS * place) + (1 << above + 8 * place))

    def __missing__(self, window: str) -> int:
        end = window[1:]
        found = short if (short := self._short.get(end)) is not None else self._behind(end)
        if window[1] != " " and (codes := self._table.get(window)):
            found += sum(map(self._held.__getitem__, zip(codes[::2], codes[1::2], strict=True)))
        if len(self) >= _MOST:  # pages may hold any number of them
            self.clear()
        self[window] = found
        return found

    def _behind(self, end: str) -> int:
        """What the last two characters of a window say, and the last one by itself."""
        found = self.of(end) + (self.of(end[1]) if end[1] != " " else 0)
        if len(self._short) < _MOST:
            self._short[end] = found
        return found

    def of(self, piece: str) -> int:
        """What one n-gram says."""
        codes = self._table.get(piece, "")
        told = self._held if len(piece) == 3 else self._said
        return sum(map(told.__getitem__, zip(codes[::2], codes[1::2], strict=True)))


class _Codes(dict[tuple[str, str], int]):
    """What the two characters say that a table has for a language of an n-gram, its place and its gain."""

    def __init__(self, of: Callable[[int, int], int]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, codes: tuple[str, str]) -> int:
        self[codes] = found = self._of(ord(codes[0]) - PLACES, ord(codes[1]) - GAINS)
        return found


class Word(NamedTuple):
    """What a word, or a part of a long one, says: of all languages by its n-grams, of some as one of their small words;
    how many n-grams and different trigrams it has."""

    text: str
    gains: int
    odds: tuple[tuple[int, int], ...]  # place and odds of a language
    pieces: int
    trigrams: int


class Likelihoods(dict[str, Word]):
    """The languages of some profiles, as the words of a text make them more or less likely."""

    def __init__(self, group: str, odds: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table(group)
        self.names = self._table.names
        self.places = {name: place for place, name in enumerate(self.names)}
        self._gains = _Gains(self._table.gains, len(self.names))
        self._before = [round(_ODDS * odds.get(name, 0.0)) for name in self.names]
        self._unpack = struct.Struct(f"<{len(self.names)}H{len(self.names)}x").unpack
        self._bytes = (_BITS // 8 + 1) * len(self.names)
        self.letters = functools.cache(self._letters)
        self._small = {word: self._said_by(tags) for word, tags in small_words().items()}

    def _said_by(self, odds: Mapping[str, float]) -> tuple[tuple[int, int], ...]:
        return tuple([(self.places[name], round(_ODDS * odd)) for name, odd in odds.items() if name in self.places])

    def _letters(self, name: str) -> Shares:
        return Shares(name, self._table.letters[name])

    def read(self, words: list[str]) -> list[Word]:
        """What each word says, of long words each part. Words are in the normal form of n-grams."""
        if not words or len(max(words, key=len)) <= _LONG:
            return [*map(self.__getitem__, words)]
        found: list[Word] = []
        for word in words:
            if len(word) <= _LONG:
                found.append(self[word])
            else:
                every, _ = windows(word)
                found += [self._word(every[begin : begin + _LONG], []) for begin in range(0, len(every), _LONG)]
        return found

    def __missing__(self, word: str) -> Word:
        if len(self) >= _MOST_WORDS:
            self.clear()
        if (inside := word[1:]) == inside.lower():  # most words
            every = windows_of(word)
            number = len(every)
            if len(set(every)) == number:  # all but the first window are trigrams, and none comes again
                gains = sum(map(self._gains.__getitem__, every))
                self[word] = found = Word(word, gains, self._small.get(word.lower(), ()), number, number - 1)
                return found
            self[word] = found = self._word(every, [], word)
            return found
        self[word] = found = self._word(*windows(word), word)
        return found

    def _word(self, every: list[str], beside: list[str], word: str = "") -> Word:
        gains = sum(map(self._gains.__getitem__, every)) + sum(map(self._gains.of, beside))
        trigrams = [piece for piece in (*every, *beside) if piece[1:-1] not in ("", " ")]
        different = set(trigrams)
        if len(different) < len(trigrams):
            above = _BITS * len(self.names)
            held = sum([self._gains[trigram] >> above for trigram in different])
            gains = gains & ((1 << above) - 1) | held << above
        return Word(word or "".join(every), gains, self._odds(word), len(every) + len(beside), len(different))

    def _odds(self, word: str) -> tuple[tuple[int, int], ...]:
        return self._small.get(word.lower(), ())

    def _sums(self, words: list[Word]) -> list[int]:
        """The odds of each language: those before a text is seen, and what its words add."""
        sums, total, pieces = self._before, 0, 0
        for word in words:
            pieces += word.pieces
            if pieces > _AT_ONCE:
                sums = [*map(add, sums, self._unpack(total.to_bytes(self._bytes, "little")))]
                total, pieces = 0, word.pieces
            total += word.gains
        sums = [*map(add, sums, self._unpack(total.to_bytes(self._bytes, "little")))]
        for word in words:
            if word.odds:
                for place, said in word.odds:
                    sums[place] += said
        return sums

    def ranked(self, words: list[Word], claim: Mapping[str, float], letters: Letters) -> list[tuple[str, float]]:
        """Languages with their probabilities, the best first, down to those that are out of the question. `claim` has
        logarithms of the odds that a page's word gives some. Empty when no profile holds any of the n-grams."""
        if not any(word.gains for word in words):
            return []
        sums = self._sums(words)
        for name, said in claim.items():
            if (place := self.places.get(name)) is not None:
                sums[place] += round(_ODDS * said)
        most = max(sums)
        first = sums.index(most)
        best = self._score(first, most, letters)
        scores = {self.names[first]: best}
        # Letters only speak against a language: nothing that is further behind could come near any more.
        least = (best - _HOPELESS) * _ODDS
        likely = [(total, place) for place, total in enumerate(sums) if total >= least and place != first]
        for total, place in sorted(likely, reverse=True):
            if total >= (best - _HOPELESS) * _ODDS:
                scores[self.names[place]] = score = self._score(place, total, letters)
                best = max(best, score)
        if len(scores) == 1:
            return [(self.names[first], 1.0)]
        shares = {name: math.exp(score - best) for name, score in scores.items()}
        whole = sum(shares.values())
        return sorted([(name, share / whole) for name, share in shares.items()], key=lambda pair: (-pair[1], pair[0]))

    def _score(self, place: int, total: int, letters: Letters) -> float:
        return total / _ODDS + letters.against(self.letters(self.names[place]))

    def coverage(self, words: list[Word], name: str) -> tuple[float, int]:
        """(share of the different trigrams of each word that are found in a language, how many of them there are). A
        word that comes again says nothing new, nor does a part of it: "aaaaaaaa" has three."""
        above = _BITS * len(self.names) + 8 * self.places[name]
        different = {word.text: word for word in words}.values()
        held = sum([word.gains >> above & 0xFF for word in different])
        trigrams = sum([word.trigrams for word in different])
        return (held / trigrams if trigrams else 1.0), trigrams

    def spoken(self, words: list[Word], name: str) -> float:
        """How much the small words of a text speak for a language: a logarithm of odds."""
        own = self.places[name]
        return sum([said for word in words for place, said in word.odds if place == own]) / _ODDS
