"""How well a text fits each language's n-grams: langdetect's profiles and n-grams, summed up exactly.

langdetect itself draws n-grams at random until one language is far ahead. On a headline the draws repeat a few n-grams
and miss others; the sum over all of them is what the draws only estimate, and has no chance in it. Its factory, which
is global and random unless somebody seeds it, is not used at all."""

from __future__ import annotations

import functools
import itertools
import json
import math
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import langdetect
from langdetect.utils.ngram import NGram

ADDED = Path(__file__).parent / "profiles"
# An n-gram that was not seen in little text is not impossible; the smallest profiles hold some 30,000.
_UNSEEN = 2e-6
# Most of langdetect's profiles were cut at this share; those that go further down would win on rare n-grams alone.
RARE = 1.1e-4
# Languages whose words for what is new came through Russian: a few in a hundred are its words, whatever text the
# profile was counted from ("премьер-министр", "экспорт").
_BORROWED = 0.03
_LENDER = "ru"
_BORROWERS = frozenset("kk ky tg tt ba mn sah cv uz-Cyrl kaa-Cyrl".split())
# An n-gram is not independent of its neighbours: each letter is in three of them, and letters follow each other.
_OVERLAP = 3.0
_REACH = 60.0  # letters are asked of languages that are behind by no more than this before they are
_HOPELESS = 12.0  # a language whose odds are behind by this logarithm is not the answer
_UNIT = 1 << 12  # gains are whole numbers of this fraction: their sums are the same in any order and on any machine
_BITS = 32


