"""The numbers that listings give their pages, and which link leads on."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import html

from crawler.discovery import Listing, discover, start
from crawler.discovery.extent.pager import is_other_page, last_named, number_in, onward_first
from crawler.model import Capture, Locator, Payload, Role
from crawler.seeds import parse_seed

URL = "https://t.example/news"
WORDPRESS = """title = { en = "T" }
homepage = "https://t.example/"
platform = "wordpress"
timezone = "Asia/Tashkent"
[languages]
en = "en"
"""


def tree(body: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{body}</body></html>")


def test_only_links_of_the_listing_name_its_pages() -> None:
    page = tree(
        '<a href="?p=2">2</a> <a href="?p=7"> 7 </a> <a href="/news/2026/11/28">28</a> <a href="?p=9">last</a>'
        '<a href="/other?p=40">40</a> <a href="?p=123456">123456</a> <a class="item" href="?p=31">31</a>'
    )
    items = set(page.xpath("//a[@class='item']"))
    assert last_named(page, URL, f"{URL}?p=2", items) == 7
    assert last_named(tree("<p>2</p>"), URL, f"{URL}?p=2", set()) == 0


def test_the_nearest_higher_number_comes_first_and_what_leads_back_last() -> None:
    others = [f"{URL}?p=1", f"{URL}?p=10", f"{URL}?p=4", "https://t.example/archive", f"{URL}?p=2"]
    expected = [f"{URL}?p=4", f"{URL}?p=10", "https://t.example/archive", f"{URL}?p=2", f"{URL}?p=1"]
    assert onward_first(others, f"{URL}?p=3") == expected
    assert onward_first([f"{URL}?p=9", f"{URL}?p=8"], URL) == [f"{URL}?p=9", f"{URL}?p=8"], (
        "no number, the page's order"
    )


def test_pages_are_named_in_the_figures_and_words_of_any_language() -> None:
    for words in ("2", " 2 ", "Page 2", "\u0662", "\u0968", "第2页", "2-bet", "« 2 »"):
        assert number_in(words) == 2, words
    for words in ("", "two", "2 of 3", "Results of the second quarter, 2", "123456"):
        assert number_in(words) is None, words
    hidden = tree('<a href="?page=1"><span>Page </span>2</a> <a href="?page=2&amp;cHash=ab">3</a>')
    assert last_named(hidden, URL, f"{URL}?page=2", set()) == 2
    assert last_named(hidden, URL, f"{URL}?page=2", set(), "page") == 3, "the parameter that counts says what is a page"
    assert last_named(tree('<a href="?start=10">Next 10</a>'), URL, f"{URL}?start=2", set()) == 10
    offsets = "".join(f'<a href="?debut={n}">{n}</a>' for n in (0, 8, 16))
    assert last_named(tree(offsets), URL, f"{URL}?debut=8", set()) == 0, "items that are passed over are no pages"


def test_an_address_of_the_same_listing() -> None:
    here = f"{URL}?cat=5&lang=en"
    for url in (f"{here}&p=2", f"{URL}?p=2&lang=en&cat=5", f"{URL}?cat=6&lang=en"):
        assert is_other_page(url, here), url
    for url in (
        here,
        f"{URL}?p=2",
        "https://t.example/law?cat=5&lang=en&p=2",
        "https://o.example/news?cat=5&lang=en&p=2",
    ):
        assert not is_other_page(url, here), url
    assert is_other_page("https://t.example/news/index_1.html", "https://t.example/news/index.html")
    assert not is_other_page("https://t.example/news/2026/11/2", URL)


def test_an_empty_page_of_wordpress_is_the_end_only_where_its_header_says_so() -> None:
    seed = parse_seed(WORDPRESS, seed_id="xx.t", path="t.toml")
    (first,) = start(seed)
    second = Listing(first.entry, first.url, page=2, key=first.key)
    when = datetime(2026, 5, 4, tzinfo=UTC)
    capture = Capture("id", "xx.t", "run", first.url, when, Role.LISTING, Locator("archive/x", 0, 1), status=200)
    told = {
        pages: discover(Payload(capture, (("X-WP-TotalPages", pages),), b"[]"), second, seed).problems
        for pages in ("1", "2", "5", "", "many")
    }
    assert {pages for pages, problems in told.items() if problems} == {"2", "5"}
    assert "page 2 shows no items, and 5 pages are named" in told["5"][0]
