"""What is known of a page before its dates are read: its languages and country, the order of its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawler.extraction.dates.calendars.calendar_names import Month
from crawler.extraction.dates.calendars.conversions import (
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    Calendar,
    day_in,
    known_days,
    may_be,
)

_PERSIAN_COUNTRIES, _PERSIAN_LANGUAGES = frozenset(("ir", "af")), frozenset("fa prs ps ckb azb glk mzn lrc haz".split())
_INDIAN = frozenset("ur ks sd pa pnb skr bal brh".split())  # in the same figures, with Gregorian years
_ISLAMIC_COUNTRIES = frozenset("sa ae bh qa kw om ye iq jo sy lb ps eg ly tn dz ma mr sd so dj km pk bn my".split())
_ISLAMIC_LANGUAGES = frozenset(("ar", "ur"))
_BUDDHIST_COUNTRIES, _BUDDHIST_LANGUAGES = frozenset("th la kh mm lk".split()), frozenset("th lo km".split())
_MINGUO_LANGUAGES = frozenset(("zh-Hant", "zh-TW", "zh-Hant-TW"))
_ETHIOPIC_LANGUAGES = frozenset(("am", "ti", "om"))
_SHARED_NAMES, _NEPALI = frozenset(("ti", "om")), frozenset(("ne",))
_KOREAN = frozenset(("ko",))
_SHORT_YEAR_FIRST = frozenset("ja jp ko kr kp zh yue cn tw hk mo hu lt sv se mn eu ne np fa ir ps".split())
_GREGORIAN = (Calendar.GREGORIAN,)
_DIGITS = {"٠": "arabic", "۰": "persian", "๐": "thai", "໐": "thai", "០": "thai"}


@dataclass(frozen=True, slots=True)
class Context:
    """`languages` are BCP 47, `country` is ISO 3166 in small letters. `order` (DMY, MDY, YMD) is that of figures whose
    year is not in front; empty where nobody knows. `latest` is the last day that a page can have been published.
    `data` marks what machines write for machines: Gregorian, unless its year can be no Gregorian one."""

    languages: tuple[str, ...] = ()
    country: str = ""
    order: str = "DMY"
    short_years: bool = False
    latest: date | None = None
    data: bool = False
    digits: str = ""  # the script of the line's figures, where they are not ASCII

    def speaks(self, languages: frozenset[str]) -> bool:
        """Whether a language of the page is one of these."""
        if not self.languages:
            return False
        if languages.isdisjoint(self.languages):
            return not languages.isdisjoint([tag.partition("-")[0] for tag in self.languages])
        return True


def script_of_digits(line: str) -> str:
    """The script of the first figure of a line that is not ASCII: arabic, persian, thai; else empty."""
    for letter in line:
        if not letter.isascii() and letter.isdecimal():
            zero = chr(ord(letter) - int(letter))
            return _DIGITS.get(zero, "other")
    return ""


def calendars_of(year: int, context: Context) -> tuple[Calendar, ...]:
    """The calendars that a year of four digits can be of, where no era sign says it."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return (Calendar.GREGORIAN, *_beside_gregorian(context))
    if may_be(Calendar.BUDDHIST, year):
        is_buddhist = context.country in _BUDDHIST_COUNTRIES or context.speaks(_BUDDHIST_LANGUAGES)
        return (Calendar.BUDDHIST,) if is_buddhist or context.digits == "thai" else ()
    found = []
    if may_be(Calendar.PERSIAN, year) and _is_persian(context):
        if context.country in _PERSIAN_COUNTRIES:  # in whatever language
            return (Calendar.PERSIAN,)
        found.append(Calendar.PERSIAN)
    is_islamic = context.country in _ISLAMIC_COUNTRIES or context.speaks(_ISLAMIC_LANGUAGES)
    if may_be(Calendar.ISLAMIC, year) and (is_islamic or context.digits == "arabic"):
        found.append(Calendar.ISLAMIC)
    return tuple(found)


def _is_persian(context: Context) -> bool:
    if context.country in _PERSIAN_COUNTRIES or context.speaks(_PERSIAN_LANGUAGES):
        return True
    return context.digits == "persian" and context.country not in ("pk", "in") and not context.speaks(_INDIAN)


@lru_cache(maxsize=64)
def _beside_gregorian(context: Context) -> tuple[Calendar, ...]:
    """Calendars whose years of today look like Gregorian ones, on pages of their countries."""
    if context.data:
        return ()
    if context.country == "np" or (context.speaks(_NEPALI) and context.country in ("", "np")):
        return (Calendar.BIKRAM,)
    is_ethiopic = context.country == "et" or (context.speaks(_ETHIOPIC_LANGUAGES) and context.country == "")
    return (Calendar.ETHIOPIC,) if is_ethiopic else ()


