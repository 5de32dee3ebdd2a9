"""An API that lists articles, where a site is only a script around it: found by addresses in its page and scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from crawler.app.new_seed.look import Looker, Page
from crawler.discovery.base import absolute, with_parameter

_GUESSES = ("/api/news", "/api/posts", "/api/articles", "/api/v1/news")
_SCRIPTS = 3  # script files that are looked at
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


def api_entry(looker: Looker, home: Page, tree: Any) -> tuple[dict[str, Any], int] | None:
    """(the keys of an entry, how many articles its first page lists) for the first API that lists items with an id and
    a detail address that answers with a headline and a text; None when there is none."""
    scripts = [absolute(home.url, script.get("src")) for script in tree.iter("script") if script.get("src")]
    sources = looker.pages([url for url in scripts if url][:_SCRIPTS])
    texts = [home.payload.body, *(page.payload.body for page in sources.values())]
    stated = dict.fromkeys(url for text in texts for url in _addresses(text.decode("utf-8", "replace"), home.url))
    guesses = [urljoin(home.url, path) for path in _GUESSES]
    for url, page in looker.pages([*list(stated)[:6], *guesses]).items():
        if (found := _entry(looker, url, page, home.url)) is not None:
            return found
    return None


def _addresses(text: str, base: str) -> Iterator[str]:
    """The strings in a script that begin like the address of an API."""
    for quotation in ('"', "'", "`"):
        for part in text[:_LONGEST].split(quotation)[1:]:
            is_path = len(part) < 200 and part.startswith(("/", "http")) and "/api" in part
            url = absolute(base, part) if is_path and not {"$", " "} & set(part) else None
            if url is not None:
                yield url


def _entry(looker: Looker, url: str, page: Page, home: str) -> tuple[dict[str, Any], int] | None:
    answer = _json(page)
    path, items = next(_arrays(answer), ("", []))
    id_ = next((name for name in _IDS if items and isinstance(items[0].get(name), str | int)), None)
    if id_ is None:
        return None
    first = str(items[0][id_])
    api = url.split("?", maxsplit=1)[0].rstrip("/")
    detail = f"{api}/{quote(first, safe='')}"
    got = looker.pages([detail]).get(detail)
    inner, item = next(_objects(_json(got) if got else None), ("", {}))
    fields = {name: found for name, names in _NAMES.items() if (found := next((n for n in names if item.get(n)), None))}
    if not {"title", "body"} <= fields.keys():
        return None
    kind = urlsplit(api).path.rpartition("/")[2] or "news"
    link = next((name for name in ("url", "link") if str(items[0].get(name, "")).startswith(("http", "/"))), None)
    entry: dict[str, Any] = {"kind": "json", "url": url, **({"items": path} if path else {}), "id": id_}
    entry["article"] = link or f"{urljoin(home, '/')}{kind}/{{id}}"
    entry |= {"detail": f"{api}/{{id}}", **({"item": inner} if inner else {})}
    date = next((name for name in (*_NAMES["modified"], *_NAMES["published"]) if items[0].get(name)), None)
    entry |= {"date": date} if date else {}
    return {**entry, **_paging(looker, url, answer, items), "fields": fields}, len(items)


def _paging(looker: Looker, url: str, answer: Any, items: list[dict[str, Any]]) -> dict[str, str]:
    second = with_parameter(url, "page", "2")
    page = looker.pages([second]).get(second)
    others = next(_arrays(_json(page)), ("", []))[1] if page else []
    if not others or others == items:
        return {}
    totals = [name for name in _TOTALS if isinstance(answer, dict) and isinstance(answer.get(name), int)]
    return {"page": "page", **({"total_pages": totals[0]} if totals else {})}


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
