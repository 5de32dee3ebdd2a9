"""What can go wrong with a whole site: its robots.txt, its listings, its sitemaps. One source each, one crawl for all."""

# ruff: noqa: E501 - one fault, one line

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fault_server import FaultSite, Handler

Install = Callable[[FaultSite], None]
Answer = Callable[[Handler], None]
ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class SiteFault:
    """`good`: the articles that must arrive, each once. `told`: the reason that the run report must hold, if any."""

    name: str
    promise: str
    install: Install
    good: frozenset[str]
    told: str | None = None
    crawl: str = ""  # further lines of the seed's [crawl]
    entries: str = ""  # in place of the listing at /; {url} is the site
    most: int = 30  # requests


ALL = frozenset({"1", "2", "3"})
NONE: frozenset[str] = frozenset()
NEXT = '[[entries]]\nkind = "listing"\nurl = "{url}/"\nlinks = "li a"\nnext = "a.next"\n'
PAGED = '[[entries]]\nkind = "listing"\nurl = "{url}/"\nlinks = "li a"\npage = "p"\n'
SITEMAP = '[[entries]]\nkind = "sitemap"\nurl = "{url}/sitemap.xml"\n'
FEED = '[[entries]]\nkind = "feed"\nurl = "{url}/rss"\n'
API = '[[entries]]\nkind = "json"\nurl = "{url}/api"\nitems = "data"\narticle = "{url}/good/{id}"\npage = "p"\n'


def items(*names: object, more: str = "") -> bytes:
    links = "".join(f'<li><a href="/good/{name}">A headline that is long enough {name}</a></li>' for name in names)
    return f"<html><body><ul>{links}</ul>{more}</body></html>".encode()


# ---------------------------------------------------------------- robots.txt


def _robots(answer: Answer) -> Install:
    def install(site: FaultSite) -> None:
        site.pages[ROBOTS] = answer
        site.list(["/good/1", "/good/2", "/good/3"])

    return install


def _text(body: bytes) -> Answer:
    return lambda h: h.plain(body, mime="text/plain")


def _hops(number: int) -> Install:
    """robots.txt behind so many redirects; it forbids article 3."""

    def install(site: FaultSite) -> None:
        site.list(["/good/1", "/good/2", "/good/3"])
        path = ROBOTS
        for hop in range(number):
            site.pages[path] = lambda h, to=f"/r{hop}": h.plain(b"", status=301, Location=to)
            path = f"/r{hop}"
        site.pages[path] = _text(b"User-agent: *\nDisallow: /good/3\n")

    return install


def _once(bad: Answer, then: Answer) -> Answer:
    tries = itertools.count()
    return lambda h: bad(h) if next(tries) == 0 else then(h)


