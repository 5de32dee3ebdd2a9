"""A time in data that is written in UTC, told again as the page's readers see it: the moment stays the same, its day is
the one at the source. Many systems write `2026-03-11T20:30:00Z` into data for machines and show "12.03.2026 01:30"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo

from crawler.extraction.dates import ParsedDate
from crawler.model import Precision

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)  # the offsets that there are: whole hours, and these
_BROKEN = frozenset(
    timedelta(minutes=m) for m in (-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765)
)  # tz database, 2026: Marquesas, Newfoundland, Iran, Afghanistan, India, Nepal, Myanmar, Australia, Chatham
_EVENING = 10  # the earliest hour of UTC at which the next day begins somewhere


def as_shown(stated: ParsedDate, others: Sequence[ParsedDate], zone: tzinfo | None) -> datetime | date:
    """The value of `stated` in the offset of the page, where it is in UTC and another date of the page proves one: the
    same moment with its offset, or a clock that is away by an offset that there is.

    A day alone, where `stated` is the midnight of that day in the source's `zone`, or where it is a whole or half hour
    and the page shows the next day without a time: that is how systems write a day in UTC.
    """
    value = stated.value
    if not isinstance(value, datetime) or not stated.offset_stated or value.utcoffset():
        return value
    if zone is not None:
        local = value.astimezone(zone)
        return local.date() if _is_start(local) else value
    for other in others:
        offset = _offset(value, other)
        if offset is not None:
            return value.astimezone(timezone(offset))
    following = value.date() + timedelta(days=1)
    is_start = value.hour >= _EVENING and value.minute in (0, 30) and value.second == 0
    shown = {other.value for other in others if other.precision is Precision.DAY}
    return following if is_start and shown == {following} else value


def _offset(value: datetime, other: ParsedDate) -> timedelta | None:
    """How far the clock of `other` is from UTC, where both tell the same moment; None where they do not."""
    if not isinstance(other.value, datetime):
        return None
    if other.offset_stated:
        offset = other.value.utcoffset()
        return offset if offset and abs(other.value - value) < timedelta(minutes=1) else None
    apart = other.value.replace(tzinfo=value.tzinfo, second=0) - value.replace(second=0, microsecond=0)
    is_offset = apart in _BROKEN or (_WEST <= apart <= _EAST and not apart % timedelta(hours=1))
    return apart if apart and is_offset else None


def _is_start(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)
