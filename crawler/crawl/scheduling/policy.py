"""When something is asked for. Pure: sightings, marks of change and times in, yes or no out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from crawler.archive.index.memory import Pace, Sighting
from crawler.model import CrawlPolicy
from crawler.timezones import timezone

# Most corrections come in the first hours, later ones ever more rarely: a document is asked for again when a fifth of
# its known age has passed, at least an hour, and in its first year never later than the seed's `recheck_days`. From
# then on a twelfth of its age passes, or each year's articles would add as many requests to every run as the last; so
# the number that is due in a run grows with the logarithm of a package's age.
SHARE_OF_AGE = 0.2
SHORTEST = timedelta(hours=1)
OLD = timedelta(days=365)
SHARE_WHEN_OLD = 1 / 12
_NEVER = timedelta(days=400 * 365)  # no document is older

FIRST_DAY = "1990-01-01"
_ISO_DAY = re.compile(r"(\d{4})([-/]?)(\d\d)\2(\d\d)(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3}|\d{6})?(?:\.\d{1,9})?")


def pace(policy: CrawlPolicy) -> Pace:
    """How a source's documents are asked for again. With `recheck_days` 0, all are in every run."""
    longest = timedelta(days=policy.recheck_days)
    return Pace(SHARE_OF_AGE, SHORTEST, longest, OLD if longest else _NEVER, SHARE_WHEN_OLD)


def interval(first_seen: datetime, last_seen: datetime, policy: CrawlPolicy) -> timedelta:
    """How long after `last_seen` a document becomes due."""
    return pace(policy).interval(last_seen - first_seen)


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


def day_of(mark: str | None) -> str | None:
    """The ISO day that a source's mark of change tells, or None when it is no date that can be read for certain:
    ISO 8601, the form of mail and RSS (RFC 5322), and seconds, milliseconds or microseconds since 1970 are."""
    text = (mark or "").strip()
    if match := _ISO_DAY.match(text):
        return _valid(match[1], match[3], match[4])
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _valid(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def plausible(day: str | None, now: datetime) -> str | None:
    """`day` where an article of a web site can have it: from 1990 to tomorrow. Years of other calendars and what is
    written for no date (0000, 1900, the first second of 1970) are no days."""
    return day if day and FIRST_DAY <= day <= (now + timedelta(days=1)).date().isoformat() else None


def is_open(hours: str | None, zone: str, now: datetime) -> bool:
    """True when a seed's `hours` ("22:00-06:00", in its own zone) allow requests at `now`; without any, always.

    The window begins with its first minute and ends before its last; equal ends mean the whole day."""
    if hours is None:
        return True
    begin, end = (time.fromisoformat(part) for part in hours.split("-"))
    here = now.astimezone(timezone(zone)).time()
    if begin < end:
        return begin <= here < end
    return here >= begin or here < end
