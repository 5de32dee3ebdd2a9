"""The values that pass between the rooms: frozen, typed, with no behaviour but what follows from their fields."""

from __future__ import annotations

from crawler.model.capture import Capture, Foreign, Link, Locator, Payload, Role
from crawler.model.record import (
    FILES_ONLY,
    GOES_ON,
    Article,
    Attachment,
    Candidate,
    Image,
    Language,
    Moment,
    Offset,
    Precision,
    Reason,
    Rejection,
)
from crawler.model.source import CrawlPolicy, Entry, EntryKind, Expect, Seed, Selectors

__all__ = [
    "FILES_ONLY",
    "GOES_ON",
    "Article",
    "Attachment",
    "Candidate",
    "Capture",
    "CrawlPolicy",
    "Entry",
    "EntryKind",
    "Expect",
    "Foreign",
    "Image",
    "Language",
    "Link",
    "Locator",
    "Moment",
    "Offset",
    "Payload",
    "Precision",
    "Reason",
    "Rejection",
    "Role",
    "Seed",
    "Selectors",
]
