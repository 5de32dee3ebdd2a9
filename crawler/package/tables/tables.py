"""The tables of a package: their columns, keys and order, as the files in `schema/` and the layout say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from crawler.workspace import repository_folder

COLUMN = {"published": "published_date", "modified": "modified_at"}
"""What a seed calls a column, where it is another word."""

Row = dict[str, str]
"""One row: the cell of each column as it is printed, empty for "not told"."""

LISTS = frozenset({"authors", "tags", "aliases", "warnings", "languages", "warc_files"})
"""Columns of every table whose cells are JSON arrays of strings."""

SAID = ("published_at", "modified_at")
"""Moments that pages tell: with the source's own offset, where all others are in UTC."""

NO_ITEMS = "[]"
"""The cell of an empty list: a reader of JSON takes it as it takes the others."""

SCHEMA_MAJOR = 2
"""Raised when a column changes its name or meaning, or goes; a package with another one is built anew."""

RENAMED: Mapping[str, Mapping[str, str]] = {"changes": {"change": "change_kind"}}
"""By table: what columns were called in packages of schema 1."""

ADDED: Mapping[str, frozenset[str]] = {
    "articles": frozenset({"dropped_share"}),
    "revisions": frozenset({"dropped_share"}),
}
"""By table: columns that packages of before do not have. To who reads those they are empty."""


def is_filled(cell: str) -> bool:
    """Whether a cell tells anything: an empty list tells nothing."""
    return cell not in ("", NO_ITEMS)


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Its parts are files named after a month or a year of `dated_by`; `sources` is one file.

    Tables that every run adds to are `stepped`: their parts are the hours of the newest day of the package, the days of
    its newest month, and the months before. So a run writes its own hour and nothing else; the first run of a day joins
    the hours of the one before, the first of a month its days, and each row is written three times in all. Which parts
    there are follows from the rows alone, whatever the order in which they came."""

    name: str
    columns: tuple[str, ...]
    key: str
    order: tuple[str, ...]
    dated_by: str | None
    per: int  # leading characters of `dated_by` that name the part: 7 are a month
    compressed: bool
    stepped: bool
    schema: Mapping[str, Any]
    last_of: str | None = None  # the column of which each value has only its last row in a part

    @property
    def folder(self) -> str:
        """The folder of the package that holds its parts."""
        return "changes" if self.name == "changes" else "data"

    def part_of(self, row: Mapping[str, str], newest: str) -> str:
        """The name of the part that holds `row`: "2026-11", "2026-11-30", "2026-11-30T09", or "" for a table of one
        file. `newest` is the newest hour of the package's captures."""
        if not self.dated_by:
            return ""
        return self.step(row[self.dated_by], newest) if self.stepped else row[self.dated_by][: self.per]

    def step(self, moment: str, newest: str) -> str:
        """The part of a stepped table that holds `moment`, which may be the name of a part: see `stretch`. Where only
        last rows stay, the months of a year that is over are one part."""
        is_over = self.last_of is not None and moment[:4] < newest[:4]
        return moment[:4] if is_over else stretch(moment, newest)

    def rank(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """What rows are sorted by: time first, so that new rows come last. Times are all in UTC and of one length."""
        return tuple(row[column] for column in self.order)


def stretch(moment: str, newest: str) -> str:
    """The part of what grows with every run that holds `moment`, which may itself be the name of a part: its hour on
    the newest day, its day in the newest month, else its month. `newest` is the newest hour: "2026-11-30T09"."""
    if moment[:10] >= newest[:10]:
        return moment[:13]
    return moment[:10] if moment[:7] >= newest[:7] else moment[:7]


# In the order of the descriptor: what others refer to stands first.
_LAYOUT: tuple[tuple[str, str, str | None, int, bool, bool], ...] = (
    # name, key, dated by, length of the part's name, compressed, stepped
    ("sources", "source_id", None, 0, False, False),
    ("runs", "run_id", "started_at", 7, False, True),
    ("captures", "capture_id", "fetched_at", 7, True, True),
    ("articles", "article_id", "first_seen_at", 7, True, False),
    ("revisions", "revision_id", "valid_to", 7, True, False),
    ("rejections", "capture_id", "fetched_at", 7, True, True),
    ("media", "media_id", "first_seen_at", 7, True, False),
    ("confirmations", "capture_id", "last_confirmed_at", 7, True, True),
    ("changes", "change_id", "changed_at", 7, True, True),
)
_LAST_OF = {"confirmations": "article_id"}


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order of the descriptor."""
    return {layout[0]: _table(*layout) for layout in _LAYOUT}


def table(name: str) -> Table:
    return tables()[name]


def _table(name: str, key: str, dated_by: str | None, per: int, compressed: bool, stepped: bool) -> Table:
    path = repository_folder("schema") / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(field["name"] for field in schema["fields"])
    order = (dated_by, key) if dated_by else (key,)
    return Table(name, columns, key, order, dated_by, per, compressed, stepped, schema, _LAST_OF.get(name))
