"""What a site sees of us: one request at a time, never too soon, an honest name, a rest that is kept."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.reader import iter_captures
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FaultSite, Handler, page

GAP_S = 0.08


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    yield server
    server.close()


class Watch:
    """Counts the requests in progress, and notes when each began."""

    def __init__(self, site: FaultSite) -> None:
        self._guard, self._now = threading.Lock(), 0
        self.most, self.begun = 0, list[float]()
        handler = site.server.RequestHandlerClass
        whole: Callable[[Handler], None] = handler.do_GET  # type: ignore[attr-defined]

        def do_get(handler: Handler) -> None:
            with self._guard:
                self._now += 1
                self.most = max(self.most, self._now)
                self.begun.append(time.monotonic())
            try:
                whole(handler)
            finally:
                with self._guard:
                    self._now -= 1

        handler.do_GET = do_get  # type: ignore[attr-defined]


def slow(handler: Handler) -> None:
    time.sleep(0.15)
    handler.plain(page("slow"))


def test_one_request_at_a_time_and_the_gap_under_retries_and_redirects(site: FaultSite, tmp_path: Path) -> None:
    """Two sources of one host, with answers that are slow, cut, refused or lead on: still one at a time."""
    watch = Watch(site)
    site.pages["/slow/1"] = site.pages["/slow/2"] = slow
    site.pages["/moved"] = lambda h: h.plain(b"", status=301, Location="/moved/2")
    site.pages["/moved/2"] = lambda h: h.plain(b"", status=302, Location="/good/moved")
    paths = [
        "/slow/1",
        "/a/reset",
        "/moved",
        "/a/short-body",
        "/a/status-503-once",
        "/a/empty-200",
        "/slow/2",
        "/good/1",
    ]
    site.list(paths)
    toml = site.seed(crawl="retries = 2").replace("delay_s = 0.005", f"delay_s = {GAP_S}")
    toml = toml.replace("[crawl]", '[crawl]\ncontact = "https://archive.example/about"')
    seeds = [parse_seed(toml, seed_id=f"xx.{name}", path="x") for name in ("one", "two")]
    reports = run_crawls(seeds, Workspace(tmp_path / "package"))
    assert {report.result for report in reports} == {"complete"}
    assert watch.most == 1
    # On a busy machine a request may be noticed late; then the next seems early, but not after the one before, which
    # the very first request does not have.
    short = [k for k, (a, b) in enumerate(pairwise(watch.begun)) if b - a < GAP_S * 0.95]
    late = [k for k in short if not k or watch.begun[k + 1] - watch.begun[k - 1] >= 2 * GAP_S * 0.95]
    assert short == late
    assert len(late) <= 2, "a gap that is broken by retries or redirects is broken more often"
    for _, _, headers in site.requests:
        assert headers["User-Agent"].startswith("ministry-news/")
        assert "+https://archive.example/about" in headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def crawl(toml: str, workspace: Workspace) -> CrawlReport:
    (report,) = run_crawls([parse_seed(toml, seed_id="xx.rest", path="x")], workspace)
    workspace.indexes.mkdir(exist_ok=True)
    captures = [c for path in workspace.archive.glob("*.warc.gz") for c in iter_captures(path)]
    (workspace.indexes / "all.cdx").write_bytes(cdxj(captures))
    return report


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_rest_that_was_asked_for_outlives_the_run(site: FaultSite, tmp_path: Path, form: str) -> None:
    until = datetime.now(UTC) + timedelta(hours=2)
    said = "7200" if form == "seconds" else format_datetime(until, usegmt=True)
    site.pages["/good/1"] = lambda h: h.plain(b"", status=429, Retry_After=said)
    site.list(["/good/1", "/good/2"])
    workspace = Workspace(tmp_path / "package")
    assert crawl(site.seed(), workspace).result == "partial"
    asked = len(site.requests)
    report = crawl(site.seed(), workspace)
    assert len(site.requests) == asked, "the next run asks nothing"
    assert report.result == "failed"
    assert any("left alone" in fault.detail for fault in report.faults), report.faults


def test_a_rest_of_ten_years_is_heeded_for_a_day(site: FaultSite, tmp_path: Path) -> None:
    site.pages["/good/1"] = lambda h: h.plain(b"", status=503, Retry_After="315360000")
    site.list(["/good/1"])
    workspace = Workspace(tmp_path / "package")
    crawl(site.seed(), workspace)
    asked = len(site.requests)
    index = workspace.indexes / "all.cdx"
    text = index.read_text("utf-8")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    index.write_text(text.replace(f'"date": "{today}', '"date": "2026-01-02'), "utf-8")
    site.pages["/good/1"] = lambda h: h.plain(page("1"))
    crawl(site.seed(), workspace)
    assert len(site.requests) > asked
