"""The n-grams of a text as langdetect has them, and the profiles of languages in its format, its own and added ones."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import langdetect
from langdetect.utils.ngram import NGram

# By how much an n-gram speaks for a language that has it, over one that does not: log(1 + p / unseen), in whole numbers
# of this fraction: their sums are the same in any order and on any machine.
UNIT = 16
_UNSEEN = 2e-6  # an n-gram that was not seen in little text is not impossible; the smallest profiles hold some 30,000
MOST_GAIN = round(UNIT * math.log1p(1 / _UNSEEN))
# Languages whose words for what is new came through Russian: a few in a hundred are its words, whatever text the
# profile was counted from ("премьер-министр", "экспорт").
_BORROWED = 0.05
_LENDER = "ru"
BORROWERS = frozenset("kk ky tg tt ba mn sah cv uz-Cyrl kaa-Cyrl".split())
ADDED = Path(__file__).parent / "profiles"
# Most of langdetect's profiles were cut at this share; those that go further down would win on rare n-grams alone.
RARE = 1.1e-4


class _Normal(dict[int, str]):
    """langdetect's normal form of each character, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = str(NGram.normalize(chr(code)))
        return self[code]


_NORMAL = _Normal()
Windows = tuple[list[str], list[str]]


def normal(text: str) -> str:
    """A text in langdetect's normal form: one letter for those that say the same, a blank for what is no letter."""
    return text.translate(_NORMAL)


def ngrams(text: str) -> list[str]:
    """The n-grams of one to three characters in the words of a text, each as often as it stands there, as langdetect's
    NGram gives them when a blank follows: none across a blank but its own edges, none inside words in capitals."""
    found_windows, found = windows(normal(text))
    for window in found_windows:
        found += [piece for piece in (window[2], window[1:], window) if in_words(piece)]
    return found


def in_words(piece: str) -> bool:
    """Whether an n-gram has a character, and none on the other side of a blank."""
    return piece != " " and piece[1:-1] != " "


def windows(text: str) -> Windows:
    """(each character of the words of a text and the blank behind each, with the two characters before it; the n-grams
    of words that have capitals inside). The last one, two and three characters of a window are n-grams of the text,
    which is in its normal form."""
    words, beside = text.split(), list[str]()
    inside = "".join([word[1:] for word in words])
    if inside != inside.lower():
        for word in [word for word in words if word[1:] != word[1:].lower()]:
            beside += _beside_capitals(word)
            words.remove(word)
    return windows_of(" ".join(words)) if words else [], beside


def windows_of(words: str) -> list[str]:
    """The windows of words with one blank between them that have no capitals inside."""
    line = f"  {words} "
    return [line[end - 3 : end] for end in range(3, len(line) + 1)]


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


@dataclass(frozen=True, slots=True)
class Profile:
    """The n-grams of a language: how often each was counted, and how many of each length were."""

    counts: Mapping[str, int]
    totals: list[int]


@functools.cache
def profile(name: str) -> Profile:
    """The profile of a language; one of langdetect's without the rare n-grams, which only some of them hold."""
    counted = json.loads(profile_files()[name].read_bytes())
    counts, totals = counted["freq"], counted["n_words"]
    if name not in added():
        counts = {piece: n for piece, n in counts.items() if n >= RARE * totals[len(piece) - 1]}
    return Profile(counts, totals)


def gains(names: Iterable[str]) -> dict[str, dict[str, int]]:
    """By how much each n-gram speaks for each of these languages, by n-gram, then by name."""
    shares: dict[str, dict[str, float]] = {}
    for name in names:
        counted = profile(name)
        for piece, n in counted.counts.items():
            shares.setdefault(piece, {})[name] = n / counted.totals[len(piece) - 1]
    for own in shares.values():
        if lent := own.get(_LENDER):
            for name in BORROWERS.intersection(names):
                own[name] = own.get(name, 0.0) + _BORROWED * lent
    told = {
        piece: {name: round(UNIT * math.log1p(share / _UNSEEN)) for name, share in own.items()}
        for piece, own in shares.items()
    }
    return {piece: {name: gain for name, gain in own.items() if gain} for piece, own in told.items()}


def letter_shares(name: str) -> dict[str, float]:
    """The share of each letter in the texts of a language, small and capital together."""
    counted = profile(name)
    shares: dict[str, float] = {}
    for piece, count in counted.counts.items():
        if len(piece) == 1:
            letter = piece.lower()
            shares[letter] = shares.get(letter, 0.0) + count / counted.totals[0]
    return shares
