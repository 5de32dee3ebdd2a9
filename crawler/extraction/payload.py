"""Articles whose text only a script payload carries: __NEXT_DATA__, __next_f pushes, __NUXT__, __INITIAL_STATE__.

JSON is read as data and nothing is run. The item is recognised by its form: an object with a title and a long text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.page import Page
from crawler.extraction.paragraphs import paragraphs
from crawler.extraction.scripts import objects
from crawler.extraction.tree import even, key

_TITLES = ("title", "headline", "name", "heading")
# Words of the names that systems give to the field of the text: contentHtml, full_text, article_body ...
_BODIES = frozenset("body content text html fulltext detail description article".split())
_NAME_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MIN_TEXT = 80


def find_item(page: Page, title: str | None) -> dict[str, Any] | None:
    """The payload's object for the article: its title is the page's, or its id the address's, and its text is the
    longest; or None."""
    wanted = {key(t) for t in [title or "", page.doc_title, *page.meta.get("og:title", [])] if t}
    best, size = None, 0
    for item in objects(page.root, page.payload):
        name = next((item[k] for k in _TITLES if isinstance(item.get(k), str)), "")
        text = _text_of(item)
        same = bool(key(name)) and any(key(name) in w or w in key(name) for w in wanted if w)
        same = same or _is_addressed(item, page.url)
        if same and len(text) >= _MIN_TEXT and len(text) > size:
            best, size = item, len(text)
    return best


def _text_of(item: dict[str, Any]) -> str:
    """The longest text among the fields that are named as one; empty when none is."""
    texts = (value for name, value in item.items() if isinstance(value, str) and _names_text(name))
    return max(texts, key=len, default="")


@lru_cache(maxsize=4096)
def _names_text(name: str) -> bool:
    return any(word.lower() in _BODIES for word in _NAME_WORDS.findall(name))


def _is_addressed(item: dict[str, Any], url: str) -> bool:
    """Whether the last part of an address is the item's id or slug: such pages often have the site's name as title."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return len(last) >= 2 and any(str(item.get(name, "")) == last for name in ("id", "slug", "alias", "uuid", "code"))


def item_title(item: dict[str, Any]) -> str | None:
    """The item's own headline."""
    return next((even(item[k]) for k in _TITLES if isinstance(item.get(k), str) and key(item[k])), None)


def item_lines(item: dict[str, Any]) -> tuple[list[str], html.HtmlElement]:
    """(paragraphs, tree) of the longest text of an item, which may be HTML or plain."""
    text = _text_of(item)
    if "<" not in text:
        element = html.Element("div")
        lines = [even(line) for line in text.splitlines()]
        return [line for line in lines if line], element
    element = html.fragment_fromstring(text, create_parent="div")
    return paragraphs(element), element


def item_modified(item: dict[str, Any]) -> str | None:
    """When the item says that it was last changed, as printed."""
    names = ("dateModified", "updated_at", "updatedAt", "updated_date", "modified_at", "modifiedAt", "modified")
    return next((item[name] for name in names if isinstance(item.get(name), str) and item[name]), None)


def item_image(item: dict[str, Any]) -> str | None:
    """The address of the item's picture."""
    names = ("image", "image_url", "imageUrl", "cover", "photo", "picture", "thumbnail")
    values = (v.get("url") or v.get("src") if isinstance(v := item.get(name), dict) else v for name in names)
    return next((value for value in values if isinstance(value, str) and value), None)


def item_date(item: dict[str, Any]) -> str | None:
    for name in (
        "datePublished",
        "published_at",
        "publishedAt",
        "publish_date",
        "pubDate",
        "date",
        "created_at",
        "createdAt",
    ):
        if isinstance(item.get(name), str) and item[name]:
            return str(item[name])
    return None


def item_category(item: dict[str, Any]) -> str | None:
    for name in ("category_title", "category", "section", "rubric"):
        value = item.get(name)
        if isinstance(value, dict):
            value = value.get("title") or value.get("name")
        if isinstance(value, str) and 1 < len(value) <= 60:
            return value
    return None
