"""Days told by words: "Bugun, 10:00", "вчера в 18:30", "2 hours ago". Counted from the time of the capture."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from crawler.extraction.dates_clock import clock_after, clock_before
from crawler.extraction.dates_scan import Day
from crawler.extraction.dates_words import AGO, RELATIVE, UNITS, fold

MAX_LINE = 60  # characters: in a longer line "today" is a word of a sentence

_WORD = re.compile(r"[^\W\d_][^\s\d,;:|/()\[\].!?]*")
_AGO = re.compile(r"(?<!\d)(\d{1,3})\s+([^\W\d_]+)\.?\s+([^\W\d_]+)")


def relative_day(line: str, now: datetime) -> Day | None:
    """The day that a short line tells by a word, with its clock where it has one, else None.

    `now` is the time of the capture in the source's zone. Two such words ("today and yesterday") give None.
    """
    if len(line) > MAX_LINE:
        return None
    words = [(m, RELATIVE[fold(m[0])]) for m in _WORD.finditer(line) if fold(m[0]) in RELATIVE]
    if len(words) == 1:
        found, days = words[0]
        clock = clock_after(line, found.end()) or clock_before(line, found.start())
        start = min(found.start(), clock.start) if clock else found.start()
        end = max(found.end(), clock.end) if clock else found.end()
        return Day(now.date() + timedelta(days=days), start, end, clock)
    return _ago(line, now) if not words else None


def _ago(line: str, now: datetime) -> Day | None:
    """The day of "2 hours ago". The figure is rounded down by whoever printed it, so the moment lies up to one unit
    further back; where that leaves two days open, there is no answer. Never a time: none is told."""
    found = _AGO.search(line)
    unit = UNITS.get(fold(found[2])) if found else None
    if not found or unit is None or fold(found[3]) not in AGO:
        return None
    count = int(found[1])
    if unit == "day":
        return Day(now.date() - timedelta(days=count), found.start(), found.end())
    step = timedelta(minutes=1) if unit == "minute" else timedelta(hours=1)
    latest, earliest = _back(now, step * count), _back(now, step * (count + 1))
    return Day(latest, found.start(), found.end()) if latest == earliest else None


def _back(now: datetime, by: timedelta) -> date:
    return (now - by).date()
