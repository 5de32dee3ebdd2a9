"""A page made of sections is told from a list whose items have sections."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.sections import sections_on

URL = "https://t.example/news"
NEWEST = ("ministry/1", "ministry/2", "regions/3", "regions/4", "speeches/5")
HEADINGS = '<h2><a href="/news/ministry">Ministry</a></h2><h2><a href="/news/regions/">Regions</a></h2>'


def on(markup: str, items: tuple[str, ...] = NEWEST, here: str = URL) -> list[str]:
    tree = html.fromstring(f"<body><main>{markup}</main></body>")
    return sections_on(tree, here, here, [f"https://t.example/news/{item}" for item in items], ())


def test_the_pages_of_sections_whose_newest_items_stand_together() -> None:
    assert on(HEADINGS) == [f"{URL}/ministry", f"{URL}/regions/"]


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        (HEADINGS, ("ministry/1", "regions/3", "ministry/2", "regions/4")),  # the newest of all, and filters
        (HEADINGS.partition("</h2>")[0], NEWEST),  # one folder is the list's own
        ('<a href="/news/">All</a><a href="/">Home</a>', NEWEST),
        ('<a href="/news/ministry?print=1">Print</a><a href="/news/regions?print=1">Print</a>', NEWEST),
        (HEADINGS, ("ministry/1", "regions/3")),  # one item each: what stands together is not known
    ],
)
def test_other_links_are_none(markup: str, items: tuple[str, ...]) -> None:
    assert on(markup, items) == []
