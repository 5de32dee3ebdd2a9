"""What a page says of itself in JSON-LD (schema.org), read as it is found: with comments, commas too many, line breaks
inside strings, several objects in one script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from lxml import html

ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle BlogPosting "
    "ReviewNewsArticle AskPublicNewsArticle SatiricalArticle AdvertiserContentArticle LiveBlogPosting Report "
    "ScholarlyArticle TechArticle SocialMediaPosting PressRelease SpecialAnnouncement".split()
)
PAGES = frozenset("WebPage ItemPage AboutPage CollectionPage".split())
_MAX = 1_000_000  # characters of one script
_STRING = r'"(?:\\.|[^"\\])*"'  # comments and commas inside strings are text: "https://..."
_COMMENT = re.compile(_STRING + r"|//[^\n]*|/\*.*?(?:\*/|\Z)|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
_COMMA = re.compile(_STRING + r"|,(?=\s*[}\]])", re.DOTALL)


def read_jsonld(scripts: Iterable[html.HtmlElement]) -> list[dict[str, Any]]:
    """The objects of those scripts that are JSON-LD, @graph and arrays unfolded, in document order."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in _load(script.text[:_MAX]):
                found.extend(_objects(value))
    return found


def _load(text: str) -> list[Any]:
    """The values of one script: as they stand, else without comments and without commas too many."""
    values, whole = _values(text)
    if whole:
        return values
    mended, _ = _values(_COMMA.sub(_only_strings, _COMMENT.sub(_only_strings, text)))
    return max(values, mended, key=len)


def _values(text: str) -> tuple[list[Any], bool]:
    """(JSON values that stand one behind the other, whether that was all)."""
    decoder = json.JSONDecoder(strict=False)  # allows line breaks inside strings
    at = 0
    values: list[Any] = []
    while True:
        while at < len(text) and text[at] in " \t\r\n;,\ufeff":
            at += 1
        if at >= len(text):
            return values, True
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return values, False
        values.append(value)


def _only_strings(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else ""


def _read(match: re.Match[str]) -> str:
    return unescape(match[0])


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), dict | list):
                yield from _objects(value[name], depth + 1)


def types_of(item: dict[str, Any]) -> set[str]:
    """The schema.org types of an object, without their address."""
    kinds = item.get("@type")
    names = [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]
    return {f"{name[:1].upper()}{name[1:]}" for name in names}  # some write newsArticle


def people(value: Any, items: list[dict[str, Any]]) -> list[str]:
    """The names of those whom a property states, as texts, by name, or by given and family name. Where it names nobody,
    of those whom it refers to by the `@id` of another object of the page (JSON-LD 1.1, 3.3); beside names, such a
    reference mostly means the publisher."""
    stated = _unlisted(value)
    if names := [name for one in stated for name in _called(one)]:
        return names
    known = {item["@id"]: item for item in reversed(items) if isinstance(item.get("@id"), str) and item.get("name")}
    return [name for one in stated if isinstance(one, dict) for name in strings(known.get(str(one.get("@id"))))]


def _unlisted(value: Any) -> list[Any]:
    value = value["@list"] if isinstance(value, dict) and "@list" in value else value
    return value if isinstance(value, list) else [value]


def _called(one: Any) -> list[str]:
    names = strings(one)
    if not names and isinstance(one, dict):
        names = [" ".join(strings([one.get("givenName"), one.get("familyName")]))]
    return [name for name in names if name]


def strings(value: Any) -> list[str]:
    """The texts of a property that may be a text, an object with a name, or a list of either. Character references are
    read: a script is no markup, but many systems write it as if it were."""
    if isinstance(value, str):
        return [_REFERENCE.sub(_read, value)] if value.strip() else []
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []
