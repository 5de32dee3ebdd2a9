"""Signs that cost much are not asked for where the others decide, and the verdict is that of all."""

from __future__ import annotations

import random

from crawler.extraction.page_type.listing_score import WEIGHTS, is_listing, may_be_listing


def test_what_is_ruled_out_by_some_signs_is_no_listing_by_all() -> None:
    draw, ruled_out = random.Random(1), 0  # noqa: S311
    for _ in range(4000):
        signs = {name: draw.choice((0.0, 1.0, draw.random())) for name in WEIGHTS}
        known = {name: signs[name] for name in draw.sample(sorted(signs), draw.randrange(len(signs) + 1))}
        if not may_be_listing(known):
            ruled_out += 1
            assert not is_listing(signs)
    assert ruled_out > 100
    assert may_be_listing({}) and not may_be_listing(dict.fromkeys(WEIGHTS, 0.0) | {"slug": 1.0})
