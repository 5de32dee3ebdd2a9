"""A real crawl against every fault at once: good articles arrive whole, faults are told, time and memory are bounded."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.archive.reader import iter_captures, iter_payloads, read_run
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.extraction import extract_capture
from crawler.model import Article, Capture, Rejection, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from fault_server import FAULTS, WHOLE, Fault, FaultSite, Handler


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
        assert fault.reason in {f.reason for f in everything.report.faults if f"/a/{fault.name}" in f.url}
    assert everything.report.result == "partial"


def test_nothing_else_was_contacted(everything: Everything) -> None:
    assert all(capture.url.startswith(everything.site.url) for capture in everything.captures)


def test_no_header_is_forged(everything: Everything) -> None:
    assert {capture.kind for capture in everything.captures} <= {"response", "revisit", "failure"}
    assert all(capture.locator.warc_file.startswith("archive/xx.faults-") for capture in everything.captures)


# ---------------------------------------------------------------- robots.txt


ROBOTS: dict[str, tuple[Callable[[Handler], None], bool]] = {
    "404": (lambda h: h.plain(b"", status=404), True),
    "403": (lambda h: h.plain(b"", status=403), True),
    "allow": (lambda h: h.plain(b"User-agent: *\nDisallow: /private\n", mime="text/plain"), True),
    "bom": (lambda h: h.plain(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", mime="text/plain"), False),
    "disallow-all": (lambda h: h.plain(b"User-agent: *\nDisallow: /\n", mime="text/plain"), False),
    "disallow-us": (lambda h: h.plain(b"User-agent: ministry-news\nDisallow: /\n", mime="text/plain"), False),
    "longest-match": (lambda h: h.plain(b"User-agent: *\nDisallow: /\nAllow: /$\nAllow: /good/\n", mime="text/plain"), True),
    "503": (lambda h: h.plain(b"", status=503), False),
    "429": (lambda h: h.plain(b"", status=429), False),
    "reset": (lambda h: h.raw(b"", reset=True), False),
    "cr-only": (lambda h: h.plain(b"User-agent: *\rDisallow: /\r", mime="text/plain"), False),
    "redirect-offsite": (lambda h: h.plain(b"", status=302, Location="http://example.invalid/robots.txt"), False),
    "large": (lambda h: h.plain(b"User-agent: *\nDisallow: /\n" + b"# x\n" * 150_000, mime="text/plain"), False),
}  # fmt: skip


@pytest.mark.parametrize("name", ROBOTS)
def test_robots(site: FaultSite, tmp_path: Path, name: str) -> None:
    send, allowed = ROBOTS[name]
    site.pages["/robots.txt"] = send
    site.list(["/good/1"])
    report, captures, _ = crawl(site, tmp_path, crawl="retries = 1")
    asked = {path for _, path, _ in site.requests}
    assert ("/good/1" in asked) is allowed
    assert any(c.role is Role.ROBOTS for c in captures), "the exchange itself is archived"
    if not allowed and name in ("503", "429", "reset", "redirect-offsite"):
        assert any(fault.reason == "robots" for fault in report.faults)
        assert report.result in ("failed", "partial")


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


# ---------------------------------------------------------------- traps


def test_a_listing_that_never_ends(site: FaultSite, tmp_path: Path) -> None:
    def endless(handler: Handler) -> None:
        number = int(handler.path.rpartition("=")[2] or 1) if "=" in handler.path else 1
        handler.plain(
            f'<ul><li><a href="/good/1">one headline</a></li></ul><a class=next href="/?page={number + 1}">next</a>'.encode()
        )

    for number in range(200):
        site.pages[f"/?page={number}"] = endless
    site.pages["/"] = endless
    report, _, _ = crawl(
        site, tmp_path, entries=f'[[entries]]\nkind = "listing"\nurl = "{site.url}/"\nlinks = "li a"\nnext = "a.next"\n'
    )
    assert sum(path.startswith("/?page") for _, path, _ in site.requests) <= 3
    assert report.counts["fetched:article"] == 1


def test_a_listing_of_ever_new_addresses_ends_at_its_limit(site: FaultSite, tmp_path: Path) -> None:
    def calendar(handler: Handler) -> None:
        number = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 1
        handler.plain(
            f'<ul><li><a href="/good/{number}">headline</a></li></ul><a class=next href="/?page={number + 1}">next</a>'.encode()
        )

    for number in range(60):
        site.pages[f"/?page={number}"] = calendar
    site.pages["/"] = calendar
    report, _, _ = crawl(
        site,
        tmp_path,
        crawl="max_pages = 10",
        entries=f'[[entries]]\nkind = "listing"\nurl = "{site.url}/"\nlinks = "li a"\nnext = "a.next"\n',
    )
    assert report.counts["fetched:listing"] <= 10
    assert report.counts["fetched:article"] >= 9


def test_session_ids_and_campaign_marks_name_one_article(site: FaultSite, tmp_path: Path) -> None:
    site.list(["/good/1", "/good/1?utm_source=x", "/good/1;jsessionid=ABC", "/good/1#top"])
    report, _, _ = crawl(site, tmp_path)
    assert report.counts["fetched:article"] == 1


SITEMAPS: dict[str, tuple[str, int]] = {
    "relative-loc": ("<urlset><url><loc>/good/1</loc></url><url><loc>{url}/good/2</loc></url></urlset>", 2),
    "bad-loc-among-good": ("<urlset><url><loc>http://[</loc></url><url><loc>{url}/good/2</loc></url></urlset>", 1),
    "broken-xml": ("<urlset><url><loc>{url}/good/1</loc></url><url><loc>{url}/good/2</loc></ur", 2),
    "no-namespace-and-entity": ("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>{url}/good/1</loc></url><url><loc>&a;</loc></url></urlset>", 1),
    "entity-bomb": ("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><urlset><url><loc>{url}/good/1</loc></url><url><loc>&b;</loc></url></urlset>", 1),
    "offsite": ("<urlset><url><loc>http://example.invalid/1</loc></url><url><loc>{url}/good/1</loc></url></urlset>", 1),
    "file-scheme": ("<urlset><url><loc>file:///etc/passwd</loc></url><url><loc>{url}/good/1</loc></url></urlset>", 1),
    "cycle": ("<sitemapindex><sitemap><loc>{url}/sitemap.xml</loc></sitemap></sitemapindex>", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", SITEMAPS)
def test_sitemaps(site: FaultSite, tmp_path: Path, name: str) -> None:
    text, articles = SITEMAPS[name]
    site.pages["/sitemap.xml"] = lambda h: h.plain(text.replace("{url}", site.url).encode(), mime="application/xml")
    report, _, _ = crawl(site, tmp_path, entries=f'[[entries]]\nkind = "sitemap"\nurl = "{site.url}/sitemap.xml"\n')
    assert report.counts.get("fetched:article", 0) == articles
    assert report.counts["requests"] < 10


# ---------------------------------------------------------------- private addresses, broken hosts, the report


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"])
def test_a_private_address_that_the_seed_does_not_name_is_not_contacted(
    site: FaultSite, tmp_path: Path, host: str
) -> None:
    port = site.host.rpartition(":")[2]
    toml = site.seed().replace(f'allow_private = ["{site.host}"]', "").replace("127.0.0.1", host)
    source = parse_seed(toml, seed_id="xx.private", path="x.toml")
    workspace = Workspace(tmp_path / "package")
    (report,) = run_crawls([source], workspace)
    assert site.requests == [], f"port {port} was asked"
    assert report.result == "failed"


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
