"""What each revisit of another tool repeats, found among all captures of a package. Pure, but for
what is read of records.

Tools name an original by its record id, by its address and date (of any precision), or by nothing but a digest; it may
stand in another file than the revisit, come later than it, or be a revisit itself. So it is looked for when all is
known, and again with every build of all."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from crawler.archive.warc.digests import normal
from crawler.archive.warc.fields import parse_warc_date
from crawler.archive.warc.fixity import Contents
from crawler.ids import canonical_url
from crawler.model import Capture

_EMPTY = frozenset(
    f"{name}:{hashlib.new(name, usedforsecurity=False).hexdigest()}" for name in ("sha1", "sha256", "md5")
)
_NOT_MODIFIED = 304
_MOST = 1000  # captures that are looked at for one reference: more only a forged file has


def with_originals(captures: Sequence[Capture], contents: Contents | None = None) -> list[Capture]:
    """`captures` in their order, those that are revisits of other tools with the response that they repeat, or with
    none where it is not among them. `contents` reads what a response holds, where a revisit states a digest by another
    algorithm, or of the body in another coding, than is known of its original."""
    revisits = [capture for capture in captures if _is_open(capture)]
    if not revisits:
        return list(captures)
    known = _Originals(captures)
    found = {capture.capture_id: known.original_of(capture) for capture in revisits}
    missing = [capture for capture in revisits if found[capture.capture_id] is None]
    if contents and (further := _further(captures, missing, contents)):
        known = _Originals(captures, further)
        found |= {capture.capture_id: known.original_of(capture) for capture in missing}
    return [replace(c, revisit_of=found[c.capture_id]) if _is_open(c) else c for c in captures]


def _further(captures: Sequence[Capture], missing: Iterable[Capture], contents: Contents) -> dict[str, set[str]]:
    """By capture id: further digests of responses at the addresses that revisits name whose original is missing."""
    wanted: dict[str, set[str]] = defaultdict(set)  # by address: the algorithms
    for its in missing:
        if its.foreign and its.foreign.digest and its.foreign.digest not in _EMPTY:
            for url in {its.url, its.foreign.refers_url or its.url}:
                wanted[_address(url)].add(its.foreign.digest.partition(":")[0])
    found: dict[str, set[str]] = {}
    read: Counter[str] = Counter()
    for capture in sorted(captures, key=lambda c: (c.fetched_at, c.capture_id)) if wanted else ():
        address = _address(capture.url)
        if capture.kind == "response" and address in wanted and read[address] < _MOST:
            read[address] += 1
            found[capture.capture_id] = {
                f"{name}:{hashlib.new(name, content, usedforsecurity=False).hexdigest()}"
                for content in contents(capture)
                for name in wanted[address]
            }
    return found


def _is_open(capture: Capture) -> bool:
    return capture.kind == "revisit" and capture.foreign is not None


class _Timeline:
    """Captures in the order of time."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []  # added in the order of time
        self._times: list[datetime] = []

    def add(self, capture: Capture) -> None:
        self._captures.append(capture)
        self._times.append(capture.fetched_at)

    def nearest(self, moment: datetime) -> Iterator[Capture]:
        """Those before `moment`, the nearest first, then those behind it."""
        middle = bisect_right(self._times, moment)
        yield from reversed(self._captures[max(0, middle - _MOST) : middle])
        yield from self._captures[middle : middle + _MOST]

    def named(self, date: str) -> Iterator[Capture]:
        """Those of the moment that a WARC-Date names."""
        try:
            begin, end = stretch_of(date)
        except ValueError:
            return
        first, last = bisect_left(self._times, begin), bisect_left(self._times, end)
        yield from (c for c in self._captures[first : min(last, first + _MOST)] if is_moment(date, c.fetched_at))


class _Originals:
    def __init__(self, captures: Iterable[Capture], further: Mapping[str, Set[str]] = MappingProxyType({})) -> None:
        self._by_id: dict[str, _Timeline] = defaultdict(_Timeline)
        self._by_url: dict[str, _Timeline] = defaultdict(_Timeline)
        self._by_digest: dict[tuple[str, str], _Timeline] = defaultdict(_Timeline)  # with an address, or without
        self._settled: dict[str, str | None] = {}
        for capture in sorted(captures, key=lambda c: (c.fetched_at, c.capture_id)):
            if capture.kind not in ("response", "revisit"):
                continue
            for name in {capture.capture_id, capture.foreign.record_id if capture.foreign else capture.capture_id}:
                self._by_id[name].add(capture)
            self._by_url[_address(capture.url)].add(capture)
            for digest in _digests(capture) | further.get(capture.capture_id, set()):
                self._by_digest[digest, _address(capture.url)].add(capture)
                self._by_digest[digest, ""].add(capture)

    def original_of(self, revisit: Capture) -> str | None:
        """The id of the response that a revisit leads to, through others; None where it leads to none."""
        seen: dict[str, Capture] = {}
        present, original = revisit, None
        while present.capture_id not in self._settled:
            seen[present.capture_id] = present
            found = next((c for c in self._named(present) if c.capture_id not in seen), None)
            if found is None or found.kind == "response":
                original = found.capture_id if found else None
                break
            present = found
        else:
            original = self._settled[present.capture_id]
        self._settled |= dict.fromkeys(seen, original)
        return original

    def _named(self, revisit: Capture) -> Iterator[Capture]:
        """What a revisit may repeat, the surest first."""
        foreign, moment = revisit.foreign, revisit.fetched_at
        if foreign is None:
            yield from self._of_id(revisit.revisit_of).nearest(moment)
            return
        if foreign.refers_date:  # an id may be that of several records
            yield from self._of_id(foreign.refers_to).named(foreign.refers_date)
        yield from self._of_id(foreign.refers_to).nearest(moment)
        if foreign.refers_date:
            yield from self._of_url(foreign.refers_url or revisit.url).named(foreign.refers_date)
        if foreign.digest and foreign.digest not in _EMPTY:
            for url in (foreign.refers_url, revisit.url, None):
                key = (foreign.digest, _address(url) if url else "")
                yield from self._by_digest.get(key, _NONE).nearest(moment)
        elif revisit.status == _NOT_MODIFIED:
            # What a server means that says "not modified": the last whole answer before.
            its = self._of_url(revisit.url).nearest(moment)
            yield from (c for c in its if _is_whole(c) and c.fetched_at <= moment and c.method == revisit.method)

    def _of_id(self, name: str | None) -> _Timeline:
        return self._by_id.get(name or "", _NONE)

    def _of_url(self, url: str) -> _Timeline:
        return self._by_url.get(_address(url), _NONE)


_NONE = _Timeline()


def _is_whole(capture: Capture) -> bool:
    return capture.kind == "response" and capture.status == 200 and not capture.truncated


def _digests(capture: Capture) -> set[str]:
    """The digests of the payload of a response."""
    if capture.kind == "revisit":
        return set()
    stated = capture.foreign.digest if capture.foreign else None
    sha = f"sha256:{capture.payload_sha256}" if capture.payload_sha256 else None
    return {digest for digest in (stated, normal(capture.entity_sha1 or ""), sha) if digest}


def _address(url: str) -> str:
    try:
        return canonical_url(url).partition("://")[2]
    except ValueError:
        return url


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
