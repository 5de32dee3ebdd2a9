"""Days told by words: "Bugun, 10:00", "вчера в 18:30", "2 hours ago". Counted from the time of the capture."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

from crawler.extraction.dates.clock import clock_after, clock_before
from crawler.extraction.dates.scan import Day
from crawler.extraction.dates.vocabulary import AGO, ONE, RELATIVE, TODAY, UNITS, fold

MAX_LINE = 60  # characters: in a longer line "today" is a word of a sentence

_WORD = re.compile(r"[^\W\d_][^\s\d,;:|/()\[\].!?]*")
_AGO = re.compile(r"(?<![\w.,:])(?:(\d{1,3}|[^\W\d_]+)\s+)?([^\W\d_]+)\.?\s+([^\W\d_]+)")


def relative_day(line: str, now: datetime) -> Day | None:
    """The day that a short line tells by a word, with its clock where it has one, else None.

    `now` is the time of the capture in the source's zone. Two such words ("today and yesterday") give None.
    """
    if len(line) > MAX_LINE:
        return None
    words = _told(line)
    if len(words) == 1:
        start, end, days = words[0]
        clock = clock_after(line, end) or clock_before(line, start)
        start, end = (min(start, clock.start), max(end, clock.end)) if clock else (start, end)
        return Day(now.date() + timedelta(days=days), start, end, clock)
    return _ago(line, now) if not words else None


def _told(line: str) -> list[tuple[int, int, int]]:
    """(start, end, days from today) of each word, or two words, that tell a day."""
    words = list(_WORD.finditer(line))
    found = [(m.start(), m.end(), RELATIVE[fold(m[0])]) for m in words if fold(m[0]) in RELATIVE]
    pairs = ((a, b) for a, b in pairwise(words) if (fold(a[0]), fold(b[0])) in TODAY and b.start() - a.end() == 1)
    return found + [(a.start(), b.end(), 0) for a, b in pairs]


def _ago(line: str, now: datetime) -> Day | None:
    """The day of "2 hours ago". The figure is rounded down by whoever printed it, so the moment lies up to one unit
    further back; where that leaves two days open, there is no answer. Never a time: none is told."""
    found = next((m for m in _AGO.finditer(line) if fold(m[3]) in AGO), None)
    unit = UNITS.get(fold(found[2])) if found else None
    if not found or unit is None:
        return None
    told = fold(found[1] or "one")
    if not told.isdigit() and told not in ONE:
        return None
    count = int(told) if told.isdigit() else 1
    if unit == "day":
        return Day(now.date() - timedelta(days=count), found.start(), found.end())
    step = timedelta(minutes=1) if unit == "minute" else timedelta(hours=1)
    latest, earliest = _back(now, step * count), _back(now, step * (count + 1))
    return Day(latest, found.start(), found.end()) if latest == earliest else None


def _back(now: datetime, by: timedelta) -> date:
    return (now - by).date()
