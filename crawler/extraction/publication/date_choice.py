"""Which of the dates of a page is that of its publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.extraction.dates import OpenDate, ParsedDate
from crawler.model import Precision

_BUILD = timedelta(minutes=15)  # between a page's making and its capture, where it is made when it is asked for
_MACHINE = 4  # the last rank of places that machines fill
SHOWN = 7  # the last rank of places that are about this item and no other


@dataclass(frozen=True, slots=True)
class When:
    """A parsed date and where it was found; `rank` orders the places, smaller is better."""

    parsed: ParsedDate
    source: str
    rank: int
    above: bool = False  # a line in front of the headline
    of_link: bool = False  # a line beside a headline to click on
    machine: bool = False  # written for machines: no reader sees it


@dataclass(frozen=True, slots=True)
class Unknown:
    """A date that is no one day, and where it was found."""

    told: OpenDate
    source: str
    rank: int


def choose(found: list[When], captured: datetime | None, changed: Sequence[When] = ()) -> tuple[When | None, str]:
    """(the candidate of the best place, why it is not the first where it is not).

    The day in the address goes before a line in front of the headline that tells another one: there stand clocks,
    calendars and rates, too, and an address is made when an item is. What readers are shown goes before what machines
    are told where that has day and month changed over, or is the moment at which the page was made, or is later than
    a change of the day that is shown (`changed`): then the two were written for each other.
    """
    best = min(found, key=lambda w: w.rank, default=None)
    if best is None:
        return None, ""
    if best.machine and best.rank <= _MACHINE:
        shown = next((w for w in sorted(found, key=lambda w: w.rank) if _is_shown(w)), None)
        if shown and not same_days(shown, best):
            if _is_swapped(shown.parsed.day, best.parsed.day):
                return shown, f"{best.source} has day and month changed over"
            if is_build(best.parsed, captured) and shown.parsed.day < best.parsed.day:
                return shown, f"{best.source} tells when the page was made"
            if any(w.machine and w.parsed.day == shown.parsed.day < best.parsed.day for w in changed):
                return shown, f"{best.source} is later than a change, which is on that day"
    if best.above:
        stated = next((w for w in found if w.source == "url" and not same_days(w, best)), None)
        agrees = any(same_days(w, best) for w in found if not w.above)
        return (stated if stated and not agrees else best), ""
    return best, ""


def same_days(one: When, other: When) -> bool:
    """Whether two candidates are of one day, or of days that may be one in two zones."""
    return abs(one.parsed.day - other.parsed.day) <= timedelta(days=1)


def _is_shown(when: When) -> bool:
    return not when.machine and not when.of_link and not when.above and when.source in ("time", "line")


def _is_swapped(one: date, other: date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month) and one != other


def is_build(parsed: ParsedDate, captured: datetime | None) -> bool:
    """Whether a date is within minutes of its page's capture."""
    value = parsed.value
    if captured is None or not isinstance(value, datetime) or value.tzinfo is None:
        return False
    moment = captured if captured.tzinfo else captured.replace(tzinfo=UTC)
    return abs(moment - value) <= _BUILD and parsed.precision is not Precision.DAY


def settled(unknown: Unknown, found: list[When]) -> date | None:
    """The one choice of an open date that another date of the page names."""
    days = [day for day in unknown.told.choices if any(abs(w.parsed.day - day) <= timedelta(days=1) for w in found)]
    return days[0] if len(days) == 1 else None
