"""Whole crawls over listings that once lost articles without a word: each kind gives all, or is told, or both."""

# ruff: noqa: E501 - one kind, one line

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from listing_site import Asked, ListingSite, article, as_json, listing

Install = Callable[[ListingSite], None]
LISTING = 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\n'
JSON = 'kind = "json"\nurl = "{url}/l"\nitems = "data"\narticle = "{url}/a/{id}"\n'
FEED = 'kind = "feed"\nurl = "{url}/l"\n'
SITEMAP = 'kind = "sitemap"\nurl = "{url}/l"\n'


@dataclass(frozen=True)
class Kind:
    """`articles`: how many addresses of articles must be asked for; `told`: words of a fault; None: a whole run."""

    name: str
    entry: str
    install: Install
    articles: int
    told: str | None = None
    since: date | None = None


def _by(parameter: str, values: list[str]) -> Install:
    """Articles whose address is one path and the value of a parameter."""

    def install(site: ListingSite) -> None:
        site.routes["/l"] = lambda asked: listing([f"/view.jsp?{parameter}={value}" for value in values])
        site.routes["/view.jsp"] = lambda asked: article(values.index(asked.get(parameter)) + 1)

    return install


def _rotating(site: ListingSite) -> None:
    """The visitor's session in each address, another one for each answer."""

    def show(asked: Asked) -> tuple[str, str]:
        session = hashlib.md5(str(len(site.asked)).encode()).hexdigest()  # noqa: S324 - as servers make them
        return listing([f"/a/{n};jsessionid={session}?PHPSESSID={session}" for n in (1, 2, 3)] * 2)

    site.routes["/l"] = show
    plain = site.answer

    def answer(asked: Asked) -> tuple[str, str | bytes] | int:
        asked.path = asked.path.partition(";")[0]
        return plain(asked)

    site.answer = answer  # type: ignore[method-assign]


def _pages(last: int, more: Callable[[int], str]) -> Install:
    """Five articles on each page."""

    def install(site: ListingSite) -> None:
        def show(asked: Asked) -> tuple[str, str]:
            page = int(asked.get("p", "1"))
            links = [f"/a/{n}" for n in range(page * 5 - 4, page * 5 + 1)] if page <= last else []
            return listing(links, more(page) if page < last else "")

        site.routes["/l"] = show

    return install


def _years(site: ListingSite) -> None:
    """Two pages of the year that is chosen; another is offered."""

    def show(asked: Asked) -> tuple[str, str]:
        numbers = {"": (1, 2), "2": (3, 4)}.get(asked.get("p"), ())
        items = "".join(f'<li><a href="/a/{n}">A headline that is long</a> {n} March 2026</li>' for n in numbers)
        years = '<a href="/l?y=2026">2026</a> <a href="/l?y=2025">2025</a>'
        more = '<a class="next" href="/l?p=2">Next</a>' if asked.get("p") == "" else ""
        return "text/html; charset=utf-8", f'<html><body>{years}<ul class="n">{items}</ul>{more}</body></html>'

    site.routes["/l"] = show


