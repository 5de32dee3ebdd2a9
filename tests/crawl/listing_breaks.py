"""Each way in which each kind of entry breaks, what a run then says, and the table of that in docs/listings.md:
`python tests/crawl/listing_breaks.py` crawls them all over loopback and writes it."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).resolve().parent), str(ROOT)]
from listing_site import Answer, Asked, ListingSite, as_json, listing

from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

DOCUMENT = ROOT / "docs" / "listings.md"
ENTRIES = {
    "listing": 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\nnext = "a.next"\n',
    "listing by number": 'kind = "listing"\nurl = "{url}/l"\nlinks = "ul.n a"\npage = "p"\n',
    "feed": 'kind = "feed"\nurl = "{url}/l"\n',
    "sitemap": 'kind = "sitemap"\nurl = "{url}/l"\n',
    "json": 'kind = "json"\nurl = "{url}/l"\nitems = "data"\narticle = "{url}/a/{id}"\nnext = "next"\n',
    "wordpress": 'kind = "wordpress"\nurl = "{url}/wp-json/wp/v2/posts"\n',
}
BREAKS = (
    "nothing is wrong",
    "answers 200 with no items",
    "answers 200 with a page of words",
    "answers 404",
    "selector or path finds nothing",
    "field of the address renamed",
    "way to the next page renamed",
    "items of another site",
    "half of it arrives",
)
_NUMBERS = {1: (1, 2, 3), 2: (4, 5)}  # page -> articles
_PROSE: Answer = (
    "text/html",
    "<html><body><h1>Works</h1><p>This page is being repaired, please come back.</p></body></html>",
)
Make = Callable[[Asked, str, str], Answer]  # request, break, site -> answer


def _page(asked: Asked, name: str) -> tuple[int, tuple[int, ...]]:
    page = int(asked.get(name) or 1)
    return page, _NUMBERS.get(page, ())


def _html(asked: Asked, broken: str, url: str) -> Answer:
    page, numbers = _page(asked, "p")
    tail = "weiter" if broken == "way to the next page renamed" else "next"
    more = f'<a class="{tail}" href="/l?p=2">More</a>' if page == 1 else ""
    mime, body = listing([f"{url}/a/{n}" for n in numbers], more)
    text = body.decode() if isinstance(body, bytes) else body
    if broken == "selector or path finds nothing":
        text = text.replace('class="n"', 'class="news"')
    return mime, text.replace("href=", "data-href=") if broken == "field of the address renamed" else text


def _numbered(asked: Asked, broken: str, url: str) -> Answer:
    if broken == "way to the next page renamed":
        asked = Asked("GET", "/l", b"", {})
    return _html(asked, broken, url)


def _feed(asked: Asked, broken: str, url: str) -> Answer:
    tag = "enclosure" if broken == "field of the address renamed" else "link"
    items = "".join(f"<item><title>x</title><{tag}>{url}/a/{n}</{tag}></item>" for n in (1, 2, 3, 4, 5))
    items = items.replace("item>", "story>") if broken == "selector or path finds nothing" else items
    return "application/rss+xml", f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def _map(asked: Asked, broken: str, url: str) -> Answer:
    tag = "location" if broken == "field of the address renamed" else "loc"
    urls = "".join(f"<url><{tag}>{url}/a/{n}</{tag}></url>" for n in (1, 2, 3, 4, 5))
    urls = urls.replace("url>", "entry-of-map>") if broken == "selector or path finds nothing" else urls
    return "application/xml", f"<urlset>{urls}</urlset>"


def _api(asked: Asked, broken: str, url: str) -> Answer:
    page, numbers = _page(asked, "p")
    name = "ident" if broken == "field of the address renamed" else "id"
    following = "more" if broken == "way to the next page renamed" else "next"
    items = "rows" if broken == "selector or path finds nothing" else "data"
    return as_json({items: [{name: n} for n in numbers], following: "/l?p=2" if page == 1 else None})


def _posts(asked: Asked, broken: str, url: str) -> Answer:
    _, numbers = _page(asked, "page")
    name = "href" if broken == "field of the address renamed" else "link"
    posts = [{"id": n, name: f"{url}/a/{n}", "modified_gmt": "2026-03-01T10:00:00"} for n in numbers]
    return as_json({"posts": posts} if broken == "selector or path finds nothing" else posts)


MAKERS: Mapping[str, Make] = {
    "listing": _html, "listing by number": _numbered, "feed": _feed, "sitemap": _map, "json": _api, "wordpress": _posts,
}  # fmt: skip
_EMPTY: Mapping[str, Answer] = {
    "listing": listing([]),
    "listing by number": listing([]),
    "feed": ("application/rss+xml", '<rss version="2.0"><channel><title>T</title></channel></rss>'),
    "sitemap": ("application/xml", "<urlset></urlset>"),
    "json": as_json({"data": [], "next": None}),
    "wordpress": as_json([]),
}
_CANNOT = {("feed", "way to the next page renamed"), ("sitemap", "way to the next page renamed"),
           ("wordpress", "way to the next page renamed")}  # fmt: skip


def cases() -> Iterator[tuple[str, str]]:
    """(kind of entry, way to break) of all that can happen."""
    for kind in ENTRIES:
        yield from ((kind, broken) for broken in BREAKS if (kind, broken) not in _CANNOT)


def _install(site: ListingSite, kind: str, broken: str) -> None:
    def answer(asked: Asked) -> Answer | int:
        if broken == "answers 404":
            return 404
        if broken == "answers 200 with no items":
            return _EMPTY[kind]
        if broken == "answers 200 with a page of words":
            return _PROSE
        url = "http://other.example" if broken == "items of another site" else site.url
        if kind == "json" and broken == "items of another site":
            return as_json({"data": [{"id": "1"}], "next": None})
        mime, body = MAKERS[kind](asked, broken, url)
        whole = body.encode() if isinstance(body, str) else body
        is_half = broken == "half of it arrives" and not asked.get("p").replace("1", "")
        return mime, whole[: len(whole) * 2 // 3] if is_half else whole

    site.routes["/wp-json/wp/v2/posts" if kind == "wordpress" else "/l"] = answer


def _entry(kind: str, broken: str) -> str:
    entry = ENTRIES[kind]
    if kind == "json" and broken == "items of another site":
        entry = entry.replace("{url}/a/", "http://other.example/a/")
    return entry


def crawl_all(folder: Path) -> dict[tuple[str, str], tuple[CrawlReport, ListingSite]]:
    """The report of a run over each case."""
    sites: dict[str, tuple[tuple[str, str], ListingSite]] = {}
    seeds = []
    for number, (kind, broken) in enumerate(cases()):
        site = ListingSite()
        _install(site, kind, broken)
        sites[f"xx.b{number}"] = ((kind, broken), site)
        seeds.append(parse_seed(site.seed(_entry(kind, broken)), seed_id=f"xx.b{number}", path="b.toml"))
    reports = run_crawls(seeds, Workspace(folder / "package"))
    for _, site in sites.values():
        site.close()
    return {sites[r.source_id][0]: (r, sites[r.source_id][1]) for r in reports}


def told(report: CrawlReport, site: ListingSite) -> str:
    """What a run says, as it stands in the table."""
    words = [fault.detail for fault in report.faults if fault.reason != "offsite-link"]
    said = "; ".join(words).replace(site.url, "https://site.example").replace("|", "\\|")
    count = report.counts.get("fetched:article", 0)
    return f"{report.result}, {count} article{'s' if count != 1 else ''}" + (f": {said}" if said else "")


def table(found: Mapping[tuple[str, str], tuple[CrawlReport, ListingSite]]) -> str:
    """The document, in Markdown."""
    lines = [
        "# What is told when a listing breaks",
        "",
        "Every item of a listing, feed, sitemap or API answer is new, known, refused with a reason, or told as not",
        "understood; `listings` in a run's report holds the account of each entry. This table is what runs over",
        "made-up sites of five articles really say: `python tests/crawl/listing_breaks.py` writes it, a test runs it",
        "again.",
        "A run that is not `complete` ends with exit code 4.",
        "",
        "A counted page that is empty or answers 400, 404 or 410 is the end, unless the listing says that it has more:",
        "by the numbers of its pager, by `total_pages`, or by WordPress' header. Then it is told, and so are a `next`",
        "that leads to no page or back to what was read, and a page that shows only what pages before it have shown.",
        "A listing of one page of which no item was there in the last run (a feed that has moved on), or only those",
        "pinned at its top, makes the run partial once: what came and went in between was not seen. So does a listing",
        "in HTML that shows less than half of the items of the last run and no new one: its selector may find another",
        "list by now.",
        "",
        "A run is partial, too, where a listing shows that there is more than was read: a link to page 2 or a button",
        "that loads more, a form that holds an offset, a frame of the same site, a list of pages to choose from, an",
        "address like the listing's own but for a figure behind what has no words (8-14, II, a picture of an arrow),",
        "or data that tell a script where to load from, where the entry names no `next` or `page`; years, months,",
        "letters or days of a calendar to choose from, of which no item is; pages in no order, of which several show",
        "the same items; a link to an archive or to all news; a filter that is set though the entry's address does not",
        "ask for it; a field of an API (`hasMore`, `nextPageToken`, `last_page`, the header Link) that no key follows,",
        "or an answer of as many items as its address asks for; fewer items",
        "than the total that a page, an answer or its header states; a page that has items behind one that has none;",
        "a page without items that looks like no page of the listing; 10, 20, 30 ... counted pages that are all full,",
        "as systems cut their lists. `max_pages` on the entry says that no more is wanted. Tabs that lead to lists",
        "beside this one are noted. A feed of 10, 15, 20 ... items, or a list that leads no further, is noted once:",
        "what is older was not seen.",
        "",
        "A selector that finds a part of what a page shows is told as well: links among the items of a listing in",
        "HTML that are addressed as the items are and that `links` does not find, records and addresses of that kind",
        "in the page's data for scripts, rows that only a script opens, reports in rows without a link, items that are",
        "places on one page or records that share one address, and items on another host of the same site",
        "make the run partial. Links of that kind in the page's frame, or several under a heading of their own, are",
        "noted. Those that any listing of the source shows, or a run has asked for, are none.",
        "",
        "From the second quiet run on a listing is left at the first `crawl.known_pages` pages that are known. One",
        "whose pages get newer is read to its end by every run, and any once in `crawl.relist_days`: what is",
        "published with a day of the past stands behind known pages.",
    ]
    for kind in ENTRIES:
        keys = ", ".join(line.partition(" = ")[0] for line in ENTRIES[kind].splitlines()[2:])
        lines += ["", f"## {kind}", "", f"Keys of the entry: {keys or 'none but kind and url'}.", ""]
        lines += ["| what happens | what the run says |", "|---|---|"]
        lines += [f"| {broken} | {told(*found[kind, broken])} |" for broken in BREAKS if (kind, broken) in found]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        DOCUMENT.parent.mkdir(exist_ok=True)
        DOCUMENT.write_text(table(crawl_all(Path(scratch))), "utf-8")
    json.dump({"written": DOCUMENT.name}, sys.stdout)
