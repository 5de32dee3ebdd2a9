"""What became of the words of a text."""

from __future__ import annotations

import pytest

from crawler.package.feed.word_diff import LONGEST, MOST_LINES, word_diff


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("a b c", "a b c", ""),
        ("one two", "one three", "<p>one <del>two</del><ins>three</ins></p>"),
        ("stays\nold", "stays\nnew", "<p>…</p><p><del>old</del><ins>new</ins></p>"),
        ("", "new\nlines", "<p><ins>new<br/>lines</ins></p>"),
        ("水を飲む", "水を売る", "<p>水を<del>飲む</del><ins>売る</ins></p>"),
        ("a", "<b>", "<p><del>a</del><ins>&lt;b&gt;</ins></p>"),
        ("a", "\x00\ufffe", "<p><del>a</del><ins>\ufffd\ufffd</ins></p>"),
    ],
)
def test_words_that_went_and_came(before: str, after: str, html: str) -> None:
    assert word_diff(before, after) == html


def test_long_texts_cost_no_more_than_they_may() -> None:
    assert "too long" in word_diff("a\n" * MOST_LINES, "b\n" * MOST_LINES)
    assert len(word_diff("old " * 100_000, "new " * 100_000)) < LONGEST + 100
    assert len(word_diff("x", "\n".join("new " * 100 for _ in range(1000)))) < LONGEST + 100
