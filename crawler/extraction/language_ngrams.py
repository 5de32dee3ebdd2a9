"""How well a text fits each language's n-grams: langdetect's profiles and n-grams, summed up exactly.

langdetect itself draws n-grams at random until one language is far ahead. On a headline the draws repeat a few n-grams
and miss others; the sum over all of them is what the draws only estimate, and has no chance in it."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram

# A profile's n-gram that was not seen in little text is not impossible; the smallest profiles hold some 30,000.
_UNSEEN = 1e-5
# An n-gram is not independent of its neighbours: each letter is in three of them, and letters follow each other.
_OVERLAP = 2.5


class Profiles:
    """The profiles of some languages, as langdetect's factory holds them."""

    def __init__(self, names: frozenset[str]) -> None:
        # A private factory: the module's own is global, and random unless somebody seeds it. All profiles in one
        # call: a second one would put the probabilities out of step with the languages.
        self.factory = DetectorFactory()
        self.factory.load_json_profile([profile_files()[name].read_text("utf-8") for name in sorted(names)])
        self.factory.set_seed(0)
        self.gains: dict[str, list[tuple[int, float]]] = {}

    def ranked(self, pieces: Counter[str], prior: Mapping[str, float]) -> list[tuple[str, float]]:
        """Languages with their probabilities, the best first; those whose prior weight is 0 are left out. Empty when
        no profile holds any of the n-grams."""
        sums = [0.0] * len(self.factory.langlist)
        known = False
        for piece, count in pieces.items():
            for index, gain in self._gains(piece):
                known = True
                sums[index] += count * gain
        scores = {
            name: total / _OVERLAP + math.log(prior[name])
            for name, total in zip(self.factory.langlist, sums, strict=True)
            if prior[name] > 0
        }
        if not known or not scores:
            return []
        best = max(scores.values())
        shares = {name: math.exp(score - best) for name, score in scores.items()}
        total = sum(shares.values())
        return sorted(((name, share / total) for name, share in shares.items()), key=lambda pair: (-pair[1], pair[0]))

    def coverage(self, pieces: Counter[str], name: str) -> tuple[float, int]:
        """(share of the trigrams that the profile of a language holds, how many trigrams there are)."""
        index = self.factory.langlist.index(name)
        trigrams = {piece: count for piece, count in pieces.items() if len(piece) == NGram.N_GRAM}
        total = sum(trigrams.values())
        held = sum(n for piece, n in trigrams.items() if any(i == index for i, _ in self._gains(piece)))
        return (held / total if total else 1.0), total

    def _gains(self, piece: str) -> list[tuple[int, float]]:
        """By how much an n-gram speaks for each language that has it, over one that does not: log(1 + p / unseen)."""
        found = self.gains.get(piece)
        if found is None:
            probabilities = self.factory.word_lang_prob_map.get(piece)
            if probabilities is None:
                return []
            found = [(index, math.log1p(p / _UNSEEN)) for index, p in enumerate(probabilities) if p > 0]
            self.gains[piece] = found
        return found


def ngrams(text: str) -> Counter[str]:
    """The n-grams of one to three characters in a text, as langdetect counts them: none across a blank but its own
    edges, none inside words in capitals."""
    found: Counter[str] = Counter()
    gram = NGram()
    for char in text:
        gram.add_char(char)
        if gram.capitalword:
            continue
        for length in range(1, len(gram.grams) + 1):
            piece = gram.grams[-length:]
            if piece != " ":
                found[piece] += 1
    return found


@functools.cache
def profile_files() -> dict[str, Path]:
    """Files of n-gram counts by langdetect's name of the language: its own, and those added here."""
    built_in = {p.name: p for p in (Path(langdetect.__file__).parent / "profiles").iterdir() if p.is_file()}
    return built_in | {p.stem: p for p in (Path(__file__).parent / "profiles").glob("*.json")}
