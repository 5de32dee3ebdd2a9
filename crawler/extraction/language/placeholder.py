"""Filler text that templates hold until an editor writes: it looks like Latin, and is in no language."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from crawler.toml_tables import read_toml

_TELLING = 2  # such words of a text: a site may tell of one
_SHARE = 0.7  # of its words that filler text has; texts in Latin have some of them, fewer than half


@functools.cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """(words that hardly any text but filler has, all words of filler)."""
    stored = read_toml(Path(__file__).with_name("placeholder_words.toml"))
    telling = frozenset(stored["telling"].split())
    every = telling.union(stored["common"].split())
    return telling.union(map(str.capitalize, telling)), every


def is_placeholder(words: Sequence[str]) -> bool:
    """Whether the words of a text are those of "Lorem ipsum ..."."""
    telling, every = _words()
    if telling.isdisjoint(words):  # nearly all texts
        return False
    small = [word.lower() for word in words]
    found = sum([word in every for word in small])
    return len(telling.intersection(small)) >= _TELLING and found >= _SHARE * len(small)
