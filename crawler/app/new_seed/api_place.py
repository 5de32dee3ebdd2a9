"""An API that lists articles, where a site is only a script around it: found by addresses in its page and scripts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from crawler.app.new_seed.facts import tree_of
from crawler.app.new_seed.look import Looker, Page
from crawler.discovery.base import absolute, with_parameter

_GUESSES = ("/api/news", "/api/posts", "/api/articles", "/api/v1/news")
_SCRIPTS = 3  # script files that are looked at
_LONGEST_ID = 200  # characters
_LONGEST = 300_000  # characters of a script
_NAMES = {
    "title": ("title", "headline", "name", "subject"),
    "body": ("body", "content", "text", "html", "description_full", "full_text"),
    "published": ("published_at", "published", "publishedAt", "date", "pub_date", "created_at", "createdAt"),
    "modified": ("modified_at", "updated_at", "updatedAt", "modified"),
    "category": ("category", "rubric", "section"),
    "summary": ("summary", "lead", "excerpt", "annotation"),
}  # names of fields, as APIs have them
_IDS = ("id", "slug", "uuid", "_id")
_TOTALS = ("total_pages", "totalPages", "last_page", "page_count")


@dataclass(frozen=True, slots=True)
class Items:
    """The items that an answer lists."""

    path: str
    count: int
    id: str  # the name of the field of the id
    first: str  # the id of the first
    link: str | None  # the field of the address
    date: str | None
    total: str | None  # the member of the answer that counts pages
    digest: str  # the same for the same items


@dataclass(frozen=True, slots=True)
class Detail:
    """One article in an answer."""

    path: str
    fields: dict[str, str]


def api_entry(looker: Looker, home: Page) -> tuple[dict[str, Any], int] | None:
    """(the keys of an entry, how many articles its first page lists) for the first API that lists items with an id and
    a detail address that answers with a headline and a text; None when there is none."""
    scripts = looker.read(list[str], home, lambda: scripts_of(home)) or []
    pages = [home, *looker.pages(scripts).values()]
    stated: dict[str, None] = {}
    for page in pages:
        found = looker.read(list[str], page, partial(_addresses, page, home.url))
        stated |= dict.fromkeys(found or ())
    guesses = [urljoin(home.url, path) for path in _GUESSES]
    for url, page in looker.pages([*list(stated)[:6], *guesses]).items():
        if (entry := _entry(looker, url, page, home.url)) is not None:
            return entry
    return None


def scripts_of(home: Page) -> list[str]:
    """The addresses of the first scripts of a page."""
    tree = tree_of(home)
    sources = [script.get("src") for script in tree.iter("script") if script.get("src")] if tree is not None else []
    return [url for url in (absolute(home.url, source) for source in sources[:_SCRIPTS]) if url]


def _addresses(page: Page, base: str) -> list[str]:
    """The strings in a page or script that begin like the address of an API."""
    text = page.payload.body.decode("utf-8", "replace")
    found: list[str] = []
    for quotation in ('"', "'", "`"):
        for part in text[:_LONGEST].split(quotation)[1:]:
            is_path = len(part) < 200 and part.startswith(("/", "http")) and "/api" in part
            url = absolute(base, part) if is_path and not {"$", " "} & set(part) else None
            if url is not None:
                found.append(url)
    return found


def _entry(looker: Looker, url: str, page: Page, home: str) -> tuple[dict[str, Any], int] | None:
    items = _items(looker, page)
    if items is None:
        return None
    api = url.split("?", maxsplit=1)[0].rstrip("/")
    detail = f"{api}/{quote(items.first, safe='')}"
    answer = looker.pages([detail]).get(detail)
    found = looker.read(Detail, answer, lambda: detail_in(answer)) if answer else None
    if found is None or not {"title", "body"} <= found.fields.keys():
        return None
    kind = urlsplit(api).path.rpartition("/")[2] or "news"
    entry: dict[str, Any] = {"kind": "json", "url": url, **({"items": items.path} if items.path else {})}
    entry |= {"id": items.id, "article": items.link or f"{urljoin(home, '/')}{kind}/{{id}}"}
    entry |= {"detail": f"{api}/{{id}}", **({"item": found.path} if found.path else {})}
    entry |= {"date": items.date} if items.date else {}
    return {**entry, **_paging(looker, url, items), "fields": found.fields}, items.count


def _items(looker: Looker, page: Page) -> Items | None:
    return looker.read(Items, page, lambda: items_in(page))


def _paging(looker: Looker, url: str, items: Items) -> dict[str, str]:
    second = with_parameter(url, "page", "2")
    page = looker.pages([second]).get(second)
    others = _items(looker, page) if page else None
    if others is None or others.digest == items.digest:
        return {}
    return {"page": "page", **({"total_pages": items.total} if items.total else {})}


def items_in(page: Page) -> Items | None:
    """The first array of objects with an id in an answer."""
    answer = _json(page)
    path, items = next(_arrays(answer), ("", []))
    its = next((name for name in _IDS if items and isinstance(items[0].get(name), str | int)), None)
    if its is None:
        return None
    first = items[0]
    link = next((name for name in ("url", "link") if str(first.get(name, "")).startswith(("http", "/"))), None)
    date = next((name for name in (*_NAMES["modified"], *_NAMES["published"]) if first.get(name)), None)
    totals = [name for name in _TOTALS if isinstance(answer, dict) and isinstance(answer.get(name), int)]
    digest = hashlib.sha256(json.dumps(items).encode()).hexdigest()
    return Items(path, len(items), its, str(first[its])[:_LONGEST_ID], link, date, next(iter(totals), None), digest)


def detail_in(page: Page) -> Detail:
    """Where the fields of an article stand in an answer about it."""
    path, item = next(_objects(_json(page)), ("", {}))
    found = {name: next((n for n in names if item.get(n)), None) for name, names in _NAMES.items()}
    return Detail(path, {name: its for name, its in found.items() if its})


def _json(page: Page) -> Any:
    try:
        return json.loads(page.payload.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _arrays(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The arrays of objects in an answer, three names deep at most, with their paths."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        yield path, value
    elif isinstance(value, dict) and depth < 3:
        for name, inner in value.items():
            yield from _arrays(inner, f"{path}.{name}".lstrip("."), depth + 1)


def _objects(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The object of an article in an answer, or in the one named member of it that is one."""
    if isinstance(value, dict):
        if any(value.get(name) for name in _NAMES["title"]):
            yield "", value
        for name, inner in value.items():
            if isinstance(inner, dict) and any(inner.get(title) for title in _NAMES["title"]):
                yield name, inner
