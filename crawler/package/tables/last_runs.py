"""How the last run of each source went: kept in the descriptor, so that nobody reads all runs to tell it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crawler.package.tables.tables import Row

LastRuns = dict[str, dict[str, Any]]
"""By source: started_at, outcome, and how many faults and rejected captures of articles it had."""


def last_runs(rows: Iterable[Row], before: LastRuns | None = None) -> LastRuns:
    """The last of `rows` for each source, or what is told of it `before` where that is later."""
    found = dict(before or {})
    for row in rows:
        known = found.get(row["source_id"])
        if known is None or known["started_at"] <= row["started_at"]:
            found[row["source_id"]] = {
                "started_at": row["started_at"],
                "outcome": row["outcome"],
                "faults": _total(row["faults"]),
                "rejected": _total(row["rejected"]),
            }
    return dict(sorted(found.items()))


def stated_last_runs(descriptor: Mapping[str, Any]) -> LastRuns | None:
    """What a descriptor states; None where an earlier program wrote it, or it has another form."""
    value = descriptor.get("last_runs")
    if not isinstance(value, dict) or not all(_is_told(its) for its in value.values()):
        return None
    return {str(source): dict(its) for source, its in value.items()}


def _is_told(its: object) -> bool:
    if not isinstance(its, dict) or its.keys() != {"started_at", "outcome", "faults", "rejected"}:
        return False
    words = isinstance(its["started_at"], str) and isinstance(its["outcome"], str)
    return words and type(its["faults"]) is int and type(its["rejected"]) is int


def _total(counts: str) -> int:
    """The sum of a cell that is a JSON object from word to count; empty is none."""
    return sum(dict(json.loads(counts)).values()) if counts else 0
