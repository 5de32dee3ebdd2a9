"""Which of the articles that a page describes in JSON-LD is its own: teasers and related items are described too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.addresses import checked
from crawler.extraction.markup.dom import key
from crawler.extraction.structured.jsonld import ARTICLES, strings, types_of

_LETTERS = 8  # of the shortest headline that is found in a title by no chance
_LONG = 4  # letters of a word that says what a headline is about
_SHARED = 2  # of them in two headlines of one article
_ADDRESSES = ("url", "@id", "mainEntityOfPage")


def own_article(items: list[dict[str, Any]], addresses: Sequence[str], titles: Sequence[str]) -> dict[str, Any] | None:
    """The object that describes the article of a page with these addresses (its own first) and titles, or None: the one
    that states such an address, else one with such a headline, else the first with a headline or day, else the first.
    An article that states another address and is about something else is not the page's."""
    articles = [item for item in items if types_of(item) & ARTICLES]
    base = addresses[0] if addresses else ""
    own = {_path(address, base) for address in addresses} - {""}
    shown = list(filter(None, map(key, titles)))
    long_words = {key(word) for title in titles for word in title.split() if len(word) >= _LONG}
    left: list[dict[str, Any]] = []
    named: list[dict[str, Any]] = []
    for item in articles:
        named_at = {path for name in _ADDRESSES for path in _stated(item.get(name), base)}
        if named_at & own:
            return item
        headlines = strings([item.get("headline"), item.get("name")])
        if any(_agree(key(headline), title) for headline in headlines for title in shown):
            named.append(item)
            continue
        words = {key(word) for headline in headlines for word in headline.split() if len(word) >= _LONG}
        if not (named_at and headlines and shown) or len(words & long_words) >= min(_SHARED, len(words)):
            left.append(item)
    told = (item for item in (*named, *left) if item.get("headline") or item.get("datePublished"))
    return next(told, None) or next(iter([*named, *left]), None)


def _agree(headline: str, title: str) -> bool:
    shorter, longer = sorted((headline, title), key=len)
    return headline == title or (len(shorter) >= _LETTERS and shorter in longer)


def _stated(value: Any, base: str) -> Iterator[str]:
    """The addresses in a text, or in an object that refers to one."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if isinstance(value, str) and (path := _path(value.strip(), base)):
        yield path


def _path(address: str, base: str) -> str:
    """Host, path and query of an address without what differs between its forms; "" for that of a whole site, and for
    what is none."""
    try:
        parts = urlsplit(urljoin(base, checked(address)) if base else checked(address))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or (not path and not parts.query):
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{parts.query}"
