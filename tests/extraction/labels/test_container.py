"""Where the text of a page stands in one element for certain, and what makes that uncertain."""

from __future__ import annotations

import pytest

from crawler.extraction.extract_page import read_page
from crawler.extraction.labels.label import LabelledBlock
from crawler.model import Article

TITLE = "The county builds a bridge over the northern canal"
LINES = [
    f"{start} the county council decided on Thursday, after the engineers had shown what the old bridge can still bear."
    for start in (
        "The bridge is built in two steps, as", "No lorry may cross the old one until then, which",
        "Three firms have offered to build it, of which one is chosen, as", "The path along the canal stays open, as",
        "A school bus goes round by the mill, which", "The water main is laid anew beside the road, as",
        "Trees on the eastern bank are kept, which", "The market moves to the square before the church, as",
        "Ships may pass at night only, which", "The last lamp of the old bridge goes to the museum, as",
        "Whoever lives on the bank is told by letter, as", "The work ends before the second winter, which",
    )
]  # fmt: skip
LATEST = [
    "Ferries to the islands sail again from April, and the port hopes for many guests.",
    "The library of the old town opens on Sundays for a year.",
]
CERTAIN = "in the element that holds the running text"


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(inside: str) -> tuple[list[str], set[str]]:
    """The lines of the text, and why those of them that the page has in paragraphs are text."""
    labels: list[LabelledBlock] = []
    page = f"<html lang=en><title>{TITLE}</title><body>{inside}</body></html>".encode()
    url = "https://county.example/news/1"
    record = read_page(page, url, captured=None, content_type=None, seed=None, labels=labels)
    assert isinstance(record, Article)
    return list(record.paragraphs), {line.reason for line in labels if line.block.text in LINES}


TEXT = f"<div class=body>{paragraphs(LINES)}</div>"


FIRST, SECOND = (f"<div class=card>{paragraphs([line])}</div>" for line in LATEST)


@pytest.mark.parametrize("beside", ["", f"<div>{FIRST}</div>", f"<div>{FIRST}</div><section>{SECOND}</section>"])
def test_small_boxes_outside_the_element_of_the_text_are_none_of_it(beside: str) -> None:
    text, reasons = read(f"<main><h1>{TITLE}</h1>{TEXT}</main>{beside}")
    assert text == LINES
    assert reasons == {CERTAIN}


def test_a_standfirst_in_a_box_of_its_own_is_read_where_the_text_is_certain() -> None:
    text, reasons = read(f"<header><h1>{TITLE}</h1><div class=intro><p>{LATEST[0]}</p></div></header>{TEXT}")
    assert text == [LATEST[0], *LINES]
    assert CERTAIN in reasons


CALLOUT = f"<div class=callout><div>{paragraphs(LINES[6:8])}</div></div>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class=body>{paragraphs(LINES[:10])}</div><div class=body>{paragraphs(LINES[10:])}</div>",
        f"<div class=body>{paragraphs(LINES[:6])}{CALLOUT}{paragraphs(LINES[8:])}</div>",
        f"<div class=start>{paragraphs(LINES[:4])}</div><div class=body>{paragraphs(LINES[4:])}</div>",
        f"<div class=body>{paragraphs(LINES[:10])}</div><div class=more>{paragraphs(LINES[10:])}</div>",
    ],
    ids=["of one kind", "a box inside", "a first part", "a second part"],
)
def test_a_text_in_several_boxes_is_certain_in_none_of_them(inside: str) -> None:
    text, reasons = read(f"<main><h1>{TITLE}</h1>{inside}</main>")
    assert text == LINES
    assert CERTAIN not in reasons


@pytest.mark.parametrize(
    ("inside", "is_certain"),
    [(paragraphs(LINES[:4]), True), (f"{paragraphs(LINES[:4])}<div>Bids are opened at the town hall</div>", False)],
    ids=["nothing else", "words left over"],
)
def test_a_short_text_is_certain_where_nothing_in_its_element_is_left_over(inside: str, is_certain: bool) -> None:
    text, reasons = read(f"<main><h1>{TITLE}</h1><div class=body>{inside}</div></main>")
    assert text[:4] == LINES[:4]
    assert (CERTAIN in reasons) is is_certain


def test_a_list_among_lines_with_breaks_in_an_inline_element() -> None:
    """An editor's <span> around lines that breaks part, and a list: the list's home is not the <span>, but the box that
    the lines stand in."""
    before, inside, after = LINES[:3], LINES[3:9], LINES[9:]
    items = "".join(f"<li>{line}</li>" for line in inside)
    body = f"<span>{'<br><br>'.join(before)}<br><br><ul>{items}</ul>{'<br><br>'.join(after)}</span>"
    found, _ = read(f"<div><div><h1>{TITLE}</h1></div><div class=widget>{body}</div></div>")
    assert found == LINES
