"""Lines that a reader of text glued together are given as the page shows them."""

from __future__ import annotations

import pytest

from crawler.extraction.body.split_joined_lines import in_order, unfused, without_glued_date
from crawler.extraction.markup.dom import length, parse_html
from crawler.extraction.markup.flat_tree import flatten
from crawler.extraction.markup.text_blocks import page_blocks

PAGE = "<div><p>Dams are full.</p><p>Canals are clean.</p><p>Gates open in May.</p></div>"
ROWS = "<table><tr><td>Khovd</td><td>12</td></tr></table>"


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("Dams are full. Canals are clean.", ["Dams are full.", "Canals are clean."]),
        ("Dams are full.Gates open in May.", ["Dams are full.", "Gates open in May."]),  # what it left out stays out
        ("Dams are full.", ["Dams are full."]),
        ("Dams are full. Nobody says this.", ["Dams are full. Nobody says this."]),
        ("Khovd | 12", ["Khovd | 12"]),
    ],
)
def test_a_line_is_split_only_where_the_page_shows_all_its_parts(line: str, lines: list[str]) -> None:
    root = parse_html(PAGE + ROWS)
    assert root is not None
    assert unfused([line], page_blocks(flatten(root))) == lines


def test_signs_for_syllables_and_words_count_for_the_letters_that_they_stand_for() -> None:
    assert [length(text) for text in ("Wasser", "вода", "水", "みず", "물은", "น้ำ")] == [6, 4, 3, 4, 4, 3]


@pytest.mark.parametrize(
    "page",
    [
        "<title>Gates</title><main><p>The gates are open.</p></main>",
        "<html><title>Gates</title><meta name=x><header>Us</header><main><p>The gates are open.</p></main>",
        "<html><head><title>Gates</title></head><main><p>The gates are open.</p></main></html>",
    ],
)
def test_a_page_may_leave_out_the_tags_of_its_head_and_body(page: str) -> None:
    root = parse_html(page)
    assert root is not None
    assert page_blocks(flatten(root))[-1].text == "The gates are open."
    assert [child.tag for child in root] == ["head", "body"]


def test_lines_stand_in_the_order_of_the_page() -> None:
    root = parse_html(PAGE)
    assert root is not None
    lines = ["Gates open in May.", "In words of its own.", "Dams are full."]
    blocks = page_blocks(flatten(root))
    assert in_order(lines, blocks) == [
        "Dams are full.",
        "Gates open in May.",
        "In words of its own.",
    ]


@pytest.mark.parametrize(
    ("inner", "first"),
    [
        (
            "<span>12.03.2026</span>The canal office opened four gates on Monday.",
            "The canal office opened four gates on Monday.",
        ),
        ("<span>12.03.2026</span> The canal office is open again.", "The canal office is open again."),
        ("<b>12.03.2026</b> was a wet day at the gates.", "12.03.2026 was a wet day at the gates."),
        ("<span>Northport.</span> The canal office is open.", "Northport. The canal office is open."),
    ],
)
def test_a_date_that_only_a_style_sheet_sets_apart_is_no_part_of_the_first_line(inner: str, first: str) -> None:
    root = parse_html(f"<div>{inner}<br><br>Gates open in May.</div>")
    assert root is not None
    blocks = page_blocks(flatten(root))
    assert without_glued_date([b.text for b in blocks], blocks, ["12.03.2026", None]) == [first, "Gates open in May."]
