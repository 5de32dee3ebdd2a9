"""How well a text fits each language's n-grams: langdetect's profiles and n-grams, summed up exactly.

langdetect itself draws n-grams at random until one language is far ahead. On a headline the draws repeat a few n-grams
and miss others; the sum over all of them is what the draws only estimate, and has no chance in it. Its factory, which
is global and random unless somebody seeds it, is not used at all."""

from __future__ import annotations

import functools
import json
import math
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import add, itemgetter
from pathlib import Path
from typing import NamedTuple

from crawler.extraction.language.alphabets import Letters, Shares
from crawler.extraction.language.function_words import small_words
from crawler.extraction.language.ngrams import MOST_GAIN, UNIT, windows

# An n-gram is not independent of its neighbours: each letter is in three of them, and letters follow each other.
_OVERLAP = 3.0
_HOPELESS = 12.0  # a language whose odds are behind by this logarithm is not the answer
_ODDS = UNIT * _OVERLAP  # such a number of a logarithm of odds
_BITS = 16
_AT_ONCE = (1 << _BITS) // (3 * MOST_GAIN + 1)  # windows whose gains are added before a language's could overflow
_LONG = 48  # characters of a word that is remembered; longer ones are read in parts
_MOST = 60_000  # windows that are remembered: those of a script's languages are some 40,000
_MOST_WORDS = 16_000
_IS_HELD = bytes([0] + [1] * 255)  # a byte that is not 0 as 1


@dataclass(frozen=True, slots=True)
class Table:
    """The languages of a script as `tests/benchmarks/build_gains.py` wrote them: their names; the row of each n-gram;
    the rows, a byte for each language, by how much the n-gram speaks for it; shares of letters by name."""

    names: list[str]
    places: Mapping[str, int]
    rows: bytes
    letters: Mapping[str, Mapping[str, float]]


def read_table(content: bytes) -> Table:
    """The languages of one file: a line of JSON, and the rows, deflated."""
    head, _, rows = content.partition(b"\n")
    stored = json.loads(head)
    ngrams = stored["ngrams"].split("\n")
    return Table(stored["names"], dict(zip(ngrams, range(len(ngrams)), strict=True)), unpacked(rows), stored["letters"])


def unpacked(rows: bytes) -> bytes:
    """Rows as they are read, of those in a file."""
    return zlib.decompress(rows)


@functools.cache
def table(group: str) -> Table:
    """The languages of a script."""
    return read_table((Path(__file__).parent / "gains" / f"{group}.gains").read_bytes())


