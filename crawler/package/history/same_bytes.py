"""The bytes that a document's row stands on: what has the same is no edit."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.package.tables.row_builders import Sight
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.tables import Row


@dataclass(frozen=True, slots=True)
class Shown:
    """The payload that an address showed."""

    url: str
    payload_sha256: str


def shown_by(sight: Sight) -> Shown | None:
    """What a sight shows; of a revisit, what it repeats."""
    source = sight.source
    return Shown(source.url, source.payload_sha256) if source.payload_sha256 else None


def stood_on(sight: Sight) -> Shown | None:
    """What a row shows that stands on `sight`, as the next build finds it too: it looks at whole responses alone."""
    return shown_by(sight) if sight.holder is None and not sight.capture.truncated else None


def stands_on(lookup: Lookup, row: Row) -> Shown | None:
    """What a published row of `articles` shows."""
    for holder in lookup.holders([row["capture_id"]]):
        if holder.cells["payload_sha256"]:
            return Shown(holder.url, holder.cells["payload_sha256"])
    return None
