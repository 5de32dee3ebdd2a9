"""The same bytes have the same text whenever they were captured; only the day of publication is held against it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.extraction import extract
from crawler.model import Article

PROSE = (
    "The ministry said that the works on the northern canal had reached the last section before the old bridge.",
    "Engineers have lined forty kilometres of the bed with concrete, which keeps the water from seeping into the sand.",
    "Farmers in three districts receive the schedule of deliveries by post, and it hangs in the offices, too.",
)
STAYS = "Published 2 hours ago\n"  # words in front of words for a day are no date line for any capture
CAPTURES = [
    datetime(2001, 1, 1, 12, tzinfo=UTC),  # before every date of the pages
    datetime(2026, 3, 5, 0, 30, tzinfo=UTC),  # two hours ago it was yesterday
    datetime(2026, 3, 5, 1, 45, tzinfo=UTC),  # nobody knows on which day it was
    datetime(2026, 3, 5, 18, tzinfo=UTC),
    datetime(2080, 7, 1, 12, tzinfo=UTC),
]


def _page(day: str, head: str = "", title: str = "Canal timetable for March") -> bytes:
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    body = f"<main><article><h1>{title}</h1>{day}{text}</article></main>"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()
    )


@pytest.mark.parametrize(
    "day",
    [
        '<time datetime="2026-03-05T10:00:00+05:00">2026-03-05</time>',
        "<div>5 March 2026, 10:00</div>",
        "<p>05.03.2026</p>",
        "<p>Published: 5 March 2026</p>",
        "<span>12.03.26</span>",
        "<p>Press service | 5 March 2026</p>",
        "<p>2 hours ago</p>",
        "<div><span>2 hours ago</span></div>",
        "<p>Published 2 hours ago</p>",
        "<p>Yesterday, 10:00</p>",
        "<p>an hour ago</p>",
        "<p>3 days ago</p>",
        "<p>5 March, 14:05</p>",
    ],
)
@pytest.mark.parametrize("zone", ["canals.example", "canals.gov.uz", "canals.gov.ru"])
def test_the_text_does_not_follow_from_the_capture(day: str, zone: str) -> None:
    found = [extract(_page(day), f"https://{zone}/news/t", captured=captured) for captured in CAPTURES]
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) == len(CAPTURES)
    told = {(a.title, a.text, a.summary, a.authors, a.category) for a in articles}
    assert len(told) == 1, told
    assert articles[0].text.removeprefix(STAYS) == "\n".join(PROSE)


def test_a_day_after_the_capture_is_no_day_of_publication() -> None:
    page = _page("<div>5 March 2026, 10:00</div>", '<meta property="article:published_time" content="2026-03-05">')
    early, late = (extract(page, "https://canals.example/news/t", captured=captured) for captured in CAPTURES[::3])
    assert isinstance(early, Article)
    assert isinstance(late, Article)
    assert early.published_at is None
    assert late.published_at is not None
    assert isinstance(late.published_at.value, datetime)
    assert late.published_at.value.date() == date(2026, 3, 5)
