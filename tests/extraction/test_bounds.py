"""Pages that are made, or grown, to cost minutes: each is read within bounds that ordinary pages never reach, or says
why it is not. What is asserted is the outcome and the work, never the time."""

from __future__ import annotations

import gc
import time

import pytest
import trafilatura
from lxml import html

import crawler
from crawler.extraction.boilerplate.related import is_bold
from crawler.extraction.markup.dom import opening_of, text_of
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.image_captions import is_caption
from crawler.extraction.markup.parse import may_have_more_than, more_than, parse_html
from crawler.extraction.markup.text_blocks import places_of
from crawler.model import Article, Reason, Rejection

URL = "https://news.example.org/n/1"
SENTENCE = "The office opened a new bridge over the river and told what the works have cost the town. "


def page(inside: str, title: str = "Office opens a new bridge") -> bytes:
    return f"<html><head><title>{title}</title><body><h1>Office opens a new bridge</h1>{inside}</html>".encode()


@pytest.fixture
def no_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked about a page that is too large for it")

    monkeypatch.setattr(trafilatura, "bare_extraction", refuse)


def test_more_elements_than_pages_have_are_a_reason() -> None:
    record = crawler.extract(page("<p>x" * 100_001), URL)
    assert isinstance(record, Rejection)
    assert record.reason is Reason.TOO_LARGE
    assert "100000" in record.detail


@pytest.mark.usefixtures("no_trafilatura")
def test_a_very_large_page_is_read_by_our_own_reading() -> None:
    lines = [f"Line {n} of the report tells what was built in the town." for n in range(30_000)]
    record = crawler.extract(page("".join(f"<p id=x>{line}</p>" for line in lines)), URL)
    assert isinstance(record, Article)
    assert list(record.paragraphs) == lines


@pytest.mark.usefixtures("no_trafilatura")
def test_the_rows_of_a_very_large_table_are_lines() -> None:
    rows = "".join(f"<tr><td>Street {n}</td><td>{n * 7}</td></tr>" for n in range(10_000))
    record = crawler.extract(page(f"<div><p>{SENTENCE * 3}</p><table>{rows}</table></div>"), URL)
    assert isinstance(record, Article)
    assert record.paragraphs[1:3] == ("Street 0 | 0", "Street 1 | 7")
    assert len(record.paragraphs) == 10_001


@pytest.mark.parametrize("attribute", ["a{}", "a{}=1", "a{}='b c'", 'a{} = "1 > 0"', "data-a{}=x"])
def test_a_start_tag_keeps_a_thousand_attributes(attribute: str) -> None:
    many = " ".join(attribute.format(n) for n in range(3_000))
    root = parse_html(f"<html><body><p class=k {many}>one</p><p>two</p>")
    assert root is not None
    first, second = root.iter("p")
    assert len(first.attrib) == 1000
    assert first.get("class") == "k"
    assert (first.text, second.text) == ("one", "two")


def test_long_texts_and_scripts_are_no_attributes() -> None:
    words = "word " * 5_000
    script = f"if (a<b) {{ t = '{words}' }}"
    root = parse_html(f"<html><body><p>{words}</p><script>{script}</script><p>{'x = 1 ' * 3000}</p>")
    assert root is not None
    first, second = root.iter("p")
    assert (first.text, second.text) == (words, "x = 1 " * 3000)
    assert root.find(".//script").text == script


def test_a_title_of_a_megabyte_is_cut() -> None:
    record = crawler.extract(page(f"<p>{SENTENCE * 3}</p>" * 3, title="word - " * 150_000), URL)
    assert isinstance(record, Article)
    assert record.title == "Office opens a new bridge"
    assert all(len(candidate.value) <= 1000 for candidate in record.candidates)


def test_the_opening_of_an_element_is_what_its_text_begins_with() -> None:
    element = html.fragment_fromstring(
        "<div> A\u00ad  <b>bold</b> word<br>and <p>a line</p> " + "<i>more</i> " * 50 + "</div>"
    )
    for limit in (1, 7, 20, 120, 1000):
        assert opening_of(element, limit) == text_of(element)[:limit]


def test_elements_are_counted_no_further_than_asked() -> None:
    root = html.fragment_fromstring("<div><p>a</p><p>b</p></div>")
    assert more_than(root, 2)
    assert not more_than(root, 3)


@pytest.mark.parametrize("markup", ["</p>x" * 400, "<td>x" * 400, "x</b>y</b>" * 200, "<p>" * 400, "<li>a<br>" * 200])
def test_no_page_has_more_elements_than_its_markup_allows(markup: str) -> None:
    root = parse_html(markup)
    assert root is not None
    limit = sum(1 for _ in root.iter()) - 1
    assert more_than(root, limit)
    assert may_have_more_than(markup, limit)
    assert not may_have_more_than("<p>words</p>", 10)


def test_a_place_among_many_takes_no_longer_than_one_among_few() -> None:
    root = html.fragment_fromstring("<div>" + "<p>a</p>" * 100_000 + "</div>")
    last = root[-1]
    start = time.process_time()
    for _ in range(5_000):
        list(places_of(last))
    assert time.process_time() - start < 2


def test_a_line_among_many_is_judged_as_fast_as_one_among_few() -> None:
    root = parse_html("<div>" + "<p style='text-align:center'><img src=a></p><p align=center>x</p>" * 20_000 + "</div>")
    assert root is not None
    tree = flatten(root)
    start = time.process_time()
    assert not any(is_caption(tree, line, 1) for line in tree.tagged("p")[3:8_000:2])
    assert not any(is_bold(root[0][0]) for _ in range(4_000))
    assert time.process_time() - start < 2


def test_a_page_is_gone_from_memory_when_it_is_read() -> None:
    """A cycle of references would keep a page with its tree until Python looks for cycles."""
    text = f"<article>{f'<p>{SENTENCE * 3}</p>' * 9}</article>"
    boxes = f"{text}<section><div class=more><h3>Costs</h3><div><p>{SENTENCE * 2}Elsewhere.</div></div></section>"
    crawler.extract(page(boxes), URL)  # what a process loads, it keeps
    gc.collect()
    gc.disable()
    try:
        crawler.extract(page(boxes), URL)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_is_left_as_it_was(collects: bool) -> None:
    (gc.enable if collects else gc.disable)()
    try:
        crawler.extract(page(f"<p>{SENTENCE * 9}"), URL)
        assert gc.isenabled() == collects
    finally:
        gc.enable()
