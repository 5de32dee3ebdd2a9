"""What the fields of an article in a payload mean, by the words of their names: contentHtml, full_text, titleRu,
publish_date. A field may hold one value for each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from crawler.extraction.lines.person_names import names_in
from crawler.extraction.markup.dom import even, key
from crawler.extraction.structured.rich_text_json import text_lines

Item = dict[str, Any]
Codes = tuple[str, ...]  # of the page's language, as sites write them, the best first

_TITLE = ("title", "headline", "heading", "name")  # the surest first
_OF_ITEM = frozenset("news article post item main full content h".split())  # that may stand beside one of these
_BODY = frozenset("body content contents text html fulltext detail details description article blocks".split())
_NO_BODY = frozenset("short brief meta seo preview excerpt summary lead alt type".split())
_SECTION = frozenset("category categories section sections rubric rubrics rubrika".split())
_NO_NAME = frozenset("id ids slug url uri code link path alias key type color icon count".split())
_AUTHOR = frozenset("author authors byline writer reporter journalist muallif avtor".split())
_OF_AUTHOR = frozenset("image photo avatar bio email position role count about description".split())  # about them
_TAGS = frozenset("tags keywords hashtags".split())
_PUBLISHED = frozenset("published publish publication publishdate pub pubdate posted release".split())
_OTHER_DAY = frozenset(
    "modified updated update changed edited end ends start starts expire expires event deadline birth until".split()
)
_MODIFIED = frozenset("modified updated update changed edited".split())
_DAY = frozenset("date time at on datetime timestamp".split())
_MADE = frozenset("created create added".split())
_IMAGE = frozenset("image img cover photo picture thumbnail thumb".split())
_FILES = frozenset("file files attachment attachments document documents docs download downloads".split())
_NO_ADDRESS = frozenset("id alt width height caption author title".split())
_NAME_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_YEARS = (946_684_800, 4_102_444_800)  # seconds: 2000 to 2100
_LONGEST_SECTION = 60
_LONGEST_NAME = 300  # characters of all names in one text
_MOST_NAMES = 50


def title(item: Item, codes: Codes) -> str | None:
    """The item's own headline."""
    for wanted in _TITLE:
        for words, value in _named(item, frozenset({wanted}), codes):
            if not words - _OF_ITEM - {wanted} - set(codes) and isinstance(value, str) and key(value):
                return even(value)
    return None


def may_have_body(item: Item) -> bool:
    """Whether a field is named as one of a text: most objects of a page are parts of it without any."""
    return not all(_BODY.isdisjoint(words_of(name)) for name in item)


def body(item: Item, codes: Codes) -> Any:
    """The longest text among the fields that are named as one: a string, or the nodes of an editor; "" for none."""
    found = (value for words, value in _named(item, _BODY, codes) if not words & _NO_BODY)
    return max(found, key=length, default="")


def length(value: Any) -> int:
    """Characters of a text; of nodes, those of their lines."""
    return len(value) if isinstance(value, str) else sum(map(len, text_lines(value)))


def published(item: Item) -> str | None:
    """When the item says that it was published, as printed; a number of seconds or milliseconds as UTC (RFC 3339)."""
    return _moment(item, _PUBLISHED) or _moment(item, _DAY, beside=_OF_ITEM | _DAY) or _moment(item, _MADE)


def modified(item: Item) -> str | None:
    """When the item says that it was last changed, as printed."""
    return _moment(item, _MODIFIED, unlike=frozenset())


def section(item: Item, codes: Codes) -> str | None:
    """The name of the item's category, or of the first of them."""
    for words, found in _named(item, _SECTION, codes):
        if words & _NO_NAME:
            continue
        value = found[0] if isinstance(found, list) and found else found
        if isinstance(value, dict):
            value = title(value, codes)
        if isinstance(value, str) and 1 < len(value) <= _LONGEST_SECTION and not value.isdigit():
            return even(value)
    return None


def authors(item: Item, codes: Codes) -> tuple[str, ...]:
    """Who wrote the item, as printed."""
    found = (value for words, value in _named(item, _AUTHOR, codes) if not words & (_NO_NAME | _OF_AUTHOR))
    return next(filter(None, (names_in(_called(value, codes)) for value in found)), ())


