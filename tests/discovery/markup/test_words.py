"""The words of an element are those that it shows, and a deep one is not read to its ground."""

from __future__ import annotations

from lxml import html

from crawler.discovery.markup.words import words_of


def test_words_stand_on_one_line_and_comments_are_none() -> None:
    link = html.fromstring("<a href='/1'> New\n <b>bri<i>dge</i></b><!-- draft --> opened </a>")
    assert words_of(link) == "New bridge opened"
    assert words_of(html.fromstring("<a href='/1'>\t one&nbsp;two </a>")) == "one two"
    assert words_of(html.fromstring("<a href='/1'></a>")) == ""


def test_of_a_link_that_holds_the_page_only_the_beginning_is_read() -> None:
    inside = "<b>x</b>" * 10 + "<b>y</b>" * 5_000 + "<i>last</i>"
    words = words_of(html.fromstring(f"<a href='/1'>first {inside}</a>"))
    assert words.startswith("first x") and len(words) < 1_000
    assert "last" not in words
