"""Robots.txt, listings and sitemaps that go wrong: all of them in one crawl, one source each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FAULTS, FaultSite
from site_faults import SITE_FAULTS, SiteFault, articles, sites

Seen = dict[str, tuple[FaultSite, CrawlReport]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    running = {fault.name: (site, toml) for fault, site, toml in sites()}
    seeds = [parse_seed(toml, seed_id=f"xx.{name}", path=name) for name, (_, toml) in running.items()]
    reports = run_crawls(seeds, Workspace(tmp_path_factory.mktemp("sites") / "package"))
    by_name = {report.source_id.removeprefix("xx."): report for report in reports}
    yield {name: (site, by_name[name]) for name, (site, _) in running.items()}
    for site, _ in running.values():
        site.close()


@pytest.mark.parametrize("fault", SITE_FAULTS, ids=lambda fault: fault.name)
def test_good_articles_arrive_once_and_faults_are_told(seen: Seen, fault: SiteFault) -> None:
    site, report = seen[fault.name]
    assert sorted(articles(site)) == sorted(fault.good)
    reasons = {told.reason for told in report.faults}
    assert fault.told is None or fault.told in reasons, report.faults
    assert len(site.requests) <= fault.most
    if fault.told is None:
        assert report.result == "complete", report.faults


def test_every_limit_tells_address_and_value(seen: Seen) -> None:
    for name, limit in (("listing-calendar", "max_pages = 5"), ("listing-max-requests", "max_requests = 8")):
        site, report = seen[name]
        told = [fault for fault in report.faults if fault.reason == "limit"]
        assert told, report
        assert told[0].detail == limit
        assert told[0].url.startswith(site.url)
        assert report.limits[limit.partition(" ")[0]] >= 1


def test_the_table_of_faults_names_what_is_tested() -> None:
    text = (Path(__file__).parents[2] / "docs" / "faults.md").read_text("utf-8")
    table = text.partition("<!-- faults -->")[2].partition("<!-- /faults -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    tested = [(fault.name, fault.promise) for fault in (*FAULTS, *SITE_FAULTS)]
    assert [(name, promise) for name, promise, _ in rows if not name.startswith("(")] == tested
    assert "BROKEN" not in table
    assert len(tested) >= 60
