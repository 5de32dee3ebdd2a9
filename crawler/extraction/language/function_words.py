"""Small words by which a reader knows a language at sight, in `function_words.toml`, as evidence for a language."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from crawler.extraction.language.ngrams import normal

# By how much a word speaks for its languages (natural logarithm of the odds), by its length: short ones are in many.
_WEIGHT = {1: 0.6, 2: 1.2}
_LONGER = 2.0
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def small_words() -> Mapping[str, Mapping[str, float]]:
    """How much each small word, in the normal form of n-grams, speaks for the languages that have it: logarithms of
    odds."""
    tags: dict[str, dict[str, float]] = {}
    for tag, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items():
        for word in normal(words).split():
            tags.setdefault(word, {})[tag] = _WEIGHT.get(len(word), _LONGER)
    return tags


def evidence(text: str) -> Mapping[str, float]:
    """How much the small words of a text, normalised as `crawler.extraction.language` does, speak for each language
    that has some of them: sums of logarithms of odds."""
    known = small_words()
    found: dict[str, float] = {}
    for word in _WORD.findall(normal(text).lower()):
        for tag, odds in known.get(word, {}).items():
            found[tag] = found.get(tag, 0.0) + odds
    return found
