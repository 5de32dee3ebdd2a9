"""A seed file from what was seen: TOML with a comment wherever a person should look."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.app.new_seed.facts import Facts

_KEYS = {
    "links": "CSS of the links to articles",
    "next": "CSS of the link to the next page",
    "page": "the query parameter that counts pages",
    "first_page": "the number of the first",
    "match": "what an article's address looks like",
    "items": "path of the array of items",
    "article": "address of the article for readers: a template, or the path of it",
    "detail": "address of the API's answer about one article",
    "fields": "where the article's fields stand in that answer",
    "language": "the code in [languages] of what is listed here",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a seed file is written from."""

    url: str
    seed_id: str
    facts: Facts
    zone: str | None
    entries: Sequence[Mapping[str, Any]]
    options: Mapping[str, str]
    private: str | None
    crawl: Mapping[str, float]


def seed_text(draft: Draft) -> str:
    """The text of a seed file."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    facts, zone = draft.facts, draft.zone
    yield "# Written by `ministry-news seeds new`. Look at the title, the languages and the zone."
    yield f"id = {_value(draft.seed_id)}"
    yield f"title = {{ {_key(facts.language or 'en')} = {_value(facts.title)} }} # en is shown first, if you add it"
    yield f"homepage = {_value(draft.url)}"
    yield f"platform = {_value(facts.platform)}" + (
        " # no platform was recognised" if facts.platform == "generic" else ""
    )
    unknown = "" if zone else " # not known: the zone in which the site's clock times are meant"
    yield f"timezone = {_value(zone or 'UTC')}{unknown}"
    yield "\n[languages] # the site's code = BCP 47"
    yield from (f"{_key(code)} = {_value(tag)}" for code, tag in facts.languages.items())
    if draft.options:
        yield "\n[options]"
        yield from (f"{_key(name)} = {_value(value)}" for name, value in draft.options.items())
    for entry in draft.entries:
        yield "\n[[entries]]"
        for name, value in entry.items():
            yield f"{name} = {_value(value)}" + (f" # {_KEYS[name]}" if name in _KEYS else "")
    if draft.private or draft.crawl:
        yield "\n[crawl]"
        yield from (f"{name} = {value}" for name, value in draft.crawl.items())
        if draft.private:
            yield f"allow_private = [{_value(draft.private)}] # a private address: it was named on the command line"


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _value(name)


def _value(value: object) -> str:
    # A basic string of TOML has the escapes of JSON.
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(name))} = {_value(its)}" for name, its in value.items()) + " }"
    return str(value) if isinstance(value, int | float) else json.dumps(str(value), ensure_ascii=False)
