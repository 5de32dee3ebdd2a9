"""A menu or footer whose end tag is missing, so that parsers put the article into it."""

from __future__ import annotations

import pytest

from crawler import Article, Rejection, extract

TITLE = "Ferry to the islands sails again from April"
LINES = (
    "The ferry between the port and the three northern islands sails again from the second week of April, each day.",
    "It had lain in the dock since October, when a storm tore off part of the ramp and flooded the lower deck.",
    "The repair cost the county more than a new ramp would have, because the yard had to build each part by hand.",
    "Islanders paid for a small boat of their own in winter, which carried post, bread and whoever must see a doctor.",
    "From May a third crossing follows in the evening, so that pupils of the music school can stay for rehearsals.",
    "The county will decide in autumn whether the line gets a second ship, as the islands have asked since 2019.",
)
MENU = "<ul><li><a href=/a>News</a><li><a href=/b>Contact</a></ul>"


def page(opening: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    return f"<title>{TITLE}</title><body>{opening}{MENU}<h1>{TITLE}</h1><div class=text>{lines}</div></body>"


@pytest.mark.parametrize("opening", ["<nav>", "<footer>", "<div><nav class=top><div>", "<menu>"])
def test_an_article_in_a_menu_that_never_ends_is_read(opening: str) -> None:
    found = extract(page(opening).encode(), "https://county.example/2026/ferry")
    assert isinstance(found, Article)
    assert found.paragraphs == LINES


def test_a_footer_with_sentences_is_no_article() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    body = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><p>Closed.</p><footer>{lines}</footer>"
    found = extract(body.encode(), "https://county.example/2026/ferry")
    assert isinstance(found, Rejection) or not set(LINES) & set(found.paragraphs)
