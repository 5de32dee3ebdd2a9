"""The question that spares most lines a closer look, and never says no of a line that tells a day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from crawler.extraction.dates import Reader, find_open, may_tell_day, read_dates, read_moment
from crawler.extraction.dates.cldr_words import TABLE, joined, past_patterns, phrase, relative_days
from crawler.extraction.dates.past_words import counted_times, days_told
from crawler.extraction.dates.relative import relative_day, words_told

CAPTURED = datetime(2026, 11, 18, 9, tzinfo=UTC)
READERS = [Reader(UTC, CAPTURED, order) for order in (None, "DMY", "MDY", "YMD")]
DAYS = [
    "11/18/19 11:04 PM EST", "18.11.2026", "2026-11", "November 2026", "18 ноября, 14:05", "вчера в 18:30", "20261118",
    "2 hours ago", "令和8年11月18日", "民國115年11月18日", "12:05 18.11.2026",
    "07/01/2026", "5 ноября 2026 г.", "Dün 14:30",
]  # fmt: skip
NONE = ["17 Bilder", "5 of 12", "Covid-19", "24-25 °C", "No 10", "3:0", "100%", ""]


@pytest.mark.parametrize("line", DAYS)
def test_a_line_that_any_reader_understands_may_tell_a_day(line: str) -> None:
    told = [read_moment(line, r) or read_dates(line, r) or find_open(line, r) for r in READERS]
    assert any(told)
    assert all(may_tell_day(line, reader) for reader in READERS)


@pytest.mark.parametrize("line", NONE)
def test_a_line_with_other_figures_tells_none(line: str) -> None:
    assert not may_tell_day(line, READERS[0])


def test_no_phrase_that_tells_a_day_without_a_figure_is_passed_over() -> None:
    for language in "en ar he fa ru uz-Latn th vi zh ja".split():
        phrases = [*days_told((language,)), *relative_days((language,))]
        told = [phrase for phrase in phrases if len(words_told(phrase, (language,))) == 1]
        assert told
        assert [phrase for phrase in told if not relative_day(phrase, [CAPTURED], (language,), {})] == []


def test_no_phrase_beside_a_number_is_passed_over() -> None:
    for language in "en ar he fa ru uz-Latn th vi zh ja".split():
        patterns = [p for p in (*counted_times((language,)), *past_patterns((language,))) if not {*"(–−"} & {*p}]
        lines = [pattern.replace("|", " 3 ").strip() for pattern in patterns if pattern != "|"]
        assert lines
        assert [line for line in lines if not relative_day(line, [CAPTURED], (language,), {})] == []


@pytest.mark.parametrize("line", ["An hour ago", "yesterday", "Вчера, вечером"])
def test_words_alone_tell_a_day(line: str) -> None:
    assert relative_day(line, [CAPTURED], ("en", "ru"), {})


@pytest.mark.parametrize("line", ["Press centre", "Новости министерства", "Media contacts", ""])
def test_other_words_tell_none(line: str) -> None:
    assert not relative_day(line, [CAPTURED], ("en", "ru"), {})


@pytest.mark.parametrize(
    "line", ["12.03.2026, 1.4.26", "12.03.2026 20260401T1000", "12.03.2026; 2026 04 01", "2026-03-12, 1 April 2026"]
)
def test_a_second_date_of_another_form_is_read(line: str) -> None:
    found = read_dates(line, Reader(UTC, CAPTURED, "DMY", short_years=True))
    assert [item.day for item in found] == [date(2026, 3, 12), date(2026, 4, 1)]


def test_the_table_of_cldr_is_spelled_as_words_of_a_page_are() -> None:
    """A letter that `fold` learns to even out makes words of the table unreadable until they are written anew."""
    stored = json.loads(TABLE.read_text("utf-8"))
    for words in stored["languages"].values():
        assert [word for word in words.get("days", {}) if phrase(word) != word] == []
        assert [word for word in words.get("periods", {}) if joined(word) != word] == []
        assert [p for p in words.get("ago", {}) if "|".join(map(phrase, p.split("|"))) != p] == []
    assert [word for word in stored["weekdays"] if phrase(word) != word] == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("3 گھنٹے پہلے", date(2026, 11, 18)),
        ("گزشتہ کل", date(2026, 11, 17)),
        ("13 مارچ 2026، سہ پہر 3:30", datetime(2026, 3, 13, 15, 30, tzinfo=UTC)),
        ("13 مارچ 2026 دوپہر 12:30", datetime(2026, 3, 13, 12, 30, tzinfo=UTC)),
    ],
)
def test_urdu_is_read_with_its_own_h(line: str, value: date) -> None:
    told = read_moment(line, Reader(UTC, CAPTURED, languages=("ur",), country="pk"))
    assert told
    assert told.value == value


def test_irish_hours_are_told_by_five_words() -> None:
    told = read_moment("3 uair an chloig ó shin", Reader(UTC, CAPTURED, languages=("ga",)))
    assert told
    assert told.day == date(2026, 11, 18)
