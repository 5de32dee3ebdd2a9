"""Dates and times in the words of a page: `parse_moment` for a date line or attribute, `find_dates` for longer text.

Rules, all for the sake of never being wrong in silence:
- a year, a month and a day must stand in the text; the exceptions are a day told by a word ("kecha", "2 hours ago"),
  counted from the capture in the source's zone, and a line of nothing but a day and a month, which is the last such day
  and says so;
- what can be two days is none (`find_open` tells both): figures whose order nothing tells, names of months that two
  calendars share; a month is no day;
- the calendar is that of an era sign, of a month's name, of the year's own range where the page's country, language or
  digits have such a calendar; no year of another calendar is taken for a Gregorian one;
- a line without a time gives a `date`; midnight is only what the page itself prints; a word beside the clock that may
  tell the half of the day, and that nobody knows, leaves the day alone;
- a time without an offset carries the source's zone, `offset_stated` False; without a zone it stays a naive
  `datetime`, and the caller decides (a `model.Moment` must have an offset, so such a value can only give its day);
- nothing later than the day after the capture is a date of publication (one day, for zones east of the source);
- no clock, locale or environment of this machine is asked, so the same text gives the same answer for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from crawler.extraction.dates.calendars.conversions import FIRST_YEAR, LAST_YEAR, Calendar
from crawler.extraction.dates.cldr_words import Period, day_periods
from crawler.extraction.dates.clocks.clock import clock_after, clock_before
from crawler.extraction.dates.context import Context, script_of_digits
from crawler.extraction.dates.days import FIGURE, dated, days_of, names_in
from crawler.extraction.dates.numeric import Day
from crawler.extraction.dates.partial import is_month_only
from crawler.extraction.dates.reader import OpenDate, ParsedDate, Reader, is_behind, latest_day, too_late
from crawler.extraction.dates.spelling import readable
from crawler.extraction.dates.whole_lines import MAX_LINE, compact_date, relative_date, yearless_date
from crawler.model import Precision

__all__ = [
    "OpenDate", "ParsedDate", "Reader", "find_dates", "find_open", "parse_epoch", "parse_moment", "read_dates",
    "read_moment",
]  # fmt: skip

MAX_MOMENT = 300  # characters of a date line; a longer one is prose
MAX_TEXT = 50_000  # characters that `find_dates` reads

_THREE_FIGURES = re.compile(r"\d[./\s-]{1,3}\d{1,2}[./\s-]{1,3}\d")  # which is the year, their order may say
_EPOCH = re.compile(r"\s*(\d{9,10})(?:\.\d{1,9}|(\d{3}))?\s*", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIGURE = re.compile(r"\d")
_LUNAR_SLACK = 2  # days by which the Islamic date beside a Gregorian one may differ, since months are also sighted


def parse_moment(
    text: str,
    *,
    zone: tzinfo | None,
    captured: datetime | None,
    order: str = "DMY",
    languages: Sequence[str] = (),
    country: str = "",
    zones: Sequence[tzinfo] = (),
    short_years: bool = False,
    data: bool = False,
) -> ParsedDate | None:
    """The one date that a date line or an attribute tells, else None. The parameters are those of `Reader`.

    A line that tells two different days is None: which of them is meant is the caller's question (`find_dates`).
    """
    return read_moment(
        text, _reader(zone, captured, order, tuple(languages[:8]), country, tuple(zones), short_years, data)
    )


def find_dates(
    text: str,
    *,
    zone: tzinfo | None,
    captured: datetime | None,
    order: str = "DMY",
    languages: Sequence[str] = (),
    country: str = "",
    short_years: bool = False,
) -> list[ParsedDate]:
    """Every date of a longer text, in its order, none overlapping. Only the first 50,000 characters are read.

    Parameters as for `parse_moment`. Days told by words alone are not looked for in prose.
    """
    return read_dates(text, Reader(zone, captured, order, tuple(languages[:8]), country, (), short_years))


def read_moment(text: str, reader: Reader) -> ParsedDate | None:
    """As `parse_moment`."""
    if len(text) > MAX_MOMENT:
        return None
    if not FIGURE.search(text):
        return relative_date(text, reader)
    found, is_open = _read(text, reader)
    if is_open:
        return None
    if not found:
        return compact_date(text, reader) or relative_date(text, reader) or yearless_date(text, reader)
    if len(found) == 1:
        return found[0]
    if len({item.day for item in found}) > 1:
        return None
    return max(found, key=lambda item: (item.precision != Precision.DAY, -item.start))


def read_dates(text: str, reader: Reader) -> list[ParsedDate]:
    """As `find_dates`."""
    if not FIGURE.search(text):
        return []
    return _read(text, reader)[0]


@lru_cache(maxsize=1024)  # the elements around one line hold the same words
def may_tell_day(text: str, reader: Reader) -> bool:
    """Whether a line may tell a day or a month, whatever the order of its figures: False only where none of the readers
    above and below finds one."""
    line = readable(text)
    context = _context(reader)
    if (
        _THREE_FIGURES.search(line)
        or days_of(line, context)
        or (len(text) <= MAX_LINE and is_month_only(line, names_in(context.languages)))
    ):
        return True
    return bool(compact_date(text, reader) or relative_date(text, reader) or yearless_date(text, reader))


def find_open(text: str, reader: Reader) -> OpenDate | None:
    """The date of a line that cannot be known: two days are meant alike, or it is a month."""
    if len(text) > MAX_MOMENT:
        return None
    line = readable(text)
    context = _context(reader)
    for day in days_of(line, context):
        if day.value is None:
            raw = text[day.start : day.end]
            why = (
                "order"
                if day.calendar is Calendar.GREGORIAN and (day.short or len({d.year for d in day.choices}) == 1)
                else "calendar"
            )
            return OpenDate(raw, why, day.choices)
    if len(text) <= MAX_LINE and is_month_only(line, names_in(context.languages)):
        return OpenDate(" ".join(text.split()), "month")
    return None


def parse_epoch(text: str, *, zone: tzinfo | None, captured: datetime | None) -> ParsedDate | None:
    """The moment of a POSIX time in seconds (9 or 10 digits) or milliseconds (12 or 13), else None.

    Only for a field that is known to hold one: any ten digits would pass. The value is in UTC, its offset stated.
    """
    found = _EPOCH.fullmatch(text) if len(text) <= MAX_MOMENT else None
    if not found:
        return None
    value = datetime.fromtimestamp(int(found[1]), tz=UTC)
    if not FIRST_YEAR <= value.year <= LAST_YEAR or too_late(value, Reader(zone, captured)):
        return None
    return ParsedDate(value, Precision.SECOND, True, text.strip(), 0, len(text))


# ---------------------------------------------------------------- days, then clocks

_reader = lru_cache(maxsize=64)(Reader)


@lru_cache(maxsize=64)
def _context(reader: Reader, digits: str = "") -> Context:
    return Context(
        reader.languages, reader.country, reader.order, reader.short_years, latest_day(reader), reader.data, digits
    )


def _read(text: str, reader: Reader) -> tuple[list[ParsedDate], bool]:
    """(the dates of a text, whether one of its dates can be two days)."""
    written = text[:MAX_TEXT]
    line = readable(written)
    context = _context(reader, "" if line == written else script_of_digits(written))
    found: list[ParsedDate] = []
    floor, is_open = 0, False
    periods: Mapping[str, Period] | None = None
    for day in days_of(line, context):
        if day.value is None:
            is_open = True
            continue
        if day.short and not (reader.short_years or _stands_alone(line, day)):
            continue
        clock = day.clock
        if clock is None and _has_figure(line, day):
            periods = day_periods(reader.languages) if periods is None else periods
            clock = clock_after(line, day.end, periods) or clock_before(line, day.start, periods)
            if clock and clock.start < floor:
                clock = None
        start = min(day.start, clock.start if clock and not day.clock else day.start)
        end = max(day.end, clock.end) if clock else day.end
        floor = end
        item = dated(text, line, day, clock, reader, start=start, end=end)
        if item and not is_behind(item.value, context.latest, reader.zone):
            found.append(item)
    return (_one_a_day(found) if len(found) > 1 else found), is_open


def _has_figure(line: str, day: Day) -> bool:
    """Whether a figure stands before a day or behind it: a clock has one."""
    return _FIGURE.search(line, day.end) is not None or _FIGURE.search(line, 0, day.start) is not None


def _stands_alone(line: str, day: Day) -> bool:
    """Whether a line is nothing but a date with a short year: a clock or figures of one may follow, few words stand
    in front."""
    before, behind = line[: day.start], line[day.end :]
    return len(_WORD.findall(before)) <= 2 and not any(map(str.isdigit, before)) and len(_WORD.findall(behind)) <= 2


def _one_a_day(found: list[ParsedDate]) -> list[ParsedDate]:
    """Without Islamic dates beside one of another calendar that is the same day or, since months are also begun when
    the moon is seen, one or two away."""
    others = [item.day for item in found if item.calendar is not Calendar.ISLAMIC]
    slack = timedelta(days=_LUNAR_SLACK)
    return [
        item
        for item in found
        if item.calendar is not Calendar.ISLAMIC or not any(abs(item.day - other) <= slack for other in others)
    ]
