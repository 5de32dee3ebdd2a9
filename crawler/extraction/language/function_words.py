"""Small words by which a reader knows a language at sight, in `function_words.toml`, as evidence for a language."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

# By how much a word speaks for its languages (natural logarithm of the odds), by its length: short ones are in many.
_WEIGHT = {1: 0.6, 2: 1.2}
_LONGER = 2.0
_WORD = re.compile(r"[^\W\d_]+")
_NONE: Mapping[str, float] = {}


@functools.cache
def _tags() -> dict[str, list[str]]:
    """The languages that have a word, by the word."""
    tags: dict[str, list[str]] = {}
    for tag, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items():
        for word in dict.fromkeys(words.split()):
            tags.setdefault(word, []).append(tag)
    return tags


def evidence(text: str) -> Mapping[str, float]:
    """How much the small words of a text, normalised as `crawler.extraction.language` does, speak for each language
    that has some of them: sums of logarithms of odds."""
    known = _tags()
    lower = text.lower()
    if text.isalpha():  # a word
        return dict.fromkeys(known[lower], _WEIGHT.get(len(text), _LONGER)) if lower in known else _NONE
    found: dict[str, float] = {}
    for word in _WORD.findall(lower):
        for tag in known.get(word, ()):
            found[tag] = found.get(tag, 0.0) + _WEIGHT.get(len(word), _LONGER)
    return found
