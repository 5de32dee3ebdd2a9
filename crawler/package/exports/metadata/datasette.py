"""`metadata.json` for Datasette (https://docs.datasette.io/en/stable/metadata.html): what a database is, and how its
tables are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler.package.exports.metadata.about import About
from crawler.package.exports.metadata.json_ld import json_bytes
from crawler.package.tables.tables import Table

_SHOWN: dict[str, dict[str, Any]] = {
    "articles": {
        "label_column": "title",
        "facets": ["source_id", "language", "status"],
        "sort_desc": "first_seen_at",
    },
    "revisions": {"label_column": "title", "facets": ["source_id", "change_kind"], "sort_desc": "valid_to"},
    "sources": {"label_column": "title"},
    "runs": {"facets": ["source_id", "outcome"], "sort_desc": "started_at"},
    "rejections": {"facets": ["source_id", "reason"], "sort_desc": "fetched_at"},
    "changes": {"facets": ["source_id", "change_kind"], "sort_desc": "changed_at"},
}


def datasette_metadata(about: About, tables: Iterable[Table], database: str) -> bytes:
    """The file for the database of the name `database`. Nothing of a package stands in a key that Datasette takes for
    HTML or for SQL."""
    whole = {
        "title": about.title,
        "description": about.description,
        "license": about.licence,
        "license_url": about.licence_url,
        "about": "; ".join(one.name for one in about.creators),
        "about_url": about.identifier,
    }
    its = {one.name: _table(one) for one in tables}
    value = {name: words for name, words in whole.items() if words} | {"databases": {database: {"tables": its}}}
    return json_bytes(value)


def _table(its: Table) -> dict[str, Any]:
    return {
        "description": its.schema["description"],
        "columns": {field["name"]: field["description"] for field in its.schema["fields"]},
        **_SHOWN.get(its.name, {}),
    }
