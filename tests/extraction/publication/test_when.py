"""When an article was published, where the places of a page differ or say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import crawler
from crawler import Article

URL = "https://news.example.org/weather-office"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The weather office opens two stations in the upper valley, where hail did much harm in the last years.",
        "Farmers get a warning by telephone half an hour before a storm reaches their fields, the office said.",
        "A third station follows in autumn on the pass, if the road can be kept open for the lorries until then.",
    )
)


BESIDE = '<aside><span class="published">12 March 2026</span></aside>'


def record(head: str, before: str, captured: datetime | None = None) -> Article:
    page = f"<html><head>{head}</head><body><article><h1>Two stations for the upper valley</h1>{before}{TEXT}"
    found = crawler.extract(f"{page}</article></body></html>".encode(), URL, captured=captured)
    assert isinstance(found, Article), found
    return found


def stated(moment: str) -> str:
    return f'<meta property="article:published_time" content="{moment}">'


@pytest.mark.parametrize(
    ("data", "shown", "hours", "day"),
    [
        ("2026-03-11T20:30:17Z", "12.03.2026 01:30", 5, date(2026, 3, 12)),
        ("2026-03-12T02:15:00+00:00", "11 March 2026, 22:15", -4, date(2026, 3, 11)),
        ("2026-03-11T20:30:17Z", "2026-03-12T02:30:17+06:00", 6, date(2026, 3, 12)),
    ],
)
def test_a_time_in_utc_is_told_in_the_offset_that_the_page_proves(data: str, shown: str, hours: int, day: date) -> None:
    found = record(stated(data), f"<p>{shown}</p>").published
    assert isinstance(found, datetime)
    assert found == datetime.fromisoformat(data.replace("Z", "+00:00"))
    assert (found.utcoffset(), found.date()) == (timedelta(hours=hours), day)


@pytest.mark.parametrize("shown", ["12.03.2026 01:37", "13.03.2026 21:30", "12.03.2026", ""])
def test_a_time_in_utc_stays_where_no_offset_is_proved(shown: str) -> None:
    found = record(stated("2026-03-12T01:30:17Z"), f"<p>{shown}</p>").published
    assert found == datetime(2026, 3, 12, 1, 30, 17, tzinfo=UTC)
    assert isinstance(found, datetime) and found.utcoffset() == timedelta(0)


def test_an_offset_that_is_stated_is_never_changed() -> None:
    found = record(stated("2026-03-12T01:30:00+05:00"), "<p>12.03.2026 03:30</p>").published
    assert isinstance(found, datetime) and found.tzinfo == timezone(timedelta(hours=5))


def test_a_day_written_as_the_hour_of_utc_at_which_it_begins_is_a_day() -> None:
    assert record(stated("2026-03-11T23:00:00Z"), "<p>12 March 2026</p>").published == date(2026, 3, 12)


def test_an_evening_of_which_the_page_shows_the_same_day_has_its_time() -> None:
    found = record(stated("2026-03-11T23:00:00Z"), "<p>11 March 2026</p>").published
    assert found == datetime(2026, 3, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "picture",
    [
        "<div><img src=/hail.jpg><p>Broken panes of a greenhouse near the pass road, 3 February 2026</p></div>",
        "<figure><img src=/hail.jpg><div>3 February 2026</div></figure>",
    ],
)
def test_the_date_of_a_picture_is_not_the_article_s(picture: str) -> None:
    assert record("", f"{picture}<p>12 March 2026</p>").published == date(2026, 3, 12)


def test_what_only_a_library_guesses_is_told_as_a_guess() -> None:
    page = f"<html><body><h1>Two stations for the upper valley</h1>{TEXT}{BESIDE}"
    found = crawler.extract(page.encode(), URL, captured=datetime(2026, 4, 1, tzinfo=UTC))
    assert isinstance(found, Article)
    assert found.published == date(2026, 3, 12)
    assert found.published_at is not None and found.published_at.source == "htmldate"
    assert any("guess" in warning for warning in found.warnings)


@pytest.mark.parametrize("captured", [datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1)])  # noqa: DTZ001
def test_no_guess_is_later_than_the_day_after_the_capture(captured: datetime) -> None:
    page = f"<html><body><h1>Two stations for the upper valley</h1>{TEXT}{BESIDE}"
    found = crawler.extract(page.encode(), URL, captured=captured)
    assert isinstance(found, Article) and found.published is None
