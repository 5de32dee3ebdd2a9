"""What shows that a document is gone, and what does not though it says so. Pure.

A page that says in words that it is not there, that reads as the answer to an impossible address, or that leads to the
front page, is taken at its word. Those that guard a site, and sites that are being repaired, give such answers to every
page; while the source's own list still shows the article, it is not gone, and nothing was learned of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.discovery.listed import is_listed
from crawler.model import CrawlPolicy, Reason, Rejection, Seed
from crawler.package.history.forms import has_left
from crawler.package.history.same_bytes import Shown
from crawler.package.tables import cell_format
from crawler.package.tables.row_builders import Sight
from crawler.package.tables.tables import Row

ABSENT = frozenset({Reason.NOT_FOUND, Reason.NO_VERSION})
"""Reasons of rejections that say that a document is not there."""

_STATED = frozenset({404, 410})  # the server's own word (RFC 9110, 15.5.5 and 15.5.11), which needs no guess


@dataclass(frozen=True, slots=True)
class Absence:
    """A run in which a document was not there."""

    run_id: str
    fetched_at: str


def prove(absences: Sequence[Absence], policy: CrawlPolicy) -> bool:
    """Whether so many absences, oldest first, show that a document is gone: in as many runs and over as many hours as
    the seed asks for."""
    runs = {absence.run_id for absence in absences}
    span = cell_format.parse_utc(absences[-1].fetched_at) - cell_format.parse_utc(absences[0].fetched_at)
    return len(runs) >= policy.gone_runs and span >= timedelta(hours=policy.gone_hours)


def unproved(sight: Sight, row: Row | None, shown: Shown | None, seed: Seed) -> tuple[Reason, str] | None:
    """What an answer is that says that a live article is not there and does not show it, and why. `row` is that of the
    article, `shown` what it stands on, `seed` the run's."""
    outcome, is_live = sight.outcome, row is not None and row["status"] != "withdrawn"
    if row is None or not is_live or not isinstance(outcome, Rejection) or outcome.reason not in ABSENT:
        return None
    if has_left(sight, row, shown):
        return Reason.MOVED, f"the article stands at {row['url']}"
    why = contradiction(sight, seed)
    return (Reason.BLOCKED, why) if why else None


def contradiction(sight: Sight, seed: Seed) -> str | None:
    """What a list of the source and the answer say against each other; None where they do not. `seed` is the run's."""
    outcome, capture = sight.outcome, sight.capture
    if not isinstance(outcome, Rejection) or outcome.reason not in ABSENT or sight.source.status in _STATED:
        return None
    return f"{capture.via} lists it; {outcome.detail}" if is_listed(capture, seed) else None
