"""Shapes of hostile input, by name, and every public reader of what comes from the web: for tests of how cost grows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType

import zstandard

from crawler.addresses import joined, mask_text, mask_url
from crawler.archive.http.http1 import Head, dechunk, decode, parse_head, split_interim, split_message
from crawler.archive.http.mask import mask_head
from crawler.archive.index.surt import surt_key
from crawler.archive.warc.fields import media_type, parse_fields, redirect_of
from crawler.crawl.faults import retry_after_s
from crawler.crawl.manners.robots import read_robots
from crawler.crawl.scheduling.policy import day_of
from crawler.discovery import Listing, discover, start
from crawler.discovery.subresources.css import css_addresses
from crawler.discovery.subresources.media import media_links
from crawler.discovery.subresources.originals import original
from crawler.discovery.subresources.srcset import candidates
from crawler.extraction import extract, identify_language
from crawler.ids import canonical_url
from crawler.model import Capture, Locator, Payload, Role, Seed
from crawler.normal_forms import nfc, nfd
from crawler.seeds import parse_seed
from crawler.serve.rewrite import TooLarge, rewritten_css, rewritten_html

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://ministry.example/news/1"
Read = Callable[[bytes], object]
Shape = Callable[[int], bytes]
_ENTRIES = MappingProxyType(
    {
        "feed": 'kind = "feed"',
        "sitemap": 'kind = "sitemap"',
        "listing": 'kind = "listing"\nlinks = "a"\nnext = "a.next"',
        "json": 'kind = "json"\nitems = "items"\narticle = "url"\nnext = "next"',
        "wordpress": 'kind = "wordpress"',
    }
)


def seed_of(kind: str) -> Seed:
    toml = 'title = { en = "T" }\nhomepage = "https://ministry.example/"\ntimezone = "UTC"\n'
    if kind == "govuz":
        toml += 'platform = "govuz"\n[languages]\nru = "ru"\n[options]\nauthority = "eco"\n'
    else:
        toml += f'platform = "generic"\n[languages]\nen = "en"\n[[entries]]\n{_ENTRIES[kind]}\nurl = "{URL}"\n'
    return parse_seed(toml + '[crawl]\nmedia = "all"\n', seed_id="xx.growth", path="growth.toml")


SEEDS = {kind: seed_of(kind) for kind in (*_ENTRIES, "govuz")}
LISTINGS: dict[str, Listing] = {kind: start(seed)[0] for kind, seed in SEEDS.items()}


def payload(body: bytes, mime: str) -> Payload:
    where = Locator("archive/x.warc.gz", 0, 1)
    capture = Capture("id", "xx.growth", "run", URL, NOW, Role.LISTING, where, status=200, mime=mime)
    return Payload(capture, (("Content-Type", mime),), body)


def _text(read: Callable[[str], object]) -> Read:
    return lambda body: read(body.decode("utf-8", "replace"))


def _shown(body: bytes) -> object:
    try:
        return rewritten_html(body, URL, "text/html; charset=utf-8", lambda address: address)
    except TooLarge as limit:
        return limit


def _listed(kind: str) -> Read:
    return lambda body: discover(payload(body, "text/html"), LISTINGS[kind], SEEDS[kind])


def _address(text: str) -> object:
    try:
        return canonical_url(joined(URL, text))
    except ValueError as error:
        return error


GZIP, ZSTD = (Head(200, (("Content-Encoding", coding),)) for coding in ("gzip", "zstd"))
MARKUP: dict[str, Read] = {
    "extract": lambda body: extract(body, URL, captured=NOW),
    "media of a page": lambda body: list(media_links(payload(body, "text/html"), SEEDS["feed"])),
    "replay of a page": _shown,
    **{f"discover {kind}": _listed(kind) for kind in ("feed", "sitemap", "listing", "govuz")},
}
DATA: dict[str, Read] = {
    **{f"discover {kind}": _listed(kind) for kind in ("json", "wordpress", "govuz")},
    "extract": lambda body: extract(body, URL, captured=NOW, headers={"Content-Type": "application/json"}),
}
SHEETS: dict[str, Read] = {
    "style sheet": _text(lambda text: list(css_addresses(text, URL))),
    "replay of a sheet": _text(lambda text: rewritten_css(text, URL, lambda address: address)),
    "media of a sheet": lambda body: list(media_links(payload(body, "text/css"), SEEDS["feed"])),
}
MESSAGES: dict[str, Read] = {
    "head": parse_head,
    "masked head": mask_head,
    "fields of a capture": parse_fields,
    "interim answers": split_interim,
    "message": split_message,
    "chunks": dechunk,
    "robots.txt": lambda body: read_robots(200, body, "ministry-news").allows(URL),
    "gzip": lambda body: decode(GZIP, gzip.compress(body, 1)),
}
COUNTS: dict[str, Read] = {  # of which only how many there are tells
    "gzip members": lambda body: decode(GZIP, gzip.compress(b"", 1) * (len(body) // 2)),
    "zstd frames": lambda body: decode(ZSTD, zstandard.compress(b"") * (len(body) // 8)),
}
VALUES: dict[str, Read] = {
    "srcset": _text(lambda text: list(candidates(text))),
    "address": _text(_address),
    "masked address": _text(mask_url),
    "masked text": _text(mask_text),
    "redirect": _text(lambda text: redirect_of(Head(302, (("Location", text),)), URL)),
    "media type": _text(lambda text: media_type(Head(200, (("Content-Type", text),)))),
    "retry after": _text(lambda text: retry_after_s({"retry-after": text}, NOW)),
    "sort key": _text(lambda text: surt_key(f"http://x.example/{text}")),
    "normal form": _text(lambda text: nfc(nfd(text))),
    "mark of change": _text(day_of),
    "original": _text(lambda text: original(f"https://ministry.example/{text[:2000]}")),
    "language": _text(identify_language),
}


_WORDS = b"<p>On Monday the office opened a bridge over the river, and many came to see how it was done.</p>"


def page(inside: bytes, *, head: bytes = b"", after: bytes = b"") -> bytes:
    return (
        b'<!doctype html><html lang="en"><head><meta charset=utf-8><title>The office opened a bridge</title>'
        b"%s</head><body><main><article><h1>The office opened a bridge</h1>%s%s</article>%s</main></body></html>"
        % (head, inside, _WORDS, after)
    )


def repeated(unit: bytes, *, between: bytes = b"", end: bytes = b"") -> Shape:
    return lambda n: between + unit * (n // len(unit)) + end


def inside(unit: bytes, before: bytes = b"", behind: bytes = b"") -> Shape:
    return lambda n: page(before + unit * (n // len(unit)) + behind)


def nested(open_: bytes, close: bytes) -> Shape:
    return lambda n: page(open_ * (n // (len(open_) + len(close))) + b"x" + close * (n // (len(open_) + len(close))))


UNSORTED = "\u0315\u0300".encode()  # marks that a normal form puts into another order


def _around(unit: bytes, before: bytes, behind: bytes) -> Shape:
    return lambda n: page(before + unit * (n // len(unit)) + behind)


PAGES: dict[str, Shape] = {
    "paragraphs": inside(b"<p>Words of a paragraph, and a date: 2 March 2026, 10:00.</p>"),
    **{
        f"open {name}": inside(unit)
        for name, unit in {
            "div": b"<div>", "table": b"<table><tr><td>", "cell": b"<td><table><tr>", "article": b"<article>",
            "mixed": b"<div><a href=x><p>", "list": b"<ul><li>", "inline": b"<b><i>", "font": b"<font color=red>",
            "item": b'<div itemscope itemtype="http://schema.org/NewsArticle">', "select": b"<select><option>",
            "svg": b"<svg><g>", "section": b"<section><h2>x", "quote": b"<blockquote>", "dl": b"<dl><dd>",
            "template": b"<template>", "form": b"<form><fieldset>", "time": b"<time datetime=2026-03-02>",
            "dated": b"<div class=date>2 March 2026 ", "linked": b"<a href=/1>x", "nav": b"<nav><a href=/news>News</a>",
            "breadcrumb": b'<div class="breadcrumb category"><a href=/c>c', "caption": b"<figure><figcaption>x",
            "author": b'<div class="author byline">By A B ', "details": b"<details><summary>x",
        }.items()
    },
    "closed div": nested(b"<div>", b"</div>"),
    "closed list": nested(b"<ul><li>", b"</li></ul>"),
    **{
        f"many {name}": inside(unit)
        for name, unit in {
            "links": b"<a href=/news/1>x</a> ", "pictures": b"<img src=/a.jpg>", "breaks": b"<br>", "dates": b"2 March 2026 ",
            "times": b"<time>2026-03-02</time>", "headings": b"<h2>x</h2>", "comments": b"<!-- x -->", "spans": b"<span>x</span>",
            "entities": b"&amp;", "broken": b"<", "closings": b"</div>", "rows": b"<tr><td>1<td>2", "ids": b"<p id=a>x",
            "scripts": b"<script>a=1</script>", "styles": b"<style>a{}</style>", "metas": b"<meta property=og:title content=x>",
            "json": b'<script type=application/ld+json>{"@type":"NewsArticle"}</script>',
            "frames": b"<iframe src=/x.pdf></iframe>", "bylines": b"<p class=author>By Anna Bell</p>",
            "attachments": b"<a href=/a.pdf>A (PDF, 2 MB)</a>", "sources": b"<picture><source srcset='/a 1x, /b 2x'>",
        }.items()
    },
    **{
        f"run of {name}": inside(unit, b"<p>", b" said the office.</p>")
        for name, unit in {
            "at": b"@", "letters": b"a", "digits": b"1", "dots": b".", "dashes": b"- ", "blanks": b" ", "nbsp": "\u00a0".encode(),
            "cyrillic": "ж".encode(), "han": "的".encode(), "commas": b", ", "colons": b":", "brackets": b"(", "quotes": "«".encode(),
            "slashes": b"/", "tabs": b"\t", "words": b"word ", "capitals": b"A B ", "years": b"2026 ", "clocks": b"10:00 ",
            "mails": b"a@b.c ", "zeros": b"\0", "marks": "\u0301".encode(), "emoji": "\U0001f600".encode(),
        }.items()
    },
    "at in a paragraph of its own": lambda n: page(b"<p>" + b"@" * min(n // 5, 2000) + b" said the office.</p>"),
    "at in a byline": lambda n: page(
        b'<div class="byline author">By %s</div><div class="date">%s</div>' % (b"@" * (n // 2), b"@" * (n // 2))
    ),
    "commas in srcset": lambda n: page(b'<img src=/a.jpg srcset="%s">' % (b"," * n)),
    "blanks in srcset": lambda n: page(b'<img src=/a.jpg srcset="a%s">' % (b" (" * (n // 2))),
    "attributes": lambda n: page(b"<p %s>x</p>" % b" ".join(b"a%d=1" % i for i in range(n // 7))),
    "a long attribute": lambda n: page(b'<p class="%s" style="%s">x</p>' % (b"a " * (n // 4), b"url(" * (n // 8))),
    "a long address": lambda n: page(b"<a href='/%s'>x</a><img src='/%s'>" % (b"a/" * (n // 4), b"%41" * (n // 6))),
    "blanks in css": lambda n: page(b"", head=b"<style>a{b:url(%s}</style>" % (b" " * n)),
    "a long title": lambda n: page(b"", head=b"<title>%s</title>" % (b"a | " * (n // 4))),
    "json-ld arrays": lambda n: page(b"", head=b"<script type=application/ld+json>%s</script>" % (b"[" * n)),
    "json-ld of text": lambda n: page(
        b"",
        head=b'<script type=application/ld+json>{"@type":"NewsArticle","articleBody":"%s"}</script>' % (b"a. " * (n // 3)),
    ),
    "pushes": lambda n: page(b"", head=b'<script>self.__next_f.push([1,"a"])</script>' * (n // 50)),
    **{f"unsorted marks in a {name}": _around(UNSORTED, *ends) for name, ends in {
        "paragraph": (b"<p>Said ", b" the office.</p>"), "title": (b"</article><h1>", b"</h1>"),
        "link": (b'<a href="//a', b'">A link</a>'), "crumb": (b'<ul class=breadcrumb><li><a href="//a', b'">A</a></ul>'),
        "picture": (b'<img src="//a', b'.example/a.jpg">'), "date": (b'<div class="date">2 March', b" 2026</div>"),
        "canonical": (b'<link rel=canonical href="//a', b'">'), "class": (b'<p class="a', b'">A</p>'),
        "logo": (b'</main><header><a href="//a', b'"><img src=/logo.png alt=x></a></header>'),
        "json": (b'<script type=application/ld+json>{"@type":"NewsArticle","url":"//a', b'","headline":"A"}</script>'),
        "entity": (b'<script type=application/ld+json>{"@type":"NewsArticle","mainEntityOfPage":"//a', b'"}</script>'),
        "og": (b'<meta property=og:url content="//a', b'">'),
    }.items()},
    "a head alone": lambda n: b"<html><head>" + b"<meta name=a content=b>" * (n // 23),
    "no markup": repeated(b"word "),
    "cdata": repeated(b"<![CDATA["),
    "doctype": repeated(b"<!DOCTYPE a [ "),
    "instructions": repeated(b"<?a ?>"),
    "metas of charset": repeated(b"<meta charset "),
    "xml items": repeated(b"<item><link>/1</link></item>", between=b"<rss><channel>"),
    "xml open items": repeated(b"<item>", between=b"<rss>"),
    "xml addresses": repeated(b"<url><loc>/1</loc><lastmod>2026-03-02</lastmod></url>", between=b"<urlset>"),
    "xml of one item": repeated(b"<a/>", between=b"<rss><item>"),
    "xml sitemaps": repeated(b"<sitemap><loc>/1</loc></sitemap>", between=b"<sitemapindex>"),
    "xml prefixes": repeated(b"<a:b xmlns:a='x'>", between=b"<rss>"),
    "xml entities": repeated(b"&a;", between=b'<!DOCTYPE a [<!ENTITY a "b">]><rss><item><link>'),
}  # fmt: skip
TEXTS: dict[str, Shape] = {
    **{
        f"run of {name}": repeated(unit)
        for name, unit in {
            "blanks": b" ", "tabs": b"\t", "at": b"@", "commas": b",", "brackets": b"(", "closing": b")", "quotes": b'"',
            "apostrophes": b"'", "back-slashes": b"\\", "slashes": b"/", "colons": b":", "semicolons": b";", "stars": b"*",
            "letters": b"a", "digits": b"1", "dots": b".", "percent": b"%", "question": b"?", "hash": b"#", "dollars": b"$",
            "returns": b"\r", "feeds": b"\n", "ends": b"\r\n", "folds": b"\n ", "zeros": b"\0", "high": b"\xff",
            "separators": "\u2028".encode(), "cyrillic": "ж".encode(), "han": "的".encode(), "marks": "\u0301".encode(),
            "words": b"word ", "emoji": "\U0001f600".encode(), "unsorted marks": UNSORTED,
            "marks of two": "\u0f73".encode(),
        }.items()
    },
    "a host of marks": repeated(UNSORTED, between=b"http://a"),
    "a host of letters": repeated("ж".encode(), between=b"http://"),
    "many agents": lambda n: b"User-agent: *\n" + b"".join(b"User-agent: a%d\n" % i for i in range(n // 40)) + b"Disallow: /a\n" * (n // 26),
    **{
        unit.decode("ascii"): repeated(unit)
        for unit in (
            b"url(", b"url( ", b'url("', b"url(a b) ", b"@import ", b"/*", b"\\75 ", b"{}", b"a{b:c}", b"http:", b"http://", b"//@",
            b"http://a@", b"http://a:b/", b"a 1x, ", b"1w ", b"a (", b"..", b"/../", b"/./", b"[", b"%41", b"a=b&", b"&sid=1",
            b"utm_a=1&", b"Set-Cookie: a\r\n", b"Location: //u:p@h\r\n", b"X: @\r", b"via: b\r\n", b"HTTP/1.1 100 C\r\n\r\n",
            b"HTTP/1.1 100 C\n\n", b"\n a",
            b"1\r\na\r\n", b"0;a=b\r\n", b"User-agent: *\n", b"Disallow: /*\n", b"Disallow: *a*b*c$\n", b"Allow: /a\nUser-agent: b\n",
            b"Mon, 02 Mar 2026 ", b"2026-03-02T", b"(a", b"text/html;", b"-300x200.jpg", b"a-", b"/_ipx/w_3/", b"trim/", b"a:b/",
            b"w_4,c_f/", b"/styles/x/public/",
        )
    },
}  # fmt: skip
JSONS: dict[str, Shape] = {
    "arrays": repeated(b"["),
    "objects": repeated(b'{"a":'),
    "items": lambda n: json.dumps({"items": [{"url": f"/{i}"} for i in range(n // 20)]}).encode(),
    "numbers": repeated(b"1"),
    "a number of an item": lambda n: b'{"items":[{"url":' + b"1" * n + b"}]}",
    "strings": repeated(b'"a",', between=b"["),
    "escapes": repeated(b"\\u0041", between=b'["', end=b'"]'),
    "keys": lambda n: json.dumps({f"k{i}": i for i in range(n // 12)}).encode(),
    "a text": lambda n: json.dumps({"title": "A title", "content": "<p>Words.</p>" * (n // 13)}).encode(),
    "lists in a text": lambda n: json.dumps({"title": "A title", "content": "<ul><li>" * (n // 8)}).encode(),
    "blocks": lambda n: json.dumps({"title": "A", "blocks": [{"type": "p", "text": "a"}] * (n // 30)}).encode(),
    "deep": lambda n: b'{"data":' * (n // 9) + b"1" + b"}" * (n // 9),
    "deep enough": lambda n: b'{"data":' * 400 + b'"' + b"a" * n + b'"' + b"}" * 400,
}
TABLE: tuple[tuple[dict[str, Read], dict[str, Shape]], ...] = (
    (MARKUP, PAGES),
    (DATA, JSONS),
    (SHEETS, TEXTS),
    (MESSAGES, TEXTS),
    (COUNTS, {"bytes": repeated(b"x")}),
    (VALUES, TEXTS),
)
