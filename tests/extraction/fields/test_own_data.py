"""Data for machines: of another article on the page they are passed over, and readers' headline goes before them."""

from __future__ import annotations

import json

import pytest

from crawler import extract
from crawler.extraction.structured.own_article import own_article
from crawler.model import Article, Reason, Rejection

URL = "https://rivers.example/en/news/12"
TITLE = "Ministry opens three river stations"
TEXT = "The ministry opened three stations on the river that warn villages of floods, and will open two more next year."


def page(data: object, title: str = TITLE, heading: str = TITLE, head: str = "") -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return (
        f"<html><head><title>{title}</title>{head}{script}</head><body><main><h1>{heading}</h1><p>12 March 2026</p>"
        f"<p>{TEXT}</p><p>{TEXT.replace('three', 'four')}</p></main></body></html>"
    ).encode()


def news(headline: str, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": headline, "datePublished": "2026-11-19T10:00:00Z", **more}


OTHERS = [
    news("Prices of bread fall", url="https://rivers.example/en/news/7"),
    news("Prices of bread fall", mainEntityOfPage={"@id": "https://rivers.example/en/news/7"}),
    news("Prices of bread fall", mainEntityOfPage="https://rivers.example/en/news/7"),
    news("Prices of bread fall", **{"@id": "/en/news/7#article"}),
    news("Цены на хлеб снизились", url="//rivers.example/en/news/7"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_the_data_of_another_article_are_not_this_article_s(other: dict[str, object]) -> None:
    record = extract(page([other, {**other, "headline": "Bakers meet in the capital"}]), URL)
    assert isinstance(record, Article) and record.published
    assert record.title == TITLE
    assert record.published.isoformat() == "2026-03-12"


OWN = [
    news("River stations opened", url=URL),
    news("Floods: a warning in time", url=f"{URL}/#article"),
    news("Floods: a warning in time", mainEntityOfPage={"@id": "http://www.rivers.example/en/news/12"}),
    news(TITLE, url="https://cdn.rivers.example/amp/7"),
    news("Ministry opens stations on the river", url="https://rivers.example/node/7"),
    news("Floods: a warning in time"),
    news("Floods: a warning in time", url="https://rivers.example/"),
]


@pytest.mark.parametrize("own", OWN)
def test_the_article_s_own_data_are_found_among_others(own: dict[str, object]) -> None:
    assert own_article([*OTHERS, own, *OTHERS], [URL], [TITLE]) is own


@pytest.mark.parametrize(
    "data",
    [
        news("How two hundred villages get their warnings", name=TITLE),
        news("River floods 2026: which villages, when, how much"),
        {"@type": "Article", "name": TITLE, "headline": "how villages are warned of floods by stations"},
    ],
)
def test_a_headline_that_heading_and_title_agree_on_goes_before_data(data: dict[str, object]) -> None:
    record = extract(page(data, title=f"{TITLE} | Rivers"), URL)
    assert isinstance(record, Article) and record.title == TITLE


def test_a_heading_goes_before_copies_of_one_title_for_search() -> None:
    title = "River stations 2026: how the ministry warns villages of floods"
    head = f'<meta property="og:title" content="{title}"><meta name="twitter:title" content="{title}">'
    heading = "How three river stations warn villages of floods"
    record = extract(page(news(title), title=f"{title} | Rivers", heading=heading, head=head), URL)
    assert isinstance(record, Article) and record.title == heading


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Rivers &amp;amp; wells: minister&amp;#039;s plan", "Rivers & wells: minister's plan"),
        ("&amp;laquo;Suv&amp;raquo; dasturi &amp;#8212; yangi bosqich", "«Suv» dasturi — yangi bosqich"),
        ("Ask AT&amp;T about the wells of the north", "Ask AT&T about the wells of the north"),
    ],
)
def test_references_that_were_escaped_twice_are_read(written: str, shown: str) -> None:
    record = extract(page({}, title=written, heading=written), URL)
    assert isinstance(record, Article) and record.title == shown


@pytest.mark.parametrize("tag", ["div", "span", "p", "h2"])
def test_the_element_that_microdata_call_the_headline_is_it(tag: str) -> None:
    authors = (
        '<div><span itemprop="author" itemscope><b itemprop="name">Dora Finch</b></span> and '
        '<span itemprop="author" itemscope><b itemprop="name">Ben Hall</b></span></div>'
    )
    body = (
        f"<html><head><title>Bus portal</title></head><body><div class='a2' itemscope itemtype='http://schema.org/NewsArticle'>"
        f"<meta itemprop='articleSection' content='Transport'><{tag} itemprop='headline'>{TITLE}</{tag}>{authors}"
        f"<div itemprop='articleBody'><p>{TEXT}</p><p>{TEXT}</p></div></div></body></html>"
    )
    record = extract(body.encode(), URL)
    assert isinstance(record, Article)
    assert (record.title, record.authors) == (TITLE, ("Dora Finch", "Ben Hall"))


SHELLS = [
    "<div id='app'></div><div class='agree'>This site counts visits with small cookie files <button>OK</button></div>",
    "<header><div>15:35:45 (UTC) 28.11.2026</div><a href='/en'>Heritage agency</a></header><main></main>",
    "<div id='root'></div><footer><p>12 Harbour Street. All rights reserved. Call 1184.</p></footer>",
    "<div id='root'></div><div class='x'>Мы используем файлы cookie. Продолжая, вы соглашаетесь с этим.</div>",
    "<div id='__nuxt'></div><div class='bottom'>Toshkent shahri, Bogʻ koʻchasi, 12-uy. Ishonch telefoni: 1184</div>",
]


@pytest.mark.parametrize("shown", SHELLS)
def test_a_page_that_shows_only_its_frame_is_refused(shown: str) -> None:
    menu = "<ul class='nav'><li><a href='/a'>Council</a></li><li><a href='/b'>Vacancies</a></li></ul>"
    script = "<script>window.__DATA__=null</script>"
    record = extract(
        f"<html><head><title>Heritage agency</title></head><body>{menu}{shown}{script}</body></html>".encode(), URL
    )
    assert isinstance(record, Rejection), record.text
    assert record.reason in (Reason.SHELL, Reason.NO_VERSION)
