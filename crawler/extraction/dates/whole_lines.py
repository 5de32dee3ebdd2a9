"""Lines that are nothing but a date in a form that would be no date among other words."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from crawler.extraction.dates.calendars.conversions import FIRST_YEAR, LAST_YEAR
from crawler.extraction.dates.cldr_words import day_periods
from crawler.extraction.dates.clocks.clock import Clock
from crawler.extraction.dates.days import dated, names_in
from crawler.extraction.dates.numeric import Day
from crawler.extraction.dates.partial import yearless_day
from crawler.extraction.dates.reader import ParsedDate, Reader, aware, too_late
from crawler.extraction.dates.relative import relative_day
from crawler.extraction.dates.spelling import readable

MAX_LINE = 60  # characters of such a line
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\s*")


def compact_date(text: str, reader: Reader) -> ParsedDate | None:
    """20260312 and 20260312100000, where they are all there is."""
    found = _COMPACT.fullmatch(readable(text))
    if not found:
        return None
    year, month, number = int(found[1]), int(found[2]), int(found[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        day = Day(date(year, month, number), 0, len(text))
    except ValueError:
        return None
    clock = None
    if found[4]:
        hour, minute, second = int(found[4]), int(found[5]), int(found[6])
        if hour > 23 or minute > 59 or second > 59:
            return None
        clock = Clock(hour, minute, second, None, 0, len(text))
    item = dated(text, text, day, clock, reader, start=0, end=len(text))
    return item if item and not too_late(item.value, reader) else None


@lru_cache(maxsize=64)
def _nows(reader: Reader) -> tuple[datetime, ...]:
    """The time of the capture in each zone that the source can be in."""
    zones = (reader.zone,) if reader.zone else reader.zones
    return tuple(aware(reader.captured).astimezone(zone) for zone in zones) if reader.captured else ()


def relative_date(text: str, reader: Reader) -> ParsedDate | None:
    if len(text) > MAX_LINE or not (nows := _nows(reader)):
        return None
    found = relative_day(readable(text), nows, reader.languages, day_periods(reader.languages))
    if not found:
        return None
    day = Day(found.value, found.start, found.end)
    item = dated(text, text, day, found.clock, reader, start=found.start, end=found.end)
    return item if item and not too_late(item.value, reader) else None


def yearless_date(text: str, reader: Reader) -> ParsedDate | None:
    nows = _nows(reader) if len(text) <= MAX_LINE and not reader.data else ()
    if not nows or not any(map(str.isdigit, text)):
        return None
    names, today = names_in(reader.languages), max(now.date() for now in nows)
    found = yearless_day(readable(text), names, today, day_periods(reader.languages))
    if not found:
        return None
    day = Day(found.value, found.start, found.end)
    item = dated(text, text, day, found.clock, reader, start=found.start, end=found.end)
    note = f"no year is told, the last such day before the capture is assumed{'; ' if item and item.note else ''}"
    return item._replace(note=note + item.note) if item else None
