"""What is known where dates are read, and what is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from crawler.extraction.dates.calendars.conversions import Calendar
from crawler.model import Precision


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known where dates are read. `zone` is the source's; `captured` (naive: UTC) bounds the answer; `order`
    (DMY, MDY or YMD; empty where nobody knows) is for figures whose year is not in front; `languages` (BCP 47) settles
    names that are different months in different languages; `country` is ISO 3166 in small letters; `zones` are those
    that the source can be in where it has no one `zone`; `data` marks what machines write for machines."""

    zone: tzinfo | None
    captured: datetime | None
    order: str = "DMY"
    languages: tuple[str, ...] = ()
    country: str = ""
    zones: tuple[tzinfo, ...] = ()
    short_years: bool = False
    data: bool = False


class ParsedDate(NamedTuple):
    """A date as a text tells it. `start` and `end` are its place in the text that was given, `raw` the words there;
    `note` says what is assumed or not known, where something is."""

    value: datetime | date
    precision: Precision
    offset_stated: bool
    raw: str
    start: int
    end: int
    note: str = ""
    calendar: Calendar = Calendar.GREGORIAN

    @property
    def day(self) -> date:
        """The day in the zone of the value."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A date that a text states and that is no one day: `why` says so, `choices` are the days that it can be."""

    raw: str
    why: str
    choices: tuple[date, ...] = ()


def aware(moment: datetime) -> datetime:
    """The moment; one without an offset is in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def latest_day(reader: Reader) -> date | None:
    """The last day that can be one of publication: the one after the capture, for zones east of the source."""
    if reader.captured is None:
        return None
    return aware(reader.captured).astimezone(reader.zone or UTC).date() + timedelta(days=1)


def too_late(value: datetime | date, reader: Reader) -> bool:
    """Whether a value is later than `latest_day`."""
    return is_behind(value, latest_day(reader), reader.zone)


def is_behind(value: datetime | date, latest: date | None, zone: tzinfo | None) -> bool:
    """Whether a value is later than the `latest` day, in the zone of the source; never where that is not known."""
    if latest is None:
        return False
    if isinstance(value, datetime):
        value = (value.astimezone(zone or UTC) if value.tzinfo and value.tzinfo is not zone else value).date()
    return value > latest
