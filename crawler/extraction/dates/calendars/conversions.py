"""Days of the calendars that ministries print, as days of the Gregorian one.

Exact or nothing: Solar Hijri by the leap years of Iran's calendar (persiantools), Umm al-Qura by its table (hijridate),
Bikram Sambat by the table of Nepal's published calendars (nepali-datetime), the others by arithmetic. A day that a
calendar does not have, and a year that its table does not know for certain, is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 2099  # Gregorian years of a news page
_FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class Calendar(StrEnum):
    """Calendars, by the names of Unicode CLDR where it has them."""

    GREGORIAN = "gregorian"
    PERSIAN = "persian"  # Solar Hijri, of Iran and Afghanistan
    ISLAMIC = "islamic-umalqura"
    BUDDHIST = "buddhist"  # Gregorian months and days
    MINGUO = "roc"  # Gregorian months and days
    ETHIOPIC = "ethiopic"
    BIKRAM = "bikram"  # Nepal; CLDR has none


# Years in which a page of the web can have been published, by calendar; they overlap little.
_WEB: dict[Calendar, range] = {
    Calendar.GREGORIAN: range(FIRST_YEAR, LAST_YEAR + 1),
    Calendar.PERSIAN: range(1340, 1440),
    Calendar.ISLAMIC: range(1400, 1480),
    Calendar.BUDDHIST: range(2480, 2600),
    Calendar.MINGUO: range(60, 160),
    Calendar.ETHIOPIC: range(1970, 2040),
    Calendar.BIKRAM: range(2030, 2084),  # for later years the printed tables still differ
}
_BUDDHIST_AHEAD = 543
_MINGUO_BEHIND = 1911
_ETHIOPIC_EPOCH = 2796  # the ordinal of 1 Meskerem 1, which is 29 August of the year 8 in the Julian calendar

# Japanese eras: name, letter and its first day (Cabinet orders; the day is the first of the new era).
JAPANESE_ERAS = {
    "令和": date(2019, 5, 1), "令": date(2019, 5, 1), "R": date(2019, 5, 1), "㋿": date(2019, 5, 1),
    "平成": date(1989, 1, 8), "平": date(1989, 1, 8), "H": date(1989, 1, 8), "㍻": date(1989, 1, 8),
    "昭和": date(1926, 12, 25), "昭": date(1926, 12, 25), "S": date(1926, 12, 25), "㍼": date(1926, 12, 25),
}  # fmt: skip
_ERA_ENDS = {date(1926, 12, 25): date(1989, 1, 8), date(1989, 1, 8): date(2019, 5, 1)}


def may_be(calendar: Calendar, year: int) -> bool:
    """Whether a page of the web can have been published in a year of the calendar."""
    return year in _WEB[calendar]


def day_in(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day of a calendar as a `date`; None where the calendar has no such day, or it is no day of a news page."""
    is_gregorian = calendar is Calendar.GREGORIAN
    known = FIRST_YEAR <= year <= LAST_YEAR if is_gregorian else may_be(calendar, year)
    if not known or not 1 <= month <= 13 or not 1 <= day <= 32:
        return None
    try:
        if is_gregorian:
            return date(year, month, day)
        found = _day_in(calendar, year, month, day)
    except (ValueError, OverflowError):
        return None
    return found if found and _FIRST_DAY <= found <= LAST_DAY else None


def _day_in(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """Raises ValueError where the calendar has no such day. The libraries are loaded at first need."""
    if calendar is Calendar.PERSIAN:
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415

        return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    if calendar is Calendar.ISLAMIC:
        from hijridate import Hijri  # noqa: PLC0415

        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    if calendar is Calendar.BIKRAM:
        import nepali_datetime  # noqa: PLC0415

        found: date = nepali_datetime.date(year, month, day).to_datetime_date()
        return found
    if calendar is Calendar.ETHIOPIC:
        return _ethiopic(year, month, day)
    ahead = {Calendar.BUDDHIST: -_BUDDHIST_AHEAD, Calendar.MINGUO: _MINGUO_BEHIND}
    return date(year + ahead.get(calendar, 0), month, day)


def _ethiopic(year: int, month: int, day: int) -> date | None:
    """Twelve months of 30 days and one of five, of six before a leap year (every fourth, without exception)."""
    most = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if day > most:
        return None
    return date.fromordinal(_ETHIOPIC_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def japanese_day(era: str, year: int, month: int, day: int) -> date | None:
    """The day of an era's year (the first is 1); None where it lies outside of the era."""
    begins = JAPANESE_ERAS[era]
    try:
        found = date(begins.year + year - 1, month, day)
    except ValueError:
        return None
    return found if begins <= found < _ERA_ENDS.get(begins, LAST_DAY) else None


def known_days(readings: Iterable[tuple[Calendar, date | None]], latest: date | None) -> dict[date, Calendar]:
    """The days, in their order, that are of a news page: none later than `latest` where it is known."""
    limit = latest or LAST_DAY
    return {day: calendar for calendar, day in readings if day is not None and day <= limit}


def day_after(moment: date) -> date:
    """The day after, for zones east of the source."""
    return moment + timedelta(days=1)
