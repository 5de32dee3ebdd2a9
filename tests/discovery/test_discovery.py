"""Links from every kind of listing, as servers really write them and as they write them wrongly."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crawler.demo import pages, seed_texts
from crawler.demo.content import portal
from crawler.discovery import Listing, discover, fallback, start
from crawler.discovery.readers.sitemap import MAX_DEPTH
from crawler.discovery.subresources.media import MOST_FILES, media_links
from crawler.model import Capture, Entry, EntryKind, Locator, Payload, Role, Seed
from crawler.seeds import parse_seed

URL = "https://t.example"
SEED = """title = { en = "T" }
homepage = "https://t.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
ru = "ru"
[[entries]]
kind = "feed"
url = "https://t.example/rss"
"""


def seed(text: str = SEED) -> Seed:
    return parse_seed(text, seed_id="xx.t", path="t.toml")


def payload(body: str | bytes, url: str = f"{URL}/news", mime: str = "text/html", **headers: str) -> Payload:
    capture = Capture(
        "id",
        "xx.t",
        "run",
        url,
        datetime(2026, 5, 4, tzinfo=UTC),
        Role.LISTING,
        Locator("archive/x", 0, 1),
        status=200,
        mime=mime,
    )
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Payload(capture, fields, body.encode() if isinstance(body, str) else body)


def found(kind: str, body: str | bytes, **entry: Any) -> Any:
    listing = Listing(Entry(EntryKind(kind), f"{URL}/news", **entry), f"{URL}/news")
    return discover(payload(body), listing, seed())


def urls(result: Any) -> list[str]:
    return [link.url for link in result.links]


def test_a_listing_by_css() -> None:
    page = '<base href="/ru/"><div class=l><a href="n/1">a</a><a href=" /n/2#x ">b</a><a href="n/1?utm_source=z">a</a></div><a href=/x>x</a>'
    result = found("listing", page, links=".l a", page="p")
    assert urls(result) == [f"{URL}/ru/n/1", f"{URL}/n/2"]
    assert [n.url for n in result.next] == [f"{URL}/news?p=2"]


def test_a_listing_goes_on_by_its_link() -> None:
    result = found(
        "listing", '<a class=i href=/1>1</a><a class=next href="/news?page=2">next</a>', links=".i", next=".next"
    )
    assert [(n.url, n.page) for n in result.next] == [(f"{URL}/news?page=2", 2)]
    same = found("listing", '<a class=i href=/1>1</a><a class=next href="/news">next</a>', links=".i", next=".next")
    assert same.next == ()


def test_a_pager_s_link_to_the_first_page_leads_nowhere_from_there() -> None:
    """Sites give the first page a second address; read as the next page it would show the same items again."""
    pager = '<p class=p><a href="/news/page/1/">1</a><a href="/news/page/2/">2</a></p>'
    result = found("listing", f"<a class=i href=/1>1</a>{pager}", links=".i", next=".p a")
    assert [n.url for n in result.next] == [f"{URL}/news/page/2/"]


def test_a_listing_without_links_is_told() -> None:
    assert found("listing", "<p>nothing</p>", links=".i").problems
    assert found("listing", "", links=".i").problems
    assert found("listing", b"\x00\xff\xfe", links=".i").problems


def test_hostile_links_are_dropped() -> None:
    links = [
        "javascript:alert(1)",
        "mailto:a@b.c",
        "file:///etc/passwd",
        "http://[",
        "",
        "/ok",
        "x" * 3000,
        "http://h:99999/",
    ]
    page = "".join(f'<a class=i href="{href}">x</a>' for href in links)
    assert urls(found("listing", page, links=".i")) == [f"{URL}/ok"]


def test_match_limits_what_is_an_article() -> None:
    page = "<a class=i href=/news/1>1</a><a class=i href=/tag/1>1</a>"
    assert urls(found("listing", page, links=".i", match=r"/news/\d+$")) == [f"{URL}/news/1"]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel>
<link>https://t.example/</link><a:link href="https://t.example/rss" rel="self"/>
<item><title>A &amp; B</title><link> https://t.example/1 </link><pubDate>Mon, 04 May 2026 10:00:00 +0500</pubDate></item>
<item><guid isPermaLink="true">https://t.example/2</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="edit" href="/e"/><link href="/1"/><updated>2026-05-04T10:00:00Z</updated></entry></feed>"""


def test_feeds() -> None:
    result = found("feed", RSS)
    assert urls(result) == [f"{URL}/1", f"{URL}/2"]
    assert result.links[0].modified == "Mon, 04 May 2026 10:00:00 +0500"
    assert [(link.url, link.modified) for link in found("feed", ATOM).links] == [(f"{URL}/1", "2026-05-04T10:00:00Z")]
    assert urls(found("feed", RSS[:-40])) == [f"{URL}/1"], "a cut feed gives what it holds whole"
    assert found("feed", "<html>no feed</html>").problems


def test_sitemaps_gzip_and_index() -> None:
    text = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://t.example/1</loc><lastmod>2026-05-04</lastmod></url></urlset>"
    for body in (text, gzip.compress(text, mtime=0)):
        (link,) = found("sitemap", body).links
        assert (link.url, link.modified) == (f"{URL}/1", "2026-05-04")
    index = "<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>"
    (inner,) = found("sitemap", index).next
    assert (inner.url, inner.depth) == (f"{URL}/s1.xml", 1)
    (deeper,) = discover(
        payload(index), inner, seed()
    ).next  # no index names indexes by the protocol, and sites have them
    assert deeper.depth == 2
    last = discover(payload(index), replace(inner, depth=MAX_DEPTH - 1), seed())
    assert last.next == () and last.problems, "nobody goes on for ever"


