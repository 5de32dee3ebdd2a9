"""What a seed says that cannot work as it is meant."""

from __future__ import annotations

import pytest

from crawler.app.seed_check import seed_problems
from crawler.seeds import all_seeds, parse_seed

HEAD = """title = { en = "T" }
homepage = "https://t.example/"
platform = "generic"
timezone = "Asia/Tashkent"
%s
[languages]
en = "en"
ru = "ru"
"""
FEED = '[[entries]]\nkind = "feed"\nurl = "https://t.example/rss"\n'
LISTING = '[[entries]]\nkind = "listing"\nurl = "https://t.example/news"\nlinks = "h2 a"\n'


def problems(text: str, top: str = "") -> list[str]:
    return seed_problems(parse_seed(HEAD % top + text, seed_id="xx.t", path="t"))


def test_the_catalogue_is_sound() -> None:
    assert {seed.id: seed_problems(seed) for seed in all_seeds() if seed_problems(seed)} == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FEED + 'links = "a"', "entries.0.links: does nothing"),
        (FEED + 'next = "a"', "entries.0.next: does nothing"),
        (FEED.replace("feed", "sitemap") + 'page = "p"', "entries.0.page: does nothing"),
        (FEED.replace("feed", "sitemap") + 'id = "x"', "entries.0.id: does nothing"),
        (LISTING + 'items = "x"', "entries.0.items: does nothing"),
        (LISTING + "first_page = 0", "entries.0.first_page: does nothing without"),
        (LISTING + 'page = "p"\nnext = "a.n"', "entries.0.page: does nothing where"),
        (FEED.replace("t.example/rss", "other.example/rss"), "entries.0.url: other.example is not the host"),
        (FEED.replace("t.example/rss", "127.0.0.1:8099/rss"), 'crawl.allow_private = ["127.0.0.1:8099"]'),
        (FEED.replace("t.example/rss", "localhost/rss"), 'crawl.allow_private = ["localhost"]'),
        (FEED + FEED, "entries.1.url: the same place as entries.0"),
        (LISTING + LISTING.replace("news", "news/") + 'page = "p"', "entries.1.url: the same place as entries.0"),
        (FEED + 'language = "en"\n' + FEED + 'language = "ru"', "entries.1.language: 'ru', but entries.0"),
        (FEED + '[options]\nauthority = "eco"', "options.authority: does nothing"),
    ],
)
def test_what_cannot_work_is_told(text: str, told: str) -> None:
    assert any(told in problem for problem in problems(text)), problems(text)


@pytest.mark.parametrize(
    "text",
    [
        FEED,
        FEED + 'page = "p"',
        LISTING + 'page = "p"\nfirst_page = 0',
        LISTING + LISTING.replace("h2 a", "h3 a"),
        FEED + FEED + 'match = "/ru/"',
        FEED.replace("t.example/rss", "www.t.example/rss"),
        FEED.replace("t.example/rss", "news.t.example/rss"),
        FEED.replace("t.example/rss", "other.example/rss") + '[crawl]\nhosts = ["other.example"]',
        '[crawl]\nhosts = ["127.0.0.1:8099"]\nallow_private = ["127.0.0.1"]\n'
        + FEED.replace("t.example/rss", "127.0.0.1:8099/rss"),
    ],
)
def test_what_works_is_not_told(text: str) -> None:
    assert problems(text) == []
