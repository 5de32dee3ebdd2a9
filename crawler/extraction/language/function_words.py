"""Small words by which a reader knows a language at sight, in `function_words.toml`, and words of ministries' news, in
`press_words.toml`, as evidence for a language."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from crawler.extraction.language.ngrams import normal
from crawler.toml_tables import read_toml

# By how much a word speaks for its languages (natural logarithm of the odds), by its length: short ones are in many.
_WEIGHT = {1: 0.6, 2: 1.2}
_LONGER = 2.0
# Nouns and verbs of the news, which neighbours write alike and names hold: the longer a word, the fewer have it.
_PRESS = {**dict.fromkeys(range(5), 1.5), 5: 2.5, 6: 2.5}
_LONG_PRESS = 4.0
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def _words(name: str) -> Mapping[str, list[str]]:
    """The languages that have a word of a file, by the word in the normal form of n-grams."""
    tags: dict[str, list[str]] = {}
    for tag, words in read_toml(Path(__file__).with_name(name)).items():
        for word in dict.fromkeys(normal(words).split()):
            tags.setdefault(word, []).append(tag)
    return tags


@functools.cache
def small_words() -> Mapping[str, Mapping[str, float]]:
    """How much each small word, and each word of ministries' news, speaks for the languages that have it: logarithms of
    odds."""
    press = _words("press_words.toml").items()
    odds = {word: dict.fromkeys(tags, _PRESS.get(len(word), _LONG_PRESS)) for word, tags in press}
    for word, tags in _words("function_words.toml").items():
        odds[word] = odds.get(word, {}) | dict.fromkeys(tags, _WEIGHT.get(len(word), _LONGER))
    return odds


def evidence(text: str) -> Mapping[str, float]:
    """How much the small words of a text, normalised as `crawler.extraction.language` does, speak for each language
    that has some of them: sums of logarithms of odds."""
    known = _words("function_words.toml")
    found: dict[str, float] = {}
    for word in _WORD.findall(normal(text).lower()):
        for tag in known.get(word, ()):
            found[tag] = found.get(tag, 0.0) + _WEIGHT.get(len(word), _LONGER)
    return found
