"""What several runs after one another, several listings and several hosts make of a source: over a real server."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.reader import iter_captures
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.model import Role
from crawler.seeds import load_seed, parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FaultSite, Handler, page

REPOSITORY = Path(__file__).resolve().parents[2]
PAGED = '[[entries]]\nkind = "listing"\nurl = "{url}/list"\nlinks = "li a"\npage = "p"\n'


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    yield server
    server.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "package").mkdir()
    return Workspace(tmp_path / "package")


def crawl(toml: str, workspace: Workspace, **options: Any) -> CrawlReport:
    """One run, after which the index is what the next one remembers."""
    (report,) = run_crawls([parse_seed(toml, seed_id="xx.site", path="x.toml")], workspace, **options)
    workspace.indexes.mkdir(exist_ok=True)
    captures = [c for path in workspace.archive.glob("*.warc.gz") for c in iter_captures(path)]
    (workspace.indexes / "all.cdx").write_bytes(cdxj(captures))
    return report


def asked(site: FaultSite, prefix: str = "/good/") -> list[str]:
    return [path for _, path, _ in site.requests if path.startswith(prefix)]


def show(site: FaultSite, pages: list[list[str]]) -> None:
    """A listing at /list, /list?p=2 and so on."""
    for number, names in enumerate(pages, 1):
        items = "".join(f'<li><a href="{name if "/" in name else "/good/" + name}">{name}</a></li>' for name in names)
        site.pages["/list" if number == 1 else f"/list?p={number}"] = lambda h, t=items: h.plain(
            f"<ul>{t}</ul>".encode()
        )


def numbered(begin: int, end: int, size: int = 3) -> list[list[str]]:
    names = [str(n) for n in range(begin, end, -1)]
    return [names[at : at + size] for at in range(0, len(names), size)]


# ---------------------------------------------------------------- listings over several runs


def test_what_a_limited_run_left_is_found_by_the_next(site: FaultSite, workspace: Workspace) -> None:
    show(site, numbered(30, 0))
    seed = site.seed(crawl="known_pages = 2", entries=PAGED.format(url=site.url))
    crawl(seed, workspace, limit=9)
    assert sorted(map(int, (p.rpartition("/")[2] for p in asked(site)))) == list(range(22, 31))
    crawl(seed, workspace)
    assert len(set(asked(site))) == 30
    assert list(crawl(seed, workspace).settled.values()) == [""]


def test_a_listing_read_to_its_end_is_left_early_later(site: FaultSite, workspace: Workspace) -> None:
    show(site, numbered(30, 0))
    seed = site.seed(crawl="known_pages = 2", entries=PAGED.format(url=site.url))
    assert crawl(seed, workspace).settled == {}, "one pass is no proof: a listing may shift while it is read"
    crawl(seed, workspace)
    first = len(asked(site, "/list")) / 2
    show(site, numbered(31, 0))
    site.requests.clear()
    report = crawl(seed, workspace)
    assert first >= 10
    assert len(asked(site, "/list")) == 3, "one page with news, two that are known"
    assert asked(site) == ["/good/31"]
    assert list(report.settled.values()) == [""], "and it stays so"


def test_what_stood_behind_a_broken_page_is_found_later(site: FaultSite, workspace: Workspace) -> None:
    show(site, numbered(30, 0))
    whole = site.pages["/list?p=5"]
    site.pages["/list?p=5"] = lambda h: h.plain(b"sorry", status=500)
    seed = site.seed(crawl="known_pages = 2\nretries = 0", entries=PAGED.format(url=site.url))
    report = crawl(seed, workspace)
    assert report.result == "partial"
    assert report.settled == {}
    site.pages["/list?p=5"] = whole
    crawl(seed, workspace)
    assert len(set(asked(site))) == 30


def test_what_may_never_be_asked_for_is_no_news(site: FaultSite, workspace: Workspace) -> None:
    """Otherwise a link to another site on each page would have the whole listing read in every run."""
    site.pages["/robots.txt"] = lambda h: h.plain(b"User-agent: *\nDisallow: /good/x\n", mime="text/plain")
    show(site, [[*names, "/good/x", "http://other.invalid/1"] for names in numbered(30, 0)])
    seed = site.seed(crawl="known_pages = 2", entries=PAGED.format(url=site.url))
    report = crawl(seed, workspace)
    assert report.result == "complete", report.faults
    assert report.counts["fault:offsite-link"] >= 10
    crawl(seed, workspace)
    site.requests.clear()
    crawl(seed, workspace)
    assert len(asked(site, "/list")) == 2


def test_one_listing_does_not_end_another(site: FaultSite, workspace: Workspace) -> None:
    names = numbered(30, 0)
    site.list([f"/good/{n}" for n in range(30, 12, -1)])  # a long first page that knows what six pages list
    show(site, names)
    entries = f'[[entries]]\nkind = "listing"\nurl = "{site.url}/"\nlinks = "li a"\n' + PAGED.format(url=site.url)
    crawl(site.seed(entries=entries), workspace)
    assert len(set(asked(site))) == 30


def test_dates_in_any_form_limit_a_run_by_day(site: FaultSite, workspace: Workspace) -> None:
    marks = [
        "Mon, 04 May 2026 10:00:00 +0500",
        "Mon, 05 May 2025 10:00:00 +0500",
        "04.05.2026",
        "2026-05-04",
        "2025-05-04",
    ]
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><link>{site.url}/good/{n}</link><pubDate>{mark}</pubDate></item>"
        for n, mark in enumerate(marks)
    )
    site.pages["/rss"] = lambda h: h.plain(f"<rss><channel>{items}</channel></rss>".encode(), mime="text/xml")
    seed = site.seed(entries=f'[[entries]]\nkind = "feed"\nurl = "{site.url}/rss"\n')
    crawl(seed, workspace, since=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert sorted(asked(site)) == ["/good/0", "/good/2", "/good/3"], "what cannot be read for certain is asked for"


def test_addresses_beyond_ascii_are_known_again(site: FaultSite, workspace: Workspace) -> None:
    address = "/good/%D1%80%D0%B5%D0%BA%D0%B0%20a%7Cb"
    site.list(["/good/река a|b", "/good/%d1%80%d0%b5%d0%ba%d0%b0%20a%7cb?utm_source=list", address])
    crawl(site.seed(), workspace)
    assert asked(site) == [address], "three spellings of one address"
    crawl(site.seed(), workspace)
    assert asked(site) == [address], "not due yet"


# ---------------------------------------------------------------- hosts


def test_dead_pages_do_not_close_a_host(site: FaultSite, workspace: Workspace) -> None:
    site.list([*(f"/a/status-500-always?{n}" for n in range(5)), "/good/1", "/good/2"])
    report = crawl(site.seed().replace("delay_s = 0.005", "delay_s = 0"), workspace)
    assert set(asked(site)) == {"/good/1", "/good/2"}
    assert report.counts["fault:server-error"] == 5


def test_a_host_that_refuses_everything_is_left_alone(site: FaultSite, workspace: Workspace) -> None:
    site.list([f"/a/status-403?{n}" for n in range(40)])
    report = crawl(site.seed(), workspace)
    assert len(asked(site, "/a/")) <= 9
    assert report.counts["fault:host-broken"] > 0
    assert report.settled == {}, "what was not asked for is looked for again"


def test_a_long_rest_is_not_waited_for(site: FaultSite, workspace: Workspace) -> None:
    def rest(handler: Handler) -> None:
        handler.plain(b"", status=429, Retry_After="86400")

    site.pages["/good/1"] = site.pages["/good/2"] = rest
    site.list(["/good/1", "/good/2"])
    begun = time.monotonic()
    report = crawl(site.seed(), workspace)
    assert time.monotonic() - begun < 30
    assert len(asked(site)) == 1, "the other one is not asked for"
    assert any("left alone for 86400 s" in fault.detail for fault in report.faults)


def test_a_site_that_lets_nobody_in_has_failed(site: FaultSite, workspace: Workspace) -> None:
    site.pages["/"] = lambda h: h.plain(b"", status=403)
    assert crawl(site.seed(), workspace).result == "failed"


def test_a_listing_that_robots_forbid_is_told(site: FaultSite, workspace: Workspace) -> None:
    site.pages["/robots.txt"] = lambda h: h.plain(b"User-agent: *\nDisallow: /\n", mime="text/plain")
    report = crawl(site.seed(), workspace)
    assert report.result == "failed"
    assert [fault.reason for fault in report.faults] == ["robots"]


def test_an_empty_robots_is_an_answer(site: FaultSite, workspace: Workspace) -> None:
    site.pages["/robots.txt"] = lambda h: h.plain(b"", mime="text/plain")
    site.list(["/good/1"])
    crawl(site.seed(), workspace)
    assert len(asked(site, "/robots.txt")) == 1


def test_another_scheme_of_our_host_has_rules_of_its_own(
    site: FaultSite, servers: list[Any], workspace: Workspace
) -> None:
    secure = servers[1]
    site.list([f"{secure.base}/case/plain", "/good/1"])
    host = secure.base.removeprefix("https://")
    more = f'hosts = ["{host}"]\ninsecure_hosts = ["127.0.0.1"]\nretries = 0'
    crawl(site.seed(crawl=more).replace("allow_private = [", f'allow_private = ["{host}", '), workspace)
    (path,) = workspace.archive.glob("*.warc.gz")
    captures = [(c.role, c.url) for c in iter_captures(path)]
    assert (Role.ROBOTS, f"{secure.base}/robots.txt") in captures
    assert (Role.ARTICLE, f"{secure.base}/case/plain") in captures
    assert captures.index((Role.ROBOTS, f"{secure.base}/robots.txt")) < captures.index(
        (Role.ARTICLE, f"{secure.base}/case/plain")
    )


def test_a_bundle_stands_beside_its_seed(
    servers: list[Any], bundle: Path, tmp_path: Path, workspace: Workspace
) -> None:
    secure = servers[1]
    path = tmp_path / "seeds" / "xx" / "secure.toml"
    path.parent.mkdir(parents=True)
    (path.parent / "ca.pem").write_bytes(bundle.read_bytes())
    host = secure.base.removeprefix("https://")
    path.write_text(
        f'title = {{ en = "S" }}\nhomepage = "{secure.base}/"\nplatform = "generic"\ntimezone = "UTC"\n'
        f'[languages]\nen = "en"\n[[entries]]\nkind = "listing"\nurl = "{secure.base}/case/plain"\nlinks = "a"\n'
        f'[crawl]\ndelay_s = 0.01\nretries = 0\nca_bundle = "ca.pem"\nallow_private = ["{host}"]\n',
        "utf-8",
    )
    (report,) = run_crawls([load_seed(path)], workspace)
    assert report.counts["fetched:listing"] == 1, report.faults


# ---------------------------------------------------------------- files of articles


def test_files_are_fetched_for_articles_only(site: FaultSite, workspace: Workspace) -> None:
    with_file = page("f").replace(b"</article>", b"<a href='/files/report.pdf'>the report</a></article>")
    site.pages["/good/1"] = lambda h: h.plain(with_file)
    site.pages["/good/2"] = lambda h: h.plain(with_file.replace(b"report.pdf", b"logo.pdf"), status=404)
    site.pages["/files/report.pdf"] = lambda h: h.plain(b"%PDF-1.4", mime="application/pdf")
    site.list(["/good/1", "/good/2"])
    seed = site.seed(crawl='media = "attachments"')
    crawl(seed, workspace)
    assert asked(site, "/files/") == ["/files/report.pdf"]
    crawl(seed, workspace, full=True)
    assert asked(site, "/files/") == ["/files/report.pdf"], "a file that the archive holds is not fetched again"


# ---------------------------------------------------------------- hours, signals, a full disk, a defect


def hours_around(moment: datetime, *, before: timedelta, behind: timedelta) -> str:
    here = moment.astimezone(ZoneInfo("Asia/Tashkent"))
    return f"{here - before:%H:%M}-{here + behind:%H:%M}"


def test_outside_its_hours_a_source_is_not_asked(site: FaultSite, workspace: Workspace) -> None:
    site.list(["/good/1"])
    now, hour = datetime.now(UTC), timedelta(hours=1)
    closed = hours_around(now, before=-hour, behind=2 * hour)
    report = crawl(site.seed(crawl=f'hours = "{closed}"'), workspace)
    assert (report.result, report.limits, site.requests) == ("postponed", {"hours": 1}, [])
    now_open = hours_around(now, before=hour, behind=hour)
    assert crawl(site.seed(crawl=f'hours = "{now_open}"'), workspace).result == "complete"
    assert asked(site) == ["/good/1"]


ENDING = """
from crawler.crawl import source_run, worker
calls = []
def is_open(hours, zone, now):
    calls.append(now)
    return len(calls) <= 3  # at the beginning, and for two looks at the clock, half a second apart
