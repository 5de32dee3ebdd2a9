"""A page that is there for nothing but to lead browsers to another one. Pure."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.discovery.address import absolute
from crawler.discovery.extent.frame import lines
from crawler.discovery.markup.refresh import leads_to
from crawler.discovery.readers.html import parse

_HARDLY = 300  # characters of a page that says no more than that it has moved


def moved_to(body: bytes, url: str) -> str | None:
    """Where the page at `url` leads at once by a refresh, if it has hardly a word of its own."""
    tree = parse(body, url)
    if tree is None:
        return None
    base = _base(tree, url)
    values = (meta.get("content") or "" for meta in tree.iter("meta") if _is_refresh(meta))
    address = next((address for value in values if (address := leads_to(value, url, base))), None)
    return address if address and sum(map(len, lines(tree))) <= _HARDLY else None


def _is_refresh(meta: HtmlElement) -> bool:
    return (meta.get("http-equiv") or "").strip().lower() == "refresh"


def _base(tree: HtmlElement, url: str) -> str:
    href = next((base.get("href") for base in tree.iter("base") if base.get("href")), None)
    return (href and absolute(url, href)) or url
