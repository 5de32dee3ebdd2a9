"""The words, numbers and signs of a line, and the names of months among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.extraction.dates.calendars.calendar_names import Month, other_months
from crawler.extraction.dates.calendars.conversions import Calendar
from crawler.extraction.dates.vocabulary import fold

# A word is anything but spaces, digits and punctuation: vowel signs and joiners of Indic scripts belong to it.
_TOKEN = re.compile(
    r"\d+|[^\s\d!-/:-@\[-`{-~\u00b7\u2000-\u200b\u200e-\u206f\u3000-\u303f«»"
    r"\u055d\u0589\u060c\u061b\u0964\u104a\u104b\u1361-\u1368\u17d4]+|[^\s]"
)
DASHES = frozenset("-–—‑‐−")
_NUMBERED = frozenset("tháng thg เดือน ເດືອນ ខែ".split())  # words for month with its number: "ngày 5 tháng 3"
_MOST = 5  # words of a month's name: "Dhu al-Hijjah", "арван нэгдүгээр сарын"


class Token(NamedTuple):
    text: str
    start: int
    end: int
    number: bool
    word: str  # folded


_PARTS = re.compile(r"[ .]")


class Names(NamedTuple):
    """Months by folded name: Gregorian ones, and those of other calendars."""

    gregorian: Mapping[str, int]
    others: Mapping[str, tuple[Month, ...]]
    longer: frozenset[str]  # the first words of names of several words
    first: frozenset[str]  # the first words of all names: a line has few of them


class Beginnings(NamedTuple):
    """What is asked of every word of a line: the first words of names of several words, and of all names."""

    longer: frozenset[str]
    first: frozenset[str]


def beginnings(gregorian: Mapping[str, int]) -> Beginnings:
    """Those of these names and of all other calendars."""
    longer = _first_words(gregorian) | _first_words(other_months())
    return Beginnings(longer, longer.union(gregorian, other_months(), _NUMBERED))


def names_of(common: Mapping[str, int], begin: Beginnings, own: Mapping[str, int]) -> Names:
    """Names that all pages have in common, with their beginnings, and those of a page's languages, which go before."""
    its = _first_words(own)
    return Names({**common, **own}, other_months(), begin.longer | its, begin.first.union(its, own))


def _first_words(names: Iterable[str]) -> frozenset[str]:
    """The first words of names of several words."""
    return frozenset([_PARTS.split(name)[0] for name in names if " " in name or "." in name])


@lru_cache(maxsize=256)  # a line is asked for its days, for a month alone, and for a day without a year
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a line."""
    found, end, new = [], 0, tuple.__new__  # half the cost of calling the class, which every line would pay
    for word in _TOKEN.findall(text):
        start = text.index(word, end)
        end = start + len(word)
        found.append(new(Token, (word, start, end, word[0].isdecimal(), fold(word))))
    return tuple(found)


def months_at(tokens: Sequence[Token], index: int, names: Names) -> tuple[tuple[Month, ...], int]:
    """The months that a name can be which starts at a token, the longest name first, and how many tokens it takes."""
    word = tokens[index].word
    if index + 1 < len(tokens):
        following = tokens[index + 1]
        if word in _NUMBERED and following.number and 1 <= int(following.text[:3]) <= 12:
            return (Month(Calendar.GREGORIAN, int(following.text[:3])),), 2
    if word not in names.longer:  # most words: they begin no name, or are all of it
        return _meanings(word, names), 1
    spelled, found = "", ((), 0)  # type: tuple[str, tuple[tuple[Month, ...], int]]
    for at in range(index, min(index + _MOST, len(tokens))):
        token = tokens[at]
        if token.text in DASHES and at > index:
            continue
        if token.text == "." and at > index and token.start == tokens[at - 1].end:  # มี.ค.
            spelled += "."
            continue
        if token.number or not token.word:
            break
        gap = "" if not spelled or spelled.endswith(".") else " "
        spelled += gap + token.word
        if months := _meanings(spelled, names):
            found = months, at - index + 1
    return found


def _meanings(name: str, names: Names) -> tuple[Month, ...]:
    month = names.gregorian.get(name)
    others = names.others.get(name, ())
    return (Month(Calendar.GREGORIAN, month), *others) if month else others
