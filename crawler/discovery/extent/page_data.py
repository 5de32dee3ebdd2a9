"""What the data in a page for scripts names of its listing and no link of it leads to: addresses, records, a total.
Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.json_paths import read_json

_MOST = 5_000  # addresses, scripts, elements of one page that are looked at
_MOST_DATA = 3_000_000  # characters of scripts of one page
_MOST_VALUES = 200_000  # of their data
_FEWEST = 2  # records with the number of an item that make a list of items
_QUOTED = re.compile(r"[\"'](?P<address>(?:https?:)?\\?/[^\"'\s<>]{1,400})[\"']")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_DATA = frozenset(("application/json", "application/ld+json"))
_SHORTEST, _LONGEST = 1, 200  # characters of what tells an item from the others


def in_data(tree: html.HtmlElement, base: str, urls: Collection[str]) -> Iterator[str]:
    """Addresses that a page's scripts and attributes hold: those written out, and those of the records that are listed
    beside records of its items, `urls`, made as these are."""
    scripts = list(_scripts(tree))
    for script in scripts:
        for match in islice(_QUOTED.finditer(script), _MOST):
            if url := absolute(base, match["address"].replace("\\/", "/").replace("\\u002F", "/")):
                yield url
    for mark in islice(tree.xpath("//@*[starts-with(name(), 'data-') or name()='onclick' or name()='to']"), _MOST):
        value = str(mark)
        bare = value if value.startswith(("/", "http")) else next((m["address"] for m in _QUOTED.finditer(value)), "")
        if bare and len(bare) <= _LONGEST * 2 and (url := absolute(base, bare)):
            yield url
    yield from _records(tree, urls)


def total_in_data(tree: html.HtmlElement, shown: int) -> int:
    """The number of items that an ItemList of schema.org says to have, of which it names those of this page; else 0."""
    for value in _values(tree, "application/ld+json"):
        if isinstance(value, dict) and value.get("@type") == "ItemList":
            items, number = value.get("itemListElement"), value.get("numberOfItems")
            if isinstance(items, list) and len(items) == shown and isinstance(number, int) and number > shown:
                return number
    return 0


def _scripts(tree: html.HtmlElement) -> Iterator[str]:
    left = _MOST_DATA
    for script in islice(tree.iter("script"), _MOST):
        words = script.text or ""
        if not script.get("src") and len(words) <= left:
            left -= len(words)
            yield words


def _values(tree: html.HtmlElement, *types: str) -> Iterator[Any]:
    """Every object and array in the data of a page."""
    left, seen = _MOST_DATA, 0
    for script in islice(tree.iter("script"), _MOST):
        words = script.text or ""
        if (script.get("type") or "").lower().strip() not in types or len(words) > left:
            continue
        left -= len(words)
        waiting = [read_json(words.encode("utf-8", "replace"))]
        while waiting and seen < _MOST_VALUES:
            value = waiting.pop()
            seen += 1
            if isinstance(value, (dict, list)):
                yield value
                waiting.extend(value.values() if isinstance(value, dict) else value)


def _records(tree: html.HtmlElement, urls: Collection[str]) -> Iterator[str]:
    """The addresses of the records that stand in one array with those of the page's items, by the key that tells
    items apart."""
    own = {mark: url for url in urls if (mark := _mark_of(url))}
    if len(own) < _FEWEST:
        return
    for value in _values(tree, *_DATA):
        records = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        if len(records) <= _FEWEST:
            continue
        pairs = ((k, v) for one in records for k, v in one.items() if k != "position")  # in its list (schema.org)
        keys = Counter(k for k, v in pairs if isinstance(v, (str, int)) and str(v) in own)
        key, count = next(iter(keys.most_common(1)), ("", 0))
        if count < _FEWEST:
            continue
        mark, url = next(iter(own.items()))
        marks = (str(one[key]) for one in records if isinstance(one.get(key), (str, int)))
        yield from (_replaced(url, mark, m) for m in marks if m not in own and _SHORTEST <= len(m) <= _LONGEST)


def _mark_of(url: str) -> str:
    """What tells the address of an item from those of the others: the last part of its path, or the last value of its
    query."""
    parts = urlsplit(url)
    values = parse_qsl(parts.query)
    return values[-1][1] if values else _ENDING.sub("", parts.path.rstrip("/").rpartition("/")[2])


def _replaced(url: str, mark: str, by: str) -> str:
    before, _, behind = url.rpartition(mark)
    return f"{before}{by}{behind}"
