"""Nothing vanishes inside a page: each line has one label, and the text is the lines labelled text, in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.extraction.extract_page import read_page
from crawler.extraction.labels.label import TEXT, Label, LabelledBlock, dropped_share
from crawler.extraction.markup.charset import decode_html
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.flatten import flatten
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.markup.text_blocks import page_blocks
from crawler.model import Article, Rejection, Seed
from crawler.model.source import Selectors

PAGES = sorted((Path(__file__).parents[1] / "ministries").glob("*.html"))
URL = "https://news.example.org/n/1"
PROSE = [
    "The bridge over the northern canal was opened on Thursday after two years of work by three building firms.",
    "It carries two lanes in each direction, a path for cyclists and the water main of the eastern quarter.",
    "Repairs of the old bridge begin in May, and until then lorries are led round the market on the ring road.",
    "The city will count the traffic for a year and decide then whether a tram line is to follow next spring.",
]
TITLE = "The northern bridge is open to traffic"


def read(page: bytes, url: str = URL) -> tuple[Article | Rejection, list[LabelledBlock]]:
    labels: list[LabelledBlock] = []
    return read_page(page, url, captured=None, content_type=None, seed=None, labels=labels), labels


def page_of(inside: str) -> bytes:
    return f"<html lang=en><head><title>{TITLE}</title></head><body>{inside}</body></html>".encode()


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_each_line_has_one_label_and_the_text_is_what_is_labelled_text(path: Path) -> None:
    body = path.read_bytes()
    address = re.match(rb"<!-- (\S+) -->", body)
    assert address
    record, labels = read(body, address[1].decode())
    if isinstance(record, Rejection) or not labels:
        return
    root = parse_html(decode_html(body, None).text)
    assert root is not None
    assert [line.block.text for line in labels] == [block.text for block in page_blocks(flatten(root))]
    assert all(line.reason for line in labels)
    text = "".join(line.block.key for line in labels if line.label in TEXT)
    assert key(record.text) in text or record.text == "\n".join(record.paragraphs)
    assert len(key(record.text)) <= len(text)


def test_the_share_of_words_among_the_text_that_are_not_in_it_is_told() -> None:
    lines = [f"<p>{line}</p>" for line in PROSE]
    lines.insert(2, "<p>Read more: <a href=/n/2>Ferries sail until the ice comes to the lake</a></p>")
    _, labels = read(page_of(f"<main><h1>{TITLE}</h1>{''.join(lines)}</main>"))
    assert [line.label for line in labels if "Ferries" in line.block.text] == [Label.RELATED]
    assert 0.05 < dropped_share(labels) < 0.2
    assert dropped_share([]) == 0


def test_a_text_in_components_is_no_stub() -> None:
    """Each section in boxes of its own: a reader that looks for one box takes one section."""
    lines = [f"{line} {n}." for n in range(6) for line in PROSE]
    boxes = [f"<div class='c{n}'><div class=inner><p>{line}</p></div></div>" for n, line in enumerate(lines)]
    record, _ = read(page_of(f"<div id=app><h1>{TITLE}</h1>{''.join(boxes)}</div>"))
    assert isinstance(record, Article)
    assert len(record.paragraphs) >= len(lines) - 1


@pytest.mark.parametrize("tag", ["ul", "ol", "menu", "dir"])
def test_a_list_is_text_in_its_place(tag: str) -> None:
    items = f"<{tag}><li>two pumps</li><li>four gates</li></{tag}>"
    record, _ = read(page_of(f"<main><h1>{TITLE}</h1><p>{PROSE[0]}</p>{items}<p>{PROSE[1]}</p></main>"))
    assert isinstance(record, Article)
    assert record.paragraphs == (PROSE[0], "two pumps", "four gates", PROSE[1])


@pytest.mark.parametrize("around", ["<figure>{}</figure>", "<aside>{}</aside>", "<div class=pull>{}</div>"])
def test_a_quotation_is_text_wherever_it_stands(around: str) -> None:
    quote = around.format("<blockquote><p>We waited for it.</p><footer>Ann Lee, mayor</footer></blockquote>")
    record, _ = read(page_of(f"<main><h1>{TITLE}</h1><p>{PROSE[0]}</p>{quote}<p>{PROSE[1]}</p></main>"))
    assert isinstance(record, Article)
    assert record.paragraphs == (PROSE[0], "We waited for it.", "Ann Lee, mayor", PROSE[1])


@pytest.mark.parametrize("name", ["cookie-consent", "gdpr_box", "plain"])
def test_a_notice_about_cookies_is_never_the_text_of_a_short_page(name: str) -> None:
    notice = f"<div class={name}><p>This site uses cookies to see how people use it.</p><button>OK</button></div>"
    record, _ = read(page_of(f"<main>{notice}<h1>{TITLE}</h1><p>Wells open on Monday.</p></main>"))
    assert isinstance(record, Article)
    assert record.paragraphs == ("Wells open on Monday.",)


def test_what_readers_wrote_below_with_a_day_each_is_no_text() -> None:
    """In a box that no name tells: a day stands between the text and what they wrote."""
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    said = "<div><b>Guest</b> <i>07.03.2026</i><p>Will the lamps burn all night as well, or until ten?</p></div>"
    below = f"<div class=o><h3>Opinions (1)</h3>{said}</div>"
    record, _ = read(page_of(f"<div class=m><h1>{TITLE}</h1><div class=t>{text}</div></div>{below}"))
    assert isinstance(record, Article)
    assert record.paragraphs == tuple(PROSE)


def test_lines_that_say_what_a_selector_of_the_seed_takes_are_text() -> None:
    lines = (
        f"<div class=a><p>{PROSE[0]}</p><div class=promo>Subscribe to letters of the city</div><p>{PROSE[1]}</p></div>"
    )
    body = page_of(f"<h1>{TITLE}</h1>{lines}<div class=b><p>{PROSE[2]}</p></div>")
    selectors = Selectors(body=".a p")
    seed = Seed(
        id="xx.city",
        title={"en": "City"},
        homepage=URL,
        platform="generic",
        timezone="UTC",
        languages={},
        selectors=selectors,
    )
    labels: list[LabelledBlock] = []
    record = read_page(body, URL, captured=None, content_type=None, seed=seed, labels=labels)
    assert isinstance(record, Article)
    assert [line.block.text for line in labels if line.label in TEXT] == PROSE[:2] == list(record.paragraphs)
    assert {line.reason for line in labels if line.label in TEXT} == {"the page object takes it"}
    assert 0 < dropped_share(labels) < 0.3
