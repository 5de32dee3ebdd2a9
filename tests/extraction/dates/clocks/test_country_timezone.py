"""A time without an offset, on a page that no seed describes: the clock of the country in the address, and said so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import extract
from crawler.extraction.dates.clocks.country_timezone import country_of, country_zone
from crawler.model import Article, Offset

PAGE = (
    b"<h1>A new bridge over the river</h1><p>%s</p><p>The ministry opened a new bridge over the river near a village, "
    b"and the road to town is half as long now.</p>"
)
CAPTURED = datetime(2026, 3, 12, 20, 0, tzinfo=UTC)  # the 13th in Tashkent


def read(host: str, line: bytes = b"12.03.2026 10:00") -> Article:
    found = extract(PAGE % line, f"https://{host}/news/1", captured=CAPTURED)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("host", "hours"),
    [
        ("min.uz", 5),
        ("www.min.gov.kg", 6),
        ("min.tj", 5),
        ("min.tm", 5),
        ("min.gov.uk", 0),
        ("env.go.jp", 9),
        ("a.de", 1),
        ("min.gov.ua", 2),  # its law knows one clock
        ("min.kz", 5),  # whose zones have told the same time since March 2024
    ],
)
def test_the_clock_of_a_country_with_one(host: str, hours: int) -> None:
    record = read(host)
    assert record.published_at is not None and record.published_at.offset is Offset.ASSUMED
    assert record.published.isoformat() == f"2026-03-12T10:00:00+{hours:02}:00"  # type: ignore[union-attr]
    assert any("assumed" in warning for warning in record.warnings)


@pytest.mark.parametrize(
    "host", ["min.pt", "min.ru", "min.gov.br", "min.io", "min.tv", "min.com", "min.example", "10.0.0.1"]
)
def test_no_clock_is_made_up(host: str) -> None:
    record = read(host)
    assert record.published == datetime(2026, 3, 12, 10)  # noqa: DTZ001 - naive: nobody knows its zone
    assert record.published_at is not None and record.published_at.offset is Offset.NONE
    assert any("no zone" in warning for warning in record.warnings)


def test_where_zones_of_a_country_differed_then_no_clock_is_made_up() -> None:
    old = read("min.kz", b"12.03.2020 10:00")
    assert old.published == datetime(2020, 3, 12, 10)  # noqa: DTZ001


def test_days_told_by_words_are_counted_there() -> None:
    assert str(read("min.uz", b"Kecha, 10:05").published) == "2026-03-12 10:05:00+05:00"
    assert read("min.example", b"Kecha, 10:05").published is None


def test_what_the_page_states_goes_first() -> None:
    assert str(read("min.uz", b"12.03.2026 10:00 (UTC+3)").published) == "2026-03-12 10:00:00+03:00"
    assert read("min.uz", b"12.03.2026").warnings == ()


def test_addresses_without_a_country() -> None:
    assert [country_zone(url) for url in ("https://[::1]/", "https://localhost/", "https://a.xx/")] == [None] * 3


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("минводы.рф", "ru"), ("xn--80a.xn--p1ai", "ru"), ("су.қаз", "kz"), ("вода.укр", "ua"), ("ус.мон", "mn"),
        ("water.مصر", "eg"), ("水.中国", "cn"), ("afonydd.wales", "gb"), ("wasser.bayern", "de"), ("aigua.cat", "es"),
        ("water.example.рфф", ""), ("water.info", ""),
    ],
)  # fmt: skip
def test_domains_in_own_scripts_and_of_regions_are_of_their_country(host: str, country: str) -> None:
    assert country_of(f"https://{host}/news/1") == country
