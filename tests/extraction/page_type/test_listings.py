"""Listings in many shapes and scripts are refused, and so are pages that only data call an article."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from crawler import extract
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.listing_score import BIAS, WEIGHTS
from crawler.extraction.page_type.page_data import (
    count_filters,
    count_targets,
    has_text_class,
    is_front,
    is_list_by_path,
    is_numbered,
    says_subject,
    slug_words,
)
from crawler.model import Article, Reason, Rejection
from crawler.pages import Fields

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing_pages import EN, LISTINGS, SHAPES


@pytest.mark.parametrize(("name", "url", "page"), LISTINGS, ids=[name for name, _, _ in LISTINGS])
def test_a_listing_is_refused(name: str, url: str, page: bytes) -> None:
    record = extract(page, url)
    assert isinstance(record, Rejection), record.title
    assert record.reason is Reason.LISTING


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_listing_shows_beside_an_article_does_not_refuse_it(shape: str) -> None:
    others = SHAPES[shape](EN).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    text = "The ministry will dig nine wells in the valley before the rains, the engineer in charge said on Tuesday. "
    own = f"<h1>Nine wells for the valley of Orrin</h1><p>10 March 2026</p><p>{text * 2}</p><p>{text}</p>"
    page = (
        f"<html><head><title>Nine wells for the valley of Orrin | Wells</title></head><body>{own}{others}</body></html>"
    )
    record = extract(page.encode(), "https://wells.example/news/9")
    assert isinstance(record, Article)
    assert record.title == "Nine wells for the valley of Orrin"


def test_an_address_of_a_site_or_of_an_item() -> None:
    assert is_front("https://a.example/") and is_front("https://a.example/?utm_source=mail")
    assert not is_front("https://a.example/?p=12") and not is_front("https://a.example/?page=/news/9")
    assert slug_words("https://a.example/news/12345") == 1.0
    assert slug_words("https://a.example/news") == 0.2
    assert slug_words("https://a.example/nine-wells-for-the-valley.html") == 1.0


def test_nothing_known_of_a_page_is_no_proof_that_it_is_an_article() -> None:
    sixteen = 0.5  # addresses that it links to
    assert WEIGHTS["targets"] * sixteen + BIAS > 0
    assert max(WEIGHTS[name] for name in ("slug", "siblings", "run", "dated", "notice", "article data")) < 0


def page_of(data: str = "", links: str = "") -> Page:
    root = parse_html(f"<html><head><title>Wells</title>{data}</head><body><h1>Wells</h1>{links}</body></html>")
    assert root is not None
    return Page(root, "https://wells.example/wells", None, None, Fields())


def test_an_address_of_an_item_has_a_year_or_a_long_number_and_that_of_an_archive_is_none() -> None:
    for path in ("2026/03/a-bridge", "news/2026/a-bridge", "news/41877", "zwdt/t20260311_87.html", "a/3/view-20260311"):
        assert is_numbered(f"https://wells.example/{path}"), path
    for path in ("", "news", "news/2026", "news/2026/", "news/2026/03/", "paths/17", "page/785/forms", "top-100"):
        assert not is_numbered(f"https://wells.example/{path}"), path


def test_data_that_describe_an_offer_and_no_text_are_of_its_subject() -> None:
    data = '<script type="application/ld+json">{"@graph": [%s]}</script>'
    about = '{"@type": "Organization", "name": "Wells"}'
    assert says_subject(page_of(data % about))
    assert says_subject(page_of(data % '{"@type": ["Thing", "Course"], "name": "Wells"}'))
    assert not says_subject(page_of(data % (about + ', {"@type": "NewsArticle", "headline": "Wells"}')))
    assert not says_subject(page_of(data % '{"@type": "WebPage", "name": "Wells"}')) and not says_subject(page_of())


def test_addresses_are_counted_once_and_not_those_of_the_frame() -> None:
    own = '<p><a href="/a">A</a> <a href="/a#notes">notes</a> <a href="/b">B</a></p>'
    assert count_targets(page_of(links=f'<nav><a href="/c">C</a></nav>{own}<footer><a href="/d">D</a></footer>')) == 2


ROWS = "".join(
    f"<tr><td>0{n}/2026</td><td>{what}</td><td>{n + 10}.05.2026</td><td><a href='/{n}.pdf'>PDF</a></td></tr>"
    for n, what in enumerate(("Sacks of jute", "Repair of the stores", "Eight motorcycles", "Guards for the sites"), 1)
)


def test_a_table_of_documents_and_nothing_else_is_a_listing() -> None:
    page = f"<title>Tenders</title><body><h1>Calls for tenders</h1><table>{ROWS}</table></body>"
    record = extract(page.encode(), "https://wells.example/tenders")
    assert isinstance(record, Rejection)
    assert record.reason is Reason.LISTING


def test_a_dated_notice_with_a_table_of_documents_is_an_article() -> None:
    page = f"<title>New calls</title><body><h1>New calls for tenders</h1><p>4 May 2026</p><table>{ROWS}</table></body>"
    assert isinstance(extract(page.encode(), "https://wells.example/news/7"), Article)


def test_names_of_what_filters_and_turns_over_a_list_are_counted() -> None:
    classes = Counter({"news-filter": 2, "bx-pagination": 1, "pager": 1, "passenger": 5, "": 9})
    assert count_filters(classes) == 4
    assert is_list_by_path("https://a.example/category/wells") and not is_list_by_path("https://a.example/categorical")
    assert has_text_class(Counter(["field--name-body"])) and not has_text_class(Counter(["teaser", "content-wrapper"]))
    assert all(
        has_text_class(Counter(["teaser", name])) for name in ("post__content", "storytext", "prose", "rich-text x")
    )
    assert not has_text_class(Counter(["body post", "prosecution", "news page-body"]))


def test_what_a_payload_tells_search_engines_of_a_list_is_no_article() -> None:
    told = "All that is known of wells and pumps in the valleys of the north, from every newspaper of the land, daily."
    rows = "".join(
        f"<div class='row'><h3><a href='/n/{n}'>{what} was opened</a></h3><p><a href='/n/{n}'>{what} gives water to "
        f"two hundred families since Monday, says the office.</a></p></div>"
        for n, what in enumerate(("A well", "A pump", "A mill", "A dam", "A weir", "A spring", "A tank"))
    )
    data = json.dumps({"props": {"seo": {"title": "The latest of wells", "description": told}}})
    page = (
        f"<head><title>The latest of wells</title><meta name=description content='{told}'></head>"
        f"<body><h1>The latest of wells</h1>{rows}"
        f"<script id=__NEXT_DATA__ type=application/json>{data}</script></body>"
    )
    record = extract(page.encode(), "https://wells.example/latest")
    assert isinstance(record, Rejection)
    assert record.reason is Reason.LISTING


@pytest.mark.parametrize("title", ["Reception of citizens is moved to 14 May", "Announcement"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_dated_notice_of_one_sentence_is_an_article_beside_six_headlines(title: str, is_first: bool) -> None:
    boxes = "".join(
        f"<div><span>{n}.05.2026</span><h3><a href='/en/news/{n}'>The ministry dug {n} wells in Orrin</a></h3></div>"
        for n in range(10, 16)
    )
    said = "The reception of citizens on 12 May is moved to 14 May, from ten to noon, in the hall."
    own = f"<div><h1>{title}</h1><div>11 May 2026</div><p>{said}</p></div>"
    body = own + boxes if is_first else boxes + own
    record = extract(f"<title>Wells - {title}</title><body>{body}</body>".encode(), "https://wells.example/en/news/9")
    assert isinstance(record, Article), record
    assert record.text == said
