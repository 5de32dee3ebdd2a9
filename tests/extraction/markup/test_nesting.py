"""Pages nested by the hundred levels: read with all their words, and no library's recursion ends in an error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from crawler.extraction import extract
from crawler.extraction.markup.nesting import MAX_LEVELS, lay_flat
from crawler.model import Article, Rejection

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def levels(tree: html.HtmlElement) -> int:
    level, count = [tree], 0
    while level:
        level, count = [child for element in level for child in element], count + 1
    return count


@pytest.mark.parametrize("depth", [10, 150, 300, 1500])
def test_words_stay_in_their_order(depth: int) -> None:
    inside = "".join(f"<div class=c{n}>a{n} <b>b{n}</b>" for n in range(depth)) + "x"
    inside += "".join(f"</div> t{n} " for n in range(depth))
    tree = html.document_fromstring(inside, parser=html.HTMLParser(huge_tree=True))
    words = tree.text_content().split()
    lay_flat(tree)
    assert tree.text_content().split() == words
    assert levels(tree) <= MAX_LEVELS + 2
    assert len(tree.findall(".//b")) == depth
    assert len(tree.xpath("//div[starts-with(@class, 'c')]")) == depth


def test_a_page_of_people_is_left_as_it_is() -> None:
    page = "<div>" * 60 + "<p>one<br>two</p> three" + "</div>" * 60
    tree = html.document_fromstring(page)
    before = html.tostring(tree)
    lay_flat(tree)
    assert html.tostring(tree) == before


@pytest.mark.parametrize(
    "unit", ["<ul><li>", "<ol><li>", "<dl><dd>", "<table><tr><td>", "<div>", "<blockquote>", "<b><i>"]
)
@pytest.mark.parametrize("count", [120, 500, 2500, 20_000])
def test_nesting_ends_in_a_record_or_a_rejection(unit: str, count: int) -> None:
    words = "<p>On Monday the office opened a bridge over the river, and many people came to see how it was done.</p>"
    page = f"<html lang=en><title>A bridge is open</title><main><article><h1>A bridge is open</h1>{unit * count}{words}"
    found = extract(page.encode(), "https://ministry.example/news/1", captured=NOW)
    assert isinstance(found, Article | Rejection)
    assert count > 120 or "opened a bridge" in getattr(found, "text", "") or isinstance(found, Rejection)
