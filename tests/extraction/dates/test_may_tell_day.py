"""The question that spares most lines a closer look, and never says no of a line that tells a day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.dates import Reader, find_open, may_tell_day, read_dates, read_moment
from crawler.extraction.dates.cldr_words import relative_days
from crawler.extraction.dates.past_words import days_told
from crawler.extraction.dates.relative import may_tell, words_told

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
        told = [phrase for phrase in phrases if words_told(phrase, (language,))]
        assert told
        assert [phrase for phrase in told if not may_tell(phrase, (language,))] == []


@pytest.mark.parametrize("line", ["An hour ago", "yesterday", "Вчера, вечером"])
def test_words_alone_tell_a_day(line: str) -> None:
    assert may_tell(line, ("en", "ru"))


@pytest.mark.parametrize("line", ["Press centre", "Новости министерства", "Media contacts", ""])
def test_other_words_tell_none(line: str) -> None:
    assert not may_tell(line, ("en", "ru"))
