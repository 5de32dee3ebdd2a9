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
    """One table. Its parts are files named after a month or a year of `dated_by`; `sources` is one file.

    Tables that every run adds to are `daily`: in the newest month of the package their parts are days, so that an
    hourly run writes its day anew and not its month. When a month begins, the days of the one before become one part.
    Which parts there are follows from the rows alone, whatever the order in which they came."""

    name: str
    columns: tuple[str, ...]
    key: str
    order: tuple[str, ...]
    dated_by: str | None
    per: int  # leading characters of `dated_by` that name the part: 4 a year, 7 a month
    compressed: bool
    daily: bool
    schema: Mapping[str, Any]

    def part_of(self, row: Mapping[str, str], newest: str) -> str:
        """The name of the part that holds `row`: "2026", "2026-11", "2026-11-30", or "" for a table of one file.
        `newest` is the newest month of the package's captures."""
        if not self.dated_by:
            return ""
        return day_or_month(row[self.dated_by], newest) if self.daily else row[self.dated_by][: self.per]

    def rank(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """What rows are sorted by: time first, so that new rows come last. Times are all in UTC and of one length."""
        return tuple(row[column] for column in self.order)


def day_or_month(moment: str, newest: str) -> str:
    """The part of what grows with every run: the day in the newest month, the month before it."""
    return moment[:10] if moment[:7] >= newest else moment[:7]


# In the order of the descriptor: what others refer to stands first.
_LAYOUT: tuple[tuple[str, str, str | None, int, bool, bool], ...] = (
    # name, key, dated by, length of the part's name, compressed, daily
    ("sources", "source_id", None, 0, False, False),
    ("runs", "run_id", "started_at", 4, False, False),
    ("captures", "capture_id", "fetched_at", 7, True, True),
    ("articles", "article_id", "first_seen_at", 7, True, False),
    ("revisions", "revision_id", "valid_to", 7, True, False),
    ("rejections", "capture_id", "fetched_at", 7, True, True),
    ("media", "media_id", "first_seen_at", 7, True, False),
)


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order of the descriptor."""
    return {layout[0]: _table(*layout) for layout in _LAYOUT}


def table(name: str) -> Table:
    return tables()[name]


def _table(name: str, key: str, dated_by: str | None, per: int, compressed: bool, daily: bool) -> Table:
    path = repository_folder("schema") / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(field["name"] for field in schema["fields"])
    order = (dated_by, key) if dated_by else (key,)
    return Table(name, columns, key, order, dated_by, per, compressed, daily, schema)
