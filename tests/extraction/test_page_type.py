"""What is an article and what only lists others, where a page has more words in links than of its own."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article, Reason, Rejection

URL = "https://town.example/news/bridge"
NAME = "Old bridge closes for repairs in spring"
NOTICE = (
    "The old bridge over the mill stream closes on Monday for six weeks. Engineers will mend the railing and lay new "
    "planks, and walkers are asked to take the path by the weir. Boats may pass at any time of the day."
)
MENU = "".join(
    f"<li><a href='/office/{n}'>Office number {n} of the town and its many duties</a></li>" for n in range(40)
)


def page(title: str, middle: str) -> bytes:
    head = f"<html lang='en'><head><title>{title}</title></head><body><div><ul>{MENU}</ul></div>"
    return f"{head}<div>{middle}</div></body></html>".encode()


def test_a_notice_under_the_headline_that_title_begins_with_is_an_article_on_a_page_full_of_links() -> None:
    record = extract(page(f"{NAME} | Town", f"<p>{NAME}</p><div>05/03/2026</div><div>{NOTICE}</div>"), URL)
    assert isinstance(record, Article), record
    assert record.title == NAME
    assert record.paragraphs == (NOTICE,)


def test_a_headline_may_link_to_its_own_page_and_stand_at_the_end_of_title() -> None:
    record = extract(page(f"Town » {NAME}", f"<h2><a href='{URL}'>{NAME}</a></h2><p>{NOTICE}</p>"), URL)
    assert isinstance(record, Article), record


def test_teasers_under_a_heading_stay_a_listing() -> None:
    cards = "".join(f"<div><a href='/n/{n}'>Item number {n} of the news of this town</a></div>" for n in range(9))
    record = extract(page("All news of the town hall | Town", f"<h1>All news of the town hall</h1>{cards}"), URL)
    assert isinstance(record, Rejection)
    assert record.reason is Reason.LISTING


def test_paragraphs_of_a_day_a_link_and_a_teaser_are_a_listing() -> None:
    items = "".join(
        f"<p>{n + 1:02}.03.2026 <a href='/news/{n}/'><b>The well of village number {n} gives water again</b></a><br>"
        "It gives forty litres a minute, and that is enough for all who live there.</p>"
        for n in range(10)
    )
    record = extract(page("Water", f"<h1>Water</h1><div>{items}</div>"), "https://town.example/news/?page=3")
    assert isinstance(record, Rejection)
    assert record.reason is Reason.LISTING


def test_the_first_page_of_a_site_is_no_article_though_it_opens_with_one() -> None:
    items = "".join(
        f"<article><h3><a href='/n/{n}'>{NAME} {n}</a></h3><p>{NOTICE[:80]}</p></article>" for n in range(6)
    )
    front = f"<main><section><h2>{NAME}</h2><p>{NOTICE[:120]}</p><a href=/n/1>Read</a></section>{items}</main>"
    record = extract(f"<html lang=en><title>Town hall</title><body>{front}".encode(), "https://town.example/")
    assert isinstance(record, Rejection)
    assert record.reason is Reason.LISTING


@pytest.mark.parametrize(
    ("name", "listed"), [("News", True), ("Новости", True), ("Three wells give water again", False)]
)
def test_few_dated_links_under_the_name_of_a_section_are_a_listing(name: str, listed: bool) -> None:
    items = "".join(
        f"<div><span>0{n}.05.2026</span><a href='/news/{n}-2026/'>The well of village number {n} gives water again</a>"
        "<p>It gives forty litres a minute, and that is enough for all who live there and their cattle.</p></div>"
        for n in range(1, 4)
    )
    record = extract(page(f"{name} | Town", f"<h1>{name}</h1><div>{items}</div>"), URL)
    assert isinstance(record, Rejection) is listed
