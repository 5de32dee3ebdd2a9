"""With every recoverable fault at once the demo gives the articles that it gives without."""

from __future__ import annotations

import sys
from pathlib import Path

from crawler.demo.content import portal

sys.path.insert(0, str(Path(__file__).parent))
from faulty_demo import PASSING, crawl_demo


def test_recoverable_faults_change_no_article(tmp_path: Path) -> None:
    """A part of the demo; the whole of it is tests/benchmarks/faulty_demo.py."""
    stories = portal()[:4]
    clean, before, _, port = crawl_demo(tmp_path / "clean", stories, 0, faulty=False)
    faulty, after, struck, _ = crawl_demo(tmp_path / "faulty", stories, port, faulty=True)
    assert set(struck) == {fault.name for fault in PASSING}, "each fault struck"
    assert clean
    assert faulty == clean
    assert [report.result for report in after] == [report.result for report in before]
    assert all(report.counts["retries"] > 0 for report in after)
