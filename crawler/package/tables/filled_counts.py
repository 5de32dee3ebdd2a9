"""In how many live articles of each source each column is filled, and which are looked for in vain: kept in the
descriptor, so that nobody reads all rows to tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.package.tables import cell_format
from crawler.package.tables.expectations import filled_columns
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

ASSUMED = "published_offset=assumed"
"""Counted beside the columns: times of publication whose offset no page states."""
Filled = dict[str, dict[str, int]]
"""By source and column of articles."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A live article whose page was not there when it was last looked for: proved only when it stays so."""

    source_id: str
    since: str  # the first such capture, as a cell
    runs: int  # in so many runs


def count_filled(workspace: Workspace, parts: Iterable[str]) -> Filled:
    """The counts of all rows of `parts` of the table articles. Raises PackageInvalid."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in parts:
        for row in read_part(table("articles"), workspace.resolve(path)):
            counts.update(of_row(row, 1))
    return by_source(counts)


def of_row(row: Row | None, sign: int) -> dict[tuple[str, str], int]:
    """What one row adds (`sign` 1) or takes away (-1)."""
    if row is None or row["status"] != "live":
        return {}
    told = [*filled_columns([row]), *([ASSUMED] if row["published_offset"] == "assumed" else [])]
    return {(row["source_id"], name): sign for name in told}


def by_source(counts: Mapping[tuple[str, str], int]) -> Filled:
    found: Filled = {}
    for (source, column), count in sorted(counts.items()):
        if count:
            found.setdefault(source, {})[column] = count
    return found


def grown(before: Filled, change: Mapping[tuple[str, str], int]) -> Filled:
    """`before` with `change`, which may be less than nothing."""
    counts = Counter({(source, column): n for source, its in before.items() for column, n in its.items()})
    counts.update(change)
    return by_source(counts)


def stated_filled(descriptor: Mapping[str, Any]) -> Filled | None:
    """The counts that a descriptor states; None where an earlier program wrote it, or they are none."""
    value = descriptor.get("filled")
    if not isinstance(value, dict) or not all(isinstance(its, dict) for its in value.values()):
        return None
    if not all(type(n) is int for its in value.values() for n in its.values()):
        return None
    return {str(source): {str(column): n for column, n in its.items()} for source, its in value.items()}


def stated_missing(descriptor: Mapping[str, Any]) -> dict[str, Missing]:
    """By article id: what a descriptor says is looked for in vain. What has another form than ours is not told."""
    value = descriptor.get("missing")
    found = {}
    for article_id, its in value.items() if isinstance(value, dict) else ():
        if isinstance(its, dict) and type(its.get("runs")) is int and _is_moment(its.get("since")):
            found[str(article_id)] = Missing(str(its.get("source_id", "")), its["since"], its["runs"])
    return found


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and cell_format.utc(cell_format.parse_utc(value)) == value
    except (ValueError, OverflowError):
        return False
