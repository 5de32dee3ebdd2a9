"""Links that look like items of a listing, and that its selector does not find."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.unselected import common_shapes, rows_without_address, shape_of, unselected

HERE = "https://ministry.example/news"
ROWS = "".join(f'<li><a class="t" href="/news/{n}">The minister opened bridge {n}</a></li>' for n in range(1, 5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/news/12", "/news/7"),
        ("/news/12?from=rss", "/news/7?from=rss"),
        ("/index.php?id=12&lang=ru", "/index.php?lang=ru&id=7"),
        ("/2026/11/minister-opened-the-old-bridge", "/2025/01/water-for-the-northern-districts/"),
        ("/news/the-minister-opened-a-bridge.html", "/news/a-word-on-the-budget.html"),
        ("/news/3f2a9c1e-77aa-4a10-9b57-0f5a1b2c3d4e", "/news/0b1c9c1e-77aa-4a10-9b57-0f5a1b2c3d4e"),
        ("/yangiliklar/%D1%81%D1%83%D0%B2-%D0%B2%D0%B0-%D0%B5%D1%80-%D2%B3%D0%B0%D2%9B%D0%B8%D0%B4%D0%B0", "/yangiliklar/suv-va-yer-uchun-tanlov"),
        ("/a/news-12.html", "/a/news-7.html"),
    ],
)  # fmt: skip
def test_addresses_of_one_kind_have_one_shape(one: str, other: str) -> None:
    assert shape_of(f"https://a.example{one}") == shape_of(f"https://b.example{other}") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/news/12", "/ru/news/12"),
        ("/news/12", "/events/12"),
        ("/news/12", "/news/12/print"),
        ("/index.php?id=12", "/index.php?cat=12"),
        ("/news/the-minister-opened-a-bridge", "/news/archive"),
        ("/news/the-minister-opened-a-bridge", "/news/press-releases"),
    ],
)
def test_addresses_of_two_kinds_have_two(one: str, other: str) -> None:
    assert shape_of(f"https://a.example{one}") != shape_of(f"https://a.example{other}")


def test_an_address_of_words_says_nothing_of_others() -> None:
    assert shape_of("https://a.example/about/contacts") is None
    assert common_shapes(["https://a.example/about", "https://a.example/contacts"]) == frozenset()


def test_one_item_alone_makes_no_rule() -> None:
    assert common_shapes(["https://a.example/news/12", "https://a.example/about"]) == frozenset()


def found(page: str, selector: str = "//a[@class='t']") -> list[tuple[str, bool]]:
    tree = html.document_fromstring(f"<html><body>{page}</body></html>")
    links = tree.xpath(selector)
    urls = [f"https://ministry.example{link.get('href')}" for link in links]
    return [(one.url.rpartition("/")[2], one.is_beside) for one in unselected(tree, HERE, HERE, links, urls)]


LEAD = '<a href="/news/9">The minister spoke of water</a>'
THREE = "".join(f'<p><a href="/news/{n}">A tender for pump number {n}</a></p>' for n in (21, 22, 23))


@pytest.mark.parametrize(
    ("page", "beside"),
    [
        (f"<div class=hero>{LEAD}</div><ul>{ROWS}</ul>", [("9", False)]),
        (f"<div class=hero><h2>{LEAD}</h2><p>More</p></div><ul>{ROWS}</ul>", [("9", False)]),
        (f"<div class=slides><a href='/news/9'><img alt='The minister spoke of water'></a></div><ul>{ROWS}</ul>", [("9", False)]),
        (f"<main><ul>{ROWS}<li class=first><b>{LEAD}</b></li></ul></main>", [("9", False)]),
        (f"<ul>{ROWS}</ul><noscript>{LEAD}</noscript>", [("9", False)]),
        (f"<ul>{ROWS}</ul><div hidden>{THREE}</div>", [("21", False), ("22", False), ("23", False)]),
        (f"<aside>{LEAD}</aside><ul>{ROWS}</ul>", [("9", True)]),
        (f"<div class='block most-read'>{LEAD}</div><ul>{ROWS}</ul>", [("9", True)]),
        (f"<ul>{ROWS}</ul><section><h2>Tenders</h2>{THREE}</section>", [("21", True), ("22", True), ("23", True)]),
        (f"<ul>{ROWS}</ul><h2>Tenders</h2><div>{THREE}</div>", [("21", True), ("22", True), ("23", True)]),
        (f"<ul>{ROWS}</ul><a href='/news/2'>2</a> <a href='/news/2025'>Page 2025</a><a href='/news/3'>Next page</a>", []),
        (f"<ul>{ROWS}</ul><a href='/news/1#comments'>Comments on bridge 1</a>", []),
        (f"<ul>{ROWS}</ul><a href='/about'>About the ministry</a><a href='mailto:a@b.example'>Write to us now</a>", []),
    ],
)  # fmt: skip
def test_what_is_left_out_is_found_with_its_place(page: str, beside: list[tuple[str, bool]]) -> None:
    assert found(page) == beside


def scripted(page: str) -> list[str]:
    links = html.document_fromstring(f"<html><body>{page}</body></html>").xpath("//a[@class='t']")
    found = rows_without_address(links)
    return [" ".join(row.text_content().split()) for row, is_scripted in found if is_scripted]


@pytest.mark.parametrize(
    "row",
    [
        '<li><a class="t" href="#" onclick="show(9)">A bridge was closed</a></li>',
        '<li><a class="t" href="javascript:show(9)">A bridge was closed</a></li>',
        '<li data-url="/news/9">A bridge was closed</li>',
        '<li><span onclick="show(9)">A bridge was closed</span></li>',
    ],
)
def test_a_row_that_only_scripts_open_is_one(row: str) -> None:
    assert scripted(f"<ul>{ROWS}{row}</ul>") == ["A bridge was closed"]


@pytest.mark.parametrize(
    "row",
    [
        '<li><a class="t" href="#" onclick="share()">Share this item</a> <a href="/news/9">A bridge was closed</a></li>',
        '<li class="separator" onclick="x()">November of this year</li>',
        '<li onclick="more()">Load more</li>',
        '<p onclick="x()">A paragraph of another kind</p>',
        "<li>No link and nothing for scripts</li>",
    ],
)
def test_other_rows_are_none(row: str) -> None:
    assert scripted(f"<ul>{ROWS}{row}</ul>") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"<li><h3>Announcement</h3><i>11 March 2026</i><p>{'The bridge of the north is closed. ' * 3}</p></li>", 1),
        ("<li>November 2025</li>", 0),
        (f"<li><h3>Advertisement</h3><p>{'Bathe in our rivers. ' * 9}</p></li>", 0),  # no figure
        (f'<li><p>{"The bridge of 1873 is closed. " * 5}</p><a href="/news/9">More</a></li>', 0),
    ],
)
def test_a_report_without_a_page_of_its_own_is_told(row: str, told: int) -> None:
    links = html.document_fromstring(f"<html><body><ul>{ROWS}{row}</ul></body></html>").xpath("//a[@class='t']")
    assert [is_scripted for _, is_scripted in rows_without_address(links)] == [False] * told


def test_a_list_in_data_of_items_that_are_counted_below_the_listing() -> None:
    """`/news/7` is an item here, though another site may call its seventh page so."""
    items = ",".join(
        f'{{"@type":"ListItem","position":{n},"url":"https://ministry.example/news/{n}"}}' for n in range(1, 8)
    )
    data = f'<script type="application/ld+json">{{"@type":"ItemList","itemListElement":[{items}]}}</script>'
    tree = html.document_fromstring(f"<html><body><ul>{ROWS}</ul>{data}</body></html>")
    links = tree.xpath("//a")
    urls = [f"https://ministry.example{link.get('href')}" for link in links]
    assert [one.url.rpartition("/")[2] for one in unselected(tree, HERE, HERE, links, urls)] == ["5", "6", "7"]
