"""A package in a program or a notebook: `Package(path)` and the typed rows it gives. See docs/library.md."""

from __future__ import annotations

from crawler.library.package import Package, VersionChanged
from crawler.library.rows import ArticleRow, RevisionRow
from crawler.library.snapshot import Snapshot

__all__ = ["ArticleRow", "Package", "RevisionRow", "Snapshot", "VersionChanged"]
