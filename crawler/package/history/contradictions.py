"""Absences that the site itself contradicts. Pure.

A page that says in words that it is not there, that reads as the answer to an impossible address, or that leads to the
front page, is taken at its word. Those that guard a site, and sites that are being repaired, give such answers to every
page; while the source's own list still shows the article, it is not gone, and nothing was learned of it.
"""

from __future__ import annotations

from crawler.discovery.listed import is_listed
from crawler.model import Reason, Rejection, Seed
from crawler.package.tables.row_builders import Sight

_STATED = frozenset({404, 410})  # the server's own word (RFC 9110, 15.5.5 and 15.5.11), which needs no guess
_GUESSED = frozenset({Reason.NO_VERSION, Reason.NOT_FOUND})


def contradiction(sight: Sight, seed: Seed) -> str | None:
    """What a list of the source and the answer say against each other; None where they do not. `seed` is the run's."""
    outcome, capture = sight.outcome, sight.capture
    if not isinstance(outcome, Rejection) or outcome.reason not in _GUESSED or sight.source.status in _STATED:
        return None
    return f"{capture.via} lists it; {outcome.detail}" if is_listed(capture, seed) else None
