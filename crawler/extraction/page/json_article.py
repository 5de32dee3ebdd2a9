"""Articles whose text only a script payload carries: __NEXT_DATA__, __next_f pushes, __NUXT__, __INITIAL_STATE__.

JSON is read as data and nothing is run. The item is recognised by its form: an object with a title and a long text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.markup.dom import key
from crawler.extraction.page.page import Page
from crawler.extraction.structured import json_field_names
from crawler.extraction.structured.embedded_json import objects
from crawler.extraction.structured.json_field_names import Codes
from crawler.extraction.structured.rich_text_json import text_lines, tree_of

_MIN_TEXT = 80


@dataclass(frozen=True, slots=True)
class Item:
    """The article of a payload, as it was printed there."""

    title: str | None
    text: Any  # a string, HTML or plain, or the nodes of an editor
    published: str | None
    modified: str | None
    section: str | None
    image: str | None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[Any, ...] = ()  # addresses, or nodes that name one

    def lines(self) -> tuple[list[str], html.HtmlElement]:
        """(paragraphs, tree of links, pictures and files) of the text; an empty tree where it has none."""
        files = [{"url": file} if isinstance(file, str) else file for file in self.files]
        return text_lines(self.text), tree_of([self.text, files])


def find_item(page: Page, title: str | None, least: int = 0) -> Item | None:
    """The payload's object for the article: its title is the page's, or its id the address's, and its text is the
    longest, of more than `least` characters; or None."""
    wanted = {key(t) for t in [title or "", page.doc_title, *page.meta.get("og:title", [])] if t}
    codes = _codes(page)
    best, most = None, least
    last = urlsplit(page.url).path.rstrip("/").rpartition("/")[2]
    for item in filter(json_field_names.may_have_body, objects(page.root, page.payload)):
        name = key(json_field_names.title(item, codes) or "")
        if not (name and any(name in w or w in name for w in wanted if w)) and not _is_addressed(item, last):
            continue
        size = json_field_names.length(json_field_names.body(item, codes))
        if size >= _MIN_TEXT and size > most:
            best, most = item, size
    return None if best is None else _item(best, codes)


def _item(found: dict[str, Any], codes: Codes) -> Item:
    return Item(
        title=json_field_names.title(found, codes),
        text=json_field_names.body(found, codes),
        published=json_field_names.published(found),
        modified=json_field_names.modified(found),
        section=json_field_names.section(found, codes),
        image=json_field_names.image(found),
        authors=json_field_names.authors(found, codes),
        tags=json_field_names.tags(found, codes),
        files=tuple(json_field_names.files(found, codes)),
    )


def _codes(page: Page) -> Codes:
    """How the page's site may write its language: as the address has it, as the page states it, as the crawl knows."""
    first = urlsplit(page.url).path.strip("/").split("/")[0].lower()
    stated = [first if len(first) == 2 else "", page.root.get("lang") or "", page.language or ""]
    return tuple(dict.fromkeys(code.lower().split("-")[0] for code in stated if code))


def _is_addressed(item: dict[str, Any], last: str) -> bool:
    """Whether the last part of an address is the item's id or slug: such pages often have the site's name as title."""
    return len(last) >= 2 and any(str(item.get(name, "")) == last for name in ("id", "slug", "alias", "uuid", "code"))


def is_summary(page: Page, item: Item) -> bool:
    """Whether a payload's object is no article but what is told of the page to search engines: its description."""
    if item.published or not isinstance(item.text, str):
        return False
    return key(item.text) in {
        key(text) for text in (*page.meta.get("description", []), *page.meta.get("og:description", []))
    }
