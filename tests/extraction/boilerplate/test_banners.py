"""A banner over a page, in a box whose names say nothing, is no text of a notice that is shorter than it."""

from __future__ import annotations

import pytest

from crawler import Article, extract

TITLE = "Ferry office closed on Friday"
NOTICE = "The ferry office stays closed on Friday, 6 March."
BANNERS = (
    "This site uses small files to remember what you chose. You may take all of them or none, and change that later.",
    "High water on the lower river: whoever lives below the dam should keep to the upper road until Sunday evening.",
)


def paragraphs(body: str) -> tuple[str, ...]:
    page = f"<html lang=en><title>{TITLE}</title><body>{body}</body></html>"
    found = extract(page.encode(), "https://port.example/2026/03/ferry")
    assert isinstance(found, Article), found
    return found.paragraphs


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_longer_than_the_notice(banner: str) -> None:
    notice = f"<div><div><h1>{TITLE}</h1></div><div>5 March 2026</div><div><p>{NOTICE}</p></div></div>"
    assert paragraphs(f"<div><div><p>{banner}</p><button>Close</button></div></div>{notice}") == (NOTICE,)


def test_a_first_sentence_over_the_headline_in_the_same_box_stays() -> None:
    first = "From now on ships to the islands sail each hour, the port told its guests on Thursday morning."
    found = paragraphs(f"<div><p>{first}</p><h1>{TITLE}</h1><p>{NOTICE}</p></div>")
    assert NOTICE in found
    assert first in found
