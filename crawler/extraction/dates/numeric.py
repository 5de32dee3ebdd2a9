"""Days in figures: 12.03.2026, 2026-03-12, 2026年3月12日, 令和8年3月12日, R8.3.12, 115/03/12, 1405/12/21.

All patterns take time linear in the length of the line. What can be two days is a `Day` without value and with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from crawler.extraction.dates.calendars.calendar_names import Era
from crawler.extraction.dates.calendars.conversions import JAPANESE_ERAS, Calendar, japanese_day
from crawler.extraction.dates.calendars.han_numbers import han_number
from crawler.extraction.dates.clocks.clock import Clock
from crawler.extraction.dates.context import (
    Context,
    calendars_of,
    is_japanese,
    is_korean,
    is_minguo,
    puts_short_year_first,
    readings,
    uses_buddhist,
    uses_persian,
)
from crawler.extraction.dates.weekdays import weekdays_beside

_WITH_ROMAN_MONTHS = frozenset("pl hu ro lv lt cs sk sl hr sr bs bg ru uk be".split())
_CENTURY = 50  # short years of the Solar Hijri calendar below it are of 1400 to 1449
# What stands in each text in which one of the patterns below finds anything: most lines have none of it.
_FOUR, _HAN_YEAR, _PARTED = re.compile(r"\d{4}"), re.compile("[年년]"), re.compile(r"[\d元][./\-]\d")
_NEAR = re.compile(r"\d(?:\.?\s?[./\-]\s?[\dIVX]|\.?\s[\dIVX]|\d{7}|\s?[оО])")
_JOINED, _UNJOINED = re.compile(r"\d\s?[./\-]\s?\d"), re.compile(r"\d(?:\s\d|\d{7}|\s?[оО])")
_ERA_SIGN = re.compile("[令平昭㋿㍻㍼RHS民]")
_EDGE = r"(?<!\d)(?<!\d[.,/\-:])"
_TAIL = r"(?!\d)(?![./\-]\d)"
_YEAR_FIRST = re.compile(_EDGE + r"(\d{4})(?:(-)(\d{1,2})-(\d{1,2})|\s?([./])\s?(\d{1,2})\s?\5\s?(\d{1,2}))" + _TAIL)
# "2026 03 12", as Lithuania writes days: no part of a longer row of figures.
_SPACED = re.compile(
    r"(?<!\d)(?<!\d\s)((?:19|20)\d\d)\s(0[1-9]|1[0-2])\s(0[1-9]|[12]\d|3[01])(?!\d)(?![.,]\d)(?!\s\d{1,4}(?![\d:]))"
)
_YEAR_LAST = re.compile(_EDGE + r"(\d{1,2})(?:(-|\s-\s)(\d{1,2})\2|\s?([./])\s?(\d{1,2})\s?\4\s?)(\d{4})" + _TAIL)
_SHORT = re.compile(_EDGE + r"(?<![A-Za-z])(\d{1,2})([./\-])(\d{1,2})\2(\d{2})(?!\d)(?![./\-:]\d)")
_KOREAN = re.compile(r"(?<![\d.])(\d{2})\. (\d{1,2})\. (\d{1,2})\.?(?!\d|\. ?\d)")
_MINGUO = re.compile(_EDGE + r"(?<![A-Za-z])(?P<y>\d{3})([./\-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _TAIL)
_MINGUO_HAN = re.compile(r"(?<!\d)(?P<y>\d{2,3})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
_BASIC = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=[Tt]\d{4})")
_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_BESIDE = r"(?:\s?[(（][^()（）]{1,12}[)）])?"  # the year in the other count
_IDEOGRAPHIC = re.compile(
    r"(?:(令和|平成|昭和|[令平昭]|(?<![A-Za-z])[RHS]|中華民國|中华民国|民國|民国)\s?(\d{1,3}|元|[〇零一二三四五六七八九十百]{1,5})"
    r"|(\d{4}|[〇零○一二三四五六七八九]{4}))"
    rf"{_BESIDE}\s?[年년]{_BESIDE}\s?{_N}\s?[月월]\s?{_N}\s?[日일号號]?"
)
_ERA_FIGURES = re.compile(
    r"(?<![^\W\d_])(令和|平成|昭和|[令平昭㋿㍻㍼]|[RHS]|中華民國|中华民国|民國|民国)\s?(\d{1,3}|元)([./\-])(\d{1,2})\3(\d{1,2})(?!\d)"
)
_MONGOLIAN = re.compile(  # months by number
    r"(\d{4})\s?оны\s?(\d{1,2})\s?(?:-?\s?(?:р|дугаар|дүгээр)\s?)?сарын\s?(\d{1,2})", re.IGNORECASE
)
# Months in Roman figures, as in Poland and Hungary. Between blanks "5 i 6" is no January, and "II" a king: there the
# language of the page says whether such months are written.
_ROMAN = "XI{0,2}|IX|IV|VI{0,3}|I{1,3}"
_ROMAN_LAST = re.compile(
    rf"(?<![\w.,/-])(\d{{1,2}})\.?(?:\s?([./-])\s?({_ROMAN})\s?\2\s?|(\s)({_ROMAN})\.?\s)(\d{{4}})(?!\d)(?![./-]\d)"
)
_ROMAN_FIRST = re.compile(
    rf"(?<![\w.,/-])(\d{{4}})\.?(?:\s?([./-])\s?({_ROMAN})\s?\2\s?|(\s)({_ROMAN})\.?\s)(\d{{1,2}})(?![\d:])(?![./-]\d)"
)
_ROMAN_MONTHS = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_MAY_BE_ROMAN = re.compile(r"\d\.?[\s./-]\s?[IVX]")
_OF_THE_WEB = 37  # short years of the Buddhist era up to it would be before 1995
_MONTHS = 12
_SPAN = 5  # years before the capture in which a date with a short year is looked for, where nothing tells its order


class Day(NamedTuple):
    """A day and where it stands; where it can be several, `value` is None and `choices` has them. `clock` is set where
    the clock stands inside the date, as in ctime's form."""

    value: date | None
    start: int
    end: int
    clock: Clock | None = None
    choices: tuple[date, ...] = ()
    short: bool = False  # its year has two figures
    calendar: Calendar = Calendar.GREGORIAN


