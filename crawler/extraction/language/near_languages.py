"""Languages that n-grams do not tell apart: by the words that only one of them has, in `near_languages.toml`, else by
what the page says of itself."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from crawler.toml_tables import read_toml

_WORD = re.compile(r"[^\W\d_]+")
_DECISIVE = 2  # words of one language, more than of the page's own beside it, that outweigh what the page says
_UNDECIDED = 0.5  # confidence where nothing tells them apart

Group = Mapping[str, tuple[frozenset[str], tuple[str, ...]]]


@functools.cache
def _groups() -> Mapping[str, Group]:
    """The group of each language: the words and the beginnings of words of all its languages."""
    stored = read_toml(Path(__file__).with_suffix(".toml"))
    groups: dict[str, Group] = {}
    for languages in stored["groups"]:
        group = {tag: (frozenset(own["words"].split()), tuple(own["stems"].split())) for tag, own in languages.items()}
        groups |= dict.fromkeys(group, group)
    return groups


def near(tag: str) -> frozenset[str]:
    """The languages that are told from this one by words alone, itself among them; none for most."""
    return frozenset(_groups().get(tag, ()))


def told_apart(text: str, tag: str, claimed: str) -> tuple[str, float]:
    """(language, confidence from 0.5 to 1) of a text that is in one of the languages near to `tag`, which it is most
    like; `claimed` is the one that its page names, "" if it names none of them."""
    group = _groups()[tag]
    words = {*_WORD.findall(text.lower())}
    found = {
        other: {word for word in words if word in whole or word.startswith(begins)}
        for other, (whole, begins) in group.items()
    }
    if claimed in group:
        ahead = {other: len(own - found[claimed]) - len(found[claimed] - own) for other, own in found.items()}
        best = max(group, key=lambda other: (ahead[other], other == claimed))
        if ahead[best] >= _DECISIVE:
            return best, 1.0
        return claimed, 1.0 if found[claimed] and ahead[best] <= 0 else _UNDECIDED
    best = max(group, key=lambda other: (len(found[other]), other == tag))
    others = max(len(own) for other, own in found.items() if other != best)
    return best, 1.0 - _UNDECIDED ** (len(found[best]) - others + 1)