source_run.is_open = is_open
worker.main()
"""


def test_a_run_that_reaches_the_end_of_its_hours_stops_and_the_next_goes_on(
    site: FaultSite, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_site(site)
    seed = site.seed(crawl='hours = "00:00-00:00"')
    popen = subprocess.Popen
    with monkeypatch.context() as patch:
        patch.setattr(
            "crawler.crawl.run.subprocess.Popen",
            lambda command, **options: popen([sys.executable, "-c", ENDING], **options),
        )
        report = crawl(seed, workspace)
    first = asked(site)
    assert report.result == "postponed"
    assert report.limits == {"hours": 1}
    assert 2 <= len(first) < 40
    assert report.settled == {}, "the next run reads the whole listing again"
    site.requests.clear()
    report = crawl(seed, workspace, limit=3)
    assert len(asked(site)) == 3
    assert not set(asked(site)) & set(first[:-1]), "it goes on with what is new"
    assert report.result == "postponed" and "no more than 3 new articles" in report.faults[-1].detail


def slow_site(site: FaultSite) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.2)
        handler.plain(page("slow"))

    site.list([f"/good/{n}" for n in range(200)])
    for n in range(200):
        site.pages[f"/good/{n}"] = slow


SIGNALLED = """
import json, sys
from pathlib import Path
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
seed = parse_seed(sys.argv[1], seed_id="xx.site", path="x.toml")
print("begun", flush=True)
reports = run_crawls([seed], Workspace(Path(sys.argv[2])))
print(json.dumps([r.as_dict() for r in reports]))
"""


@pytest.mark.parametrize(
    ("number", "to_group"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False)]
)
def test_a_signal_ends_a_run_and_keeps_what_came(
    site: FaultSite, workspace: Workspace, number: signal.Signals, to_group: bool
) -> None:
    slow_site(site)
    command = [sys.executable, "-c", SIGNALLED, site.seed(), str(workspace.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, cwd=REPOSITORY)
    deadline = time.monotonic() + 60
    while len(asked(site)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    if to_group:  # as a terminal does
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    (report,) = json.loads(out.splitlines()[-1])
    assert report["result"] == "interrupted"
    (path,) = workspace.archive.glob("*.warc.gz")
    kept = [c for c in iter_captures(path) if c.role is Role.ARTICLE and c.status == 200]
    assert len(kept) >= 2
    assert len(asked(site)) < 40
    assert report["settled"] == {}


def test_a_disk_that_is_full_ends_the_run(site: FaultSite, workspace: Workspace) -> None:
    """The size of files stands in for the disk's: the child inherits the limit, and its writes fail."""
    site.list([f"/good/{n}" for n in range(400)])
    script = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n{SIGNALLED}"
    command = [sys.executable, "-c", script, site.seed(), str(workspace.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, timeout=120)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 40_000
    assert len(asked(site)) < 390, "a run that cannot keep what it fetches stops asking"
    assert "environment" in done.stdout + done.stderr or "EnvironmentFault" in done.stderr


BROKEN = """
import sys
from crawler.crawl import reading, worker
whole = reading.discover
def discover(payload, listing, seed):
    if payload.capture.url.endswith("p=2"):
        raise ZeroDivisionError("a defect")
    return whole(payload, listing, seed)
reading.discover = discover
worker.main()
"""


def test_a_defect_is_told_and_not_passed_over(
    site: FaultSite, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(site, numbered(6, 0))
    popen = subprocess.Popen

    def with_defect(command: list[str], **options: Any) -> Any:
        return popen([sys.executable, "-c", BROKEN], **options)

    monkeypatch.setattr("crawler.crawl.run.subprocess.Popen", with_defect)
    report = crawl(site.seed(entries=PAGED.format(url=site.url)), workspace)
    assert report.result == "partial"
    assert any(fault.reason == "internal" and "a defect" in fault.detail for fault in report.faults)
    assert len(asked(site)) == 3, "what the rest of the run finds is kept"


def test_runs_in_a_thread_need_no_signals(site: FaultSite, workspace: Workspace) -> None:
    site.list(["/good/1"])
    results: list[CrawlReport] = []
    thread = threading.Thread(target=lambda: results.append(crawl(site.seed(), workspace)))
    thread.start()
    thread.join(60)
    assert results[0].result == "complete"