class _Gains(dict[str, int]):
    """By how much an n-gram speaks for each language that has it, over one that does not: log(1 + p / unseen). Worked
    out when a text first has it. The languages' gains stand side by side in one whole number, 32 bits each, so that
    one addition adds them all; the sum of 75,000 n-grams would still fit."""

    def __init__(self, names: list[str]) -> None:
        profiles = [json.loads(profile_files()[name].read_bytes()) for name in names]
        self.totals: list[list[int]] = [profile["n_words"] for profile in profiles]
        self.counts: list[dict[str, int]] = [
            profile["freq"] if name in added() else _cut(profile) for name, profile in zip(names, profiles, strict=True)
        ]
        self.borrowers = [(place, _BORROWED) for place, name in enumerate(names) if name in _BORROWERS]
        self.lender = names.index(_LENDER) if _LENDER in names else None

    def __missing__(self, piece: str) -> int:
        length = len(piece) - 1
        counts = [(place, n) for place, known in enumerate(self.counts) if (n := known.get(piece))]
        shares = {place: n / self.totals[place][length] for place, n in counts}
        if self.lender is not None and (lent := shares.get(self.lender)):
            for place, borrowed in self.borrowers:
                shares[place] = shares.get(place, 0.0) + borrowed * lent
        found = 0
        for place, share in shares.items():
            found |= round(_UNIT * math.log1p(share / _UNSEEN)) << (_BITS * place)
        if found:  # pages may hold any number of others
            self[piece] = found
        return found

    def sums(self, pieces: list[str]) -> list[int]:
        """What all these n-grams say for each language."""
        total = sum(map(self.__getitem__, pieces))
        data = total.to_bytes(_BITS // 8 * len(self.counts), "little")
        return list(struct.unpack(f"<{len(self.counts)}I", data))


def _cut(profile: dict[str, Any]) -> dict[str, int]:
    """The n-grams of a profile of langdetect's without the rare ones, which only some of them hold."""
    totals = profile["n_words"]
    return {piece: n for piece, n in profile["freq"].items() if n >= RARE * totals[len(piece) - 1]}


class Profiles:
    """The profiles of some languages."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = sorted(names)
        self.places = {name: place for place, name in enumerate(self.names)}
        self.gains = _Gains(self.names)
        tables = zip(self.gains.counts, self.gains.totals, strict=True)
        self.letters = {name: _shares(*table) for name, table in zip(self.names, tables, strict=True)}

    def ranked(
        self, pieces: list[str], known: Mapping[str, float], against: Callable[[str, Mapping[str, float]], float]
    ) -> list[tuple[str, float]]:
        """Languages with their probabilities, the best first, down to those that are out of the question. `known` has
        logarithms of the odds of some before their n-grams are seen; `against` one, 0 or less, by name and shares of
        letters. Empty when no profile holds any of the n-grams."""
        sums = self.gains.sums(pieces)
        if not any(sums):
            return []
        scale = 1 / _UNIT / _OVERLAP
        totals = [total * scale for total in sums]
        for name, odds in known.items():
            if (place := self.places.get(name)) is not None:
                totals[place] += odds
        nearest = max(totals) - _REACH
        most = sorted((-total, name) for total, name in zip(totals, self.names, strict=True) if total >= nearest)
        scores: dict[str, float] = {}
        best = -math.inf
        for score, name in most:  # nothing that is left could come near any more
            if -score < best - _HOPELESS:
                break
            scores[name] = against(name, self.letters[name]) - score
            best = max(best, scores[name])
        shares = {name: math.exp(score - best) for name, score in scores.items()}
        total = sum(shares.values())
        return sorted(((name, share / total) for name, share in shares.items()), key=lambda pair: (-pair[1], pair[0]))

    def coverage(self, pieces: list[str], name: str) -> tuple[float, int]:
        """(share of the different trigrams that the profile of a language holds, how many of them there are). One that
        comes again says nothing new: "aaaaaaaa" has three."""
        trigrams = {piece for piece in pieces if len(piece) == NGram.N_GRAM}
        held = len(trigrams & self.gains.counts[self.places[name]].keys())
        return (held / len(trigrams) if trigrams else 1.0), len(trigrams)


def _shares(counts: Mapping[str, int], totals: list[int]) -> dict[str, float]:
    """The share of each letter, small and capital together."""
    shares: dict[str, float] = {}
    for piece, count in counts.items():
        if len(piece) == 1:
            letter = piece.lower()
            shares[letter] = shares.get(letter, 0.0) + count / totals[0]
    return shares


class _Letters(dict[int, str]):
    """langdetect's normal form of each character, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = str(NGram.normalize(chr(code)))
        return self[code]


_LETTERS = _Letters()


def ngrams(text: str) -> list[str]:
    """The n-grams of one to three characters in the words of a text, each as often as it stands there, as langdetect's
    NGram gives them when a blank follows: none across a blank but its own edges, none inside words in capitals."""
    plain, found = [], []
    for word in text.translate(_LETTERS).split(" "):
        if word[1:] != word[1:].lower():
            found += _beside_capitals(word)
        elif word:
            plain.append(word)
    line = f" {' '.join(plain)} " if plain else ""
    found += line.replace(" ", "")
    found += map("".join, itertools.pairwise(line))
    found += [a + b + c for a, b, c in zip(line, line[1:], line[2:], strict=False) if b != " "]
    return found


def _beside_capitals(word: str) -> list[str]:
    gram = NGram()
    found = []
    for char in f"{word} ":
        gram.add_char(char)
        found += [piece for length in range(1, NGram.N_GRAM + 1) if (piece := gram.get(length))]
    return found


@functools.cache
def expected_coverage() -> dict[str, float]:
    """The share of its different trigrams that a text of 60 characters finds in the profile of its language, by name of
    the profile, as `tests/benchmarks/language_coverage.py` measured it."""
    shares: dict[str, float] = json.loads(Path(__file__).with_name("coverage.json").read_bytes())
    return shares


@functools.cache
def added() -> dict[str, Path]:
    """Files of n-gram counts by tag, of the languages that are added here."""
    return {path.stem: path for path in ADDED.glob("*.json")}


@functools.cache
def built_in() -> dict[str, Path]:
    """Files of n-gram counts by langdetect's name of the language, of those that it knows."""
    return {path.name: path for path in (Path(langdetect.__file__).parent / "profiles").iterdir() if path.is_file()}


@functools.cache
def profile_files() -> dict[str, Path]:
    """Files of n-gram counts by name of the language: langdetect's, and those added here, some in place of its own."""
    return built_in() | added()
