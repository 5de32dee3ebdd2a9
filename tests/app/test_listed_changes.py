"""What a listing shows otherwise than before is asked for now, and not when an article's own time comes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.app.commands import crawl

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))
from listing_site import Asked, ListingSite, as_json, title

Route = Callable[[Asked], Any]
JSON = 'kind = "json"\nurl = "{url}/l"\nitems = "data"\narticle = "{url}/a/{id}"\npage = "p"\n'
FEED = 'kind = "feed"\nurl = "{url}/l"\n'
SITEMAP = 'kind = "sitemap"\nurl = "{url}/l"\n'


class Quiet:
    """Progress that nobody watches."""

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None: ...

    def tell(self, note: str) -> None: ...

    def interrupted(self, going_on: str) -> None: ...


def _api(site: ListingSite, numbers: list[int]) -> Route:
    def show(asked: Asked) -> Any:
        page = int(asked.get("p", "1"))
        shown = numbers[page * 4 - 4 : page * 4]
        views = len(site.asked)
        return as_json({"data": [{"id": n, "title": site.headlines.get(n, title(n)), "views": views} for n in shown]})

    return show


def _feed(site: ListingSite, numbers: list[int]) -> Route:
    def show(asked: Asked) -> Any:
        items = (f"<item><title>{site.headlines.get(n, title(n))}</title><link>/a/{n}</link></item>" for n in numbers)
        return "application/rss+xml", f"<rss><channel>{''.join(items)}</channel></rss>"

    return show


def _map(site: ListingSite, numbers: list[int]) -> Route:
    urls = "".join(f"<url><loc>{site.url}/a/{n}</loc></url>" for n in numbers)
    return lambda asked: ("application/xml", f"<urlset>{urls}</urlset>")


@pytest.fixture
def site() -> Iterator[ListingSite]:
    running = ListingSite()
    yield running
    running.close()


def _run(site: ListingSite, folder: Path, entry: str) -> tuple[Any, list[str]]:
    """The summary of a run, and the articles that it asked for."""
    path = folder / "xx" / "t.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(site.seed(entry), "utf-8")
    site.asked.clear()
    summary = crawl([str(path)], folder / "p", limit=None, full=False, since=None, replay=None, show=Quiet())
    return summary, sorted(line.partition(" ")[2] for line in site.asked if "/a/" in line)


@pytest.mark.parametrize(("entry", "make"), [(JSON, _api), (FEED, _feed)], ids=["json", "feed"])
def test_another_title_in_a_listing_makes_the_article_due(
    site: ListingSite, tmp_path: Path, entry: str, make: Any
) -> None:
    site.routes["/l"] = make(site, [9, 8, 7, 6, 5])
    assert len(_run(site, tmp_path, entry)[1]) == 5
    site.headlines[7] = "Report number 7, with corrected figures"
    summary, asked = _run(site, tmp_path, entry)
    assert asked == ["/a/7"]
    assert summary.found["edited"] == 1
    assert _run(site, tmp_path, entry)[1] == []


@pytest.mark.parametrize(
    ("entry", "make"), [(JSON, _api), (FEED, _feed), (SITEMAP, _map)], ids=["json", "feed", "sitemap"]
)
def test_an_article_that_left_a_listing_is_due(site: ListingSite, tmp_path: Path, entry: str, make: Any) -> None:
    site.routes["/l"] = make(site, [9, 8, 7, 6, 5])
    _run(site, tmp_path, entry)
    site.routes |= {"/l": make(site, [9, 8, 6, 5]), "/a/7": lambda asked: 404}
    assert _run(site, tmp_path, entry)[1] == ["/a/7"]


def test_what_a_feed_has_no_place_for_any_more_has_not_left_it(site: ListingSite, tmp_path: Path) -> None:
    site.routes["/l"] = _feed(site, [9, 8, 7, 6, 5])
    _run(site, tmp_path, FEED)
    site.routes["/l"] = _feed(site, [11, 10, 9, 8, 7])
    assert _run(site, tmp_path, FEED)[1] == ["/a/10", "/a/11"]


def test_half_a_listing_says_nothing_of_what_left_it(site: ListingSite, tmp_path: Path) -> None:
    site.routes["/l"] = _map(site, [9, 8, 7, 6, 5])
    _run(site, tmp_path, SITEMAP)
    whole = site.routes["/l"](Asked("GET", "/l", b"", {}))[1]
    site.routes["/l"] = lambda asked: ("application/xml", whole[: len(whole) // 2])
    summary, asked = _run(site, tmp_path, SITEMAP)
    assert asked == []
    assert summary.crawls[0].result == "partial"
