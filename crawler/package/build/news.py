"""What a build tells of its news: counts by source, and the first articles of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from crawler.errors import PackageInvalid
from crawler.package.gates.build_plan import Plan
from crawler.package.gates.build_report import TOLD
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

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


def fresh_changes(workspace: Workspace, plan: Plan, rows: Iterable[Row]) -> list[Row]:
    """Those of `rows` of the table changes that the published version has not, the newest first. A build from new
    captures only makes none that it has; a full one makes all of them again, and what of the published ones cannot be
    read counts as new."""
    known: set[str] = set()
    if plan.full and plan.published:
        with suppress(PackageInvalid, OSError):  # it is what such a build mends
            for path in plan.published.parts.get("changes", ()):
                its = read_part(table("changes"), workspace.resolve(path), adapt="changes" in plan.outdated)
                known.update(row["change_id"] for row in its)
    fresh = [row for row in rows if row["change_id"] not in known]
    return sorted(fresh, key=lambda row: (row["changed_at"], row["change_id"]), reverse=True)


def counted_changes(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """How many rows of changes there are, by source and change kind."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["source_id"], Counter())[row["change_kind"]] += 1
    return {source: dict(sorted(found[source].items())) for source in sorted(found)}


def newest_changes(rows: Iterable[Row], articles: Mapping[str, Row]) -> tuple[Row, ...]:
    """The first of `rows` of changes, each with what tells its article: title, url, language, published_date."""
    its = ((row, articles.get(row["article_id"])) for row in rows)
    found = [
        {name: row[name] for name in ("change_id", "change_kind", "changed_at", "article_id", "source_id")}
        | {name: article[name] for name in ("title", "url", "language", "published_date")}
        for row, article in its
        if article is not None
    ]
    return tuple(found[:TOLD])
