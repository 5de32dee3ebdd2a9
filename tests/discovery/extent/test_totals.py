"""Numbers of items that listings state, and figures that are none."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.discovery.extent.totals import stated_total

TOTALS = {
    "<div>Showing 1–2 of 243 results</div>": 243,
    "<p>1 - 2 / 1 243</p>": 1243,
    "<p>Элементы 1—2 из 243</p>": 243,
    "<div>Всего: 243</div>": 243,
    "<div><span>Jami</span>: <b>1,243</b></div>": 1243,
    "<p>243 results found</p>": 243,
    "<p>共 243</p>": 243,
    "<p>Показано 2 из 243</p>": 243,
    "<h2>Новости (243)</h2>": 243,
    "<p>Showing 1 to 2 of 243 entries</p>": 243,
    "<p>Записи с 1 до 2 из 243</p>": 243,
    "<p>Zeige 1 bis 2 von 243 Einträgen</p>": 243,
    "<p>共243条 1/122页</p>": 243,
    "<p>총 243건</p>": 243,
    "<p>全243件中 1件目から</p>": 243,
}
NONE = (
    "<p>1–5 of 243</p>",  # of other items
    "<p>243 views</p>",
    "<p>12 of 243 villages</p>",
    "<h2>Decree (of 2024)</h2>",
    "<p>Total views: 243</p>",
    "<p>12 March 2026</p>",
    "<p>From 3 to 9 of 243 districts</p>",  # not as many as are shown
    "<p>共243页</p>",  # of pages
    "<div><p>Today: 12</p><p>Total: 243</p></div>",
    "<footer>Total: 243</footer>",
)


def _total(more: str) -> int:
    items = '<ul><li><a href="/a/1">One</a> 3–4 of 99</li><li><a href="/a/2">Two</a></li></ul>'
    tree = html.document_fromstring(f"<html><body><main>{items}{more}</main></body></html>")
    return stated_total(tree, tree.xpath("//li/a"), 2, is_first=True)


@pytest.mark.parametrize(("more", "total"), TOTALS.items())
def test_a_total_is_read(more: str, total: int) -> None:
    assert _total(more) == total


@pytest.mark.parametrize("more", NONE)
def test_other_figures_are_no_total(more: str) -> None:
    assert _total(more) == 0


def test_a_counter_far_from_the_items_is_no_total() -> None:
    tree = html.document_fromstring(
        "<body><main><div><ul><li><a href=/a>A</a></li></ul></div></main>"
        "<section><div><div><div><p>Total: 243</p></div></div></div></section></body>"
    )
    assert stated_total(tree, tree.xpath("//li/a"), 1, is_first=True) == 0
