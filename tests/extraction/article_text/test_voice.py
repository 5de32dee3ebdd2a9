"""The text of whole pages: what of the page reaches trafilatura, and what of its answer is the article's."""

from __future__ import annotations

import pytest
from lxml import html
from trafilatura import external

import crawler
from crawler import Article, Rejection
from crawler.extraction.article_text.voice import trafilatura_voice
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.markup.text_blocks import page_blocks
from crawler.extraction.page.page import Page
from crawler.pages import Fields

URL = "https://news.example.org/2026/03/a-bridge-is-opened"
FIRST = "The bridge over the northern canal was opened on Thursday after two years of work by three building firms."
SECOND = "It carries two lanes in each direction, a path for cyclists and the water main of the eastern quarter."
THIRD = "Repairs of the old bridge begin in May, and until then lorries are led round the market on the ring road."
FOURTH = "The city will count the traffic for a year and decide then whether a tram line is to follow next spring."
TITLE = "The northern bridge is open to traffic"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><title>{TITLE}</title></head><body>{body}</body></html>".encode()


def lines(body: str) -> list[str]:
    record = crawler.extract(page(body), URL)
    assert isinstance(record, Article), record
    return list(record.paragraphs)


@pytest.mark.parametrize("tag", ["form", "fieldset", "center", "section", "aside"])
def test_an_element_around_the_whole_article_does_not_hide_it(tag: str) -> None:
    """Old content systems put every page into one form; trafilatura drops forms with their words."""
    text = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, THIRD, FOURTH))
    assert lines(f"<{tag}><h1>{TITLE}</h1><div>{text}</div></{tag}>") == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize("box", ["", ' class="part"'])
def test_the_text_goes_on_behind_a_label_over_other_items(box: str) -> None:
    """Each paragraph in a box of its own, with a list of other items among them."""
    others = "".join(f"<li><a href=/n/{n}>Another headline about road works number {n}</a></li>" for n in range(3))
    parts = [f"<div{box}><p>{line}</p></div>" for line in (FIRST, SECOND, THIRD, FOURTH)]
    parts.insert(2, f"<div><h3>Related articles</h3><ul>{others}</ul></div>")
    assert lines(f"<article><h1>{TITLE}</h1>{''.join(parts)}</article>") == [FIRST, SECOND, THIRD, FOURTH]


def test_menus_around_the_article_are_no_text() -> None:
    menu = "".join(f"<a href=/s/{n}>Section of the paper number {n}</a> " for n in range(40))
    text = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, THIRD, FOURTH))
    found = lines(f"<div>{menu}</div><main><h1>{TITLE}</h1>{text}</main><div>{menu}</div>")
    assert found == [FIRST, SECOND, THIRD, FOURTH]


def test_a_page_without_a_line_is_a_rejection() -> None:
    html = b"<html><head><title>The northern bridge is open</title></head><body><img src=/b.jpg></body></html>"
    assert isinstance(crawler.extract(html, URL), Rejection)


def test_reading_the_text_leaves_the_page_as_it_is() -> None:
    text = "".join(f"<p class='xabar'>Line {n} of a text that is long enough to be read as one.</p>" for n in range(9))
    markup = f"<body><nav FATE='cut'><a href='/'>Home</a></nav><main id='m'>{text}</main><footer>End</footer></body>"
    root = parse_html(markup)
    assert root is not None
    before = html.tostring(root)
    lines = trafilatura_voice(Page(root, "https://a.example/1", None, None, Fields()), page_blocks(flatten(root)))
    assert len(lines) == 9
    assert html.tostring(root) == before


@pytest.mark.parametrize("tag", ["p", "div", "li"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_notice_of_nothing_but_short_lines_is_read(tag: str, count: int) -> None:
    """trafilatura fuses such a page with its headline: what stands around its lines tells which are the text."""
    told = ["Doors open at nine on Monday.", "Visit to the pumping station", "Closing words", "Buses leave at six."]
    told = told[:count]
    inside = "".join(f"<{tag}>{line}</{tag}>" for line in told)
    assert lines(f"<h1>{TITLE}</h1>{f'<ul>{inside}</ul>' if tag == 'li' else inside}") == told


def test_trafilatura_is_not_asked_for_a_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    """justext reads the words of a hundred languages once in a process: as long as twenty pages, for no better text."""
    asked: list[object] = []
    monkeypatch.setattr(external, "try_justext", lambda *given: asked.append(given))
    monkeypatch.setattr(external, "try_readability", asked.append)
    assert lines(f"<h1>{TITLE}</h1><p>Doors open at nine.</p>") == ["Doors open at nine."]
    assert not asked