def is_minguo(context: Context) -> bool:
    """Whether a year of three digits is one of the Republic of China."""
    return context.country == "tw" or not _MINGUO_LANGUAGES.isdisjoint(context.languages)


@lru_cache(maxsize=64)
def is_japanese(context: Context) -> bool:
    """Whether a letter in front of a date is an era of Japan."""
    return context.country == "jp" or context.speaks(frozenset(("ja",)))


def is_korean(context: Context) -> bool:
    """Whether points with blanks between figures are those of a date."""
    return context.country in ("kr", "kp") or context.speaks(_KOREAN)


def puts_short_year_first(context: Context) -> bool:
    """Whether a year of two figures stands in front: where CLDR's order begins with a year of four, as in Canada and
    South Africa, short ones are written in any order."""
    return context.country in _SHORT_YEAR_FIRST or context.speaks(_SHORT_YEAR_FIRST)


def uses_buddhist(context: Context) -> bool:
    """Whether years are of the Buddhist era without saying so."""
    return context.country in _BUDDHIST_COUNTRIES or context.speaks(_BUDDHIST_LANGUAGES) or context.digits == "thai"


def uses_persian(context: Context) -> bool:
    """Whether years are of the Solar Hijri calendar without saying so: lines in Persian figures, and those of Iran and
    Afghanistan in their own languages."""
    if context.data or not _is_persian(context):
        return False
    own = context.country in _PERSIAN_COUNTRIES and (not context.languages or context.speaks(_PERSIAN_LANGUAGES))
    return own or context.digits == "persian"


def readings(calendars: tuple[Calendar, ...], year: int, month: int, day: int, context: Context) -> tuple[date, ...]:
    """The days that a year, a month and a day can be, those too late for the page left out."""
    if len(calendars) == 1:  # nearly always
        found = day_in(calendars[0], year, month, day)
        return () if found is None or found > (context.latest or LAST_DAY) else (found,)
    return tuple(known_days(((c, day_in(c, year, month, day)) for c in calendars), context.latest))


def days_of_month(
    months: tuple[Month, ...],
    year: int,
    day: int,
    era: Calendar | None,
    context: Context,
    *,
    is_buddhist: Callable[[], bool],
) -> dict[date, Calendar]:
    """The days that the meanings of a month's name, a year and a day can be, with their calendars. `is_buddhist` tells
    that the line is in a script whose countries count years by that era."""
    first = months[0].calendar
    if len(months) == 1 and first is Calendar.GREGORIAN and era is None and may_be(first, year):  # nearly always
        return dict.fromkeys(readings(_GREGORIAN, year, months[0].number, day, context), first)
    found: dict[date, Calendar] = {}
    for month in months:
        if not _fits(month.calendar, era, context, shared=len(months) > 1):
            continue
        calendar = _of_era(month.calendar, era, year, uses_buddhist(context) or is_buddhist())
        if calendar and (year > 99 or may_be(calendar, year)):
            found |= dict.fromkeys(readings((calendar,), year, month.number, day, context), calendar)
    return found


def _fits(calendar: Calendar, era: Calendar | None, context: Context, *, shared: bool) -> bool:
    if calendar is Calendar.GREGORIAN and shared:  # in Tigrinya and Oromo the months of both calendars share names
        return (context.country == "er" or context.speaks(_SHARED_NAMES)) and era is not Calendar.ETHIOPIC
    if calendar is Calendar.ETHIOPIC:  # the names of two languages are those of the Gregorian months, too
        return era != Calendar.GREGORIAN and context.country != "er"
    if calendar is Calendar.BIKRAM:  # the names are also those of India's calendars
        return era is calendar or context.country == "np" or context.speaks(_NEPALI)
    return True


def _of_era(calendar: Calendar, era: Calendar | None, year: int, is_buddhist: bool) -> Calendar | None:
    """The calendar of the year of a month: Gregorian months have years of the Buddhist era and of Minguo, too."""
    if calendar is not Calendar.GREGORIAN:
        return calendar
    if era in (Calendar.BUDDHIST, Calendar.MINGUO):
        return era
    if may_be(Calendar.BUDDHIST, year):
        return Calendar.BUDDHIST if is_buddhist else None
    return calendar if era in (None, calendar) or may_be(calendar, year) else None