def numeric_days(text: str, context: Context, eras: tuple[Era, ...]) -> list[Day]:
    """All-digit dates, those of one pattern after those of another. A year in front is followed by month and day; a
    year behind is read by the order of the context."""
    found: list[Day] = []
    if _NEAR.search(text) and _FOUR.search(text):
        found = _four_figures(text, context, eras)
        if _MAY_BE_ROMAN.search(text):
            found += _roman(text, context)
    if has_han := not text.isascii() and _HAN_YEAR.search(text) is not None:
        found += _ideographic(text)
    is_parted = _PARTED.search(text) is not None
    if is_parted and _ERA_SIGN.search(text):
        found += _with_era(text, context)
    if (is_parted or has_han) and is_minguo(context):
        for m in (*_MINGUO.finditer(text), *_MINGUO_HAN.finditer(text)):
            days = readings((Calendar.MINGUO,), int(m["y"]), int(m["m"]), int(m["d"]), context)
            found += _made(m, days, Calendar.MINGUO)
    if context.order == "YMD" and is_korean(context):
        for m in _KOREAN.finditer(text):
            found += _made(m, _short_days(int(m[1]), int(m[2]), int(m[3]), ".", context), short=True)
    # A line with one date has rarely another; and the year of a short one may be of an era of Japan.
    may_be_short = is_parted and (not found or _PARTED.search(_beside(text, found))) and not is_japanese(context)
    for m in _SHORT.finditer(text) if may_be_short else ():
        found += _made(m, _short_days(int(m[1]), int(m[3]), int(m[4]), m[2], context), short=True)
    return found


def _four_figures(text: str, context: Context, eras: tuple[Era, ...]) -> list[Day]:
    found = _joined(text, context, eras) if _JOINED.search(text) else []
    if _UNJOINED.search(text) and (not found or not text.isascii() or _FOUR.search(_beside(text, found))):
        for pattern in (_BASIC, _MONGOLIAN, _SPACED):
            for m in pattern.finditer(text):
                found += _of_year(m, int(m[1]), [(int(m[2]), int(m[3]))], context, ())
    return found


def _roman(text: str, context: Context) -> Iterator[Day]:
    spaced = context.speaks(_WITH_ROMAN_MONTHS)
    for m in _ROMAN_LAST.finditer(text):
        if spaced or not m[4]:
            yield from _of_year(m, int(m[6]), [(_ROMAN_MONTHS[m[3] or m[5]], int(m[1]))], context, ())
    for m in _ROMAN_FIRST.finditer(text):
        if spaced or not m[4]:
            yield from _of_year(m, int(m[1]), [(_ROMAN_MONTHS[m[3] or m[5]], int(m[6]))], context, ())


def _beside(text: str, found: list[Day]) -> str:
    """A text with a blank in place of each day that was found in it."""
    for day in found:
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def _joined(text: str, context: Context, eras: tuple[Era, ...]) -> list[Day]:
    found: list[Day] = []
    for m in _YEAR_FIRST.finditer(text):
        month, day = (m[3], m[4]) if m[2] else (m[6], m[7])
        found += _of_year(m, int(m[1]), [(int(month), int(day))], context, eras)
    for m in _YEAR_LAST.finditer(text):
        a, b = int(m[1]), int(m[3] or m[5])
        months = _orders(a, b, (m[2] or m[4]).strip(), context)
        if a != b and a <= 12 and b <= 12 and (told := weekdays_beside(text, m.start(), m.end())):
            both = {pair: readings((Calendar.GREGORIAN,), int(m[6]), *pair, context) for pair in ((b, a), (a, b))}
            fits = [pair for pair, days in both.items() if any(str(day.isoweekday()) in told for day in days)]
            months = fits if len(fits) == 1 else months
        found += _of_year(m, int(m[6]), months, context, eras)
    return found


