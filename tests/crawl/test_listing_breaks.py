"""Every way in which every kind of entry breaks is told, and the table of it is what really happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crawler.crawl.report import CrawlReport

sys.path.insert(0, str(Path(__file__).parent))
from listing_breaks import DOCUMENT, cases, crawl_all, table
from listing_site import ListingSite

Found = dict[tuple[str, str], tuple[CrawlReport, ListingSite]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return crawl_all(tmp_path_factory.mktemp("breaks"))


@pytest.mark.parametrize(("kind", "broken"), list(cases()))
def test_a_listing_that_breaks_is_told(found: Found, kind: str, broken: str) -> None:
    report, _ = found[kind, broken]
    if broken == "nothing is wrong":
        assert (report.result, report.counts["fetched:article"], report.faults) == ("complete", 5, ())
    else:
        assert report.result in ("partial", "failed")
        assert any("entries.0" in fault.detail for fault in report.faults), "the key of the seed is named"


def test_the_table_is_what_really_happens(found: Found) -> None:
    assert table(found) == DOCUMENT.read_text("utf-8")
