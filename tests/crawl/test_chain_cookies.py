"""Pages that are shown only to who brings back the cookie of the redirect to them, and who else sees that cookie."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.archive.warc.reader import iter_captures
from crawler.crawl.manners.chain_cookies import ChainCookies
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FaultSite, Handler, Send, page

SECRET = "opensesame4711"


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    yield server
    server.close()


def gate(name: str, *, to: str, cookie: str = f"pass={SECRET}; Path=/") -> Send:
    """A page that is shown with the cookie, and sets it and leads `to` an address without it."""

    def send(handler: Handler, _: str = "") -> None:
        if SECRET in (handler.headers.get("Cookie") or ""):
            handler.plain(page(name))
        else:
            handler.plain(b"", status=302, Location=to, Set_Cookie=cookie)

    return send


def crawl(site: FaultSite, toml: str, folder: Path) -> tuple[CrawlReport, Workspace]:
    workspace = Workspace(folder / "package")
    (report,) = run_crawls([parse_seed(toml, seed_id="xx.one", path="x")], workspace)
    return report, workspace


def sent(site: FaultSite, path: str) -> list[str | None]:
    return [headers.get("Cookie") for _, asked, headers in site.requests if asked == path]


def shown(workspace: Workspace) -> set[str]:
    every = [c for path in workspace.archive.glob("*.warc.gz") for c in iter_captures(path)]
    return {c.url.partition("/")[2].partition("/")[2].partition("/")[2] for c in every if c.status == 200}


def test_a_page_behind_one_cookie_is_had_and_the_cookie_goes_nowhere_else(site: FaultSite, tmp_path: Path) -> None:
    site.pages["/good/a"] = gate("a", to="/good/a")
    site.pages["/good/b"] = gate("b", to="/good/b/let")  # over two redirects
    site.pages["/good/b/let"] = lambda h: h.plain(b"", status=302, Location="/good/b")
    site.list(["/good/a", "/good/b", "/good/c"])
    report, workspace = crawl(site, site.seed(), tmp_path)
    assert report.result == "complete", report.faults
    assert {"good/a", "good/b", "good/c"} <= shown(workspace)
    assert sent(site, "/good/a") == [None, f"pass={SECRET}"]
    assert sent(site, "/good/b") == [None, f"pass={SECRET}"]
    assert sent(site, "/good/b/let") == [f"pass={SECRET}"]
    others = [headers for _, path, headers in site.requests if not path.startswith(("/good/a", "/good/b"))]
    assert others
    assert not any("Cookie" in headers for headers in others)


def test_no_cookie_reaches_the_archive(site: FaultSite, tmp_path: Path) -> None:
    site.pages["/good/a"] = gate("a", to="/good/a")
    site.list(["/good/a"])
    _, workspace = crawl(site, site.seed(), tmp_path)
    held = b"".join(gzip.decompress(path.read_bytes()) for path in workspace.archive.glob("*.warc.gz"))
    assert b"\r\nCookie: xxxxx" in held
    assert b"Set-Cookie: xxxxx" in held
    files = [path for path in workspace.root.rglob("*") if path.is_file()]
    assert SECRET.encode() not in held
    assert not any(SECRET.encode() in path.read_bytes() for path in files)


def test_robots_txt_behind_a_cookie_is_read(site: FaultSite, tmp_path: Path) -> None:
    def robots(handler: Handler) -> None:
        if SECRET in (handler.headers.get("Cookie") or ""):
            handler.plain(b"User-agent: *\nDisallow: /good/2\n", mime="text/plain")
        else:
            handler.plain(b"", status=302, Location="/robots.txt", Set_Cookie=f"pass={SECRET}")

    site.pages["/robots.txt"] = robots
    site.list(["/good/1", "/good/2"])
    _, workspace = crawl(site, site.seed(), tmp_path)
    assert sent(site, "/good/1") == [None]
    assert sent(site, "/good/2") == []
    assert "good/1" in shown(workspace)


def test_a_chain_that_sets_new_cookies_for_ever_ends(site: FaultSite, tmp_path: Path) -> None:
    site.pages["/good/a"] = lambda h: h.plain(b"", status=302, Location="/good/a", Set_Cookie=f"n={len(site.requests)}")
    site.list(["/good/a", "/good/c"])
    report, workspace = crawl(site, site.seed(), tmp_path)
    assert [fault.reason for fault in report.faults] == ["redirects"]
    assert len(sent(site, "/good/a")) < 20
    assert "good/c" in shown(workspace)


@pytest.mark.parametrize(
    ("cookie", "to", "is_sent"),
    [
        ("k=v", "https://www.ministry.example/b", True),
        ("k=v", "https://other.example/b", False),
        ("k=v", "https://news.ministry.example/b", False),
        ("k=v; Domain=ministry.example", "https://other.example/b", False),
        ("k=v; Domain=other.example", "https://other.example/b", False),
        ("k=v; Path=/news", "https://www.ministry.example/b", False),
        ("k=v; Secure", "http://www.ministry.example/b", False),
        ("k=v; Max-Age=0", "https://www.ministry.example/b", False),
        ("k=" + "v" * 9000, "https://www.ministry.example/b", False),
    ],
)
def test_a_cookie_goes_where_it_belongs(cookie: str, to: str, is_sent: bool) -> None:
    cookies, asked, next_ = ChainCookies(), Request("https://www.ministry.example/a"), Request(to)
    cookies.take(Response(asked.url, status=302, headers={"Set-Cookie": cookie}), asked)
    cookies.give(next_)
    assert ("Cookie" in next_.headers) == is_sent