TWO = frozenset({"1", "2"})
_NO_3 = b"User-agent: *\nDisallow: /good/3\n"
ROBOTS_FAULTS = (
    SiteFault("robots-404", "no rules: everything may be asked for", _robots(lambda h: h.plain(b"", status=404)), ALL),
    SiteFault("robots-403", "no rules: everything may be asked for", _robots(lambda h: h.plain(b"", status=403)), ALL),
    SiteFault("robots-empty", "no rules: everything may be asked for", _robots(_text(b"")), ALL),
    SiteFault("robots-html", "no rules: everything may be asked for", _robots(_text(b"<html>hello</html>")), ALL),
    SiteFault("robots-500", "unreachable: no request, told", _robots(lambda h: h.plain(b"", status=500)), NONE, "robots"),
    SiteFault("robots-503", "unreachable: no request, told", _robots(lambda h: h.plain(b"", status=503)), NONE, "robots"),
    SiteFault("robots-429", "unreachable: no request, told", _robots(lambda h: h.plain(b"", status=429)), NONE, "robots"),
    SiteFault("robots-reset", "unreachable: no request, told", _robots(lambda h: h.raw(b"", reset=True)), NONE, "robots"),
    SiteFault("robots-cut", "unreachable: no request, told", _robots(lambda h: h.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-a")), NONE, "robots"),
    SiteFault("robots-503-once", "asked again, then obeyed", _robots(_once(lambda h: h.plain(b"", status=503), _text(_NO_3))), TWO),
    SiteFault("robots-disallow-all", "obeyed", _robots(_text(b"User-agent: *\nDisallow: /\n")), NONE, "robots"),
    SiteFault("robots-disallow-us", "our own group goes before *", _robots(_text(b"User-agent: *\nAllow: /\n\nUser-agent: Ministry-News\nDisallow: /\n")), NONE, "robots"),
    SiteFault("robots-bom", "read behind a byte order mark", _robots(_text(b"\xef\xbb\xbf" + _NO_3)), TWO),
    SiteFault("robots-cr-only", "any line end is one", _robots(_text(_NO_3.replace(b"\n", b"\r"))), TWO),
    SiteFault("robots-longest-match", "the longest rule wins, not the first", _robots(_text(b"User-agent: *\nDisallow: /good/\nAllow: /good/1\nAllow: /good/2$\n")), TWO),
    SiteFault("robots-wildcard", "* and $ are read", _robots(_text(b"User-agent: *\nDisallow: /*/3$\n")), TWO),
    SiteFault("robots-nul-and-junk", "what can be read is obeyed", _robots(_text(b"\0\0junk\xff\nUser-agent: *\0\nDisallow: /good/3\n")), TWO),
    SiteFault("robots-large", "512 KiB are read, the rest is not", _robots(_text(_NO_3 + b"# x\n" * 150_000 + b"Disallow: /\n")), TWO),
    SiteFault("robots-5-redirects", "followed", _hops(5), TWO),
    SiteFault("robots-6-redirects", "more than five: unreachable, no request, told", _hops(6), NONE, "robots"),
    SiteFault("robots-redirect-offsite", "not followed: no request, told", _robots(lambda h: h.plain(b"", status=302, Location="http://example.invalid/robots.txt")), NONE, "robots"),
    SiteFault("robots-crawl-delay-of-a-year", "cut to ten minutes, or the run would never end; told", _robots(_text(b"User-agent: other\nCrawl-delay: 31536000\n")), ALL),
)  # fmt: skip


# ---------------------------------------------------------------- listings that are traps


def _serve(site: FaultSite, make: Callable[[str], bytes], path: str = "/", mime: str = "text/html") -> None:
    """`make`(query) under `path` with any query."""
    site.prefixes[path] = lambda h: h.plain(make(h.path.partition("?")[2]), mime=mime)


def _number(query: str) -> int:
    digits = query.rpartition("=")[2]
    return int(digits) if digits.isdigit() else 1


def _endless(site: FaultSite) -> None:
    _serve(site, lambda q: items(1, 2, 3, more=f'<a class=next href="/?p={_number(q) + 1}">on</a>'))


def _calendar(site: FaultSite) -> None:
    _serve(site, lambda q: items(_number(q), more=f'<a class=next href="/?p={_number(q) + 1}">on</a>'))


def _sessions(site: FaultSite) -> None:
    dice = (hashlib.md5(str(n).encode()).hexdigest() for n in itertools.count())  # noqa: S324 - as servers make them
    marks = ("?sid={}", ";jsessionid={}", "?utm_source=x{}", "?PHPSESSID={}", "#top{}")

    def make(query: str) -> bytes:
        names = [f"{n}{mark.format(next(dice))}" for n in (1, 2, 3) for mark in marks]
        return items(*names, more=f'<a class=next href="/?PHPSESSID={next(dice)}">on</a>')

    _serve(site, make)


def _shifting(site: FaultSite) -> None:
    """An article is published between page 1 and page 2: everything moves on by one."""
    asked = itertools.count()

    def make(query: str) -> bytes:
        names = ["3", "2", "1", "old"] if next(asked) == 0 else ["new", "3", "2", "1", "old"]
        at = (_number(query) - 1) * 2
        return items(*names[at : at + 2])

    _serve(site, make)


def _unstable(site: FaultSite) -> None:
    """Equal dates sorted another way for each answer, so that 3 is on no page of the first pass."""
    asked = itertools.count()

    def make(query: str) -> bytes:
        first = next(asked) < 3
        names = (["1", "2"], ["2", "1"]) if first else (["1", "3"], ["2", "1"])
        return items(*names[_number(query) - 1]) if _number(query) <= 2 else items()

    _serve(site, make)


def _paths(*paths: str) -> Install:
    return lambda site: site.list(list(paths))


def _home(site: FaultSite) -> None:
    site.pages["/gone"] = lambda h: h.plain(b"", status=302, Location="/")
    site.list(["/good/1", "/gone", "/good/2", "/good/3"])


LISTING_FAULTS = (
    SiteFault("listing-never-ends", "left after two pages that show nothing more", _endless, ALL, entries=NEXT),
    SiteFault("listing-calendar", "ended at max_pages, told", _calendar, frozenset("12345"), "limit", "max_pages = 5", NEXT),
    SiteFault("listing-session-ids", "one article for all its addresses", _sessions, ALL, entries=NEXT),
    SiteFault("listing-shifts", "none missed, none twice", _shifting, frozenset({"1", "2", "3", "old"}), entries=PAGED),
    SiteFault("listing-unstable", "what one pass missed, the next finds", _unstable, TWO, entries=PAGED),
    SiteFault("listing-empty", "told", lambda s: _serve(s, lambda q: items()), NONE, "listing"),
    SiteFault("listing-500", "told", lambda s: s.pages.update({"/": lambda h: h.plain(b"", status=500)}), NONE, "server-error"),
    SiteFault("listing-redirect-loop", "ended, told", lambda s: s.prefixes.update({"/": lambda h: h.plain(b"", status=302, Location=f"/?{s.tries.total()}")}), NONE, "redirects"),
    SiteFault("listing-next-is-itself", "read once", lambda s: _serve(s, lambda q: items(1, 2, 3, more='<a class=next href="/?#x">on</a>')), ALL, entries=NEXT),
    SiteFault("listing-offsite-links", "not asked for, told", _paths("/good/1", "/good/2", "/good/3", "http://other.invalid/1", "//2130706433/", "file:///etc/passwd", "javascript:alert(1)"), ALL, "offsite-link"),
    SiteFault("listing-url-of-10-kb", "not asked for", _paths("/good/1", "/good/2", "/good/3", "/good/" + "x" * 10_000), ALL, "listing"),
    SiteFault("listing-article-redirects-home", "no article, told", _home, ALL, "redirect-home"),
    SiteFault("listing-deep-markup", "read", lambda s: _serve(s, lambda q: b"<div>" * 1500 + items(1, 2, 3)), ALL),
    SiteFault("listing-max-requests", "ended at max_requests, told", _paths(*(f"/good/{n}" for n in range(1, 30))), frozenset("123456"), "limit", "max_requests = 8", most=8),
    SiteFault("api-total-page-lies", "read until a page is empty or repeats", lambda s: _serve(s, lambda q: json.dumps({"data": [{"id": n} for n in (1, 2, 3)], "total_page": 10**9}).encode(), "/api", "application/json"), ALL, "listing", entries=API),
    SiteFault("api-not-json", "told", lambda s: _serve(s, lambda q: b"<html>busy</html>", "/api"), NONE, "listing", entries=API),
    SiteFault("api-deep-json", "told", lambda s: _serve(s, lambda q: b"[" * 200_000, "/api", "application/json"), NONE, "listing", entries=API),
)  # fmt: skip


# ---------------------------------------------------------------- sitemaps and feeds


def _map(text: str | bytes, *, mime: str = "application/xml") -> Install:
    def install(site: FaultSite) -> None:
        body = text if isinstance(text, bytes) else text.replace("{url}", site.url).encode()
        site.prefixes["/sitemap.xml"] = lambda h: h.plain(body, mime=mime)

    return install


def _urls(*names: object) -> str:
    return "".join(f"<url><loc>{{url}}/good/{name}</loc></url>" for name in names)


def _changing_cycle(site: FaultSite) -> None:
    """Each answer is an index that names itself under two new addresses."""
    new = itertools.count()

    def make(query: str) -> bytes:
        inner = "".join(f"<sitemap><loc>{site.url}/sitemap.xml?v={next(new)}</loc></sitemap>" for _ in range(2))
        return f"<sitemapindex>{inner}</sitemapindex>".encode()

    _serve(site, make, "/sitemap.xml", "application/xml")


def _many(site: FaultSite) -> None:
    """An index of 200 sitemaps with one article each."""
    index = "".join(f"<sitemap><loc>{site.url}/sitemap.xml?n={n}</loc></sitemap>" for n in range(1, 201))

    def make(query: str) -> bytes:
        text = f"<urlset>{_urls(_number(query))}</urlset>" if query else f"<sitemapindex>{index}</sitemapindex>"
        return text.replace("{url}", site.url).encode()

    _serve(site, make, "/sitemap.xml", "application/xml")


def _huge(site: FaultSite) -> None:
    body = f"<urlset>{_urls(1, 2, 3)}{_urls(*['1'] * 12_000)}</urlset>".replace("{url}", site.url).encode()
    packed = gzip.compress(body + b" " * (60 << 20), compresslevel=1, mtime=0)
    site.prefixes["/sitemap.xml"] = lambda h: h.plain(packed, mime="application/gzip")


def _feed(site: FaultSite) -> None:
    entries = "".join(f"<item><link>/good/{n}</link><pubDate>no date</pubDate></item>" for n in (1, 2, 3))
    site.pages["/rss"] = lambda h: h.plain(f"<rss><channel>{entries}<item><link>http://[".encode(), mime="text/xml")


_ENTITY = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
_BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in itertools.pairwise("abcdefghi"))
    + "]>"
)
SITEMAP_FAULTS = (
    SiteFault("sitemap-relative-loc", "read", _map(f"<urlset><url><loc>/good/3</loc></url>{_urls(1, 2)}</urlset>"), ALL, entries=SITEMAP),
    SiteFault("sitemap-bad-loc-among-good", "the others are read", _map(f"<urlset><url><loc>http://[</loc></url>{_urls(1, 2, 3)}</urlset>"), ALL, "listing", entries=SITEMAP),
    SiteFault("sitemap-broken-xml", "read as far as it goes", _map(f"<urlset>{_urls(1, 2, 3)}</ur"), ALL, "listing", entries=SITEMAP),
    SiteFault("sitemap-external-entity", "never loaded", _map(f"{_ENTITY}<urlset>{_urls(1, 2, 3)}<url><loc>&a;</loc></url></urlset>"), ALL, entries=SITEMAP),
    SiteFault("sitemap-entity-bomb", "never expanded", _map(f"{_BOMB}<urlset>{_urls(1, 2, 3)}<url><loc>&i;</loc></url></urlset>"), ALL, "listing", entries=SITEMAP),
    SiteFault("sitemap-offsite", "not asked for, told", _map(f"<urlset><url><loc>http://example.invalid/1</loc></url>{_urls(1, 2, 3)}</urlset>"), ALL, "offsite-link", entries=SITEMAP),
    SiteFault("sitemap-file-scheme", "not asked for", _map(f"<urlset><url><loc>file:///etc/passwd</loc></url>{_urls(1, 2, 3)}</urlset>"), ALL, "listing", entries=SITEMAP),
    SiteFault("sitemap-cycle", "read once", _map("<sitemapindex><sitemap><loc>{url}/sitemap.xml</loc></sitemap></sitemapindex>"), NONE, "listing", entries=SITEMAP),
    SiteFault("sitemap-cycle-of-new-addresses", "two levels are read, told", _changing_cycle, NONE, "listing", entries=SITEMAP),
    SiteFault("sitemap-of-200-sitemaps", "ended at max_pages, told", _many, frozenset("1234"), "limit", "max_pages = 5", SITEMAP),
    SiteFault("sitemap-gzip-bomb", "unfolded up to 50 MiB, then read as far as it goes", _huge, ALL, "listing", entries=SITEMAP),
    SiteFault("sitemap-not-xml", "told", _map("{}"), NONE, "listing", entries=SITEMAP),
    SiteFault("feed-broken", "read as far as it goes", _feed, ALL, "listing", entries=FEED),
)  # fmt: skip

SITE_FAULTS = ROBOTS_FAULTS + LISTING_FAULTS + SITEMAP_FAULTS


def sites() -> Iterator[tuple[SiteFault, FaultSite, str]]:
    """Each fault with its running site and the seed's text. The caller closes the sites."""
    for fault in SITE_FAULTS:
        site = FaultSite()
        fault.install(site)
        entries = fault.entries.replace("{url}", site.url)
        yield fault, site, site.seed(crawl=f"retries = 1\n{fault.crawl}", entries=entries)


def articles(site: FaultSite) -> list[str]:
    """The good articles that were asked for, in order, whatever marks their addresses carried."""
    return [
        re.split("[?;]", path.removeprefix("/good/"))[0] for _, path, _ in site.requests if path.startswith("/good/")
    ]
