"""Rows of the tables `articles` and `revisions` as values: one field for each column, under its name.

Times are aware `datetime`s: `published_at` and `modified_at` with the offset of the source, all others in UTC. None
stands for an empty cell, an empty tuple for an empty list. `schema/` describes each column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from crawler.errors import PackageInvalid
from crawler.model import Locator
from crawler.package.descriptor.cell_types import checked_row
from crawler.package.tables.tables import Row, table
from crawler.package.tables.typed import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an article and a revision have in common: what a document said, and the WARC record that shows it."""

    article_id: str
    source_id: str
    story_id: str  # the same for all language versions of an item
    document: str
    url: str
    language: str  # BCP 47
    language_confidence: float  # 0 to 1
    declared_language: str | None
    languages: tuple[str, ...]  # BCP 47
    title: str
    published_at: datetime | None  # None where the page tells no time of day
    published_date: date | None  # at the source
    published_raw: str | None
    published_precision: str | None  # day, minute, second, month or open
    published_offset: str | None  # stated, assumed or none
    modified_at: datetime | None
    category: str | None
    summary: str | None
    text: str | None  # paragraphs, joined by one line feed; None: taken out on request, or a revision of kind withdrawn
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    text_sha256: str  # hex
    aliases: tuple[str, ...]
    warnings: tuple[str, ...]
    dropped_share: float | None  # 0 to 1; None where no line of the page says what the text says
    capture_id: str
    run_id: str
    media_type: str | None
    warc_file: str  # a path inside the package
    warc_offset: int  # bytes of the compressed file
    warc_length: int  # bytes of the compressed file

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, paragraph by paragraph."""
        return tuple(self.text.split("\n")) if self.text else ()

    @property
    def locator(self) -> Locator:
        """Where the WARC record behind this row stands."""
        return Locator(self.warc_file, self.warc_offset, self.warc_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow(Wording):
    """A row of `articles`: what a document says now, or said last before it was withdrawn."""

    status: str  # live or withdrawn
    withdrawn_at: datetime | None
    first_seen_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow(Wording):
    """A row of `revisions`: what a document said from `valid_from` until `valid_to`, and what ended it."""

    revision_id: str
    change_kind: str  # edited, metadata, extractor, withdrawn or restored
    valid_from: datetime
    valid_to: datetime
    extractor: str | None


Kind = TypeVar("Kind", ArticleRow, RevisionRow)


def article_row(row: Row) -> ArticleRow:
    """The row of `articles` as a value. Raises PackageInvalid for a cell that its column cannot hold."""
    return _made(ArticleRow, "articles", row)


def revision_row(row: Row) -> RevisionRow:
    """The row of `revisions` as a value. Raises PackageInvalid for a cell that its column cannot hold."""
    return _made(RevisionRow, "revisions", row)


def _made(kind: type[Kind], name: str, row: Row) -> Kind:
    values = typed(checked_row(name, row), name)
    try:
        return kind(**{column: _value(name, column, value) for column, value in values.items()})
    except (ValueError, TypeError, OverflowError) as error:
        raise PackageInvalid(f"{name}: {row.get('article_id', '')[:16]!a}: {str(error)[:200]}") from error


def _value(name: str, column: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    read = _READ.get(_types(name)[column])
    return read(value) if read and isinstance(value, str) else value


def _types(name: str) -> Mapping[str, str]:
    if name not in _KINDS:
        _KINDS[name] = {field["name"]: field["type"] for field in table(name).schema["fields"]}
    return _KINDS[name]


_KINDS: dict[str, Mapping[str, str]] = {}
_READ: Mapping[str, Callable[[str], object]] = {"datetime": datetime.fromisoformat, "date": date.fromisoformat}
