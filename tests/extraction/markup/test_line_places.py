"""What class names say of an element: the words that people write, not the letters in numbers of machines, nor what a
box has beside it."""

from __future__ import annotations

import pytest

from crawler import Article, extract
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.pages import Fields

LINE = "The harbour of the northern town gets a second crane before the first ice of the year comes in."


def place(names: str, attribute: str = "class") -> str:
    others = "".join(f"<p>The {part} part of the quay was mended by divers last week.</p>" for part in ("old", "new"))
    root = parse_html(f"<main>{others}<div {attribute}='{names}'><p>{LINE}</p></div><p>{LINE[4:]}</p></main>")
    assert root is not None
    page = Page(root, "https://town.example/1", None, None, Fields())
    return next(block.place for block in page.blocks if block.text == LINE)


@pytest.mark.parametrize(
    "names",
    ["elementor-element elementor-element-2638ad0", "x9 vpWAad", "c-e1e566ad d097", "css-1ads9k2", "module-3bio7"],
)
def test_letters_of_numbers_are_no_words(names: str) -> None:
    assert place(names) == "body"
    assert place(names.rsplit(maxsplit=1)[-1], "id") == "body"


@pytest.mark.parametrize(
    "names",
    [
        "sidebar-enabled--false",
        "no-sidebar",
        "column hasCaption",
        "header has-sharing",
        "without_ads",
        "page--with-toolbar",
    ],
)
def test_what_a_box_has_or_has_not_does_not_say_what_it_is(names: str) -> None:
    assert place(names) == "body"


@pytest.mark.parametrize("names", ["ad", "ad-1", "ads2", "topAd", "adBanner", "GoogleADS", "sidebar1", "side-bio"])
def test_words_are_known_in_all_spellings(names: str) -> None:
    assert place(names) == "side"


def test_a_sentence_beside_a_floating_picture_is_no_caption() -> None:
    line = "Find a quiet spot on the quay, they say, and look at the ships for an hour."
    last = "The town has put eleven benches there, and a lamp that is lit until the last ferry has left."
    picture = "<a href=/a.jpg><img class='size-medium alignleft' src=/a.jpg></a>"
    texts = f"<h1>An hour at the quay</h1><p>{LINE}</p><p>{picture}{line}</p><p>{last}</p>"
    found = extract(f"<title>Quay</title><main>{texts}</main>".encode(), "https://town.example/a")
    assert isinstance(found, Article)
    assert found.paragraphs == (LINE, line, last)
