"""The tables of a package: their columns, keys and order, as the files in `schema/` and the layout say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from crawler.workspace import repository_folder

Row = dict[str, str]
"""One row: the cell of each column as it is printed, empty for "not told"."""

SCHEMA_MAJOR = 1
"""Raised when a column changes its name or meaning, or goes."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Its parts are files named after a month or a year of `dated_by`; `sources` is one file."""

    name: str
    columns: tuple[str, ...]
    key: str
    order: tuple[str, ...]
    dated_by: str | None
    per: int  # leading characters of `dated_by` that name the part: 4 a year, 7 a month
    compressed: bool
    schema: Mapping[str, Any]

    def part_of(self, row: Mapping[str, str]) -> str:
        """The name of the part that holds `row`: "2026-11", "2026", or "" for a table of one file."""
        return row[self.dated_by][: self.per] if self.dated_by else ""

    def rank(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """What rows are sorted by: time first, so that new rows come last. Times are all in UTC and of one length."""
        return tuple(row[column] for column in self.order)


# In the order of the descriptor: what others refer to stands first.
_LAYOUT: tuple[tuple[str, str, str | None, int, bool], ...] = (
    # name, key, dated by, length of the part's name, compressed
    ("sources", "source_id", None, 0, False),
    ("runs", "run_id", "started_at", 4, False),
    ("captures", "capture_id", "fetched_at", 7, True),
    ("articles", "article_id", "first_seen_at", 7, True),
    ("revisions", "revision_id", "valid_to", 7, True),
    ("rejections", "capture_id", "fetched_at", 7, True),
    ("media", "media_id", "first_seen_at", 7, True),
)


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order of the descriptor."""
    return {name: _table(name, key, dated_by, per, packed) for name, key, dated_by, per, packed in _LAYOUT}


def table(name: str) -> Table:
    return tables()[name]


def _table(name: str, key: str, dated_by: str | None, per: int, compressed: bool) -> Table:
    path = repository_folder("schema") / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(field["name"] for field in schema["fields"])
    order = (dated_by, key) if dated_by else (key,)
    return Table(name, columns, key, order, dated_by, per, compressed, schema)
