"""Times that have passed, in the words of the word lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction.dates import parse_moment
from crawler.extraction.dates.cldr_words import known_as
from crawler.extraction.dates.past_words import days_told
from crawler.extraction.words import vocabulary

CAPTURED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def day(line: str, language: str) -> date | None:
    found = parse_moment(line, zone=ZoneInfo("Asia/Tashkent"), captured=CAPTURED, languages=(language,))
    return found.day if found else None


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("3 kun oldin", "ru", date(2026, 11, 17)),
        ("bir kun avval", "uz", date(2026, 11, 19)),
        ("an hour ago", "en", date(2026, 11, 20)),
        ("час назад", "ru", date(2026, 11, 20)),
        ("3 күн бұрын", "kk", date(2026, 11, 17)),
        ("şu gün", "tk", date(2026, 11, 20)),
        ("منذ 3 أيام", "ar", date(2026, 11, 17)),
        ("منذ يومين", "ar", date(2026, 11, 18)),
        ("לפני יומיים", "he", date(2026, 11, 18)),
        ("3 zile în urmă", "ro", date(2026, 11, 17)),
        ("3 ngày trước", "vi", date(2026, 11, 17)),
        ("3 araw na ang nakalipas", "tl", date(2026, 11, 17)),
        ("πριν 3 μέρες", "el", date(2026, 11, 17)),
        ("3 päeva tagasi", "et", date(2026, 11, 17)),
        ("for 3 dager siden", "nb", date(2026, 11, 17)),
        ("၃ ရက်အကြာက", "my", date(2026, 11, 17)),
        ("३ दिन अगाडि", "ne", date(2026, 11, 17)),
        ("٣ ڕۆژ لەمەوبەر", "ckb", date(2026, 11, 17)),
        ("3 kún aldın", "kaa-Latn", date(2026, 11, 17)),
        ("3 ມື້ກ່ອນ", "lo", date(2026, 11, 17)),  # without the number the word is the day before yesterday
    ],
)
def test_days_that_have_passed(line: str, language: str, expected: date) -> None:
    assert day(line, language) == expected


@pytest.mark.parametrize(("line", "language"), [("fa 3 giorni", "ru"), ("3 kun", "uz"), ("oldin", "uz")])
def test_a_word_of_another_language_is_no_day(line: str, language: str) -> None:
    assert day(line, language) is None


def test_each_word_comes_from_the_word_lists() -> None:
    assert "kecha" in vocabulary("yesterday").entries()
    assert days_told(("hu",))["ma"] == 0
    assert "ma" not in days_told(("ru",))


def test_tags_of_one_language_share_its_tables() -> None:
    assert known_as(("en-US", "en_GB", "en")) == ("en",)
    assert known_as(("uz-Latn-UZ", "zh-Hant-TW", "ar-LB", "pt-BR")) == ("uz-Latn", "zh-Hant", "ar-LB", "pt")
