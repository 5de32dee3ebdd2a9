"""What a version counts of its articles, for those who would not read all rows: by source and status, by source and
filled column, and which are looked for in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from crawler.package.descriptor.published import Published
from crawler.package.history.history import Folded
from crawler.package.tables.article_counts import Tally, added, count_rows, moved, stated
from crawler.package.tables.filled_counts import (
    Filled,
    Missing,
    count_filled,
    grown,
    of_row,
    stated_filled,
    stated_missing,
)
from crawler.package.tables.tables import Row


class ArticleCounts:
    """The counts of a published version, with what a build changes in them. `before` None: all is built anew."""

    def __init__(self, before: Published | None) -> None:
        self._before = before
        self._statuses: Counter[tuple[str, str]] = Counter()  # (source, status) -> how many more or fewer
        self._filled: Counter[tuple[str, str]] = Counter()  # (source, column) -> how many more or fewer
        self._missing: dict[str, Missing | None] = {}  # article id -> what is new of it; None: it is missed no more

    def take(self, old: Row | None, folded: Folded) -> None:
        """Takes in what became of the article whose row was `old`."""
        self._statuses.update(moved(old, folded.row))
        if folded.changed:
            self._filled.update(of_row(old, -1))
            self._filled.update(of_row(folded.row, 1))
        if folded.row and folded.absences is not None:
            runs = {absence.run_id for absence in folded.absences}
            is_missed = folded.absences and folded.row["status"] == "live"
            since = folded.absences[0].fetched_at if is_missed else ""
            its = Missing(folded.row["source_id"], since, len(runs)) if is_missed else None
            self._missing[folded.row["article_id"]] = its

    def published(self) -> Tally:
        """The articles of the version before, by source and status. Raises PackageInvalid."""
        if self._before is None:
            return {}
        told = stated(self._before.descriptor)
        parts = self._before.parts.get("articles", ())
        return count_rows(self._before.workspace, parts) if told is None else told

    def statuses(self) -> Tally:
        """The articles of the new version, by source and status."""
        return added(self.published(), self._statuses)

    def filled(self) -> Filled:
        """In how many live articles of the new version each column has a value. Raises PackageInvalid."""
        if self._before is None:
            return grown({}, self._filled)
        told = stated_filled(self._before.descriptor)
        parts = self._before.parts.get("articles", ())
        return grown(count_filled(self._before.workspace, parts) if told is None else told, self._filled)

    def missing(self) -> Mapping[str, Mapping[str, Any]]:
        """By article id: since when, and in how many runs, a live article was not there."""
        known = stated_missing(self._before.descriptor) if self._before else {}
        every = {**known, **self._missing}
        return {article_id: asdict(its) for article_id, its in sorted(every.items()) if its}
