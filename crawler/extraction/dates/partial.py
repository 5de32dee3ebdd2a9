"""Dates that lack a part: a month is no day, and a day and month without a year are the last such day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.extraction.dates.calendars.conversions import Calendar
from crawler.extraction.dates.cldr_words import Period
from crawler.extraction.dates.clocks.clock import Clock, clock_after, clock_before
from crawler.extraction.dates.tokens import Names, Token, months_at, tokens_of
from crawler.extraction.dates.vocabulary import is_year_word, words_beside

MAX_LINE = 60  # characters of a line whose date lacks its year
_MONTH_FIGURES = re.compile(r"\s*(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d)\s*")
_MONTH_HAN = re.compile(r"\s*(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s*")
_DAY_HAN = re.compile(r"(?<![\d年년])(?<![年년]\s)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_BETWEEN = ("ordinals", "date_joiners", "day_words")
_YEAR = re.compile(r"(?:19|20|25|13|14)\d\d")


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day and month of a line without a year, as the last such day."""

    value: date
    start: int
    end: int
    clock: Clock | None


def is_month_only(line: str, names: Names) -> bool:
    """Whether a line is a month of a year and no day: "2026-05", "May 2026", "2026年5月"."""
    if _MONTH_FIGURES.fullmatch(line) or _MONTH_HAN.fullmatch(line):
        return True
    if not _YEAR.search(line):
        return False  # most lines: they are not taken apart
    tokens = [
        t
        for t in tokens_of(line)
        if not (t.word in words_beside("date_joiners") or is_year_word(t.word) or t.word in words_beside("month_words"))
    ]
    tokens = [t for t in tokens if t.number or any(c.isalpha() for c in t.text)]
    numbers = [t for t in tokens if t.number]
    if len(numbers) != 1 or not _YEAR.fullmatch(numbers[0].text):
        return False
    words = [t for t in tokens if not t.number]
    months, width = months_at(words, 0, names) if words else ((), 0)
    return bool(months) and width == len(words)


def yearless_day(line: str, names: Names, today: date, periods: Mapping[str, Period]) -> Yearless | None:
    """The last such day up to `today` of a short line that is nothing but a day, a month's name, a weekday and a
    clock."""
    if len(line) > MAX_LINE:
        return None
    tokens = tokens_of(line)
    found = _han(line, today) or _worded(tokens, names, today)
    if found is None:
        return None
    value, start, end = found
    clock = clock_after(line, end, periods) or clock_before(line, start, periods)
    low, high = (min(start, clock.start), max(end, clock.end)) if clock else (start, end)
    rest = tokens_of(line[:low] + " " + line[high:])
    if any(t.number or (t.word and t.text[0].isalpha() and not _passes(t.word)) for t in rest):
        return None
    return Yearless(value, low, high, clock)


def _han(line: str, today: date) -> tuple[date, int, int] | None:
    found = _DAY_HAN.search(line)
    value = _last(int(found[1]), int(found[2]), today) if found else None
    return (value, found.start(), found.end()) if found and value else None


def _worded(tokens: Sequence[Token], names: Names, today: date) -> tuple[date, int, int] | None:
    for index, token in enumerate(tokens):
        if token.word not in names.first:
            continue  # most tokens
        months, width = ((), 0) if token.number else months_at(tokens, index, names)
        month = next((m.number for m in months if m.calendar is Calendar.GREGORIAN), None)
        if month is None:
            continue
        for step, first in ((-1, index - 1), (1, index + width)):
            at = first
            while 0 <= at < len(tokens) and (tokens[at].text in ".-–°" or tokens[at].word in words_beside(*_BETWEEN)):
                at += step
            if 0 <= at < len(tokens) and tokens[at].number and len(tokens[at].text) <= 2:
                following = tokens[at + 1].text if at + 1 < len(tokens) else ""
                value = _last(month, int(tokens[at].text), today) if following != ":" else None
                if value:
                    return value, tokens[min(index, at)].start, tokens[max(index + width - 1, at)].end
    return None


def _last(month: int, day: int, today: date) -> date | None:
    for year in range(today.year, today.year - 5, -1):  # a leap day is of the last leap year
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def _passes(word: str) -> bool:
    return (
        word in words_beside("clock_words")
        or word in words_beside("weekdays")
        or word in words_beside("day_words")
        or word in words_beside("ordinals")
        or word in words_beside("month_words")
    )
