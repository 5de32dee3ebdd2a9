"""What a build tells of its news: counts by source, and the first articles of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from crawler.package.gates.build_plan import Plan
from crawler.package.gates.build_report import TOLD
from crawler.package.tables.tables import Row

Told = Mapping[str, tuple[tuple[str, str, str], ...]]


def per_source(plan: Plan, counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """The counts of (run, kind or reason) by source."""
    found: dict[str, Counter[str]] = {source: Counter() for source in plan.seeds}
    for (run_id, kind), count in counts.items():
        found[plan.runs[run_id].source_id][kind] += count
    return {source: dict(its) for source, its in found.items()}


def told(rows: Mapping[str, Row], changed: Mapping[str, Collection[str]]) -> Told:
    """The first articles of each kind of change: (id, title, address)."""
    first = {kind: [rows[i] for i in sorted(ids) if i in rows][:TOLD] for kind, ids in changed.items()}
    return {k: tuple((row["article_id"], row["title"], row["url"]) for row in its) for k, its in first.items()}


def arrived(rows: Mapping[str, Row], ids: Collection[str]) -> Told:
    """The new articles of each source, the newest first: (id, day, title)."""
    new = sorted((rows[i] for i in ids if i in rows), key=lambda row: row["article_id"])
    new.sort(key=lambda row: row["published_date"], reverse=True)
    its: dict[str, list[tuple[str, str, str]]] = {}
    for row in new:
        its.setdefault(row["source_id"], []).append((row["article_id"], row["published_date"], row["title"]))
    return {source: tuple(first[:TOLD]) for source, first in sorted(its.items())}
