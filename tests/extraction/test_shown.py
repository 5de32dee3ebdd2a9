"""What a page shows to its readers, and what it only holds: panels that a heading unfolds, hidden copies, captions
under pictures, tables of contents, teasers in data for scripts."""

from __future__ import annotations

import json

import pytest

from crawler import extract
from crawler.model import Article

FIRST = "The canal office opened four gates on Monday, and the fields of two districts were watered by noon."
SECOND = "The gates stay open for eleven days, then the lower districts follow, as in the years before."
PANEL = "Ring the keeper before sunset, or write to the office a day before the water is needed."
TITLE = "Four gates are open"


def text(inner: str, head: str = "") -> list[str]:
    body = f"<body><main><h1>{TITLE}</h1>{inner}</main></body>"
    page = f"<html lang=en><head><title>{TITLE}</title>{head}</head>{body}</html>"
    article = extract(page.encode(), "https://canals.example/en/4")
    assert isinstance(article, Article)
    return list(article.paragraphs)


BUTTON = "<h3><button aria-expanded=false aria-controls=p1>How is water asked for?</button></h3>"


@pytest.mark.parametrize("hiding", ["hidden", "style='display:none'", "aria-hidden=true", "class='collapse hidden'"])
def test_what_a_heading_unfolds_is_text(hiding: str) -> None:
    panel = f"<div id=p1 {hiding}><p>{PANEL}</p></div>"
    lines = text(f"<p>{FIRST}</p><p>{SECOND}</p>{BUTTON}{panel}")
    assert lines == [FIRST, SECOND, "How is water asked for?", PANEL]


@pytest.mark.parametrize("hiding", ["hidden", "style='display: none'"])
def test_what_nothing_unfolds_is_none_however_much_of_it_there_is(hiding: str) -> None:
    copy = f"<div {hiding}><p>{FIRST}</p><p>{SECOND}</p><p>{PANEL}</p></div>"
    assert text(f"<div><p>{FIRST}</p><p>{SECOND}</p></div>{copy}") == [FIRST, SECOND]


CENTRED = "<p style='text-align: center'>{}</p>"
PICTURE = "<p style='text-align:center'><img src=g.jpg width=600></p>"


def test_a_centred_line_below_a_picture_is_its_caption() -> None:
    caption = CENTRED.format("The four gates, seen from the bridge on Monday.")
    assert text(f"<p>{FIRST}</p>{PICTURE}{caption}<p>{SECOND}</p>") == [FIRST, SECOND]


def test_where_all_lines_are_centred_none_is_a_caption() -> None:
    lines = [FIRST, "The four gates are seen from the bridge.", SECOND]
    first, *others = map(CENTRED.format, lines)
    assert text(first + PICTURE + "".join(others)) == lines


def test_a_table_of_contents_is_no_text_and_the_headings_that_it_names_are() -> None:
    entries = "<li><a href='#a'>Water by night</a></li><li><a href='#b'>2 Fees</a></li>"
    contents = f"<div><p>On this page</p><ul>{entries}</ul></div>"
    headed = f"<h2 id=a>Water by night</h2><p>{PANEL}</p><h2 id=b>Fees</h2><p>{SECOND}</p>"
    assert text(f"<p>{FIRST}</p>{contents}{headed}") == [FIRST, "Water by night", PANEL, "Fees", SECOND]


def test_the_first_time_of_a_running_report_is_kept_with_the_others() -> None:
    entries = [("18:40", FIRST), ("15:10", SECOND), ("11:25", PANEL)]
    inner = "".join(f"<div class=entry><time>{clock}</time><p>{line}</p></div>" for clock, line in entries)
    assert text(inner) == [part for entry in entries for part in entry]
    assert text(f"<p>18:40</p><p>{FIRST}</p><p>{SECOND}</p>") == [FIRST, SECOND]


def test_a_teaser_in_data_for_scripts_does_not_stand_for_the_text_that_the_page_shows() -> None:
    teaser = "The canal office opened four gates on Monday, and two districts were watered by noon of it."
    data = json.dumps({"article": {"title": TITLE, "body": teaser}})
    script = f"<script type='application/json' id='__NEXT_DATA__'>{data}</script>"
    assert text(f"<h2>{teaser}</h2><p>{SECOND}</p><p>{PANEL}</p>{script}") == [teaser, SECOND, PANEL]
    assert text(script) == [teaser]


def test_labels_beside_a_short_text_do_not_make_it_longer() -> None:
    meta = "<div class=meta><span>Office of gates</span> <span>Guests 120</span></div>"
    assert text(f"{meta}<div><p>{FIRST}</p><p>{SECOND}</p></div>") == [FIRST, SECOND]


def test_a_line_in_a_table_below_a_picture_is_its_caption() -> None:
    table = "<table><tr><td><img src=g.jpg width=600></td></tr><tr><td><p>The gates on Monday.</p></td></tr></table>"
    assert text(f"<p>{FIRST}</p>{table}<p>{SECOND}</p>") == [FIRST, SECOND]


def test_a_short_sentence_between_headline_and_text_is_the_standfirst() -> None:
    lead = "Two districts have water since noon."
    assert text(f"<div class=chapo><p>{lead}</p></div><div><p>{FIRST}</p><p>{SECOND}</p></div>")[0] == lead