def tags(item: Item, codes: Codes) -> tuple[str, ...]:
    """The names of the item's subjects."""
    for words, value in _named(item, _TAGS, codes):
        if not words & _NO_NAME and (found := _called(value, codes)):
            return tuple(part for text in found for part in map(even, text.split(",")) if part)
    return ()


def _called(value: Any, codes: Codes) -> list[str]:
    """The names in a text, in an object with a name, whole or in two parts, or in a list of either."""
    if isinstance(value, list):
        return [name for one in value[:_MOST_NAMES] if not isinstance(one, list) for name in _called(one, codes)]
    if isinstance(value, dict):
        whole = title(value, codes) or value.get("fullName") or value.get("full_name") or value.get("displayName")
        first, last = (value.get(f"{which}Name") or value.get(f"{which}_name") or "" for which in ("first", "last"))
        value = whole or f"{first} {last}"
    return [value] if isinstance(value, str) and key(value) and len(value) <= _LONGEST_NAME else []


def image(item: Item) -> str | None:
    """The address of the item's picture."""
    for name, found in item.items():
        if words_of(name) & _IMAGE and not words_of(name) & _NO_ADDRESS:
            value = found[0] if isinstance(found, list) and found else found
            value = value.get("url") or value.get("src") if isinstance(value, dict) else value
            if isinstance(value, str) and ("/" in value or "." in value):
                return value
    return None


def files(item: Item, codes: Codes) -> list[Any]:
    """What the item's fields named for files hold, as found."""
    found = (value for words, value in _named(item, _FILES, codes) if not words & _NO_NAME - {"url", "link", "path"})
    return [value for value in found if isinstance(value, str | list | dict)]


@lru_cache(maxsize=4096)
def words_of(name: str) -> frozenset[str]:
    """The words of a field's name, in lower case."""
    return frozenset(word.lower() for word in _NAME_WORDS.findall(name))


def _named(item: Item, wanted: frozenset[str], codes: Codes) -> Iterator[tuple[frozenset[str], Any]]:
    """(words of the name, value) of the fields that are named with a wanted word: those in the page's language first,
    none in another. A field with a value for each language gives that of the page's, or the first."""
    found: list[tuple[int, frozenset[str], Any]] = []
    for name, value in item.items():
        words = words_of(name)
        if not words & wanted or value in (None, "", []):
            continue
        tail = name.rpartition("_")[2] if "_" in name else (_NAME_WORDS.findall(name) or [""])[-1]
        code = tail.lower() if len(tail) == 2 and tail.lower() not in ("id", "at") and len(words) > 1 else ""
        if code and codes and code not in codes:
            continue
        rank = codes.index(code) if code in codes else len(codes)
        found.append((rank, words, _in_language(value, codes)))
    found.sort(key=lambda entry: entry[0])
    yield from ((words, value) for _, words, value in found)


def _in_language(value: Any, codes: Codes) -> Any:
    if not isinstance(value, dict) or not value or not all(_CODE.fullmatch(str(name)) for name in value):
        return value
    if not all(isinstance(inner, str | list | dict | None) for inner in value.values()) or "url" in value:
        return value
    filled = {str(name).lower(): inner for name, inner in value.items() if inner}
    best = next((filled[code] for code in codes if code in filled), None)
    return best if best is not None else next(iter(filled.values()), "")


def _moment(
    item: Item,
    wanted: frozenset[str],
    *,
    unlike: frozenset[str] = _OTHER_DAY,
    beside: frozenset[str] | None = None,
) -> str | None:
    """What the first field tells whose name has a wanted word, none of the words `unlike` it, and no others than those
    that may stand `beside` it: "paperDate" is not when an item was published."""
    for name, value in item.items():
        words = words_of(name)
        if not words & wanted or words & unlike or (beside is not None and words - beside):
            continue
        if told := _told(value):
            return told
    return None


def _told(value: Any) -> str | None:
    if isinstance(value, str) and any(char.isdigit() for char in value):
        if not value.isdigit() or len(value) not in (10, 13):
            return value
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value > _YEARS[1] else value
        if _YEARS[0] <= seconds < _YEARS[1]:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
    return None
