"""Dates and times in the words of a page: `parse_moment` for a date line or attribute, `find_dates` for longer text.

Rules, all for the sake of never being wrong in silence:
- a year, a month and a day must stand in the text; the one exception is a day told by a word ("kecha", "2 hours ago"),
  counted from the capture in the source's zone, and only where both are known;
- all-digit dates are read in the order given and in no other: 03/25/2026 is no date where the order is DMY;
- a line without a time gives a `date`; midnight is only what the page itself prints;
- a time without an offset carries the source's zone, `offset_stated` False; without a zone it stays a naive
  `datetime`, and the caller decides (a `model.Moment` must have an offset, so such a value can only give its day);
- nothing later than the day after the capture is a date of publication (one day, for zones east of the source);
- no clock, locale or environment of this machine is asked, so the same text gives the same answer for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from crawler.extraction.dates.cldr_months import months_of, world_months
from crawler.extraction.dates.clock import Clock, clock_after, clock_before
from crawler.extraction.dates.relative import relative_day
from crawler.extraction.dates.scan import FIRST_YEAR, LAST_YEAR, Day, day_of, numeric_days, worded_days
from crawler.extraction.dates.vocabulary import core_months
from crawler.model import Precision

MAX_MOMENT = 300  # characters of a date line; a longer one is prose
MAX_TEXT = 50_000  # characters that `find_dates` reads

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u200e\u200f\u061c\ufeff\u2066\u2067\u2068\u2069"), " ")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\s*")
_EPOCH = re.compile(r"\s*(\d{9,10})(?:\.\d{1,9}|(\d{3}))?\s*", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date as a text tells it. `start` and `end` are its place in the text that was given, `raw` the words there."""

    value: datetime | date
    precision: Precision
    offset_stated: bool
    raw: str
    start: int
    end: int

    @property
    def day(self) -> date:
        """The day in the zone of the value."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


def parse_moment(
    text: str,
    *,
    zone: tzinfo | None,
    captured: datetime | None,
    order: str = "DMY",
    languages: Sequence[str] = (),
    short_years: bool = False,
) -> ParsedDate | None:
    """The one date that a date line or an attribute tells, else None.

    A line that tells two different days is None: which of them is meant is the caller's question (`find_dates`).
    `zone` is the source's; `captured` (naive: UTC) bounds the answer; `order` (DMY, MDY or YMD) is for all-digit dates
    whose year is not in front; `languages` (BCP 47) settles names that are different months in different languages;
    `short_years` allows 12.03.26, which is 2012 as well as 2026 unless somebody who knows the site says otherwise.
    """
    if len(text) > MAX_MOMENT:
        return None
    found = find_dates(text, zone=zone, captured=captured, order=order, languages=languages, short_years=short_years)
    if not found:
        return _compact(text, zone, captured) or _relative(text, zone, captured)
    if len({item.day for item in found}) > 1:
        return None
    return max(found, key=lambda item: (item.precision != Precision.DAY, -item.start))


def find_dates(
    text: str,
    *,
    zone: tzinfo | None,
    captured: datetime | None,
    order: str = "DMY",
    languages: Sequence[str] = (),
    short_years: bool = False,
) -> list[ParsedDate]:
    """Every date of a longer text, in its order, none overlapping. Only the first 50,000 characters are read.

    Parameters as for `parse_moment`. Days told by words alone are not looked for in prose.
    """
    line = text[:MAX_TEXT].translate(_SPACES)
    found: list[ParsedDate] = []
    floor = 0
    for day in _days(line, order, tuple(languages[:8]), short_years):
        clock = day.clock or clock_after(line, day.end)
        if clock is None:
            clock = clock_before(line, day.start)
            if clock and clock.start < floor:
                clock = None
        start = min(day.start, clock.start if clock and not day.clock else day.start)
        end = max(day.end, clock.end) if clock else day.end
        floor = end
        item = _made(text, day.value, clock, zone, start=start, end=end)
        if item and not _too_late(item.value, zone, captured):
            found.append(item)
    return found


def parse_epoch(text: str, *, zone: tzinfo | None, captured: datetime | None) -> ParsedDate | None:
    """The moment of a POSIX time in seconds (9 or 10 digits) or milliseconds (12 or 13), else None.

    Only for a field that is known to hold one: any ten digits would pass. The value is in UTC, its offset stated.
    """
    found = _EPOCH.fullmatch(text) if len(text) <= MAX_MOMENT else None
    if not found:
        return None
    value = datetime.fromtimestamp(int(found[1]), tz=UTC)
    if not FIRST_YEAR <= value.year <= LAST_YEAR or _too_late(value, zone, captured):
        return None
    return ParsedDate(value, Precision.SECOND, True, text.strip(), 0, len(text))


@lru_cache(maxsize=1024)  # the elements around one line hold the same words, and several fields ask for them
def _days(line: str, order: str, languages: tuple[str, ...], short_years: bool) -> tuple[Day, ...]:
    """Days in order of their place; of two that overlap, the longer one."""
    days = numeric_days(line, order, short_years=short_years)
    if _may_have_words(line, days):
        worded = worded_days(line, _months(languages))
        if not days and not worded:
            worded = worded_days(line, world_months())
        days += worded
    kept: list[Day] = []
    for day in sorted(days, key=lambda d: (d.start, -d.end)):
        if not kept or kept[-1].end <= day.start:
            kept.append(day)
        elif day.end - day.start > kept[-1].end - kept[-1].start:
            kept[-1] = day
    return tuple(kept)


@lru_cache(maxsize=256)
def _months(languages: tuple[str, ...]) -> Mapping[str, int]:
    """Names of our own languages and of those given; where they disagree, the ones given are right."""
    return {**core_months(), **months_of(languages)} if languages else core_months()


def _may_have_words(line: str, days: list[Day]) -> bool:
    """Whether a year stands outside the all-digit dates, and letters too: most lines are done without the walk."""
    for day in days:
        line = line[: day.start] + " " * (day.end - day.start) + line[day.end :]
    return bool(_YEAR.search(line) and _LETTER.search(line))


def _made(text: str, day: date, clock: Clock | None, zone: tzinfo | None, *, start: int, end: int) -> ParsedDate | None:
    raw = text[start:end]
    if clock is None:
        return ParsedDate(day, Precision.DAY, False, raw, start, end)
    if clock.hour == 24:  # ISO 8601: the end of the day
        day += timedelta(days=1)
    value = datetime(day.year, day.month, day.day, clock.hour % 24, clock.minute, clock.second or 0)  # noqa: DTZ001
    precision = Precision.MINUTE if clock.second is None else Precision.SECOND
    return ParsedDate(value.replace(tzinfo=clock.offset or zone), precision, clock.offset is not None, raw, start, end)


def _compact(text: str, zone: tzinfo | None, captured: datetime | None) -> ParsedDate | None:
    """20260312 and 20260312100000, where they are all there is."""
    found = _COMPACT.fullmatch(text)
    day = day_of(int(found[1]), int(found[2]), int(found[3])) if found else None
    if not found or not day:
        return None
    clock = None
    if found[4]:
        hour, minute, second = int(found[4]), int(found[5]), int(found[6])
        if hour > 23 or minute > 59 or second > 59:
            return None
        clock = Clock(hour, minute, second, None, 0, len(text))
    item = _made(text, day, clock, zone, start=0, end=len(text))
    return item if item and not _too_late(item.value, zone, captured) else None


def _relative(text: str, zone: tzinfo | None, captured: datetime | None) -> ParsedDate | None:
    if zone is None or captured is None:
        return None
    found = relative_day(text.translate(_SPACES), _aware(captured).astimezone(zone))
    if not found:
        return None
    item = _made(text, found.value, found.clock, zone, start=found.start, end=found.end)
    return item if item and not _too_late(item.value, zone, captured) else None


def _too_late(value: datetime | date, zone: tzinfo | None, captured: datetime | None) -> bool:
    if captured is None:
        return False
    limit = _aware(captured).astimezone(zone or UTC).date() + timedelta(days=1)
    if isinstance(value, datetime):
        value = (value.astimezone(zone or UTC) if value.tzinfo else value).date()
    return value > limit


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
