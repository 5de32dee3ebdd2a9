"""The words beside a clock that say which half or part of the day it tells: PM, م, μ.μ., अपराह्न, CH, petang, 下午."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from crawler.extraction.dates.cldr_words import Period, joined
from crawler.extraction.dates.vocabulary import fold, is_year_word, words_beside
from crawler.extraction.words.index import word_index

# Parts of the day that newsrooms write and CLDR does not list, by the vocabulary of their words: halves, or minutes.
_PARTS: Mapping[str, Period] = {"noon": (660, 900), "night": (1080, 300), "morning": "a", "afternoon": "p"}
_MOST = 4  # words of a period: "de la tarde"
_WORDS = re.compile(r"[\s\u200c]?\(?([^\s\d,;:|/()\[\]–—-]+)")
_KNOWN = ("clock_words", "clock_units", "beside_clock", "weekdays", "day_words")  # which tell no half of the day


@cache
def _joined_script() -> re.Pattern[str]:
    """Letters of scripts in which the word stands before the clock."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def _halves() -> Mapping[str, Period]:
    """What CLDR does not list but newsrooms write: of the word lists."""
    known = word_index().beside_dates
    return {joined(word): period for name, period in _PARTS.items() for word in known[name]}


_ZONE = re.compile(r"[A-Z]{2,4}T|GMT|UTC|[ECMP]\.?T\.?")  # another module reads them


class Half(NamedTuple):
    """What a word says of the clock, and where it ends."""

    meaning: Period
    end: int


def half_at(text: str, place: int, periods: Mapping[str, Period]) -> Half | None:
    """The half or part of the day whose words stand at `place`, the longest first."""
    words, at, found = "", place, None
    for _ in range(_MOST):
        match = _WORDS.match(text, at)
        if not match:
            break
        words += joined(match[1])
        at = match.end()
        meaning = _halves().get(words) or periods.get(words)
        if meaning and not (len(words) == 1 and words.isascii() and words not in ("a", "p")):
            found = Half(meaning, at)
    return found


def hour_of(hour: int, minute: int, period: Period) -> int | None:
    """The hour of 24; None for a contradiction such as 15 AM. "14:30 PM" is a 24-hour clock with a needless PM."""
    if period == "a":
        return hour % 12 if hour <= 12 else None
    if period == "p":
        return None if hour == 0 else hour if hour > 12 else hour % 12 + 12
    if hour > 12 or isinstance(period, str):
        return hour
    begins, ends = period
    for slack in (0, 60):  # "seven in the evening" where CLDR lets the evening begin at eight
        fitting = {h for h in (hour % 12, hour % 12 + 12) if _within(h * 60 + minute, begins - slack, ends + slack)}
        if len(fitting) == 1:
            return fitting.pop()
    return None


def _within(minute: int, begins: int, ends: int) -> bool:
    length = max((ends - begins) % 1440, 60)
    return (minute - begins) % 1440 < length


def unknown_word(text: str, place: int, periods: Mapping[str, Period]) -> str:
    """The word directly behind a clock that may tell the half of the day in a way nobody knows; else empty.

    Words that begin with a capital and go on small, labels with a colon and the letters of East Asia do not tell it."""
    match = _WORDS.match(text, place)
    if not match or (place == match.start(1) and text[place - 1 : place].isdigit() and match[1][0] in "·•"):
        return ""
    word = match[1]
    letters = [c for c in word if c.isalpha()]
    folded = fold(word.strip("."))
    is_name = len(letters) > 2 and letters[0] != letters[0].lower() and letters[1] == letters[1].lower()
    if (
        not letters
        or is_name
        or (not word.isascii() and _joined_script().search(word))
        or text[match.end() : match.end() + 1] == ":"
    ):
        return ""
    if _ZONE.fullmatch(word):
        return ""
    known = folded in words_beside(*_KNOWN) or is_year_word(folded)
    return "" if known or joined(word) in periods else word
