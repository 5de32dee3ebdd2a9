"""Signs that cost much are not asked for where the others decide, and the verdict is that of all."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.listing_score import WEIGHTS, is_listing, may_be_listing
from crawler.extraction.page_type.signs import card_signs, most_of_card_signs, plain_signs
from crawler.pages import Fields

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing_pages import LISTINGS

ARTICLE_URL = "https://wells.example/news/9"
ARTICLE = (
    "<title>Nine wells</title><body><h1>Nine wells</h1><div>"
    + "<p>Engineers of the ministry drilled nine wells in the valley of Orrin, and all of them give clean water.</p>"
    * 16
    + "</div></body>"
).encode()


def test_what_is_ruled_out_by_some_signs_is_no_listing_by_all() -> None:
    draw, ruled_out = random.Random(1), 0  # noqa: S311
    for _ in range(8000):
        signs = {name: draw.choice((0.0, 1.0, draw.random())) for name in WEIGHTS}
        known = {name: signs[name] for name in draw.sample(sorted(signs), draw.randrange(len(signs) + 1))}
        most = {name: draw.uniform(value, 1) for name, value in signs.items()}
        assert may_be_listing(known) or not may_be_listing(known, most)
        if not may_be_listing(known, most):
            ruled_out += 1
            assert not is_listing(signs)
    assert ruled_out > 100
    assert may_be_listing({}) and not may_be_listing(dict.fromkeys(WEIGHTS, 0.0) | {"slug": 1.0})


@pytest.mark.parametrize(("name", "url", "body"), [*LISTINGS[::7], ("article", ARTICLE_URL, ARTICLE)])
def test_no_sign_is_more_than_the_most_that_was_said_of_it(name: str, url: str, body: bytes) -> None:
    root = parse_html(body.decode())
    assert root is not None, name
    page = Page(root, url, None, None, Fields())
    known = plain_signs(page, page.blocks, None)
    found, most = card_signs(page, page.blocks, None), most_of_card_signs(page, page.blocks, known)
    assert set(known) | set(found) == set(WEIGHTS)
    assert all(found[sign] <= value for sign, value in most.items())
    assert name != "article" or most["only cards"] == 0
