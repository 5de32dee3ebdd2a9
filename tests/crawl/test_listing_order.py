"""Listings whose news do not stand on their first pages: they are read to their end, at once or in good time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.reader import iter_captures
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from listing_site import Answer, Asked, ListingSite

ENTRY = 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\nnext = "a.next"\n'
Order = Callable[[int], list[int]]


def _listing(of: list[int], page: int, pages: int) -> Answer:
    months = ("January", "February", "March", "April")
    items = "".join(
        f'<li><a href="/a/{n}">Headline of report {n}</a><span>{1 + n % 28} {months[n // 28]} 2026</span></li>'
        for n in of
    )
    more = f'<a class="next" href="/l?p={page + 1}">Next</a>' if page < pages else ""
    head = '<html><head><meta charset="utf-8"><title>News</title></head>'
    return "text/html; charset=utf-8", f'{head}<body><ul class="n">{items}</ul>{more}</body></html>'


class Growing:
    """A site of six pages of five items, in an order; `published` items are there."""

    def __init__(self, site: ListingSite, order: Order) -> None:
        self.published = 30

        def show(asked: Asked) -> Answer:
            page, items = int(asked.get("p") or 1), order(self.published)
            return _listing(items[page * 5 - 5 : page * 5], page, -(-len(items) // 5))

        site.routes["/l"] = show


def _crawl(site: ListingSite, workspace: Workspace, more: str) -> CrawlReport:
    (report,) = run_crawls([parse_seed(site.seed(ENTRY, crawl=more), seed_id="xx.order", path="x")], workspace)
    captures = [capture for path in workspace.archive.glob("*.warc.gz") for capture in iter_captures(path)]
    workspace.indexes.mkdir(exist_ok=True)
    (workspace.indexes / "all.cdx").write_bytes(cdxj(captures))
    return report


def _behind(n: int) -> list[int]:
    return [*range(30, 4, -1), *range(31, n + 1), 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("order", "more"),
    [
        (lambda n: list(range(1, n + 1)), ""),  # the oldest first, and days say so
        (_behind, "relist_days = 0"),  # published with a day of the past
    ],
    ids=["oldest-first", "behind-and-relisted"],
)
def test_news_are_found_where_they_stand(tmp_path: Path, order: Order, more: str) -> None:
    site, workspace = ListingSite(), Workspace(tmp_path / "p")
    try:
        growing = Growing(site, order)
        assert _crawl(site, workspace, more).counts["articles new"] == 30
        assert _crawl(site, workspace, more).counts["articles new"] == 0
        growing.published += 1
        assert _crawl(site, workspace, more).counts["articles new"] == 1
    finally:
        site.close()