def _orders(a: int, b: int, sign: str, context: Context) -> list[tuple[int, int]]:
    """(month, day) of figures in front of a year: both ways where nothing tells which. Where one figure can be no month
    the other is it, whatever the order; a point is day first where the order is not known."""
    if b <= 12 and (a > 12 or a == b or context.order in ("DMY", "YMD") or (not context.order and sign == ".")):
        return [(b, a)]
    if a <= 12 and (b > 12 or context.order == "MDY"):
        return [(a, b)]
    return [(b, a), (a, b)] if a <= 12 and b <= 12 else []


def _of_year(
    m: re.Match[str], year: int, months: list[tuple[int, int]], context: Context, eras: tuple[Era, ...]
) -> tuple[Day, ...]:
    era = era_of(m.start(), m.end(), eras) if eras else None
    calendars = (era,) if era else calendars_of(year, context)
    if len(months) == 1:
        days = readings(calendars, year, *months[0], context)
    else:
        each = (readings(calendars, year, month, day, context) for month, day in months)
        days = tuple(dict.fromkeys(chain.from_iterable(each)))
    return _made(m, days, calendars[0] if calendars else Calendar.GREGORIAN)


def era_of(start: int, end: int, eras: tuple[Era, ...]) -> Calendar | None:
    """The calendar of an era sign inside of a date or beside it."""
    return next((era.calendar for era in eras if era.start - 2 <= end and era.end + 2 >= start), None)


def _made(
    m: re.Match[str], days: tuple[date, ...], calendar: Calendar = Calendar.GREGORIAN, *, short: bool = False
) -> tuple[Day, ...]:
    if not days:
        return ()
    value, choices = (days[0], ()) if len(days) == 1 else (None, days)
    return (Day(value, *m.span(), None, choices, short, calendar),)


def _short_days(a: int, b: int, c: int, sign: str, context: Context) -> tuple[date, ...]:
    """The days that figures with a year of two can be. Where years are of the Solar Hijri calendar, they stand in front
    and are of its fourteenth or fifteenth century."""
    if uses_persian(context):
        return readings((Calendar.PERSIAN,), (1400 if a < _CENTURY else 1300) + a, b, c, context)
    order = "" if context.order == "YMD" and not puts_short_year_first(context) else context.order
    orders = [order] if order else ["DMY", "YMD", *(() if sign == "." else ("MDY",))]
    if order in ("DMY", "MDY") and max(a, b) > _MONTHS >= min(a, b):  # where one can be no month, the other is it
        orders = ["MDY" if b > _MONTHS else "DMY"]
    found: dict[date, None] = {}
    for order in orders:
        year, month, day = {"MDY": (c, a, b), "YMD": (a, b, c)}.get(order, (c, b, a))
        if uses_buddhist(context):
            # 69 is 2569 of the Buddhist era, which is 2026; 26 can be of the common one alone.
            calendar, century = (Calendar.BUDDHIST, 2500) if year > _OF_THE_WEB else (Calendar.GREGORIAN, 2000)
            found |= dict.fromkeys(readings((calendar,), century + year, month, day, context))
        else:
            found |= dict.fromkeys(readings((Calendar.GREGORIAN,), 2000 + year, month, day, context))
    if len(orders) > 1 and context.latest:
        found = {day: None for day in found if day.year >= context.latest.year - _SPAN}
    return tuple(found)


# ---------------------------------------------------------------- eras of Japan and China


def _ideographic(text: str) -> Iterator[Day]:
    for m in _IDEOGRAPHIC.finditer(text):
        month, day = han_number(m[4]), han_number(m[5])
        if m[1]:
            yield from _era_day(m, m[1], han_number(m[2]), month, day)
        else:
            value = readings((Calendar.GREGORIAN,), han_number(m[3]), month, day, Context())
            yield from _made(m, value)


def _with_era(text: str, context: Context) -> Iterator[Day]:
    for m in _ERA_FIGURES.finditer(text):
        if m[1] in "RHS" and not is_japanese(context):
            continue
        yield from _era_day(m, m[1], han_number(m[2]), int(m[4]), int(m[5]))


def _era_day(m: re.Match[str], era: str, year: int, month: int, day: int) -> Iterator[Day]:
    if era in JAPANESE_ERAS:
        value = japanese_day(era, year, month, day)
        yield from _made(m, (value,) if value else ())
    else:
        yield from _made(m, readings((Calendar.MINGUO,), year, month, day, Context()), Calendar.MINGUO)
