"""Lines that were only broken because they were full are one; lists and verses stay as they are."""

from __future__ import annotations

import pytest

from crawler.extraction.body.hard_wraps import rejoined
from crawler.extraction.markup.dom import parse_html
from crawler.extraction.markup.flat_tree import flatten
from crawler.extraction.markup.text_blocks import page_blocks

FULL = [
    "The last cages in the eastern bay of the lake were taken out on",
    "Wednesday, two years after the office gave notice to their owners",
    "and offered them plots on land.",
]
SHORT = ["We need water", "and seeds", "and two pumps"]
ITEMS = [
    "seeds were tried in April and came up in nine fields of ten;",
    "machines are ready in all districts but one, where two are old;",
    "water is in the canals since the first of the month.",
]
SENTENCES = [
    "The bay will be closed to nets until the end of the summer.",
    "The office will tell the fishers by letter when it is open again.",
]


def read(lines: list[str], tag: str = "p") -> list[str]:
    inner = "<br>".join(lines) if tag == "p" else "".join(f"<li>{line}</li>" for line in lines)
    root = parse_html(f"<{tag}>{inner}</{tag}>")
    assert root is not None
    blocks = page_blocks(flatten(root))
    return rejoined([block.text for block in blocks], blocks)


def test_a_paragraph_broken_at_its_width_is_one_line() -> None:
    assert read(FULL) == [" ".join(FULL)]


@pytest.mark.parametrize("lines", [SHORT, ITEMS, SENTENCES])
def test_other_breaks_stay(lines: list[str]) -> None:
    assert read(lines) == lines


def test_elements_of_their_own_are_never_joined() -> None:
    assert read(FULL, "ul") == FULL


def test_a_line_that_the_page_does_not_show_stays_alone() -> None:
    assert rejoined(FULL, []) == FULL


def test_preformatted_text_has_the_paragraphs_that_readers_see() -> None:
    root = parse_html("<pre>\n" + "\n".join(FULL) + "\n \n" + SENTENCES[0] + "\n</pre><pre><code>a\nb</code></pre>")
    assert root is not None
    blocks = page_blocks(flatten(root))
    assert rejoined([b.text for b in blocks], blocks) == [" ".join(FULL), SENTENCES[0], "a b"]
