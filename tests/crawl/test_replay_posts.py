"""Listings that are asked by POST, replayed: what was sent chooses the answer, for all pages have one address."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crawler.crawl.run import run_crawls
from crawler.model import Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from listing_site import Asked, ListingSite, as_json

ENTRY = """kind = "json"
url = "{url}/l"
items = "data"
article = "{url}/a/{id}"
body = { lang = "en", page = { size = 5 } }
"""
PAGING = {
    "offset": 'offset = "page.from"\n',
    "page": 'page = "page.from"\n',
    "cursor": 'cursor = "page.from"\nnext = "page.after"\n',
}


def fetched(seed: Seed, package: Path, replay: tuple[Path, ...] = ()) -> tuple[int, str, list[str]]:
    (report,) = run_crawls([seed], Workspace(package), replay=replay)
    return report.counts.get("fetched:article", 0), report.result, [fault.detail for fault in report.faults]


@pytest.mark.parametrize("paging", PAGING)
def test_pages_of_one_address_are_told_apart(paging: str, tmp_path: Path) -> None:
    site = ListingSite()

    def show(asked: Asked) -> tuple[str, str | bytes] | int:
        at = int(asked.body["page"].get("from") or (1 if paging == "page" else 0))
        first = (at - 1) * 5 if paging == "page" else at
        data = [{"id": n} for n in range(first + 1, min(first + 6, 13))]
        return as_json({"data": data, "page": {"after": str(first + 5) if first + 5 < 12 else None}})

    site.routes["/l"] = show
    seed = parse_seed(site.seed(ENTRY + PAGING[paging]), seed_id="xx.posts", path="posts")
    live = fetched(seed, tmp_path / "live")
    site.close()
    assert live == (12, "complete", [])
    files = tuple(sorted((tmp_path / "live" / "archive").iterdir()))
    assert fetched(seed, tmp_path / "again", files) == live
