"""Every day of ten years, there and back, against ICU, which shares no code and no table with the libraries used."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from icu4py.messageformat import MessageFormat
from nepali.datetime import nepalidate

from crawler.extraction.dates.calendars.conversions import Calendar, day_in, japanese_day

TEN_YEARS = [date(2017, 3, 1) + timedelta(days=n) for n in range(3653)]  # up to March 2027


def icu(calendar: str) -> Callable[[date], tuple[int, int, int]]:
    """(year, month, day) of a day as ICU prints it in figures."""
    printer = MessageFormat("{day,date,::yMMdd}", f"en-u-ca-{calendar}-nu-latn")

    def told(day: date) -> tuple[int, int, int]:
        month, number, year = re.findall(r"\d+", printer.format({"day": day}))[:3]
        return int(year), int(month), int(number)

    return told


@pytest.mark.parametrize(
    "calendar", [Calendar.PERSIAN, Calendar.ISLAMIC, Calendar.BUDDHIST, Calendar.MINGUO, Calendar.ETHIOPIC]
)
def test_every_day_of_ten_years_is_the_one_of_icu(calendar: Calendar) -> None:
    printed = icu(calendar.value)
    assert [day_in(calendar, *printed(day)) for day in TEN_YEARS] == TEN_YEARS


def test_every_day_of_ten_years_of_japan_is_the_one_of_icu() -> None:
    printer = MessageFormat("{day,date,::GyMMdd}", "ja-u-ca-japanese-nu-latn")
    for day in TEN_YEARS:  # two eras
        era, *figures = re.findall(r"令和|平成|[HR]|\d+|元", printer.format({"day": day}))
        year, month, number = (1 if figure == "元" else int(figure) for figure in figures)
        assert japanese_day(era, year, month, number) == day


def test_every_day_of_ten_years_of_nepal_is_that_of_another_table() -> None:
    days = [day for day in TEN_YEARS if day < date(2027, 4, 1)]
    told = [nepalidate.from_date(day) for day in days]
    assert [day_in(Calendar.BIKRAM, day.year, day.month, day.day) for day in told] == days


@pytest.mark.parametrize(
    ("calendar", "parts", "day"),
    [
        (Calendar.PERSIAN, (1403, 12, 30), date(2025, 3, 20)),  # a leap year
        (Calendar.PERSIAN, (1404, 1, 1), date(2025, 3, 21)),
        (Calendar.PERSIAN, (1404, 12, 30), None),
        (Calendar.PERSIAN, (1408, 12, 30), date(2030, 3, 20)),  # the fifth year after 1403
        (Calendar.ETHIOPIC, (2015, 13, 6), date(2023, 9, 11)),
        (Calendar.ETHIOPIC, (2016, 1, 1), date(2023, 9, 12)),  # a day later than in other years
        (Calendar.ETHIOPIC, (2016, 13, 6), None),
        (Calendar.ISLAMIC, (1447, 9, 1), date(2026, 2, 18)),
        (Calendar.BIKRAM, (2082, 1, 1), date(2025, 4, 14)),
        (Calendar.BIKRAM, (2082, 2, 1), date(2025, 5, 15)),
        (Calendar.BIKRAM, (2084, 1, 1), None),  # the tables of later years still differ
        (Calendar.BUDDHIST, (2567, 2, 29), date(2024, 2, 29)),
        (Calendar.MINGUO, (115, 2, 29), None),
    ],
)
def test_leap_years_and_ends_of_tables(calendar: Calendar, parts: tuple[int, int, int], day: date | None) -> None:
    assert day_in(calendar, *parts) == day


@pytest.mark.parametrize(
    ("era", "parts", "day"),
    [
        ("令和", (1, 5, 1), date(2019, 5, 1)),
        ("令和", (1, 4, 30), None),  # still the last day of Heisei
        ("平成", (31, 4, 30), date(2019, 4, 30)),
        ("平成", (31, 5, 1), None),
        ("昭和", (64, 1, 7), date(1989, 1, 7)),
        ("R", (8, 11, 18), date(2026, 11, 18)),
    ],
)
def test_a_day_of_a_japanese_era_lies_in_it(era: str, parts: tuple[int, int, int], day: date | None) -> None:
    assert japanese_day(era, *parts) == day
