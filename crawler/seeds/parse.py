"""Seed files read strictly: an unknown key, a wrong type or a value that cannot work is an error naming file and key.

Shape and types are checked against `schema/seed.schema.json`, the same file that editors complete from."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from cssselect import SelectorError
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawler.address_patterns import compiled
from crawler.errors import SeedError
from crawler.model import CrawlPolicy, Entry, EntryKind, Expect, Seed, Selectors
from crawler.seeds.limits import MAX_SEED, check_limits
from crawler.timezones import timezone
from crawler.workspace import repository_folder

_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110, 5.1
_OUR_FIELDS = frozenset("host content-length transfer-encoding connection te trailer upgrade expect".split())
_ID = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")


def parse_seed(toml: str, *, seed_id: str, path: str) -> Seed:
    """The seed that `toml` declares; `path` is for messages and for files named relative to it. Raises SeedError, also
    when the file states another id than `seed_id`."""
    if len(toml) > MAX_SEED:
        raise SeedError(f"has more than {MAX_SEED} characters", path=path)
    try:
        raw = tomllib.loads(toml)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, and no TOMLDecodeError
        raise SeedError(f"not TOML: {error}", path=path) from error
    check_limits(raw, path)
    _check_shape(raw, path)
    if raw.get("id", seed_id) != seed_id:
        raise SeedError(f"says {raw['id']!r}, but the seed is taken for {seed_id!r}", path=path, key="id")
    seed = _seed(raw, seed_id, toml, path)
    _check_sense(seed, path)
    return seed


# ---------------------------------------------------------------- shape


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((repository_folder("schema") / "seed.schema.json").read_text("utf-8")))


def _check_shape(raw: Mapping[str, Any], path: str) -> None:
    # An unknown key first: it is often the one that is missing under its right name.
    errors = sorted(
        _validator().iter_errors(raw),
        key=lambda error: (error.validator != "additionalProperties", list(map(str, error.absolute_path))),
    )
    if errors:
        key, message = _explain(errors[0])
        raise SeedError(message, path=path, key=key)


def _explain(error: ValidationError) -> tuple[str | None, str]:
    """(key, message) of a schema error, in words that name what can be written instead."""
    where = [str(part) for part in error.absolute_path]
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = list(schema.get("properties", {}))
        unknown = next((key for key in error.instance if key not in known), "?")
        near = difflib.get_close_matches(unknown, known, n=1)
        return ".".join([*where, unknown]), f"unknown key{f'; did you mean {near[0]}?' if near else ''}"
    if error.validator == "required" and isinstance(error.instance, Mapping):
        missing = next((key for key in schema.get("required", []) if key not in error.instance), "?")
        return ".".join([*where, missing]), "missing"
    if error.validator == "enum":
        return ".".join(where), f"{error.instance!r} is not one of {', '.join(map(str, schema.get('enum', [])))}"
    return ".".join(where) or None, error.message


# ---------------------------------------------------------------- values


def _frozen(mapping: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return MappingProxyType(dict(mapping or {}))


def _values(kind: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    """`raw` for the dataclass `kind`: arrays become tuples, whole numbers become floats where those are meant."""
    types = {field.name: field.type for field in dataclasses.fields(kind)}
    out: dict[str, Any] = {}
    for key, value in raw.items():
        if isinstance(value, list):
            out[key] = tuple(value)
        elif isinstance(value, dict):
            out[key] = _frozen(value)
        else:
            out[key] = float(value) if types[key] == "float" else value
    return out


def _seed(raw: Mapping[str, Any], seed_id: str, toml: str, path: str) -> Seed:
    crawl = _values(CrawlPolicy, raw.get("crawl", {}))
    if "ca_bundle" in crawl:
        crawl["ca_bundle"] = str(Path(path).parent / crawl["ca_bundle"])
    return Seed(
        id=seed_id,
        title=_frozen(raw["title"]),
        homepage=raw["homepage"],
        platform=raw["platform"],
        timezone=raw["timezone"],
        languages=_frozen(raw["languages"]),
        options=_frozen(raw.get("options")),
        entries=tuple(_entry(raw, path, f"entries.{n}") for n, raw in enumerate(raw.get("entries", []))),
        selectors=Selectors(**_values(Selectors, raw.get("selectors", {}))),
        crawl=CrawlPolicy(**crawl),
        expect=Expect(**_values(Expect, raw.get("expect", {}))),
        rights=raw.get("rights"),
        rights_url=raw.get("rights_url"),
        notes=raw.get("notes"),
        toml=toml,
    )


def _entry(raw: Mapping[str, Any], path: str, key: str) -> Entry:
    """Raises SeedError for a body that cannot be posted."""
    values = _values(Entry, {name: value for name, value in raw.items() if name != "body"})
    try:
        posted = json.dumps(raw["body"], ensure_ascii=False) if "body" in raw else None
    except (TypeError, ValueError) as error:
        raise SeedError(f"cannot be written as JSON: {error}", path=path, key=f"{key}.body") from error
    return Entry(**{**values, "kind": EntryKind(values["kind"]), "body": posted})


# ---------------------------------------------------------------- sense


def _check_sense(seed: Seed, path: str) -> None:
    if not _ID.fullmatch(seed.id):
        raise SeedError(f"{seed.id!r} cannot be an id: letters, digits, dots and hyphens", path=path)
    try:
        timezone(seed.timezone)
    except KeyError:
        raise SeedError(f"no such time zone: {seed.timezone!r}", path=path, key="timezone") from None
    _check_url(seed.homepage, path, "homepage")
    if seed.platform == "generic" and not seed.entries:
        raise SeedError("the platform generic has no defaults: name at least one entry", path=path, key="entries")
    for number, entry in enumerate(seed.entries):
        _check_entry(entry, seed, path, f"entries.{number}")
    for field in dataclasses.fields(Selectors):
        value = getattr(seed.selectors, field.name)
        for selector in value if isinstance(value, tuple) else (value,):
            if selector and field.name not in ("title_from", "date_order"):
                _check_css(selector, path, f"selectors.{field.name}")


def _check_entry(entry: Entry, seed: Seed, path: str, key: str) -> None:
    _check_url(entry.url, path, f"{key}.url")
    if entry.kind is EntryKind.LISTING:
        if not entry.links:
            raise SeedError("a listing needs the selector of its links", path=path, key=f"{key}.links")
        _check_css(entry.links, path, f"{key}.links")
        if entry.next:
            _check_css(entry.next, path, f"{key}.next")
    if entry.kind is EntryKind.JSON:
        _check_api(entry, path, key)
    if entry.language and entry.language not in seed.languages:
        raise SeedError(f"{entry.language!r} is not a key of [languages]", path=path, key=f"{key}.language")
    for name in entry.headers:
        if not _FIELD_NAME.fullmatch(name) or name.lower() in _OUR_FIELDS:
            raise SeedError("no field of a request that a seed may state", path=path, key=f"{key}.headers.{name}")
    if entry.match:
        try:
            compiled(entry.match)
        except ValueError as error:
            told = f"not a regular expression (RE2, without look-around and back-references): {error}"
            raise SeedError(told, path=path, key=f"{key}.match") from error


def _check_api(entry: Entry, path: str, key: str) -> None:
    if not entry.article:
        raise SeedError("a JSON entry needs the template of an article's address", path=path, key=f"{key}.article")
    if entry.cursor and not entry.next:
        raise SeedError("a cursor needs the path at which an answer tells the next one", path=path, key=f"{key}.next")
    if "{" in (entry.page or ""):
        raise SeedError("an API counts pages by a parameter", path=path, key=f"{key}.page")
    if entry.page and entry.offset:
        raise SeedError("an API counts pages or items: name one", path=path, key=f"{key}.offset")
    if entry.fields and not entry.detail:
        words = "fields are read from the API's answer about one article: name the template of its address"
        raise SeedError(words, path=path, key=f"{key}.detail")
    if entry.detail and not {"title", "body"} <= entry.fields.keys():
        raise SeedError("the answers at `detail` need the paths of title and body", path=path, key=f"{key}.fields")
    if entry.detail:
        _check_url(re.sub(r"\{[\w.]+\}", "0", entry.detail), path, f"{key}.detail")


def _check_css(selector: str, path: str, key: str) -> None:
    try:
        CSSSelector(selector, translator="html")(html.Element("a"))  # some are found out only when they are used
    except (SelectorError, etree.XPathError, ValueError, RecursionError) as error:
        raise SeedError(f"not a CSS selector: {selector!r}: {error}", path=path, key=key) from error


def _check_url(url: str, path: str, key: str) -> None:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.username
    except ValueError:
        usable = False
    if not usable:
        raise SeedError(f"not an address: {url!r}", path=path, key=key)
