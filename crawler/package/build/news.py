"""What a build tells of its news: counts by source, and the first articles of each kind."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from itertools import islice

from crawler.errors import PackageInvalid
from crawler.package.gates.build_plan import Plan
from crawler.package.gates.build_report import TOLD
from crawler.package.publication.pending_rows import Rows
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


def told(rows: Rows, changed: Mapping[str, Collection[str]]) -> Told:
    """The first articles of each kind of change: (id, title, address)."""
    first = {kind: islice(filter(None, map(rows.get, sorted(ids))), TOLD) for kind, ids in changed.items()}
    return {k: tuple((row["article_id"], row["title"], row["url"]) for row in its) for k, its in first.items()}


def arrived(rows: Iterable[Row], ids: Collection[str]) -> Told:
    """The new articles of each source, the newest first: (id, day, title)."""
    its: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        if row["article_id"] in ids:
            newest = its.setdefault(row["source_id"], [])
            newest.append((row["article_id"], row["published_date"], row["title"]))
            if len(newest) >= 2 * TOLD:
                newest[:] = _newest(newest)
    return {source: tuple(_newest(found)) for source, found in sorted(its.items())}


def _newest(articles: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    found = sorted(articles)
    found.sort(key=lambda its: its[1], reverse=True)
    return found[:TOLD]


class FreshChanges:
    """Those of `rows` of the table changes that the published version has not. A build from new captures only makes
    none that it has; a full one makes all of them again, and what of the published ones cannot be read counts as new.
    """

    def __init__(self, workspace: Workspace, plan: Plan, rows: Iterable[Row], articles: Rows) -> None:
        known = _published_changes(workspace, plan)
        self._articles = articles
        self._counts: dict[str, Counter[str]] = {}
        self._newest: list[Row] = []
        for row in rows:
            if not _has(known, row["change_id"]):
                self._counts.setdefault(row["source_id"], Counter())[row["change_kind"]] += 1
                if articles.has(row["article_id"]):
                    self._newest.append(row)
                if len(self._newest) >= 2 * TOLD:
                    self._newest = _latest(self._newest)

    def counted(self) -> dict[str, dict[str, int]]:
        """How many rows of changes there are, by source and change kind."""
        return {source: dict(sorted(self._counts[source].items())) for source in sorted(self._counts)}

    def newest(self) -> tuple[Row, ...]:
        """The newest, each with what tells its article: title, url, language, published_date."""
        its = ((row, self._articles.get(row["article_id"])) for row in _latest(self._newest))
        return tuple(
            {name: row[name] for name in ("change_id", "change_kind", "changed_at", "article_id", "source_id")}
            | {name: article[name] for name in ("title", "url", "language", "published_date")}
            for row, article in its
            if article is not None
        )


def _latest(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["changed_at"], row["change_id"]), reverse=True)[:TOLD]


def _published_changes(workspace: Workspace, plan: Plan) -> array[int]:
    """The ids of the published changes, as numbers in their order: there may be millions."""
    known = array("Q")
    if plan.full and plan.published:
        with suppress(PackageInvalid, OSError):  # it is what such a build mends
            for path in plan.published.parts.get("changes", ()):
                its = read_part(table("changes"), workspace.resolve(path), adapt="changes" in plan.outdated)
                known.extend(int(row["change_id"], 16) for row in its)
    return array("Q", sorted(known))


def _has(known: array[int], change_id: str) -> bool:
    wanted = int(change_id, 16)
    place = bisect_left(known, wanted)
    return place < len(known) and known[place] == wanted
