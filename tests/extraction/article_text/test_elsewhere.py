"""A text that stands elsewhere than on its page is told: never a date or a teaser in its place, without a word."""

from __future__ import annotations

import pytest

import crawler
from crawler.model import Reason

URL = "https://ministry.example/news/12"
TEASER = (
    "<p>The ministry said on Thursday that the canal was cleaned before the winter, and thanked the crews for it.</p>"
)
WHOLE = "".join(
    f"<p>On day {n} the crews cleaned another two kilometres of the canal and its five gates.</p>" for n in "12345"
)


def read(body: str) -> crawler.Article | crawler.Rejection:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Canal cleaned</title></head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav><main><article><h1>Canal cleaned</h1>'
        f'<p class="date"><time datetime="2026-11-20">2026-11-20</time></p><div class="text">{body}</div>'
        "</article></main>"
        "<footer><p>© Ministry of Rivers</p></footer></body></html>"
    )
    return crawler.extract(page.encode(), url=URL)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (
            '<iframe src="/body/12.html" width="100%"></iframe>',
            "its text stands in a frame: https://ministry.example/body/12",
        ),
        ('<object data="/body/12.html" type="text/html"></object>', "its text stands in a frame"),
        ('<div id="body" data-url="/api/12"></div><script>load(12)</script>', "its text is brought by a script"),
        (f'<div class="body" data-html="{"PHA+" * 60}"></div>', "its text is brought by a script"),
        (f"<noscript>{TEASER}</noscript>", "its text stands in <noscript>"),
        (f"<textarea readonly>{WHOLE}</textarea>", "its text stands in <textarea>"),
        (f"<template>{TEASER}</template><div></div>", "its text stands in <template>"),
    ],
)
def test_what_brings_the_text_is_told(body: str, detail: str) -> None:
    record = read(body)
    assert isinstance(record, crawler.Rejection)
    assert record.reason is Reason.SHELL
    assert record.detail.startswith(detail)


@pytest.mark.parametrize("body", ['<img src="/i/12.jpg" alt="">', '<video src="/v/12.mp4"></video>', "<!-- none -->"])
def test_a_date_is_no_text(body: str) -> None:
    record = read(body)
    assert isinstance(record, crawler.Rejection)
    assert record.reason is Reason.NO_TEXT


@pytest.mark.parametrize(
    "body",
    [
        '<embed src="/files/12.pdf" type="application/pdf">',
        '<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2F12.pdf"></iframe>',
    ],
)
def test_a_file_in_a_viewer_is_an_attachment(body: str) -> None:
    record = read(body)
    assert isinstance(record, crawler.Article)
    assert record.text == ""
    assert [file.url for file in record.attachments] == ["https://ministry.example/files/12.pdf"]


@pytest.mark.parametrize(
    ("behind", "address"),
    [
        ('<iframe src="/body/12.html"></iframe>', "/body/12.html"),
        ('<p><a class="more" href="/full/12">Read the full text</a></p>', "/full/12"),
        ('<a href="/full/12">Читать полностью</a>', "/full/12"),
        ('<div data-load="/api/rest?id=12"></div><button onclick="rest(12)">Read the rest</button>', "/api/rest?id=12"),
    ],
)
def test_where_a_short_text_goes_on_is_told(behind: str, address: str) -> None:
    record = read(TEASER + behind)
    assert isinstance(record, crawler.Article)
    assert f"text: the article goes on at https://ministry.example{address}, which is not read" in record.warnings


@pytest.mark.parametrize(
    "body",
    [
        WHOLE + '<iframe src="/body/12.html"></iframe>',
        TEASER + '<iframe src="/map/canal.html"></iframe>',
        TEASER + '<iframe src="/body/12.html" width="1" height="1"></iframe>',
        TEASER + '<iframe src="https://films.example/embed/12"></iframe>',
        TEASER + '<a href="https://elsewhere.example/1">Read more</a>',
        TEASER + '<a href="/files/12.pdf">Read the full text</a>',
        TEASER + '<a href="/news/13">Read more</a><a href="/news/14">Read more</a>',
        TEASER + '<a href="#top">Read more</a><button>Read more</button>',
    ],
)
def test_other_frames_and_links_lead_nowhere(body: str) -> None:
    record = read(body)
    assert isinstance(record, crawler.Article)
    assert not [warning for warning in record.warnings if "goes on at" in warning]


BUTTON = "text: the article goes on behind a button that tells no address"
CLOSED = "text: its rest is kept for subscribers; it may be a part"
DATA = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'
CUT = "text: it breaks off; it may be a part"


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        (TEASER + '<button type="button" data-id="12">Leer más</button>', BUTTON),
        (TEASER + '<a href="javascript:more(12)">Les mer</a>', BUTTON),
        (WHOLE + "<button>Read more</button>", None),
        (WHOLE + "<div><h2>La suite est réservée aux abonnés</h2><a href='/abo'>S'abonner</a></div>", CLOSED),
        (WHOLE + DATA % '"False"', CLOSED),
        (WHOLE + DATA % 'true', None),
        ("<p>The ministry said on Thursday that the canal was cleaned before the winter, and thanked…</p>", CUT),
        (TEASER, None),
    ],
)  # fmt: skip
def test_what_may_be_a_part_is_told(body: str, warning: str | None) -> None:
    record = read(body)
    assert isinstance(record, crawler.Article)
    assert [told for told in record.warnings if told.startswith("text: ")] == [w for w in (warning,) if w]
