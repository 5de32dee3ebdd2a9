"""JSON APIs: items by path, articles by template, pages by number, offset, cursor or next address, by GET or POST."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.address import absolute, with_parameter
from crawler.discovery.base import Found, Listing, missing_page, sized
from crawler.discovery.extent.answers import failure_of, fields_of, more_of, total_of
from crawler.discovery.items import Item, gather
from crawler.discovery.readers.html import content_type
from crawler.json_paths import at_path, filled, follow, read_json, with_value
from crawler.model import Entry, Payload, Seed

# Words in the names of fields whose change is one of the article, as APIs call them.
_TELLING = ("title", "headline", "name", "category", "rubric", "section", "date", "updated", "modified", "published")
_LIMIT = re.compile(r"limit|per_?page|page_?size|\bsize\b|\brows\b|\btop\b|\bcount\b", re.IGNORECASE)  # of items
_EXAMPLE = 160  # characters
_DEEP = 3  # objects in an item: its category, and that one's name


def first_page(entry: Entry, key: str = "entries") -> Listing:
    """The first page of an API, asked for as the seed says."""
    return Listing(entry, entry.url, headers=entry.headers, body=entry.body, key=key)


def discover(payload: Payload, listing: Listing, seed: Seed) -> Found:
    """The articles of one page of an API."""
    answer = read_json(payload.body, content_type(payload))
    if answer is None:
        kind = content_type(payload).partition(";")[0] or "no type"
        return Found(problems=(f"{listing.key}.url: not JSON, or JSON that breaks off ({kind})",))
    items = at_path(answer, listing.entry.items)
    if not isinstance(items, list):
        where = listing.entry.items or "the top"
        return Found(problems=(f"{listing.key}.items: no array at {where!r}",))
    if not items and listing.page == 1:
        return Found(problems=(f"{listing.key}.items: no items at {listing.entry.items or 'the top'!r}",))
    found = gather(payload.capture.url, [_item(item, listing.entry, seed) for item in items], listing)
    if items and sum(found.account.unread.values()) == found.account.seen:
        return found.with_problems(*_undated(items, listing))  # what follows is as little understood
    following, problems = _following(answer, items, sized(listing, len(items)) if items else listing)
    found = replace(found, total=total_of(answer, listing.entry.items, fields_of(payload)))
    if (failure := failure_of(answer)) and not items:
        found = replace(found, failure=failure)
    elif failure:
        problems = (*problems, f"{listing.key}.url: an answer that says it has failed: {failure}")
    is_ended = following is None and not problems and items and not listing.entry.max_pages
    if is_ended and (more := more_of(answer, listing.entry.items, fields_of(payload), listing.page, listing.url)):
        found = replace(found, further=(f"more follows by {more}, and no key of the entry leads there",))
    elif is_ended and listing.page == 1 and (asked := _limit_of(listing.url)) and len(items) == asked:
        found = replace(
            found, further=(f"it has given the {asked} items that were asked for, and no key asks for more",)
        )
    return found.with_next(following).with_problems(*_undated(items, listing), *problems)


def _limit_of(url: str) -> int:
    """The number of items that an address asks for, 0 where it says none."""
    pairs = parse_qsl(urlsplit(url).query)
    return next(
        (int(value) for name, value in pairs if _LIMIT.search(name) and value.isdecimal() and len(value) < 6), 0
    )


def _item(item: Any, entry: Entry, seed: Seed) -> Item:
    address, missing = filled(entry.article or "", item, entry)
    fetch, lacking = filled(entry.detail, item, entry) if entry.detail else (None, "")
    if missing or lacking:
        return Item(unread=f"without {missing or lacking!r}", told=_example(item))
    modified = at_path(item, entry.date) if entry.date else None
    mark = str(modified) if isinstance(modified, str | int | float) and modified != "" else None
    language = at_path(item, entry.fields["language"]) if "language" in entry.fields else None
    code = _code(str(language), seed) if language else None
    return Item(address, mark, shown_of(item), language=code, fetch=fetch)


def _example(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)[:_EXAMPLE]


def shown_of(item: Any) -> str:
    """What an item tells of title, dates and category, whatever else in it changes (a counter of views)."""
    return json.dumps(_telling(item, _DEEP), ensure_ascii=False, sort_keys=True) if isinstance(item, dict) else ""


def _telling(value: Any, deep: int) -> Any:
    if isinstance(value, list) and deep:
        return [_telling(one, deep - 1) for one in value]
    if isinstance(value, dict):
        names = [n for n in value if any(word in n.lower() for word in _TELLING) and "view" not in n.lower()]
        return {name: _telling(value[name], deep - 1) for name in names} if deep else None
    return value if not isinstance(value, list) else None


def _code(language: str, seed: Seed) -> str | None:
    """The seed's own code of a language that an item names by that or by its BCP 47 tag."""
    if language in seed.languages:
        return language
    return next((code for code, tag in seed.languages.items() if tag.lower() == language.lower()), None)


