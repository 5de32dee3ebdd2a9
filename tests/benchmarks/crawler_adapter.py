"""What the scorer of the evaluation pages calls: this project's extractor, and bare trafilatura beside it."""

from __future__ import annotations

from typing import Any

from trafilatura import bare_extraction

import crawler
from crawler import Rejection


def extract(html: bytes, url: str) -> dict[str, Any]:
    """The record of a page in the scorer's terms; an empty one for a rejection."""
    record = crawler.extract(html, url)
    if isinstance(record, Rejection):
        return {}
    return {
        "title": record.title,
        "text": record.text,
        "paragraphs": list(record.paragraphs),
        "published": record.published,
        "category": record.category,
        "authors": list(record.authors),
    }


def trafilatura(html: bytes, url: str) -> dict[str, Any]:
    """Bare trafilatura with its own metadata, as its documentation shows it."""
    document = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if document is None:
        return {}
    return {
        "title": document.title,
        "text": document.text,
        "published": document.date,
        "authors": document.author,
    }
