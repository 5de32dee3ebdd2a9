"""What a page's data for scripts names of its listing."""

from __future__ import annotations

import json

from lxml import html

from crawler.discovery.extent.page_data import in_data, total_in_data

BASE = "https://t.example/news"
URLS = [f"https://t.example/news/{n}" for n in (1, 2, 3)]


def _tree(body: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body><p>News</p>{body}</body></html>")


def _named(body: str) -> set[str]:
    return {url.rpartition("/")[2] for url in in_data(_tree(body), BASE, URLS)} - {"1", "2", "3"}


def test_addresses_that_are_written_out() -> None:
    assert _named('<script>var list = [{"url": "\\/news\\/4"}, {"url": "/news/5"}];</script>') == {"4", "5"}
    assert _named('<div class="card" data-permalink="/news/6"></div>') == {"6"}
    assert _named("<div onclick=\"location.href='/news/7'\"></div>") == {"7"}


def test_records_beside_those_of_the_items() -> None:
    data = json.dumps({"props": {"list": [{"id": n, "views": 7 * n} for n in (1, 2, 3, 8, 9)]}})
    assert _named(f'<script type="application/json">{data}</script>') == {"8", "9"}
    other = json.dumps({"menu": [{"id": n} for n in (31, 32, 33)]})
    assert _named(f'<script type="application/json">{other}</script>') == set()
    assert _named('<script type="application/json">[[[[{"id"</script>') == set()


def test_the_total_of_an_item_list() -> None:
    def total(number: object, items: int) -> int:
        data = {
            "@type": "ItemList",
            "numberOfItems": number,
            "itemListElement": [{"position": n} for n in range(items)],
        }
        return total_in_data(_tree(f'<script type="application/ld+json">{json.dumps(data)}</script>'), 3)

    assert total(30, 3) == 30
    assert total(3, 3) == total(30, 8) == total("30", 3) == 0
