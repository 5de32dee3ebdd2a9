"""How far a listing's own page numbers reach: what tells an end from a page that is missing. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lxml import html

from crawler.discovery.address import absolute
from crawler.ids import canonical_url

_NUMBER = re.compile(r"\d+")
_SECOND = re.compile(r"/?(?:[\w-]{1,20}[/=-])?\d{1,4}/?|/?[?&][\w\[\]-]{1,40}=\d{1,4}")
_MOST_LINKS = 5_000  # of one page that are looked at
_HIGHEST = 9_999


def last_named(tree: html.HtmlElement, base: str, like: str, skip: Collection[html.HtmlElement]) -> int:
    """The highest page that links name in their words, 0 when none does. A link to a page is one whose address is that
    of `like`, another page of the listing, but for a number; `skip` are links that are items."""
    shape = _shape(like)
    highest = 0
    for link in tree.xpath("//a[@href]")[:_MOST_LINKS]:
        words = "".join(link.itertext()).strip()
        if not (words.isascii() and words.isdigit() and len(words) <= len(str(_HIGHEST))) or link in skip:
            continue
        url = absolute(base, link.get("href") or "")
        if url and _shape(url) == shape:
            highest = max(highest, int(words))
    return highest


def _shape(url: str) -> str:
    return _NUMBER.sub("0", canonical_url(url))


def onward_first(urls: Sequence[str], here: str) -> list[str]:
    """`urls` that may be the following page, the likeliest first: those that are `here` with a higher number, the
    nearest first, then others in their order, then those with a lower one, which lead back."""
    own, shape = _numbers(here), _shape(here)

    def rank(url: str) -> tuple[int, list[int]]:
        numbers = _numbers(url)
        if _shape(url) != shape or numbers == own:
            return 1, []
        return (0, numbers) if numbers > own else (2, [-n for n in numbers])

    return sorted(urls, key=rank)


def _numbers(url: str) -> list[int]:
    return [int(digits[:18]) for digits in _NUMBER.findall(canonical_url(url))]


def further_page(tree: html.HtmlElement, base: str, here: str, skip: Collection[html.HtmlElement]) -> str:
    """What on a page leads to more of a listing, for a seed that names no way there: a link marked as the next, one
    that is called 2 and is this page's address with a number more, or data that a script reads; else ""."""
    for link in tree.xpath("//link[@rel and @href] | //a[@rel and @href]")[:_MOST_LINKS]:
        if "next" in (link.get("rel") or "").lower().split():
            return str(link.get("href"))
    for link in tree.xpath("//a[@href][normalize-space()='2']")[:_MOST_LINKS]:
        url = absolute(base, link.get("href") or "")
        if url and link not in skip and _is_second(canonical_url(url), canonical_url(here)):
            return url
    marks = tree.xpath("//@*[starts-with(name(), 'data-next')]")
    return next((f"{mark.attrname}={str(mark)[:100]!r}" for mark in marks if str(mark).strip()), "")


def _is_second(url: str, here: str) -> bool:
    """Whether an address is the listing's own with a number behind it: `?page=2`, `/page/2/`, `/2`."""
    start = here.rstrip("/")
    return url.startswith(start) and _SECOND.fullmatch(url.removeprefix(start)) is not None
