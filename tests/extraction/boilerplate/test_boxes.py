"""Boxes inside a text: of other items, of invitations, of answers to choose among; the text goes on behind them."""

from __future__ import annotations

import pytest

from crawler import Article, extract
from crawler.extraction.lines.datelines import is_dateline

LINES = (
    "The city will plant two thousand lindens and maples along its ring road before the end of next year.",
    "Residents along the road had asked for shade for years, since it is four degrees warmer there than downtown.",
    "The money comes from a state fund for cities that suffer most from heat, and from a levy on parking.",
    "The first saplings are to arrive in March, when frost no longer threatens their roots.",
)
ITEM = "<a href='/n/7'>Old town bans cars on Sundays from May on</a>"
BOXES = {
    "other items": f"<div class=related><h4>Related articles</h4><p>{ITEM}</p></div>",
    "aside": f"<aside><h4>Related articles</h4><ul><li>{ITEM}</li></ul></aside>",
    "invitation": "<div class=box><p>Sign up for our daily newsletter</p></div>",
    "invitation in Turkish": "<div class=box><p>Günlük bültenimize abone olun</p></div>",
    "advertisement": "<p>Advertisement</p>",
    "affiliates": "<p>Anzeige, enthält Affiliate Links</p>",
    "caption": "<p>Lindens on the northern section of the road. © City archive / Mette Holm</p>",
    "credit": "<p>Lindens on the northern section of the road (Photo: City archive)</p>",
    "poll": "<div><b>Do you like lindens?</b><label><input type=radio> Yes</label><input type=radio> No</div>",
}


def paragraphs(body: str) -> tuple[str, ...]:
    title = "City to plant two thousand trees"
    inner = f"<main><h1>{title}</h1><section>{body}</section></main>"
    page = f"<html lang=en><title>{title}</title><body>{inner}</body></html>"
    found = extract(page.encode(), "https://paper.example/2026/03/trees")
    assert isinstance(found, Article), found
    return found.paragraphs


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_text_goes_on_behind_a_box(box: str, place: int) -> None:
    lines = [f"<p>{line}</p>" for line in LINES]
    assert paragraphs("".join([*lines[:place], box, *lines[place:]])) == LINES


@pytest.mark.parametrize("box", [BOXES["other items"], BOXES["aside"]], ids=["div", "aside"])
def test_a_heading_above_a_box_stands_over_the_text_behind_it(box: str) -> None:
    lines = [f"<p>{line}</p>" for line in LINES]
    found = paragraphs("".join([*lines[:2], "<h2>Where the money comes from</h2>", box, *lines[2:]]))
    assert found == (*LINES[:2], "Where the money comes from", *LINES[2:])


@pytest.mark.parametrize(
    "line",
    [
        "The mayor showed the council an old photo: the road without a single tree, taken in 1968 by a passer-by.",
        "Whoever plants a tree may name it, the city says on its pages about the road (photos are welcome there too).",
    ],
)
def test_a_sentence_about_a_photo_is_text(line: str) -> None:
    lines = [f"<p>{text}</p>" for text in (*LINES[:2], line, *LINES[2:])]
    assert paragraphs("".join(lines)) == (*LINES[:2], line, *LINES[2:])


def test_a_poll_is_known_on_a_page_that_calls_its_text_a_sidebar() -> None:
    inner = "".join(f"<p>{line}</p>" for line in LINES) + BOXES["poll"]
    assert paragraphs(f"<div class=sidebar>{inner}</div>") == LINES


def test_a_box_behind_the_text_that_tells_how_to_reach_an_office_is_no_text() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    contact = "<p><strong>Press office</strong><br>Anna Ivanova<br>Tel: 01 40 00 00 00<br>press@city.example</p>"
    assert paragraphs(f"<div>{lines}</div><div class=highlight>{contact}</div>") == LINES
    within = paragraphs(f"<div>{lines}{contact}</div>")
    assert within[:4] == LINES and within[4:6] == ("Press office", "Anna Ivanova")


def test_a_card_of_a_file_behind_the_text_is_no_text_and_neither_is_its_size() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    card = "<div class=card><h3><a href=/trees.pdf>Download the plan</a></h3><p>PDF – 214 ko</p></div>"
    assert paragraphs(f"<div>{lines}</div>{card}") == LINES


def test_a_heading_for_screen_readers_is_no_text_and_one_that_is_seen_is() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    assert paragraphs(f"<div><h4 class=visually-hidden>Description</h4>{lines}</div>") == LINES
    assert paragraphs(f"<div>{lines[: -len(LINES[3]) - 7]}<h4>The trees</h4><p>{LINES[3]}</p></div>")[3] == "The trees"


def test_the_arrow_back_from_a_note_is_no_word_of_it() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    note = "<ol><li id=f1>Register of trees, 2025. <a href='#r1'>\u21a9\ufe0e</a></li></ol>"
    assert paragraphs(f"<div>{lines}{note}</div>") == (*LINES, "Register of trees, 2025.")
    sign = "The city thanks all who water their trees \u270c\ufe0f"
    assert paragraphs(f"<div>{lines}<p>{sign}</p><p>{LINES[0][:50]} again.</p></div>")[4] == sign


@pytest.mark.parametrize("line", ["Updated: Feb 12", "Published: 12 February", "Aktualisiert: 12. Februar"])
def test_a_label_with_a_day_without_its_year_is_a_date_line(line: str) -> None:
    lines = "".join(f"<p>{text}</p>" for text in LINES)
    assert paragraphs(f"<p>{line}</p>{lines}") == LINES


def test_a_label_with_another_figure_is_none() -> None:
    assert not is_dateline("Updated: version 12", None) and not is_dateline("Houses built: May 12", None)


def test_a_section_of_contacts_is_no_text_with_notes_on_files_behind_it() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    section = "<h2>Contact</h2><dl><dt>Roads, Anna Ivanova</dt><dd>Tel: 03-0000-0000</dd></dl>"
    notes = "<p>A reader of PDF files is needed to see what is attached here.</p><p>Back to the top of the page</p>"
    assert not any("Ivanova" in line for line in paragraphs(f"{lines}{section}{notes}"))
    talk = "<h2>Contact</h2><p>Whoever wants a tree calls 03-0000-0000 before the end of the month.</p>"
    assert "Whoever wants a tree calls 03-0000-0000 before the end of the month." in paragraphs(f"{lines}{talk}{lines}")
