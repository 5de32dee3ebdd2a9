"""The second run over a source: what it asks for, with which conditions, and what the archive keeps of the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.reader import iter_captures
from crawler.crawl.run import run_crawls
from crawler.model import Capture, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FaultSite, Handler, page

SITEMAP = '[[entries]]\nkind = "sitemap"\nurl = "{url}/sitemap.xml"\n'


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    for number in range(1, 5):
        server.pages[f"/good/{number}"] = tagged
    yield server
    server.close()


def tagged(handler: Handler) -> None:
    """ETag for 1, Last-Modified for 2, nothing for the others; 304 to who has it."""
    number = handler.path.rpartition("/")[2]
    fields = {"1": {"ETag": '"one"'}, "2": {"Last_Modified": "Mon, 04 May 2026 10:00:00 GMT"}}.get(number, {})
    has = handler.headers.get("If-None-Match") or handler.headers.get("If-Modified-Since")
    handler.plain(b"" if has else page(number), 304 if has else 200, **fields)


def show(site: FaultSite, **marks: str) -> None:
    urls = "".join(
        f"<url><loc>{site.url}/good/{name.strip('_')}</loc><lastmod>{mark}</lastmod></url>"
        for name, mark in marks.items()
    )
    site.pages["/sitemap.xml"] = lambda h: h.plain(f"<urlset>{urls}</urlset>".encode(), mime="application/xml")


def run(
    site: FaultSite, workspace: Workspace, *, full: bool = False, crawl: str = ""
) -> tuple[set[str], list[Capture]]:
    """The articles that one run asked for, and its captures of them; afterwards the index holds them."""
    site.requests.clear()
    seed = parse_seed(site.seed(crawl=crawl, entries=SITEMAP.format(url=site.url)), seed_id="xx.again", path="x")
    (report,) = run_crawls([seed], workspace, full=full)
    captures = [c for path in workspace.archive.glob("*.warc.gz") for c in iter_captures(path)]
    workspace.indexes.mkdir(exist_ok=True)
    (workspace.indexes / "all.cdx").write_bytes(cdxj(captures))
    mine = [c for c in captures if c.run_id == report.run_id and c.role is Role.ARTICLE]
    return {path.rpartition("/")[2] for _, path, _ in site.requests if path.startswith("/good/")}, mine


def test_what_is_known_is_asked_for_when_it_is_due_and_kept_as_a_revisit(site: FaultSite, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "package")
    show(site, _1="2026-05-04", _2="2026-05-04", _3="2026-05-04")
    assert run(site, workspace)[0] == {"1", "2", "3"}
    assert run(site, workspace)[0] == set(), "nothing is due after a moment"

    show(site, _1="2026-05-04", _2="2026-05-04", _3="2026-05-05", _4="2026-05-05")
    asked, captures = run(site, workspace)
    assert asked == {"3", "4"}, "a new lastmod brings a visit forward, and a new address is new"
    by_url = {c.url.rpartition("/")[2]: c for c in captures}
    assert (by_url["3"].kind, by_url["3"].status) == ("revisit", 200), "the same payload is kept once"
    assert by_url["3"].revisit_of
    assert by_url["4"].kind == "response"

    asked, captures = run(site, workspace, full=True)
    assert asked == {"1", "2", "3", "4"}, "--full asks for everything"
    kinds = {c.url.rpartition("/")[2]: (c.kind, c.status) for c in captures}
    assert kinds == {"1": ("revisit", 304), "2": ("revisit", 304), "3": ("revisit", 200), "4": ("revisit", 200)}
    sent = {path.rpartition("/")[2]: headers for _, path, headers in site.requests}
    assert sent["1"]["If-None-Match"] == '"one"'
    assert sent["2"]["If-Modified-Since"] == "Mon, 04 May 2026 10:00:00 GMT"
    assert not {"If-None-Match", "If-Modified-Since"} & set(sent["3"])


def test_what_a_listing_no_longer_shows_is_asked_for_all_the_same(site: FaultSite, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "package")
    show(site, _1="2026-05-04", _3="2026-05-04")
    run(site, workspace)
    show(site, _1="2026-05-04")
    site.pages["/good/3"] = lambda h: h.plain(b"", status=403)
    asked, captures = run(site, workspace, crawl="recheck_days = 0\nretries = 0")
    assert asked == {"1", "3"}
    assert {c.status for c in captures if c.url.endswith("/3")} == {403}


def test_a_run_asks_for_no_more_known_articles_than_its_seed_allows(site: FaultSite, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "package")
    show(site, _1="2026-05-04", _2="2026-05-04", _3="2026-05-04")
    run(site, workspace)
    show(site, _1="2026-05-05", _2="2026-05-05", _3="2026-05-05", _4="2026-05-05")
    asked, _ = run(site, workspace, crawl="max_revisits = 2")
    assert asked == {"1", "2", "4"}, "what is new does not count"
    assert run(site, workspace, crawl="max_revisits = 2")[0] == {"3"}, "what was left is still marked as changed"
    assert run(site, workspace, crawl="max_revisits = 0\nrecheck_days = 0")[0] == set()
    assert len(run(site, workspace, crawl="max_revisits = 3\nrecheck_days = 0")[0]) == 3
