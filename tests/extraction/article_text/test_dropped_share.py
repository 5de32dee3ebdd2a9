"""How much of what stands among the lines of a text is none of it, and the warning about a text that may be a part."""

from __future__ import annotations

from crawler import Article, extract
from crawler.seeds import parse_seed

LINE = (
    "The well in the valley of Orrin was dug in nine days, and the village has drunk from it since the first of May. "
)
ASIDE = (
    "<aside><p>The ministry of wells has a museum, which is open on every day but Monday from ten to five.</p></aside>"
)
SEED = """title = { en = "Ministry of Wells" }
homepage = "https://wells.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[selectors]
body = ".first"
[[entries]]
kind = "listing"
url = "https://wells.example/news"
links = "a"
"""


def article(body: str, seed: str = "") -> Article:
    page = (
        f"<html lang=en><title>A well in Orrin</title><body><main><h1>A well in Orrin</h1>{body}</main></body></html>"
    )
    known = parse_seed(seed, seed_id="xx.wells", path="wells.toml") if seed else None
    found = extract(page.encode(), "https://wells.example/news/7", seed=known)
    assert isinstance(found, Article), found
    return found


def test_nothing_is_left_out_of_a_plain_text() -> None:
    assert article(f"<p>{LINE}</p><p>It is {LINE}</p><p>Then {LINE}</p>").dropped_share == 0


def test_what_stands_among_the_lines_and_is_no_text_counts() -> None:
    share = article(f"<p>{LINE}</p>{ASIDE}<p>It is {LINE}</p><p>Then {LINE}</p>").dropped_share
    assert share is not None
    assert 0.1 < share < 0.4


def test_a_selector_that_takes_a_part_of_the_text_is_told() -> None:
    lines = "".join(f"<p>On day {n} {LINE}{LINE}</p>" for n in range(8))
    found = article(f"<p class=first>{LINE}</p>{lines}", SEED)
    assert found.paragraphs == (LINE.strip(),)
    assert any("it may be a part" in warning for warning in found.warnings)
    assert not article(lines).warnings or "part" not in " ".join(article(lines).warnings)
