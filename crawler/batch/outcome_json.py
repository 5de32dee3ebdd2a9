"""Outcomes of extraction as JSON and back: how they pass between processes and wait in the cache. No pickle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from crawler.model import (
    Article,
    Attachment,
    Capture,
    Foreign,
    Image,
    Locator,
    Moment,
    Offset,
    Precision,
    Reason,
    Rejection,
    Role,
)

Outcome = Article | Rejection


def pack(outcome: Outcome) -> dict[str, Any]:
    """`outcome` as values that JSON knows. The candidates of an article are left out: they explain, and are no data."""
    if isinstance(outcome, Rejection):
        said = {"reason": outcome.reason.value, "detail": outcome.detail, "url": outcome.url}
        return {k: v for k, v in (said | {"document": outcome.document}).items() if v}
    packed: dict[str, Any] = {
        "url": outcome.url,
        "title": outcome.title,
        "text": outcome.text,
        "language": outcome.language,
        "document": outcome.document,
        "published_at": _pack_moment(outcome.published_at),
        "modified_at": _pack_moment(outcome.modified_at),
        "category": outcome.category,
        "summary": outcome.summary,
        "authors": list(outcome.authors),
        "tags": list(outcome.tags),
        "images": [[i.url, i.caption, i.alt] for i in outcome.images],
        "attachments": [[a.url, a.title, a.mime] for a in outcome.attachments],
        "story": outcome.story,
        "alternates": [list(pair) for pair in outcome.alternates],
        "aliases": list(outcome.aliases),
        "declared_language": outcome.declared_language,
        "language_confidence": outcome.language_confidence,
        "languages": list(outcome.languages),
        "warnings": list(outcome.warnings),
        "dropped_share": outcome.dropped_share,
    }
    return packed


def unpack(packed: Mapping[str, Any]) -> Outcome:
    """The outcome that `pack` wrote. Raises KeyError, ValueError or TypeError for anything else."""
    if "reason" in packed:
        return Rejection(Reason(packed["reason"]), packed.get("detail", ""), packed.get("url"), packed.get("document"))
    return Article(
        url=packed["url"],
        title=packed["title"],
        text=packed["text"],
        language=packed["language"],
        document=packed["document"],
        published_at=_unpack_moment(packed["published_at"]),
        modified_at=_unpack_moment(packed["modified_at"]),
        category=packed["category"],
        summary=packed["summary"],
        authors=tuple(packed["authors"]),
        tags=tuple(packed["tags"]),
        images=tuple(Image(*item) for item in packed["images"]),
        attachments=tuple(Attachment(*item) for item in packed["attachments"]),
        story=packed["story"],
        alternates=tuple((language, url) for language, url in packed["alternates"]),
        aliases=tuple(packed["aliases"]),
        declared_language=packed["declared_language"],
        language_confidence=packed["language_confidence"],
        languages=tuple(packed["languages"]),
        warnings=tuple(packed["warnings"]),
        dropped_share=packed["dropped_share"],
    )


def pack_capture(capture: Capture) -> dict[str, Any]:
    """`capture` as values that JSON knows."""
    packed = {f.name: getattr(capture, f.name) for f in fields(capture)}
    where = capture.locator
    packed |= {"fetched_at": capture.fetched_at.isoformat(), "role": capture.role.value}
    packed["locator"] = [where.warc_file, where.offset, where.length]
    packed["foreign"] = asdict(capture.foreign) if capture.foreign else None
    return packed


def unpack_capture(packed: Mapping[str, Any]) -> Capture:
    """The capture that `pack_capture` wrote. Raises KeyError, ValueError or TypeError for anything else."""
    moment, role = datetime.fromisoformat(packed["fetched_at"]), Role(packed["role"])
    foreign = Foreign(**packed["foreign"]) if packed["foreign"] else None
    told = {"fetched_at": moment, "role": role, "locator": Locator(*packed["locator"]), "foreign": foreign}
    return Capture(**{**packed, **told})


def _pack_moment(moment: Moment | None) -> list[str] | None:
    if moment is None:
        return None
    value = moment.value.isoformat() if moment.value else ""
    return [value, moment.raw, moment.source, moment.precision.value, moment.offset.value]


def _unpack_moment(packed: list[str] | None) -> Moment | None:
    if packed is None:
        return None
    value, raw, source, precision, offset = packed
    parsed: datetime | date | None = None
    if value:
        parsed = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return Moment(parsed, raw, source, Precision(precision), Offset(offset))
