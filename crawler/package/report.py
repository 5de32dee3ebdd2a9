"""What a build says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("new", "edited", "metadata", "withdrawn", "restored")


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
    warnings: tuple[str, ...] = ()  # of the gates

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
        }
