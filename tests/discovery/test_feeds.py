"""Feeds and sitemaps of every family, and as servers break them."""

# ruff: noqa: E501 - one feed, one line

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_discovery import URL, found, urls

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="urn:t"{}>{}</feed>'


def _rss(items: str, head: str = "") -> str:
    channel = f"<channel><title>T</title>{items}</channel>"
    return f'{head}<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'


@pytest.mark.parametrize(
    ("item", "right"),
    [
        ("<item><link>https://t.example/v?a=1&id=7</link></item>", f"{URL}/v?a=1&id=7"),
        (
            "<item><title>A&nbsp;&ndash; b &c</title><link>https://t.example/v?id=7&amp;x=1</link></item>",
            f"{URL}/v?id=7&x=1",
        ),
        ("<item><title><b>A<br></title><link>https://t.example/7</link></item>", f"{URL}/7"),
        ("<item><title>\x0b\x01</title><link>https://t.example/7</link></item>", f"{URL}/7"),
        ("<item><link><![CDATA[ https://t.example/v?a=1&id=7 ]]></link><x>&oops</x></item>", f"{URL}/v?a=1&id=7"),
        ("<item><link>https://t.example/v?a=1&amp;amp;id=7</link></item>", f"{URL}/v?a=1&id=7"),
        ("<item><title>&#55357;&#1;</title><link>https://t.example/7</link></item>", f"{URL}/7"),
    ],
)
def test_a_feed_is_mended_before_it_is_read_and_that_is_told(item: str, right: str) -> None:
    result = found("feed", _rss(item))
    assert urls(result) == [right]
    assert any("repaired" in problem for problem in result.problems)
    assert result.account.is_balanced


def test_what_stands_before_and_behind_a_feed_does_not_hide_it() -> None:
    item = "<item><link>https://t.example/7</link></item>"
    assert urls(found("feed", _rss(item, "<br />\n<b>Warning</b>: x in <b>y.php</b>\n"))) == [f"{URL}/7"]
    assert urls(found("feed", _rss(item) + "<!-- 0.2 s --><script>x</script>")) == [f"{URL}/7"]


@pytest.mark.parametrize(
    ("links", "right"),
    [
        (
            '<link rel="alternate" type="application/pdf" href="/7.pdf"/><link rel="alternate" type="text/html" href="/7"/>',
            "/7",
        ),
        ('<link rel="replies" type="text/html" href="/7/c"/><link rel="ALTERNATE" href="/7"/>', "/7"),
        ('<link rel="alternate" type="application/atom+xml" href="/7/feed"/><link href="/7"/>', "/7"),
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/7"/>', "/7"),
        ('<link rel="enclosure" href="/7.mp3"/><id>https://t.example/7</id>', "/7"),
        ('<content type="text/html" src="/7"/><id>tag:t,1</id>', "/7"),
    ],
)
def test_of_several_links_that_of_the_page(links: str, right: str) -> None:
    assert urls(found("feed", ATOM.format("", f"<entry>{links}</entry>"))) == [URL + right]


def test_bases_inside_bases() -> None:
    entry = (
        '<entry xml:base="ru/"><link href="7"/></entry><entry xml:base="/en/"><link xml:base="x/" href="8"/></entry>'
    )
    assert urls(found("feed", ATOM.format(' xml:base="https://t.example/deep/"', entry))) == [
        f"{URL}/deep/ru/7",
        f"{URL}/en/x/8",
    ]


def test_rss_1_and_json_feed() -> None:
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>{}</rdf:RDF>'
    assert urls(found("feed", rdf.format('<item rdf:about="https://t.example/7"><title>x</title></item>'))) == [
        f"{URL}/7"
    ]
    items = '{"items": [{"url": "/7", "date_modified": "2026-01-02"}, {"id": "https://t.example/8"}, {"id": "9"}]}'
    result = found("feed", items)
    assert urls(result) == [f"{URL}/7", f"{URL}/8"]
    assert result.account.unread == {"without an address": 1}


def test_a_feed_goes_on_where_it_says_so() -> None:
    feed = ATOM.format("", '<link rel="Next" href="?page=2"/><entry><link href="/7"/></entry>')
    assert [following.url for following in found("feed", feed).next] == [f"{URL}/news?page=2"]


def test_sitemaps_as_text_as_feeds_gzipped_and_broken() -> None:
    assert urls(found("sitemap", "https://t.example/7\r\nhttps://t.example/8\n")) == [f"{URL}/7", f"{URL}/8"]
    assert urls(found("sitemap", _rss("<item><link>/7</link></item>"))) == [f"{URL}/7"]
    broken = b"<urlset><url><loc>https://t.example/v?a=1&id=7</loc></url></urlset>"
    assert urls(found("sitemap", gzip.compress(broken, mtime=0))) == [f"{URL}/v?a=1&id=7"]


def test_every_item_of_a_listing_has_a_place() -> None:
    links = ["/7", "/7#c", "mailto:a@b.c", "#/news/8", "", "http://[", "/news", "/tag/x", "x" * 3000]
    page = "<ul>" + "".join(f'<li><a href="{href}">x</a></li>' for href in links) + "</ul>"
    result: Any = found("listing", page, links="li a", match=r"/(\d+|news)$")
    account = result.account
    assert account.is_balanced
    assert (account.seen, account.listed) == (9, 1)
    assert account.refused == {"listed twice": 1, "no page": 1, "the listing itself": 1, "not matched": 1}
    assert sum(account.unread.values()) == 4
