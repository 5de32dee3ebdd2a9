"""articleBody of JSON-LD as a check of what was read."""

from __future__ import annotations

import json

from crawler.extraction.article_text.article_body import take_stated
from tests.extraction.label_drafts import draft_of, words

LINES = [
    f"Station number {n} on the canal reported to the commission that its gates and pumps had been looked at in full."
    for n in range(1, 8)
]
STATED = " ".join(LINES)


def read(stated: object, shown: list[str], text: list[str]) -> list[str]:
    data = json.dumps({"@type": "NewsArticle", "headline": "Gates", "articleBody": stated})
    body = "".join(f"<p>{line}</p>" for line in shown)
    head = f"<head><script type='application/ld+json'>{data}</script></head>"
    draft = draft_of(f"<html>{head}<body><main><h1>Gates</h1>{body}</main></body></html>", text)
    return take_stated(draft) or words(draft)


def test_where_most_was_read_the_reading_stands() -> None:
    assert read(STATED, LINES, LINES[:5]) == LINES[:5]


def test_where_much_was_lost_the_page_s_own_lines_are_taken_and_no_others() -> None:
    shown = [*LINES[:4], "Subscribe to the letter of the canal office for more of this kind.", *LINES[4:]]
    assert read(STATED, shown, LINES[:2]) == LINES


def test_where_the_page_shows_nothing_of_it_the_statement_is_the_text() -> None:
    assert read("<p>" + "</p><p>".join(LINES) + "</p>", LINES[:1], LINES[:1]) == LINES


def test_a_statement_about_something_else_changes_nothing() -> None:
    other = ["The museum of the town opens its new rooms on Friday, its director told the press in the morning."]
    assert read(STATED, other, other) == other


def test_a_teaser_or_a_statement_of_another_kind_changes_nothing() -> None:
    assert read(LINES[0], [], []) == []
    assert read(LINES, [], []) == []