def _records(site: ListingSite) -> None:
    """Three items as links, all twelve in the data that a script draws the page from."""
    data = json.dumps({"props": {"news": [{"id": n, "title": f"Report {n}"} for n in range(1, 13)]}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    site.routes["/l"] = lambda asked: listing([f"/a/{n}" for n in (1, 2, 3)], script)


def _fixed(body: str | bytes, mime: str = "text/html; charset=utf-8") -> Install:
    def install(site: ListingSite) -> None:
        content = body if isinstance(body, bytes) else body.replace("{url}", site.url)
        site.routes["/l"] = lambda asked: (mime, content)
        site.routes["/show.php"] = lambda asked: article(int(asked.get("id", "0")))

    return install


def _json(value: object) -> Install:
    return _fixed(json.dumps(value), "application/json")


def _legacy(site: ListingSite) -> None:
    def show(asked: Asked) -> tuple[str, str]:
        page, is_right = int(asked.get("page", "1")), "rubric=%CD%EE%E2%EE" in asked.query
        return listing([f"/a/{n}" for n in range(page * 5 - 4, page * 5 + 1)] if is_right and page < 4 else [])

    site.routes["/l"] = show


def _posted(name: str) -> Install:
    """An API that is asked by POST, and counts items or hands out cursors in the body."""

    def install(site: ListingSite) -> None:
        def show(asked: Asked) -> tuple[str, str | bytes] | int:
            if asked.method != "POST":
                return 405
            at = int(asked.body["page"].get(name) or 0)
            data = [{"id": n} for n in range(at + 1, min(at + 6, 13))]
            return as_json({"data": data, "page": {"after": str(at + 5) if at + 5 < 12 else None}})

        site.routes["/l"] = show

    return install


def _cut_map(site: ListingSite) -> None:
    urls = "".join(f"<url><loc>{site.url}/a/{n}</loc></url>" for n in range(1, 6))
    site.routes["/l"] = lambda asked: ("application/xml", f"<urlset>{urls}<url><loc>{site.url}/a/1")


HASHES = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(6)]
RSS = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title>{}</channel></rss>'
ITEM = "<item><title>x</title><link>{{url}}/show.php?lang=en&id={}</link></item>"
MARKS = ("0000-00-00", "1900-01-01", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00", "2569-03-01", "1405-08-20", "0")
MAP = "<urlset>{}</urlset>"
POST = 'body = { lang = "en", page = { size = 5 } }\n'
SINCE = date(2026, 1, 1)
_NEXT = '<a class="pager-next" href="/l?p={}">Next</a>'

KINDS = (
    Kind("number-named-as-session", LISTING, _by("sid", [str(n) for n in range(101, 109)]), 8),
    Kind("number-of-a-sitting", LISTING, _by("session_id", [str(n) for n in range(41, 47)]), 6),
    Kind("hash-named-as-session", LISTING, _by("sid", HASHES), 6),
    Kind("session-of-the-visitor", LISTING, _rotating, 3),
    Kind("next-renamed", LISTING + 'next = "a.next-page"\n', _pages(4, lambda p: _NEXT.format(p + 1)), 5, "entries.0.next"),
    Kind("next-by-script", LISTING + 'next = "a.next"\n', _pages(4, lambda p: '<a class="next" href="javascript:go(2)">N</a>'), 5, "entries.0.next"),
    Kind("next-leads-to-nothing", LISTING + 'next = "a.pager-next"\n', _pages(2, lambda p: _NEXT.format(99)), 5, "entries.0.next: leads to a page"),
    Kind("next-is-right", LISTING + 'next = "a.pager-next"\n', _pages(4, lambda p: _NEXT.format(p + 1)), 20),
    Kind("page-ignored", LISTING + 'page = "seite"\n', _pages(4, lambda p: ""), 5, "each page shows the items of the first"),
    Kind("ten-full-pages", LISTING + 'page = "p"\n', _pages(10, lambda p: ""), 50, "10 pages that are full"),
    Kind("another-year-offered", LISTING + 'next = "a.next"\n', _years, 4, "offers lists of 2025"),
    Kind("as-many-as-asked", JSON.replace("/l", "/l?limit=4"), _json({"data": [{"id": n} for n in (1, 2, 3, 4)]}), 4, "no key asks for more"),
    Kind("records-in-data", LISTING, _records, 3, "9 links among the items"),
    Kind("query-in-another-charset", 'kind = "listing"\nurl = "{url}/l?rubric=%CD%EE%E2%EE&x="\nlinks = "ul.n a"\npage = "page"\n', _legacy, 15),
    Kind("routes-of-scripts", LISTING, _fixed(listing([f"#/news/{n}" for n in range(1, 7)])[1]), 0, "none of 6 items"),
    Kind("routes-with-bang", LISTING, _fixed(listing([f"/app#!news/{n}" for n in range(1, 7)])[1]), 0, "none of 6 items"),
    Kind("links-by-script", LISTING, _fixed(listing(["javascript:;"] * 6)[1]), 0, "none of 6 items"),
    Kind("id-renamed", JSON, _json({"data": [{"ident": n} for n in range(1, 9)]}), 0, "without 'id'"),
    Kind("id-missing-in-some", JSON, _json({"data": [{"id": 1}, {"id": None}, {"id": 3}]}), 2, "1 of 3 items not understood"),
    Kind("next-field-renamed", JSON + 'next = "paging.next"\n', _json({"data": [{"id": 1}], "paging": {"after": "/l?p=2"}}), 1, "entries.0.next"),
    Kind("next-field-is-null", JSON + 'next = "paging.next"\n', _json({"data": [{"id": 1}], "paging": {"next": None}}), 1),
    Kind("date-renamed", JSON + 'date = "updated"\n', _json({"data": [{"id": 1}, {"id": 2}]}), 2, "entries.0.date"),
    Kind("posted-offset", JSON + POST + 'offset = "page.from"\n', _posted("from"), 12),
    Kind("posted-cursor", JSON + POST + 'cursor = "page.after"\nnext = "page.after"\n', _posted("after"), 12),
    Kind("bare-ampersand", FEED, _fixed(RSS.format("".join(ITEM.format(n) for n in range(1, 7))), "application/rss+xml"), 6, "repaired"),
    Kind("json-feed", FEED, _json({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": f"/a/{n}"} for n in (1, 2)]}), 2),
    Kind("cut-sitemap", SITEMAP, _cut_map, 5, "repaired"),
    Kind("marks-that-are-no-dates", SITEMAP, _fixed(MAP.format("".join(f"<url><loc>{{url}}/a/{n}</loc><lastmod>{mark}</lastmod></url>" for n, mark in enumerate((*MARKS, "2026-11-19"), 1))), "application/xml"), 8, "tell no day", SINCE),
    Kind("old-marks-are-left", SITEMAP, _fixed(MAP.format("".join(f"<url><loc>{{url}}/a/{n}</loc><lastmod>{mark}</lastmod></url>" for n, mark in enumerate(("2025-12-31", "2026-11-19"), 1))), "application/xml"), 1, None, SINCE),
    Kind("another-calendar", JSON + 'date = "updated"\n', _json({"data": [{"id": n, "updated": f"1405-08-{20 + n}"} for n in range(1, 7)]}), 6, "tell no day", SINCE),
    Kind("day-beside-the-link", LISTING, _fixed('<ul class="n"><li>12 March 2026 <a href="/a/1">x</a></li><li><a href="/a/2">x</a> 05.03.2024</li></ul>'), 1, None, SINCE),
)  # fmt: skip
SAFE = ("tell no day",)  # told, and no reason to call a run partial


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[ListingSite, CrawlReport]]:
    found = {}
    for since in (None, SINCE):
        sites = {}
        for kind in (k for k in KINDS if k.since == since):
            sites[kind.name] = ListingSite()
            kind.install(sites[kind.name])
        seeds = [
            parse_seed(sites[k.name].seed(k.entry), seed_id=f"xx.{k.name}", path=k.name)
            for k in KINDS
            if k.name in sites
        ]
        reports = run_crawls(seeds, Workspace(tmp_path_factory.mktemp("kinds") / "package"), since=since)
        found |= {r.source_id[3:]: (sites[r.source_id[3:]], r) for r in reports}
        for site in sites.values():
            site.close()
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_is_missed_without_a_word(seen: dict[str, tuple[ListingSite, CrawlReport]], kind: Kind) -> None:
    site, report = seen[kind.name]
    details = [fault.detail for fault in report.faults]
    assert report.counts.get("fetched:article", 0) == kind.articles, (site.asked, details)
    if kind.told is None:
        assert (report.result, details) == ("complete", [])
    else:
        assert any(kind.told in detail for detail in details), details
        assert report.result == ("complete" if kind.told in SAFE else "failed" if not kind.articles else "partial")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_accounts_of_a_run_add_up(seen: dict[str, tuple[ListingSite, CrawlReport]], kind: Kind) -> None:
    _, report = seen[kind.name]
    counts = report.counts
    assert report.listings
    for entry in report.listings:
        assert entry.account.is_balanced
        assert entry.account.listed == 0
    assert counts.get("items seen", 0) == sum(entry.account.seen for entry in report.listings)
    told = ("items new", "items known", "items refused", "items not understood")
    assert counts.get("items seen", 0) == sum(counts.get(name, 0) for name in told)
    assert CrawlReport.from_dict(json.loads(json.dumps(report.as_dict()))) == report
