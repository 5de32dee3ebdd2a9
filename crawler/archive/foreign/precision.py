"""Dates of WARC records (WARC 1.1, 5.4, after W3CDTF) as what they are: stretches of time, of any length from a year to
a part of a second."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from crawler.archive.warc.fields import parse_warc_date


def is_moment(text: str, moment: datetime) -> bool:
    """Whether a WARC-Date names `moment`, as far as the coarser of both is exact: to the year, month, day, minute,
    second, or a part of it. Raises ValueError for what is no date."""
    mine, its = _iso(moment), _iso(parse_warc_date(text))
    length = min(len(mine.rstrip("0")) if moment.microsecond else _SECOND, _exact(text))
    return mine[:length] == its[:length]


def stretch_of(text: str) -> tuple[datetime, datetime]:
    """The begin of what a WARC-Date names, which is a second or more, and its end. Raises ValueError."""
    begin = parse_warc_date(text).replace(microsecond=0)
    exact = min(_exact(text), _SECOND)
    try:
        return begin, begin + _LENGTHS[exact]
    except OverflowError:
        return begin, begin


_SECOND = 19  # characters of a time that is exact to the second
_LENGTHS = {
    4: timedelta(days=366),
    7: timedelta(days=31),
    10: timedelta(days=1),
    16: timedelta(minutes=1),
    _SECOND: timedelta(seconds=1),
}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


_PARTS = re.compile(
    r"(?P<year>\d{4})(?P<month>-\d\d)?(?P<day>-\d\d)?(?:[Tt ]\d\d:\d\d(?P<second>:\d\d(?:[.,](?P<fraction>\d+))?)?)?"
)


def _exact(text: str) -> int:
    """To how many characters of an ISO time a WARC-Date is exact."""
    text = text.strip()
    if text.isdigit() and len(text) > 4:  # the form of ARC
        return 10 if len(text) == 8 else _SECOND
    match = _PARTS.match(text)
    if match is None or match["fraction"]:
        return min(20 + len(match["fraction"]), 26) if match else _SECOND
    if match["second"]:
        return _SECOND
    if ":" in text:
        return 16
    return 10 if match["day"] else 7 if match["month"] else 4
