"""Dates of other items of a page, in its objects for machines and beside its text, are not the article's."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import crawler
from crawler import Article

CAPTURED = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://www.water.example/news/three-laboratories"
TITLE = "Three water laboratories open in the north"
OTHER = {"@type": "NewsArticle", "headline": "Pipes for farmers", "url": "/news/pipes", "datePublished": "2026-10-02"}
LATEST = {"title": "Pipes for farmers", "slug": "pipes", "publishedAt": "2026-10-02T08:00:00Z"}
OWN = {"title": TITLE, "slug": "three-laboratories", "publishedAt": "2026-10-14T08:00:00Z"}
SHOWN = "<p>14 October 2026</p>"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The ministry opened three laboratories that test the drinking water of the northern districts every week.",
        "Villages that had no laboratory sent their samples to the capital until now and waited a month for answers.",
        "Farmers get pumps and pipes for half of the price, and the first of them were handed over in spring.",
    )
)


def jsonld(*items: object) -> str:
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": items})}</script>'
    )


def payload(**props: object) -> str:
    value = json.dumps({"props": {"pageProps": props}})
    return f'<script id="__NEXT_DATA__" type="application/json">{value}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def read(head: str = "", line: str = "", behind: str = "") -> Article:
    page = (
        f"<html lang=en><head><title>{TITLE}</title>{head}</head>"
        f"<body><main><h1>{TITLE}</h1>{line}{TEXT}</main>{behind}</body></html>"
    )
    record = crawler.extract(page.encode(), URL, captured=CAPTURED)
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize(
    "head",
    [
        jsonld(OTHER),
        jsonld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": OTHER}]}),
        jsonld({"@type": "WebSite", "name": "Ministry of Water", "datePublished": "2019-03-01"}),
        jsonld({"@type": "VideoObject", "name": "Pipes for farmers", "uploadDate": "2026-09-01T08:00:00Z"}),
        payload(latest=[LATEST]),
        meta("og:updated_time", "2026-11-01T10:00:00Z"),
    ],
)
def test_what_machines_are_told_of_other_items_and_of_changes_is_no_date_of_publication(head: str) -> None:
    assert read(head).published_at is None


@pytest.mark.parametrize(
    "behind",
    [
        '<aside><a href="/news/pipes">Pipes for farmers</a> <time datetime="2026-10-02">2 Oct 2026</time></aside>',
        (
            '<div itemscope itemtype="https://schema.org/Comment">'
            '<time datetime="2026-10-16T08:00">16 October 2026</time><p>Good news for all of us here.</p></div>'
        ),
    ],
)
def test_the_days_of_other_items_and_comments_beside_the_text_are_not_guessed(behind: str) -> None:
    assert read(behind=behind).published_at is None


def test_the_object_of_a_payload_with_the_headline_tells_the_day() -> None:
    published = read(payload(article=OWN, latest=[LATEST])).published_at
    assert published is not None
    assert (str(published.value)[:10], published.source) == ("2026-10-14", "payload:own")


def test_stamps_that_were_written_for_each_other_lose_against_the_day_that_is_shown() -> None:
    item = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-11-19", "dateModified": "2026-10-14"}
    published = read(jsonld(item), SHOWN).published_at
    assert published is not None
    assert str(published.value)[:10] == "2026-10-14"


def test_a_stamp_within_minutes_of_the_capture_is_told_where_no_day_is_shown() -> None:
    stamp = meta("article:published_time", "2026-11-20T11:59:58+00:00")
    assert any("within minutes of the capture" in warning for warning in read(stamp).warnings)
    shown = read(stamp, SHOWN)
    assert shown.published_at is not None
    assert str(shown.published_at.value)[:10] == "2026-10-14"
