"""articleBody of JSON-LD as a check of what was read."""

from __future__ import annotations

from lxml import html

from crawler.extraction.body.article_body_check import lines_stated
from crawler.extraction.markup.flat_tree import flatten
from crawler.extraction.markup.text_blocks import Block, page_blocks

LINES = [
    f"Station number {n} on the canal reported to the commission that its gates and pumps had been looked at in full."
    for n in range(1, 8)
]
STATED = {"@type": "NewsArticle", "articleBody": " ".join(LINES)}


def blocks(*lines: str) -> list[Block]:
    body = "".join(f"<p>{line}</p>" for line in lines)
    root = html.document_fromstring(f"<html><body><main><h1>Gates</h1>{body}</main></body></html>")
    return page_blocks(flatten(root))


def test_where_most_was_read_the_reading_stands() -> None:
    assert lines_stated(STATED, blocks(*LINES), LINES[:5]) is None


def test_where_much_was_lost_the_page_s_own_lines_are_taken_and_no_others() -> None:
    shown = [*LINES[:4], "Subscribe to the letter of the canal office for more of this kind.", *LINES[4:]]
    assert lines_stated(STATED, blocks(*shown), LINES[:2]) == LINES


def test_where_the_page_shows_nothing_of_it_the_statement_is_the_text() -> None:
    stated = {"articleBody": "<p>" + "</p><p>".join(LINES) + "</p>"}
    assert lines_stated(stated, blocks(LINES[0]), LINES[:1]) == LINES


def test_a_statement_about_something_else_changes_nothing() -> None:
    other = ["The museum of the town opens its new rooms on Friday, its director told the press in the morning."]
    assert lines_stated(STATED, blocks(*other), other) is None


def test_a_teaser_or_a_statement_of_another_kind_changes_nothing() -> None:
    assert lines_stated({"articleBody": LINES[0]}, blocks(), []) is None
    assert lines_stated({"articleBody": LINES}, blocks(), []) is None
    assert lines_stated(None, blocks(), []) is None
