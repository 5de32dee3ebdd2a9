"""How many articles each source has, by status: kept in the descriptor, so that nobody reads all rows to tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

Tally = dict[str, dict[str, int]]
"""By source and status."""


def count_rows(workspace: Workspace, parts: Iterable[str]) -> Tally:
    """The tally of all rows of `parts` of the table articles. Raises PackageInvalid."""
    rows = (row for path in parts for row in read_part(table("articles"), workspace.resolve(path)))
    return as_tally(Counter((row["source_id"], row["status"]) for row in rows))


def as_tally(counts: Mapping[tuple[str, str], int]) -> Tally:
    """`counts` by source and status; what is none is not told."""
    found: Tally = {}
    for (source, status), count in sorted(counts.items()):
        if count:
            found.setdefault(source, {})[status] = count
    return found


def added(before: Tally, changes: Mapping[tuple[str, str], int]) -> Tally:
    """`before` with `changes`, which may be less than nothing."""
    counts = Counter({(source, status): n for source, its in before.items() for status, n in its.items()})
    counts.update(changes)
    return as_tally(counts)


def stated(descriptor: Mapping[str, Any]) -> Tally | None:
    """The tally that a descriptor states; None where an earlier program wrote it, or it is no tally."""
    value = descriptor.get("articles")
    if not isinstance(value, dict) or not all(isinstance(its, dict) for its in value.values()):
        return None
    if not all(type(n) is int for its in value.values() for n in its.values()):
        return None
    return {str(source): {str(status): n for status, n in its.items()} for source, its in value.items()}


def moved(old: Row | None, new: Row | None) -> Counter[tuple[str, str]]:
    """The change that it makes to a tally when the row of an article that was `old` is `new`."""
    change: Counter[tuple[str, str]] = Counter()
    for row, n in ((old, -1), (new, 1)):
        if row:
            change[row["source_id"], row["status"]] += n
    return change
