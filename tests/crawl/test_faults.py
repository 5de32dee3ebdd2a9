"""A real crawl against every fault at once: good articles arrive whole, faults are told, time and memory are bounded."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.archive.warc.reader import iter_captures, iter_payloads, read_run
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.extraction import extract_capture
from crawler.model import Article, Capture, Rejection, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from fault_server import FAULTS, WHOLE, Fault, FaultSite


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    yield server
    server.close()


def crawl(site: FaultSite, folder: Path, **seed: str) -> tuple[CrawlReport, list[Capture], Workspace]:
    workspace = Workspace(folder / "package")
    workspace.root.mkdir(exist_ok=True)
    source = parse_seed(site.seed(**seed), seed_id="xx.faults", path="faults.toml")
    (report,) = run_crawls([source], workspace)
    captures = [c for path in sorted(workspace.archive.glob("*.warc.gz")) for c in iter_captures(path)]
    return report, captures, workspace


@dataclass(frozen=True)
class Everything:
    site: FaultSite
    report: CrawlReport
    captures: list[Capture]
    workspace: Workspace
    seconds: float
    records: dict[str, list[Article | Rejection]]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    server = FaultSite()
    server.list([path for n, fault in enumerate(FAULTS) for path in (f"/a/{fault.name}", f"/good/{n}")])
    begun = time.monotonic()
    # The breaker would rightly leave such a host; here the faults are the matter, so good pages stand between them.
    report, captures, workspace = crawl(server, tmp_path_factory.mktemp("faults"), crawl="retries = 1")
    seconds = time.monotonic() - begun
    source = parse_seed(server.seed(), seed_id="xx.faults", path="x")
    (path,) = workspace.archive.glob("*.warc.gz")
    records: dict[str, list[Article | Rejection]] = {}
    for payload in iter_payloads(path, role=Role.ARTICLE):  # once: the bombs are in there
        name = urlsplit(payload.capture.url).path.rpartition("/")[2]
        records.setdefault(name, []).append(extract_capture(payload, source))
    yield Everything(server, report, captures, workspace, seconds, records)
    server.close()


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 60
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_it_ends_in_bounded_time(everything: Everything) -> None:
    assert everything.seconds < 240


@pytest.mark.parametrize("name", WHOLE)
def test_the_article_arrives_whole_and_once(everything: Everything, name: str) -> None:
    articles = [record for record in everything.records[name] if isinstance(record, Article)]
    assert len(articles) == 1, everything.records[name]
    assert articles[0].title == f"Report {name}"
    assert articles[0].text.count("Paragraph") == 5


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.name not in WHOLE], ids=lambda f: f.name)
def test_a_fault_that_stays_is_no_article_and_is_told(everything: Everything, fault: Fault) -> None:
    assert not any(isinstance(record, Article) for record in everything.records.get(fault.name, []))
    if fault.reason:
        keys = {"too-large": "max_body_mb = 1", "timeout": "timeout_s = 1.5", "redirects": "max_redirects = 6"}
        details = [
            f.detail for f in everything.report.faults if f"/a/{fault.name}" in f.url and f.reason == fault.reason
        ]
        assert any(keys.get(fault.reason, "") in detail or "262144" in detail for detail in details), (
            f"a limit tells its value: {[f for f in everything.report.faults if fault.name in f.url]}"
        )
        assert fault.reason in {f.reason for f in everything.report.faults if f"/a/{fault.name}" in f.url}
    assert everything.report.result == "partial"


def test_nothing_else_was_contacted(everything: Everything) -> None:
    assert all(capture.url.startswith(everything.site.url) for capture in everything.captures)


def test_no_header_is_forged(everything: Everything) -> None:
    assert {capture.kind for capture in everything.captures} <= {"response", "revisit", "failure"}
    assert all(capture.locator.warc_file.startswith("archive/xx.faults-") for capture in everything.captures)


# ---------------------------------------------------------------- manners


def test_crawl_delay_and_the_promised_gap(site: FaultSite, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = lambda h: h.plain(b"User-agent: *\nCrawl-delay: 0.3\n", mime="text/plain")
    site.list([f"/good/{n}" for n in range(4)] + ["/a/reset", "/a/status-500-once"])
    crawl(site, tmp_path)
    times = [moment for moment, path, _ in site.requests if path != "/robots.txt"]
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert min(gaps) >= 0.29, gaps


def test_retry_after_is_kept(site: FaultSite, tmp_path: Path) -> None:
    site.list(["/a/429-retry-after-seconds", "/good/1", "/good/2"])
    crawl(site, tmp_path)
    at = [moment for moment, path, _ in site.requests if path.endswith("retry-after-seconds")]
    others = [moment for moment, path, _ in site.requests if moment > at[0] and moment != at[1]]
    assert at[1] - at[0] >= 1.0
    assert all(moment - at[0] >= 1.0 for moment in others), "the whole host is left alone"


# ---------------------------------------------------------------- private addresses, broken hosts, the report


SPELLINGS = (
    "localhost", "127.0.0.1", "127.0.0.1.", "LOCALHOST.", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001",
    "127.1", "[::1]", "[::]", "0.0.0.0", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",  # noqa: S104
    "127\u30020\u30020\u30021", "\uff11\uff12\uff17.0.0.1", "\u2460\u2461\u2466.0.0.1",
)  # fmt: skip


def test_a_private_address_that_the_seed_does_not_name_is_never_contacted(site: FaultSite, tmp_path: Path) -> None:
    """In whatever spelling: one source for each, all in one crawl."""
    text = site.seed(crawl="retries = 0").replace(f'allow_private = ["{site.host}"]', "")
    seeds = []
    for number, host in enumerate(SPELLINGS):
        seeds.append(parse_seed(text.replace("127.0.0.1", host), seed_id=f"xx.private-{number}", path="x.toml"))
    reports = run_crawls(seeds, Workspace(tmp_path / "package"))
    assert site.requests == []
    assert {report.result for report in reports} == {"failed"}
    assert len(reports) == len(SPELLINGS)
    told = [fault.reason for report in reports for fault in report.faults]
    assert len(told) >= len(SPELLINGS)


RESOLVER = """
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.address import IPv4Address
from crawler.crawl import worker
def answer(self, receiver, name, port=0, kinds=None, how="TCP"):
    receiver.resolutionBegan(None)
    receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", port))
    receiver.resolutionComplete()
    return receiver