def _undated(items: Sequence[Any], listing: Listing) -> tuple[str, ...]:
    """What to tell of items that lack the date that the seed asks for; a date that is null is told by the site."""
    path = listing.entry.date
    lacking = [item for item in items if path and not follow(item, path)[1]]
    if not lacking:
        return ()
    count = f"none of {len(items)} items has" if len(lacking) == len(items) else f"{len(lacking)} items lack"
    return (f"{listing.key}.date: {count} {path!r}, such as {_example(lacking[0])}",)


def _following(answer: Any, items: Sequence[Any], listing: Listing) -> tuple[Listing | None, tuple[str, ...]]:
    """(the next page, what is wrong with the way to it)."""
    entry = listing.entry
    if entry.next:  # a page may be empty, and name the next: an API that filters what it has cut into pages
        return _stated(answer, entry.next, listing)
    total, is_there = follow(answer, entry.total_pages)
    problems: tuple[str, ...] = ()
    if entry.total_pages and not is_there:
        problems = (f"{listing.key}.total_pages: nothing at {entry.total_pages!r}",)
    last = int(total) if isinstance(total, int) or (isinstance(total, str) and total.isdigit()) else None
    if not items:
        return None, tuple(empty_page(replace(listing, named=last or 0), "total_pages"))
    if entry.total_pages and last is not None and listing.page >= last:
        return None, problems
    following = _counted(len(items), listing)
    return (replace(following, named=last or 0) if following else None), problems


def empty_page(listing: Listing, key: str) -> Iterator[str]:
    """What to tell of a page without items, which is the end unless the API itself says that it is not."""
    if listing.page <= listing.named:
        yield missing_page(listing, key, "shows no items")


def _counted(count: int, listing: Listing) -> Listing | None:
    """The next page of an API that counts pages or items; None for one that does neither."""
    entry, page, offset = listing.entry, listing.page + 1, listing.offset + count
    if entry.page:
        return _turned(listing, entry.page, entry.first_page + page - 1)
    return replace(_turned(listing, entry.offset, offset), offset=offset) if entry.offset else None


def _turned(listing: Listing, name: str, value: object) -> Listing:
    """The page of an API that a parameter chooses: in the posted body, or in the address."""
    following = replace(listing, page=listing.page + 1)
    if listing.body is not None:
        return replace(following, body=with_value(listing.body, name, value))
    return replace(following, url=with_parameter(listing.url, name, str(value)))


def _stated(answer: Any, path: str, listing: Listing) -> tuple[Listing | None, tuple[str, ...]]:
    """The next page that an answer names: its address, or the cursor that leads there."""
    value, is_there = follow(answer, path)
    if not is_there:
        where = f"{listing.key}.next: nothing at {path!r} on the first page: a second one would not be found"
        return None, (where,) if listing.page == 1 else ()
    if isinstance(value, dict):
        value = value.get("href") or value.get("url")
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        return None, ()
    if listing.entry.cursor:
        following = _turned(listing, listing.entry.cursor, value)
        return (following if (following.url, following.body) != (listing.url, listing.body) else None), ()
    url = absolute(listing.url, str(value))
    if url is None:
        return None, (f"{listing.key}.next: no address at {path!r}: {str(value)[:_EXAMPLE]!r}",)
    return (replace(listing, url=url, page=listing.page + 1) if url != listing.url else None), ()