def test_json_api() -> None:
    answer = json.dumps({"d": {"items": [{"id": 7, "when": "2026-05-04"}, {"nothing": 1}], "pages": 2}})
    result = found(
        "json", answer, items="d.items", article=URL + "/n/{id}", date="when", page="p", total_pages="d.pages"
    )
    assert [(link.url, link.modified) for link in result.links] == [(f"{URL}/n/7", "2026-05-04")]
    assert [n.url for n in result.next] == [f"{URL}/news?p=2"]
    address = json.dumps([{"href": "/n/8"}])
    assert urls(found("json", address, article="href")) == [f"{URL}/n/8"]
    following = json.dumps({"results": [{"id": 1}], "next": "/news?cursor=abc"})
    assert [n.url for n in found("json", following, items="results", article=URL + "/{id}", next="next").next] == [
        f"{URL}/news?cursor=abc"
    ]
    for junk in ("", "[", "null", '{"d": 5}', "[" * 100_000):
        assert found("json", junk, items="d", article="x").problems


def test_wordpress_ends_at_its_last_page() -> None:
    source = seed(
        SEED.replace('kind = "feed"\nurl = "https://t.example/rss"', 'kind = "wordpress"\nurl = "https://t.example/"')
    )
    (listing,) = start(source)
    assert listing.url.startswith(f"{URL}/wp-json/wp/v2/posts?per_page=")
    body = json.dumps([{"id": 1, "link": f"{URL}/1", "modified_gmt": "2026-05-04T10:00:00"}])
    more = discover(payload(body, X_WP_TotalPages="3"), listing, source)
    assert urls(more) == [f"{URL}/1"]
    assert len(more.next) == 1
    assert discover(payload(body, X_WP_TotalPages="1"), listing, source).next == ()


def portal_seed() -> Seed:
    return parse_seed(seed_texts("https://portal.example")["demo.rivers"], seed_id="demo.rivers", path="x")


def test_the_portal_lists_every_language_and_asks_for_all() -> None:
    source = portal_seed()
    listings = start(source)
    assert [listing.headers["language"] for listing in listings] == ["oz", "uz", "ru", "en"]
    answer = json.dumps(
        {
            "data": [{"id": 223001, "date": "2026-03-12 10:00:00", "updated_date": "2026-03-13 09:00:00"}],
            "total_page": 3,
            "current_page": 1,
        }
    )
    result = discover(payload(answer, mime="application/json"), listings[2], source)
    pages_ = [link for link in result.links if "/news/view/" in link.url]
    assert {link.document for link in pages_} == {"223001/oz", "223001/uz", "223001/ru", "223001/en"}
    (api,) = [link for link in result.links if "view?id=" in link.url]
    assert (api.document, api.headers["language"], api.modified) == ("223001/ru", "ru", "2026-03-13 09:00:00")
    assert len(result.next) == 1
    last = discover(payload(answer.replace('"total_page": 3', '"total_page": 1')), listings[2], source)
    assert last.next == ()


def test_the_portal_falls_back_to_its_page() -> None:
    source = portal_seed()
    listing = start(source)[2]
    other = fallback(listing, source)
    assert other is not None
    assert other.url == "https://portal.example/ru/rivers/news/news"
    items = [
        pages.api_item(s, "ru", 1, "https://portal.example", 5, whole=False) for s in portal()[:5] if "ru" in s.texts
    ]
    result = discover(payload(pages.listing(items, "ru")), other, source)
    assert {link.document for link in result.links if link.language == "ru"} == {f"{item['id']}/ru" for item in items}
    assert discover(payload("<html></html>"), other, source).problems


def test_media_of_an_article() -> None:
    page = '<a href="/f/report.PDF">r</a><a href="/x.html">x</a><img src="/_next/image?url=https%3A%2F%2Ft.example%2Fi.png&w=9"><a href="/f/report.PDF">again</a>'
    none, files, every = (seed(SEED + f'[crawl]\nmedia = "{kind}"\n') for kind in ("none", "attachments", "all"))
    assert list(media_links(payload(page), none)) == []
    assert list(media_links(payload(page), files)) == [f"{URL}/f/report.PDF"]
    assert list(media_links(payload(page), every)) == [f"{URL}/f/report.PDF", f"{URL}/i.png"]


def test_what_a_page_is_shown_with() -> None:
    page = (
        '<link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.ico"><link rel="alternate stylesheet" href="/b.css">'
        "<style>body { background: url( '/bg.png' ) }</style><link rel='stylesheet' href='javascript:1'>"
    )
    sheet = '@import "c.css"; @import url(d.css); p { src: url("f.woff2?#x") format("woff2"), url(data:font/woff;base64,x) }'
    every, files = (seed(SEED + f'[crawl]\nmedia = "{kind}"\n') for kind in ("all", "attachments"))
    assert list(media_links(payload(page), every)) == [f"{URL}/a.css", f"{URL}/b.css", f"{URL}/bg.png"]
    assert list(media_links(payload(page), files)) == []
    styled = payload(sheet, f"{URL}/s/a.css", "text/css")
    assert list(media_links(styled, every)) == [f"{URL}/s/c.css", f"{URL}/s/d.css", f"{URL}/s/f.woff2"]
    assert list(media_links(styled, files)) == []


def test_a_page_that_names_files_without_end() -> None:
    page = "".join(f'<img src="/{n}.png">' for n in range(5000))
    assert len(list(media_links(payload(page), seed(SEED + '[crawl]\nmedia = "all"\n')))) == MOST_FILES
