"""Lines that were only broken because they were full are one; lists and verses stay as they are."""

from __future__ import annotations

import pytest

from crawler.extraction.article_text.written_lines import written
from tests.extraction.label_drafts import draft_of

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
    return written(draft_of(f"<{tag}>{inner}</{tag}>"))


def test_a_paragraph_broken_at_its_width_is_one_line() -> None:
    assert read(FULL) == [" ".join(FULL)]


@pytest.mark.parametrize("lines", [SHORT, ITEMS, SENTENCES])
def test_other_breaks_stay(lines: list[str]) -> None:
    assert read(lines) == lines


def test_elements_of_their_own_are_never_joined() -> None:
    assert read(FULL, "ul") == FULL


def test_preformatted_text_has_the_paragraphs_that_readers_see() -> None:
    draft = draft_of("<pre>\n" + "\n".join(FULL) + "\n \n" + SENTENCES[0] + "\n</pre><pre><code>a\nb</code></pre>")
    assert written(draft) == [" ".join(FULL), SENTENCES[0], "a b"]


def test_a_row_is_one_line_and_a_cell_is_its_whole_text() -> None:
    cells = "<td><ul><li>Millbrook</li><li>Stonewell</li></ul></td><td><p>May</p></td>"
    assert written(draft_of(f"<table><tr><th>Village</th><th>From</th></tr><tr>{cells}</tr></table>")) == [
        "Village | From",
        "Millbrook Stonewell | May",
    ]


def test_a_column_of_the_page_is_no_cell() -> None:
    column = "".join(f"<p>{line}</p>" for line in SENTENCES)
    assert written(draft_of(f"<table><tr><td>Menu</td><td>{column}</td></tr></table>")) == ["Menu", *SENTENCES]
