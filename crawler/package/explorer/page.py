"""`index.html`: the page itself, with its style and script, and what it knows before it loads anything.

Everything in it from the web is data: it stands in blocks of JSON that no browser runs, and the script shows it as text
only. The Content-Security-Policy names the one script and the one style by their hashes; what that script loads, and
nothing else, is let in (`strict-dynamic`), and a policy of Trusted Types lets it load files of `explorer/` only."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from crawler.package.explorer.stage import Catalogue
from crawler.package.tables.tables import tables

_POLICY = (
    "default-src 'none'; script-src {script} 'strict-dynamic'; style-src {style}; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types explorer"
)
_SCRIPTS = ("base", "data", "filters", "list", "article", "history", "differences", "plots", "overview", "events")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_PLACE = re.compile("%([A-Z]+)%")
_DESCRIPTION = 5_000  # characters that Google Dataset Search takes at most
_SOURCE = ("source_id", "title", "homepage", "country", "rights", "rights_url")


def index_html(
    head: Mapping[str, Any], sources: Sequence[Mapping[str, str]], catalogue: Catalogue, *, is_served: bool = False
) -> bytes:
    """The page of a package whose descriptor begins with `head`; `sources` are the rows of the table. Where it
    `is_served` by this program, the page leads to the snapshots."""
    facts: dict[str, Any] = {
        "title": head["title"],
        "version": head["version"],
        "created": head["created"],
        "articles": head["articles"],
        "sources": sorted(map(_source, sources), key=lambda its: its["source_id"]),
        "files": catalogue,
    }
    if is_served:
        facts["served"] = True
    style, script = _style(), _script()
    values = {
        "TITLE": escape(str(head["title"])),
        "NOTE": escape(f"version {head['version']} · {head['created'][:10]}"),
        "POLICY": _POLICY.format(script=_digest(script), style=_digest(style)),
        "STYLE": style,
        "SCRIPT": script,
        "FACTS": safe_json(facts),
        "DATASET": safe_json(dataset(head)),
    }
    # One pass over the template: what is put in is never looked at again, whatever a title contains.
    return _PLACE.sub(lambda place: values[place[1]], _file("page.html")).encode()


def _source(row: Mapping[str, str]) -> dict[str, str]:
    return {column: row[column] for column in _SOURCE if row.get(column)}


def dataset(head: Mapping[str, Any]) -> dict[str, Any]:
    """The package as a Dataset of schema.org (https://schema.org/Dataset), for search engines and catalogues."""
    licence = head["licenses"][0]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": head["title"],
        "description": head["description"][:_DESCRIPTION],
        "version": head["version"],
        "dateModified": head["created"],
        "temporalCoverage": f"{head['temporal']['start']}/{head['temporal']['end']}",
        "inLanguage": head["languages"],
        "keywords": head["keywords"],
        "license": licence["path"],
        **{name: head[key] for name, key in (("identifier", "id"), ("url", "homepage")) if head.get(key)},
        "creator": [_creator(its) for its in head["contributors"] if "creator" in its.get("roles", ["creator"])],
        "isBasedOn": [its["path"] for its in head["sources"]],
        "variableMeasured": [field["title"] for field in tables()["articles"].schema["fields"]],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "datapackage.json",
                "contentUrl": "datapackage.json",
                "encodingFormat": "application/json",
            }
        ],
    }


def _creator(its: Mapping[str, Any]) -> dict[str, Any]:
    is_person = str(its.get("path", "")).startswith("https://orcid.org/")
    more = {"sameAs": its["path"]} if is_person else {}
    return {"@type": "Person" if is_person else "Organization", "name": its["title"], **more}


def safe_json(value: Any) -> str:
    """JSON that can stand in a script element: no `<` (so neither `</script` nor `<!--`), and none of the characters
    that HTML or older JavaScript treat in their own way (HTML Standard, 4.12.1.3)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A lone surrogate has no UTF-8; as an escape it does no harm.
    return _UNSAFE.sub(lambda letter: f"\\u{ord(letter[0]):04x}", text)


@cache
def _style() -> str:
    return _file("page.css")


@cache
def _script() -> str:
    """The script of the page: its files in one function, so that no name of theirs is anybody else's."""
    parts = "".join(_file(f"script/{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@cache
def _file(name: str) -> str:
    return (resources.files("crawler.package.explorer") / name).read_text("utf-8")


def _digest(text: str) -> str:
    """The source expression that allows `text` inline (Content Security Policy Level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
