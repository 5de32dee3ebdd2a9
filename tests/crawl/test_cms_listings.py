"""Whole crawls over sites in the shapes of real content management systems: all is found, or the run tells."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from cms_listings import SITES as FIRST
from cms_listings import Site
from cms_selectors import SITES as SELECTORS
from cms_sites import SITES as MORE
from listing_site import ListingSite

SITES = (*FIRST, *MORE, *SELECTORS)
Seen = dict[str, tuple[ListingSite, CrawlReport]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    found: Seen = {}
    for since in dict.fromkeys(site.since for site in SITES):
        running = {one.name: ListingSite() for one in SITES if one.since == since}
        seeds = []
        for one in (one for one in SITES if one.name in running):
            one.install(running[one.name])
            text = running[one.name].seed(one.entry, crawl=one.crawl)
            seeds.append(parse_seed(text, seed_id=f"xx.{one.name}", path=one.name))
        reports = run_crawls(seeds, Workspace(tmp_path_factory.mktemp("cms") / "package"), since=since)
        found |= {r.source_id[3:]: (running[r.source_id[3:]], r) for r in reports}
        for site in running.values():
            site.close()
    return found


@pytest.mark.parametrize("one", SITES, ids=lambda one: one.name)
def test_all_is_found_or_the_run_says_that_it_is_not(seen: Seen, one: Site) -> None:
    site, report = seen[one.name]
    details = [fault.detail for fault in report.faults]
    assert report.counts.get("fetched:article", 0) == one.articles, (site.asked, details)
    assert report.result == one.result, details
    assert any(one.told in detail for detail in details) if one.told else not details, details
