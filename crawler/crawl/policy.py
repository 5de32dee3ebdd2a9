"""When a known document is asked for again. Pure: sightings, mark of change and time in, yes or no out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.archive.index import Sighting
from crawler.model import CrawlPolicy

# Most corrections come in the first hours, later ones ever more rarely: a document is asked for again when a fifth of
# its known age has passed, at least an hour, and never later than the seed's `recheck_days`.
SHARE_OF_AGE = 0.2
SHORTEST = timedelta(hours=1)


def interval(first_seen: datetime, last_seen: datetime, policy: CrawlPolicy) -> timedelta:
    """How long after `last_seen` a document becomes due."""
    longest = timedelta(days=policy.recheck_days)
    return min(longest, max(SHORTEST, (last_seen - first_seen) * SHARE_OF_AGE))


def due(sightings: Sequence[Sighting], hint: str | None, now: datetime, policy: CrawlPolicy) -> bool:
    """True when a document should be asked for: it is new, its source marks a change, its last answer was no answer,
    or its time has come. `sightings` are oldest first."""
    if not sightings:
        return True
    last = sightings[-1]
    if last.status is None or last.status >= 500 or last.status == 429:
        return True
    known_hint = next((s.hint for s in reversed(sightings) if s.hint), None)
    if hint and known_hint and hint != known_hint:
        return True
    return now - last.fetched_at >= interval(sightings[0].fetched_at, last.fetched_at, policy)


def changed(sightings: Sequence[Sighting], hint: str | None) -> bool:
    """True when a listing shows something that no earlier run knew: a new document, or a new mark of change."""
    known_hint = next((s.hint for s in reversed(sightings) if s.hint), None)
    return not sightings or bool(hint and known_hint and hint != known_hint)
