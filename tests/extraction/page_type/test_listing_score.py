"""Signs that cost much are not asked for where the others decide, and the verdict is that of all."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.listing_score import WEIGHTS, is_listing, may_be_listing
from crawler.extraction.page_type.signs import bounds_of_card_signs, plain_signs, signs
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
        drawn = {name: draw.choice((0.0, 1.0, draw.random())) for name in WEIGHTS}
        known = {name: drawn[name] for name in draw.sample(sorted(drawn), draw.randrange(len(drawn) + 1))}
        bounds = {name: draw.uniform(value, WEIGHTS[name] > 0) for name, value in drawn.items()}
        assert may_be_listing(known) or not may_be_listing(known, bounds)
        if not may_be_listing(known, bounds):
            ruled_out += 1
            assert not is_listing(drawn)
    assert ruled_out > 100
    assert may_be_listing({}) and not may_be_listing(dict.fromkeys(WEIGHTS, 0.0) | {"slug": 1.0})


@pytest.mark.parametrize(("name", "url", "body"), [*LISTINGS[::7], ("article", ARTICLE_URL, ARTICLE)])
def test_no_sign_speaks_more_for_a_listing_than_was_said_of_it(name: str, url: str, body: bytes) -> None:
    root = parse_html(body.decode())
    assert root is not None, name
    page = Page(root, url, None, None, Fields())
    known = plain_signs(page, page.blocks, None)
    found, bounds = signs(page, page.blocks, None), bounds_of_card_signs(page, page.blocks, known)
    assert set(found) == set(WEIGHTS)
    assert not set(known) & set(bounds)
    for sign, value in bounds.items():
        assert found[sign] <= value if WEIGHTS[sign] > 0 else found[sign] >= value, sign
    assert name != "article" or (bounds["only cards"] == 0 and bounds["column"] > 0.8)
