"""The days of a line, in figures and in words, and the values that they make with their clocks."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from crawler.extraction.dates.calendars.calendar_names import Era, eras
from crawler.extraction.dates.calendars.cldr_months import months_of, world_months
from crawler.extraction.dates.calendars.conversions import Calendar
from crawler.extraction.dates.cldr_words import known_as
from crawler.extraction.dates.clocks.clock import Clock
from crawler.extraction.dates.clocks.zone_names import own_offset, zone_of
from crawler.extraction.dates.context import Context
from crawler.extraction.dates.numeric import Day, numeric_days
from crawler.extraction.dates.reader import ParsedDate, Reader
from crawler.extraction.dates.tokens import Beginnings, Names, beginnings, names_of
from crawler.extraction.dates.vocabulary import core_months
from crawler.extraction.dates.worded import worded_days
from crawler.model import Precision

_UMM_AL_QURA = frozenset("sa ae bh qa kw ye".split())  # whose offices follow that calendar
_MAX_ZONE = 300  # characters of a line in which the name of a zone is looked for
FIGURE = re.compile(r"[\d年年]")  # in each line with a day but those that tell one by words alone
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# What stands in each text with a short year: signs are rarer than the letters with which the pattern below begins.
_SHORT_SIGN = re.compile(r"[-'’/]\s?\d{2}(?!\d)|[\u0e00-\u0eff]\.?\s?\d{2}(?!\d)")
_SHORT_YEAR = re.compile(r"[^\W\d_]\.?\s?[-'’/]\s?\d{2}(?!\d)|[\u0e00-\u0eff]\.?\s?\d{2}(?!\d)")


@lru_cache(maxsize=1024)  # the elements around one line hold the same words, and several fields ask for them
def days_of(line: str, context: Context) -> tuple[Day, ...]:
    """Days in order of their place; of two that overlap, the longer one."""
    if not FIGURE.search(line):
        return ()
    signs = eras(line)
    days = numeric_days(line, context, signs)
    if _may_have_words(line, days):
        bare = _without(line, signs)
        worded = worded_days(bare, names_in(context.languages), context, signs)
        if not days and not worded:
            worded = worded_days(bare, _world_names(), context, signs)
        days += worded
    if len(days) < 2:
        return tuple(days)
    kept: list[Day] = []
    for day in sorted(days, key=lambda d: (d.start, -d.end)):
        if not kept or kept[-1].end <= day.start:
            kept.append(day)
        elif day.end - day.start > kept[-1].end - kept[-1].start:
            kept[-1] = day
    return tuple(kept)


def _without(line: str, signs: tuple[Era, ...]) -> str:
    """The line with blanks in place of era signs."""
    for sign in signs:
        line = line[: sign.start] + " " * (sign.end - sign.start) + line[sign.end :]
    return line


@lru_cache(maxsize=1024)
def names_in(languages: tuple[str, ...]) -> Names:
    """Names of our own languages and of those given; where they disagree, the ones given are right."""
    return _names_in(known_as(languages))


@lru_cache(maxsize=256)
def _names_in(languages: tuple[str, ...]) -> Names:
    return names_of(core_months(), _core_beginnings(), months_of(languages) if languages else {})


@lru_cache(maxsize=1)
def _core_beginnings() -> Beginnings:
    """Found once: there are thousands of names."""
    return beginnings(core_months())


@lru_cache(maxsize=1)
def _world_names() -> Names:
    return names_of(world_months(), beginnings(world_months()), {})


def _may_have_words(line: str, days: list[Day]) -> bool:
    """Whether a year stands outside the all-digit dates, and letters too: most lines are done without the walk."""
    if not _LETTER.search(line):
        return False
    for day in days:
        line = line[: day.start] + " " * (day.end - day.start) + line[day.end :]
    has_year = _YEAR.search(line) or (_SHORT_SIGN.search(line) and _SHORT_YEAR.search(line))
    return bool(has_year and (not days or _LETTER.search(line)))


def _agreed(zones: tuple[tzinfo, ...], wall: datetime) -> tzinfo | None:
    """The first of a country's zones where all of them tell the same time at that moment, as in Kazakhstan since March
    2024."""
    return zones[0] if zones and len({zone.utcoffset(wall) for zone in zones}) == 1 else None


def dated(
    text: str, line: str, day: Day, clock: Clock | None, reader: Reader, *, start: int, end: int
) -> ParsedDate | None:
    raw, value = text[start:end], day.value
    if value is None:
        return None
    sighted = "read by the calendar of Umm al-Qura: where the moon is sighted the day may be another"
    lunar = sighted if day.calendar is Calendar.ISLAMIC and reader.country not in _UMM_AL_QURA else ""
    if clock is None or clock.unknown:
        note = f"the word {clock.unknown!r} beside the clock is not known" if clock else lunar
        return ParsedDate(value, Precision.DAY, False, raw, start, end, note, day.calendar)
    if day.calendar is Calendar.ETHIOPIC and 1 <= clock.hour <= 12:
        note = "the hours of the day may be counted from sunrise"
        return ParsedDate(value, Precision.DAY, False, raw, start, end, note, day.calendar)
    if clock.hour == 24:  # ISO 8601: the end of the day
        value += timedelta(days=1)
    wall = datetime(value.year, value.month, value.day, clock.hour % 24, clock.minute, clock.second or 0)  # noqa: DTZ001
    precision = Precision.MINUTE if clock.second is None else Precision.SECOND
    said, country = line[:_MAX_ZONE], reader.country
    named = own_offset(said, country) or clock.offset or zone_of(said, wall, country)
    note = "the line names a zone that is not known" if named is False else lunar
    offset = named if isinstance(named, tzinfo) else None
    made = wall.replace(tzinfo=offset or (None if named is False else reader.zone or _agreed(reader.zones, wall)))
    return ParsedDate(made, precision, offset is not None, raw, start, end, note, day.calendar)
