"""The day of the week that stands beside a date: "Thu, 03/05/2026" can be no third of May."""

from __future__ import annotations

import re

from crawler.extraction.dates.cldr_words import phrase, weekdays

_NEAR = 30  # characters before and behind a date that are looked at
_SIGNS = " ,.|()（）[]-–—"
_LETTER = re.compile(r"[^\W\d_]")
_PARTS = re.compile(r"[\s,.:;|/()（）\[\]]+")


def weekdays_beside(text: str, start: int, end: int) -> str:
    """The days of the week (ISO 8601, "4" is Thursday) that the words beside a date tell, those in front of it before
    those behind; empty where none are told. Names of two words are what both have in common."""
    if not (_LETTER.search(text, end, end + _NEAR) or _LETTER.search(text, max(0, start - _NEAR), start)):
        return ""  # most lines: beside a date in figures stands nothing, or a clock
    before = _PARTS.split(text[max(0, start - _NEAR) : start].rstrip(_SIGNS))[-2:]
    behind = _PARTS.split(text[end : end + _NEAR].lstrip(_SIGNS))[:2]
    return _told(before[::-1]) or _told(behind)


def _told(words: list[str]) -> str:
    """The days that all words, from the one next to the date on, are names of."""
    known: str | None = None
    for word in words:
        days = weekdays().get(phrase(word), "")
        if not days:
            break
        both = "".join(day for day in days if known is None or day in known)
        known = both or known
    return known or ""
