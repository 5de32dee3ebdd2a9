"""What holds for any text at all: no error, no answer out of bounds, the same answer again, in bounded time."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.dates import ParsedDate, find_dates, parse_epoch, parse_moment
from crawler.model import Precision

ZONES = [None, UTC, ZoneInfo("Asia/Tashkent"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")]
ORDERS = ["DMY", "MDY", "YMD"]
PIECES = (
    "12 2026 03 1 31 29 99 0 1999 2026-03-12 12.03.2026 12/13/2026 T10:05 10:05 10:05:07 24:00 25:61 AM PM Z +05:00 "
    "-12:00 (UTC+5) GMT МСК 年 月 日 令和 元 mart марта March may yil йил -yil г. ж. соли nji th soat в at bugun "
    "вчера 2_hours_ago Thu , . - – / | : ( ) T t ٣ ２ ² ½ \u00a0 \u200e \u0301 ʻ листопад août tháng оны сарын"
).split()
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14)
lines = st.one_of(st.text(max_size=120), pieces.map(" ".join), pieces.map("".join)).map(lambda s: s.replace("_", " "))
captures = st.none() | st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from(ZONES))  # noqa: DTZ001


@settings(max_examples=600, deadline=None)
@given(lines, st.sampled_from(ZONES), captures, st.sampled_from(ORDERS), st.booleans())
def test_any_text(text: str, zone: ZoneInfo | None, captured: datetime | None, order: str, short: bool) -> None:
    options = {"zone": zone, "captured": captured, "order": order, "languages": ("pl", "ru"), "short_years": short}
    found = find_dates(text, **options)  # type: ignore[arg-type]
    moment = parse_moment(text, **options)  # type: ignore[arg-type]
    end = 0
    for item in found:
        assert item.start >= end and item.end > item.start
        end = item.end
    for item in [*found, *([moment] if moment else [])]:
        _check(item, text, zone, captured)
    assert found == find_dates(text, **options)  # type: ignore[arg-type]
    parse_epoch(text, zone=zone, captured=captured)


def _check(item: ParsedDate, text: str, zone: object, captured: datetime | None) -> None:
    assert item.raw == text[item.start : item.end] or not item.raw.strip()
    assert 1900 <= item.day.year <= 2100
    timed = isinstance(item.value, datetime)
    assert timed == (item.precision != Precision.DAY)
    if isinstance(item.value, datetime):
        assert (item.value.tzinfo is None) == (zone is None and not item.offset_stated)
        assert item.value.microsecond == 0
        assert item.precision == Precision.SECOND or item.value.second == 0
    else:
        assert not item.offset_stated
    if captured is not None:
        aware = captured if captured.tzinfo else captured.replace(tzinfo=UTC)
        assert item.day <= aware.date() + timedelta(days=3)  # a day for the limit, the rest for far zones


@settings(max_examples=400, deadline=None)
@given(st.integers(1, 31), st.integers(1, 31), st.integers(1950, 2080), st.sampled_from("./-"))
def test_a_day_is_never_read_as_a_month(first: int, second: int, year: int, sign: str) -> None:
    found = parse_moment(f"{first}{sign}{second}{sign}{year}", zone=None, captured=None)
    month, day = (second, first) if second <= 12 else (first, second)  # the only figure that can be a month is it
    try:
        expected = date(year, month, day)
    except ValueError:
        assert found is None
    else:
        assert found is not None and found.value == expected


@settings(max_examples=300, deadline=None)
@given(st.datetimes(datetime(1950, 1, 1), datetime(2080, 1, 1)), st.integers(-47, 56))  # noqa: DTZ001
def test_rfc_3339_round_trip(wall: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    value = wall.replace(microsecond=0, tzinfo=UTC) if not quarters else _at(wall, offset)
    for text in (value.isoformat(), value.isoformat(" "), value.strftime("%a, %d %b %Y %H:%M:%S %z")):
        found = parse_moment(text, zone=None, captured=None)
        assert found is not None and found.value == value and found.offset_stated, text
        assert isinstance(found.value, datetime) and found.value.utcoffset() == offset


def _at(wall: datetime, offset: timedelta) -> datetime:
    from datetime import timezone

    return wall.replace(microsecond=0, tzinfo=timezone(offset))


@settings(max_examples=400, deadline=None)
@given(lines)
def test_every_number_of_the_answer_is_printed(text: str) -> None:
    """Day and year stand in the text itself, whatever was read out of it (eras count years from their own start)."""
    for item in find_dates(text, zone=None, captured=None):
        numbers = {int(run) for run in re.findall(r"\d+", item.raw)}
        digits = {int(run) for run in re.findall(r"\d{2}", item.raw)} | numbers
        day = item.day - timedelta(days=1) if "24:00" in item.raw else item.day
        assert day.day in digits
        assert day.year in numbers or "令和" in item.raw or any(str(n).startswith(str(day.year)) for n in numbers)


HOSTILE = [
    "1" * 50_000,
    "1." * 25_000,
    "12.03." * 9_000,
    "2026-" * 10_000,
    "12 " * 16_000,
    "mart " * 10_000,
    "12 mart " * 6_000,
    "12 mart, , , - - " * 3_000,
    "2026 yil 12 - - mart " * 2_500,
    "- " * 25_000,
    "(" * 50_000,
    "10:05 " * 8_000,
    "12.03.2026 " * 4_500,
    "12.03.2026 в в в в " * 2_500,
    " " * 50_000,
    "年" * 50_000,
    "2026年" * 9_000,
    "12\u0301" * 16_000,
    "a\u0301" * 25_000,
    "كانون " * 8_000 + "2026",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[t[:12].strip() or "spaces" for t in HOSTILE])
def test_time_is_bounded(text: str) -> None:
    began = time.process_time()
    find_dates(text, zone=ZONES[2], captured=None)
    parse_moment(text[:300], zone=ZONES[2], captured=datetime(2026, 11, 23, tzinfo=UTC))
    assert time.process_time() - began < 5  # seconds of CPU; ordinary lines take a ten-thousandth of one


def test_same_answer_in_any_process() -> None:
    """Hash seed and the machine's zone and locale have no say."""
    code = (
        "from datetime import *; from zoneinfo import ZoneInfo\n"
        "from crawler.extraction.dates import find_dates, parse_moment\n"
        "z = ZoneInfo('Asia/Tashkent'); c = datetime(2026, 11, 23, 20, tzinfo=UTC)\n"
        "for t in ('12-mart, 2026 10:05', '5 août 2025', '15 listopada 2025', 'kecha 18:30', '05.03.2026'):\n"
        "    print(parse_moment(t, zone=z, captured=c, languages=('pl', 'hr')), find_dates(t, zone=z, captured=c))\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C.UTF-8", "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }  # fmt: skip
    assert len(answers) == 1
    lines = answers.pop().splitlines()
    assert [line.count("ParsedDate") for line in lines] == [2, 2, 1, 1, 2]
