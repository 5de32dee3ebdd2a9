"""What a build says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.model import Capture
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row

TOLD = 100  # articles of each kind whose titles a report holds


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and wrote."""

    version: str
    full: bool
    why: str  # why all was read again
    sources: Mapping[str, Mapping[str, int]]  # source -> new, edited, metadata, withdrawn, restored, and each reason
    changed: Mapping[str, tuple[str, ...]]  # new, edited ... -> ids of articles
    rows: Mapping[str, int]  # table -> rows
    written: tuple[str, ...]  # paths that this version has and the last one had not, or with other bytes
    extractor: int = 0  # articles that the present code reads in another way than the code before
    recovered: tuple[str, ...] = ()
    news: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)  # kind -> id, title, address
    arrived: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)  # source -> id, day, title
    warnings: tuple[str, ...] = ()  # of the gates, and how many articles have which of their own
    refused: tuple[
        str, ...
    ] = ()  # why sources were held back: their new captures wait, and are no part of this version
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # source -> change kind -> rows of changes
    newest: tuple[Row, ...] = ()  # the newest rows of changes that this version adds, with title, url ...

    def as_dict(self) -> dict[str, Any]:
        """The report as values that JSON knows."""
        return {
            "version": self.version,
            "full": self.full,
            "why": self.why,
            "sources": {source: dict(sorted(counts.items())) for source, counts in self.sources.items()},
            "changed": {kind: list(ids) for kind, ids in self.changed.items()},
            "rows": dict(self.rows),
            "written": list(self.written),
            "extractor": self.extractor,
            "recovered": list(self.recovered),
            "warnings": list(self.warnings),
            "refused": list(self.refused),
            "changes": {source: dict(its) for source, its in self.changes.items()},
            "newest": [dict(row) for row in self.newest],
            "arrived": {source: [list(article) for article in its] for source, its in self.arrived.items()},
            "news": {kind: [list(article) for article in its] for kind, its in self.news.items()},
        }


def revisit_warnings(captures: Iterable[Capture]) -> tuple[str, ...]:
    """One line per source whose captures of other tools repeat what is not in the package: their words are unknown."""
    open_: dict[str, list[Capture]] = {}
    for capture in captures:
        if capture.foreign and capture.kind == "revisit" and not capture.revisit_of:
            open_.setdefault(capture.source_id, []).append(capture)
    return tuple(
        f"{source}: {len(its)} revisits not resolved: what they repeat is not in this package, first {its[0].url} at "
        f"{cell_format.utc(its[0].fetched_at)}"
        for source, its in sorted(open_.items())
    )


def article_warnings(rows: Iterable[Row]) -> tuple[str, ...]:
    """One line per source and kind of warning that rows of articles carry; the kind is the word before the colon."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, str]] = {}  # the article with the least id, and its warning
    for row in rows:
        for warning in cell_format.parse_array(row["warnings"]):
            name = row["source_id"], warning.partition(":")[0]
            counts[name] += 1
            if name not in first or row["article_id"] < first[name][0]:
                first[name] = row["article_id"], warning
    return tuple(
        f"{source}: {counts[source, kind]} warnings of {kind}, first {' '.join(first[source, kind])}"
        for source, kind in sorted(counts)
    )
