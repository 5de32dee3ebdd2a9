"""Headings, sentences and items of lists that stand among the paragraphs of a text are part of it."""

from __future__ import annotations

from crawler.extraction.blocks import page_blocks
from crawler.extraction.siblings import with_siblings
from crawler.extraction.tree import parse_html

FIRST = "The council of the valley agreed on Monday to build a second bridge over the river near the old mill."
SECOND = "Builders will begin with the northern pier, because the ground there is firm and the road is already wide."
THIRD = "The third and last stage, the lamps and the railings, is planned for the autumn of the year after next."
LINKED = "A <a href='/study'>study of the river and its banks from last year</a> had asked for such a bridge."
SAID = "A study of the river and its banks from last year had asked for such a bridge."


def restored(inner: str, *taken: str) -> list[str]:
    root = parse_html(f"<html><body><main>{inner}</main></body></html>")
    assert root is not None
    return with_siblings(list(taken), page_blocks(root))


def test_headings_between_paragraphs_of_one_element_come_back() -> None:
    inner = f"<p>{FIRST}</p><h2>Firm ground</h2><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, "Firm ground", SECOND]


def test_a_sentence_with_a_long_link_comes_back_and_a_link_to_another_item_does_not() -> None:
    inner = f"<p>{FIRST}</p><p>{LINKED}</p><p><a href='/7'>Ferry will sail until the ice comes</a></p><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SAID, SECOND]


def test_items_of_a_list_come_back_and_those_of_a_list_of_links_do_not() -> None:
    items = f"<ul><li>{SECOND}</li></ul><ul><li><a href='/8'>{SAID}</a></li></ul>"
    assert restored(f"<p>{FIRST}</p>{items}<p>{THIRD}</p>", FIRST, THIRD) == [FIRST, SECOND, THIRD]


def test_what_stands_in_another_element_or_outside_the_text_stays_away() -> None:
    inner = f"<h2>Above</h2><p>{FIRST}</p><div><div><p>{THIRD}</p></div></div><p>{SECOND}</p><h2>Below</h2>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SECOND]


def test_a_line_that_was_taken_in_other_words_is_not_given_twice() -> None:
    inner = f"<p>{FIRST}</p><p>{SAID} <span>opens a new page</span>.</p><p>{SECOND}</p>"
    assert restored(inner, FIRST, SAID, SECOND) == [FIRST, SAID, SECOND]


def test_labels_over_other_items_are_no_headings_of_the_text() -> None:
    inner = f"<p>{FIRST}</p><h3>Related articles</h3><p>{SECOND}</p>"
    assert restored(inner, FIRST, SECOND) == [FIRST, SECOND]
