"""What each revisit of another tool repeats, found among all captures of a package. Pure, but for
what is read of records.

Tools name an original by its record id, by its address and date (of any precision), or by nothing but a digest; it may
stand in another file than the revisit, come later than it, or be a revisit itself. So it is looked for when all is
known, and again with every build of all."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain

from crawler.archive.foreign.originals import MOST, Link, LinkStore, link_of, micros, payload_digests
from crawler.archive.warc.fields import parse_warc_date
from crawler.archive.warc.fixity import Contents
from crawler.ids import canonical_url
from crawler.model import Capture

_EMPTY = frozenset(
    f"{name}:{hashlib.new(name, usedforsecurity=False).hexdigest()}" for name in ("sha1", "sha256", "md5")
)
_NOT_MODIFIED = 304


def with_originals(captures: Iterable[Capture], contents: Contents | None = None) -> Iterator[Capture]:
    """`captures` in their order, those that are revisits of other tools with the response that they repeat, or with
    none where it is not among them. They are gone through several times, and none is held. `contents` reads what a
    response holds, where a revisit states a digest by another algorithm, or of the body in another coding, than is
    known of its original."""
    with closing(LinkStore()) as store:
        if _put(store, captures):
            _look_up(store, captures)
            wanted = _wanted(_missing(store, captures)) if contents else {}
            if contents and wanted and _put_further(store, captures, wanted, contents):
                store.forget_missing()
                _look_up(store, captures)
        for capture in captures:
            yield replace(capture, revisit_of=store.original(capture.capture_id)) if _is_open(capture) else capture


def _put(store: LinkStore, captures: Iterable[Capture]) -> bool:
    """Stores what may be repeated; whether there is a revisit to look up."""
    is_open = False
    for capture in captures:
        is_open = is_open or _is_open(capture)
        if capture.kind not in ("response", "revisit"):
            continue
        address, names = _address(capture.url), {_id(capture.capture_id), _url(capture.url)}
        if capture.foreign:
            names.add(_id(capture.foreign.record_id))
        for digest in payload_digests(capture):
            names |= {_digest(digest, address), _digest(digest)}
        store.put(link_of(capture), names)
    return is_open


def _look_up(store: LinkStore, captures: Iterable[Capture]) -> None:
    """Notes what each revisit repeats that is not noted yet."""
    for capture in captures:
        if _is_open(capture):
            _original_of(store, link_of(capture))


def _missing(store: LinkStore, captures: Iterable[Capture]) -> Iterator[Capture]:
    """The revisits that repeat nothing that is known."""
    return (capture for capture in captures if _is_open(capture) and store.original(capture.capture_id) is None)


def _wanted(missing: Iterable[Capture]) -> dict[str, set[str]]:
    """By address that revisits name whose original is missing: the algorithms of the digests that they state."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for its in missing:
        if its.foreign and its.foreign.digest and its.foreign.digest not in _EMPTY:
            for url in {its.url, its.foreign.refers_url or its.url}:
                wanted[_address(url)].add(its.foreign.digest.partition(":")[0])
    return wanted


def _put_further(
    store: LinkStore, captures: Iterable[Capture], wanted: dict[str, set[str]], contents: Contents
) -> bool:
    """Stores responses at wanted addresses, the first of each, under further digests of what they hold; whether there
    are any."""
    read: Counter[str] = Counter()
    for capture in captures:
        address = _address(capture.url)
        if capture.kind != "response" or address not in wanted or read[address] >= MOST:
            continue
        read[address] += 1
        digests = {
            f"{name}:{hashlib.new(name, content, usedforsecurity=False).hexdigest()}"
            for content in contents(capture)
            for name in wanted[address]
        }
        names = chain.from_iterable((_digest(digest, address), _digest(digest)) for digest in digests)
        store.put(link_of(capture), set(names))
    return bool(read)


def _is_open(capture: Capture) -> bool:
    return capture.kind == "revisit" and capture.foreign is not None


def _original_of(store: LinkStore, revisit: Link) -> str | None:
    """The id of the response that a revisit leads to, through others; None where it leads to none. It is noted, also
    of those on the way."""
    seen: dict[str, Link] = {}
    present, original = revisit, None
    while not store.is_noted(present.capture_id):
        seen[present.capture_id] = present
        found = next((its for its in _named(store, present) if its.capture_id not in seen), None)
        if found is None or found.kind == "response":
            original = found.capture_id if found else None
            break
        present = found
    else:
        original = store.original(present.capture_id)
    for capture_id in seen:
        store.note(capture_id, original)
    return original


def _named(store: LinkStore, revisit: Link) -> Iterator[Link]:
    """What a revisit may repeat, the surest first."""
    moment = revisit.moment
    if not revisit.is_foreign:
        yield from _nearest(store, _id(revisit.revisit_of), moment)
        return
    if revisit.refers_date:  # an id may be that of several records
        yield from _dated(store, _id(revisit.refers_to), revisit.refers_date)
    yield from _nearest(store, _id(revisit.refers_to), moment)
    if revisit.refers_date:
        yield from _dated(store, _url(revisit.refers_url or revisit.url), revisit.refers_date)
    if revisit.digest and revisit.digest not in _EMPTY:
        for url in (revisit.refers_url, revisit.url, None):
            yield from _nearest(store, _digest(revisit.digest, _address(url) if url else ""), moment)
    elif revisit.status == _NOT_MODIFIED:
        # What a server means that says "not modified": the last whole answer before.
        its = store.before(_url(revisit.url), moment)
        yield from (link for link in its if _is_whole(link) and link.method == revisit.method)


def _nearest(store: LinkStore, name: str, moment: int) -> Iterator[Link]:
    """Those before `moment`, the nearest first, then those behind it."""
    yield from store.before(name, moment)
    yield from store.behind(name, moment)


def _dated(store: LinkStore, name: str, date: str) -> Iterator[Link]:
    """Those of the moment that a WARC-Date names."""
    try:
        begin, end = stretch_of(date)
    except ValueError:
        return
    its = store.between(name, micros(begin), micros(end))
    yield from (link for link in its if is_moment(date, link.fetched_at))


def _is_whole(link: Link) -> bool:
    return link.kind == "response" and link.status == 200 and not link.is_cut


# The names under which captures are stored: what the first letter says cannot be taken for another.
def _id(name: str | None) -> str:
    return f"i{name or ''}"


def _url(url: str) -> str:
    return f"u{_address(url)}"


def _digest(digest: str, address: str = "") -> str:
    return f"d{digest} {address}"


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