class _Gains(dict[str, int]):
    """The gains of the n-grams at the end of a window for all languages side by side in one whole number, 16 bits each,
    so that one addition adds them all; above them 8 bits for each language, 1 where it has the window's three
    characters. Put together when a text first has the window."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._places, self._rows, self._languages = table.places, table.rows, len(table.names)
        self._short: dict[str, int] = {}

    def __missing__(self, window: str) -> int:
        end = window[1:]
        found = short if (short := self._short.get(end)) is not None else self._behind(end)
        if window[1] != " ":
            found += self.of(window)
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
        place = self._places.get(piece)
        if place is None:
            return 0
        begin = place * self._languages
        row = self._rows[begin : begin + self._languages]
        wide = bytearray(2 * self._languages)
        wide[::2] = row
        if len(piece) == 3:
            wide += row.translate(_IS_HELD)
        return int.from_bytes(wide, "little")


class Word(NamedTuple):
    """What a word, or a part of a long one, says: of all languages by its n-grams, of some as one of their small words;
    how many n-grams and different trigrams it has."""

    text: str
    gains: int
    small: str  # the small word that it is, if it is one
    pieces: int
    trigrams: int


@functools.lru_cache(maxsize=_LONG)
def _windows_of_length(length: int) -> Callable[[str], tuple[str, ...]]:
    """What takes the windows out of a word of some length with two blanks before it and one behind, all in one call."""
    return itemgetter(*[slice(begin, begin + 3) for begin in range(length + 1)])


class Likelihoods(dict[str, Word]):
    """The languages of some profiles, as the words of a text make them more or less likely."""

    def __init__(self, group: str, odds: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table(group)
        self.names = self._table.names
        self.places = {name: place for place, name in enumerate(self.names)}
        self._gains = _Gains(self._table)
        least = min([0.0, *odds.values()])  # a lane holds no number below 0; what all have in common tells nothing
        self._before = self._side_by_side({name: odds.get(name, 0.0) - least for name in self.names})
        self._unpack = struct.Struct(f"<{len(self.names)}H{len(self.names)}x").unpack
        self._bytes = (_BITS // 8 + 1) * len(self.names)
        self.letters = functools.cache(self._letters)
        self._gain = self._gains.__getitem__
        self._small = small_words()

    def _side_by_side(self, odds: Mapping[str, float]) -> int:
        """Logarithms of odds of some languages, as the gains of n-grams are."""
        known = [(self.places[name], odd) for name, odd in odds.items() if name in self.places]
        return sum([round(_ODDS * odd) << _BITS * place for place, odd in known])

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
                found += [self._word(every[begin : begin + _LONG], ()) for begin in range(0, len(every), _LONG)]
        return found

    def __missing__(self, word: str) -> Word:
        if len(self) >= _MOST_WORDS:
            self.clear()
        small = word.lower()
        if word[1:] == small[1:] and len(word) > 1:  # most words
            every = _windows_of_length(len(word))(f"  {word} ")
            number = len(every)
            if len(set(every)) == number and small not in self._small:
                # All but the first window are trigrams, and none comes again.
                found = tuple.__new__(Word, (word, sum(map(self._gain, every)), "", number, number - 1))
            else:
                found = self._word(every, (), word)
        else:
            found = self._word(*windows(word), word)
        self[word] = found
        return found

    def _word(self, every: Sequence[str], beside: Sequence[str], word: str = "") -> Word:
        gains = sum(map(self._gain, every)) + sum(map(self._gains.of, beside))
        trigrams = [piece for piece in (*every, *beside) if piece[1:-1] not in ("", " ")]
        different = set(trigrams)
        if len(different) < len(trigrams):
            above = _BITS * len(self.names)
            held = sum([self._gains[trigram] >> above for trigram in different])
            gains = gains & ((1 << above) - 1) | held << above
        pieces = len(every) + len(beside)
        if odds := self._small.get(word.lower()):
            own = self._side_by_side(odds)
            return Word(word, gains + own, word.lower(), pieces + 1, len(different))
        return Word(word or "".join(every), gains, "", pieces, len(different))

    def _sums(self, words: list[Word]) -> list[int]:
        """The odds of each language: those before a text is seen, and what its words add."""
        total = self._before
        if sum([word.pieces for word in words]) < _AT_ONCE:  # a line
            return [*self._unpack((total + sum([word.gains for word in words])).to_bytes(self._bytes, "little"))]
        sums, pieces = [0] * len(self.names), 1
        for word in words:
            pieces += word.pieces
            if pieces > _AT_ONCE:
                sums = [*map(add, sums, self._unpack(total.to_bytes(self._bytes, "little")))]
                total, pieces = 0, word.pieces
            total += word.gains
        return [*map(add, sums, self._unpack(total.to_bytes(self._bytes, "little")))]

    def ranked(self, words: list[Word], claim: Mapping[str, float], letters: Letters) -> list[tuple[str, float]]:
        """Languages with their probabilities, the best first, down to those that are out of the question. `claim` has
        logarithms of the odds that a page's word gives some. Empty when no profile holds any of the n-grams."""
        if not any(map(itemgetter(1), words)):
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
        sums[first] = -1
        if max(sums) < least:
            return [(self.names[first], 1.0)]
        likely = [(total, place) for place, total in enumerate(sums) if total >= least and place != first]
        for total, place in sorted(likely, reverse=True):
            if total >= (best - _HOPELESS) * _ODDS:
                scores[self.names[place]] = score = self._score(place, total, letters)
                best = max(best, score)
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
        return sum([self._small[word.small].get(name, 0.0) for word in words if word.small])
