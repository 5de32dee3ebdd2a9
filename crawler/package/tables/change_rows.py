"""Rows of the table `changes`: what one run, one reading or one withdrawal on request did to an article."""

from __future__ import annotations

from crawler.model import Capture
from crawler.package.tables import cell_format
from crawler.package.tables.row_builders import short_id
from crawler.package.tables.tables import Row

KINDS = ("new", "edited", "metadata", "withdrawn", "restored")
"""What a run can do to an article; the columns of `runs` that count it."""


def change_row(kind: str, capture: Capture, old: Row | None, new: Row) -> Row:
    """The row of `changes` for what `capture` shows of an article whose row was `old` and now is `new`."""
    return {
        "change_id": short_id(new["article_id"], kind, capture.capture_id, ""),
        "changed_at": cell_format.utc(capture.fetched_at),
        "change_kind": kind,
        "article_id": new["article_id"],
        "source_id": new["source_id"],
        "run_id": capture.run_id,
        "capture_id": capture.capture_id,
        "text_sha256": new["text_sha256"],
        "previous_text_sha256": old["text_sha256"] if old else "",
    }


def other_reading_row(revision: Row, new: Row) -> Row:
    """The row of `changes` for a revision of change kind extractor, whose article now reads `new`."""
    return {
        "change_id": revision["revision_id"],
        "changed_at": revision["valid_to"],
        "change_kind": "extractor",
        "text_sha256": new["text_sha256"],
        "previous_text_sha256": revision["text_sha256"],
        **{name: revision[name] for name in ("article_id", "source_id", "run_id", "capture_id")},
    }


def erased_row(article: Row) -> Row:
    """The row of `changes` for an article that was taken out on request; `article` is its blanked row."""
    return {
        "change_id": short_id(article["article_id"], "erased", article["withdrawn_at"], ""),
        "changed_at": article["withdrawn_at"],
        "change_kind": "erased",
        **{name: article[name] for name in ("article_id", "source_id", "text_sha256")},
        **dict.fromkeys(("run_id", "capture_id", "previous_text_sha256"), ""),
    }
