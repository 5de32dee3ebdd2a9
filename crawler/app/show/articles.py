"""Articles found and listed: by source, language, time, status, and by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.errors import NotFound, UsageError
from crawler.normal_forms import nfc
from crawler.package.descriptor.published import published
from crawler.package.exports import query
from crawler.package.publication.consistent_read import steadily
from crawler.package.tables.tables import Row
from crawler.package.tables.typed import typed
from crawler.workspace import Workspace

STATUSES = ("live", "withdrawn")
COLUMNS = ("article_id", "date", "language", "source", "status", "title")
_SHOWN = (
    "article_id", "source_id", "story_id", "language", "title", "published_at", "published_date", "category", "url",
    "status", "withdrawn_at", "first_seen_at", "last_confirmed_at",
)  # fmt: skip
_AROUND = 60  # characters of an excerpt on each side of the first word


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles: all of them where nothing is said."""

    source: str | None = None  # an id, or a country
    language: str | None = None  # BCP 47; uz means uz-Latn and uz-Cyrl too
    since: date | None = None  # published on that day or later
    status: str | None = None

    def __contains__(self, row: Row) -> bool:
        return (
            (not self.source or self.source in (row["source_id"], row["source_id"].split(".")[0]))
            and (not self.language or f"{row['language']}-".lower().startswith(f"{self.language}-".lower()))
            and (not self.since or row["published_date"] >= self.since.isoformat())
            and (not self.status or row["status"] == self.status)
        )


def list_articles(package: Path, wanted: Wanted) -> list[dict[str, Any]]:
    """The articles that are `wanted`, newest first: what a line about each tells. Raises NotFound without a package,
    UsageError for a status that no article has."""
    return steadily(Workspace(package), lambda: _sorted(_rows(package, wanted)))


def search(package: Path, words: Sequence[str], wanted: Wanted) -> list[dict[str, Any]]:
    """Of the articles that are `wanted`, those in whose title or text each of `words` stands, whatever the case; with
    an excerpt. Those with all words in the title come first, then the newest."""
    folded = [_fold(word) for word in words if word.strip()]
    if not folded:
        raise UsageError("search needs a word")

    def hits() -> list[dict[str, Any]]:
        found = []
        for row in _rows(package, wanted):
            title, text = _fold(row["title"]), _fold(row["text"])
            if all(word in title or word in text for word in folded):
                in_title = all(word in title for word in folded)
                found.append((in_title, row | {"excerpt": _excerpt(row["text"], text, folded)}))
        titled = _sorted(row for in_title, row in found if in_title)
        return titled + _sorted(row for in_title, row in found if not in_title)

    return steadily(Workspace(package), hits)


def lines(articles: Sequence[dict[str, Any]]) -> list[Sequence[object]]:
    """One line per article, in the order of COLUMNS."""
    return [
        (a["article_id"], a["published_date"], a["language"], a["source_id"], a["status"], a["title"]) for a in articles
    ]


def _rows(package: Path, wanted: Wanted) -> Iterator[Row]:
    workspace = Workspace(package)
    if wanted.status and wanted.status not in STATUSES:
        raise UsageError(f"--status: {wanted.status!r} is none of {', '.join(STATUSES)}")
    if published(workspace) is None:
        raise NotFound(f"{package}: no package here; run `crawl` or `demo` first")
    return (row for row in query.articles(workspace) if row in wanted)


def _sorted(rows: Iterator[Row]) -> list[dict[str, Any]]:
    kept = [{name: row[name] for name in (*_SHOWN, "excerpt") if name in row} for row in rows]
    kept.sort(key=lambda row: row["article_id"])
    kept.sort(key=lambda row: (row["published_date"], row["first_seen_at"]), reverse=True)
    return [typed(row, "articles") for row in kept]


def _fold(text: str) -> str:
    return nfc(text).casefold()


def _excerpt(text: str, folded: str, words: Sequence[str]) -> str:
    """What stands around the first of the words that a text has; its beginning, where the title has them all."""
    at = next((place for word in words if (place := folded.find(word)) >= 0), 0)
    begin, end = max(0, at - _AROUND), at + _AROUND
    shown = " ".join(text[begin:end].split())  # folding changes the length of few letters: near enough for a glance
    return ("… " if begin else "") + shown + (" …" if end < len(text) else "")