CachingHostnameResolver.resolveHostName = answer
worker.main()
"""


def test_a_name_that_leads_home_is_not_contacted(
    site: FaultSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise when it is used than when it was checked is in test_guard.py."""
    popen = subprocess.Popen
    monkeypatch.setattr(
        "crawler.crawl.run.subprocess.Popen",
        lambda command, **options: popen([sys.executable, "-c", RESOLVER], **options),
    )
    text = site.seed(crawl="retries = 0").replace(f'allow_private = ["{site.host}"]', "")
    seeds = [parse_seed(text.replace("127.0.0.1", "inside.test"), seed_id="xx.inside", path="x.toml")]
    reports = run_crawls(seeds, Workspace(tmp_path / "package"))
    assert site.requests == []
    for report in reports:
        assert report.result == "failed"
        assert any(f.detail.startswith("robots.txt unreachable: forbidden-address") for f in report.faults)


def test_a_proxy_of_the_environment_is_not_used(
    site: FaultSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.list(["/good/1"])
    report, _, _ = crawl(site, tmp_path)
    assert report.result == "complete"
    assert all("proxy" not in name.lower() for _, _, headers in site.requests for name in headers)


def test_a_host_that_is_down_fails_one_source_and_not_the_other(site: FaultSite, tmp_path: Path) -> None:
    site.list(["/good/1"])
    good = parse_seed(site.seed(), seed_id="xx.good", path="x")
    down = site.seed(crawl="retries = 1").replace(site.host, "127.0.0.1:9")
    workspace = Workspace(tmp_path / "package")
    reports = {r.source_id: r for r in run_crawls([parse_seed(down, seed_id="xx.down", path="x"), good], workspace)}
    assert reports["xx.good"].result == "complete"
    assert reports["xx.down"].result == "failed"
    assert {f.reason for f in reports["xx.down"].faults} >= {"robots"}


def test_a_failed_fetch_is_in_the_archive(site: FaultSite, tmp_path: Path) -> None:
    site.list(["/a/close-without-answer", "/a/stall"])
    _, captures, _ = crawl(site, tmp_path, crawl="retries = 0")
    failures = {capture.url.rpartition("/")[2]: capture.failure for capture in captures if capture.kind == "failure"}
    assert failures["stall"] == "timeout"
    assert failures["close-without-answer"] in ("disconnect", "bad-answer")


def test_the_report_is_in_the_archive(everything: Everything) -> None:
    (path,) = everything.workspace.archive.glob("*.warc.gz")
    run = read_run(path)
    assert run.report is not None
    assert run.report["result"] == everything.report.result
    assert run.seed_toml == everything.site.seed(crawl="retries = 1")
    assert run.run_id == everything.report.run_id
