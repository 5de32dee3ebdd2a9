"""What each revisit of another tool repeats, found among all captures of a package. Pure, but for
what is read of records.

Tools name an original by its record id, by its address and date (of any precision), or by nothing but a digest; it may
stand in another file than the revisit, come later than it, or be a revisit itself. So it is looked for when all is
known, and again with every build of all."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain

from crawler.archive.foreign.originals import MOST, Link, LinkStore, link_of, micros, payload_digests
from crawler.archive.foreign.precision import is_moment, stretch_of
from crawler.archive.warc.fixity import Contents
from crawler.ids import canonical_url
from crawler.model import Capture

_EMPTY = frozenset(
    f"{name}:{hashlib.new(name, usedforsecurity=False).hexdigest()}" for name in ("sha1", "sha256", "md5")
)
_NOT_MODIFIED = 304
_NONE: frozenset[str] = frozenset()
_KNOWN = {"sha1", "sha256"}  # of the entity of each response, and of its payload
_Wanted = Callable[[str], Collection[str]]
"""The algorithms of digests that are wanted of what stands at an address."""


def with_originals(captures: Iterable[Capture], contents: Contents | None = None) -> Iterator[Capture]:
    """`captures` in their order, those that are revisits of other tools with the response that they repeat, or with
    none where it is not among them. They are gone through several times, and none is held. `contents` reads what a
    response holds, where a revisit states a digest by another algorithm, or of the body in another coding, than is
    known of its original: those at the addresses that it names, then, of an algorithm that is not known of each
    response, all."""
    with closing(LinkStore()) as store:
        if _put(store, captures):
            _look_up(store, captures)
            for wanted in (_wanted_here, _wanted_anywhere) if contents else ():
                algorithms = wanted(_missing(store, captures))
                if contents and algorithms and _put_further(store, captures, algorithms, contents):
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


def _wanted_here(missing: Iterable[Capture]) -> _Wanted | None:
    """By address that revisits name whose original is missing: the algorithms of the digests that they state."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for its, digest in _stating(missing):
        for url in {its.url, its.refers_url or its.url}:
            wanted[_address(url)].add(digest.partition(":")[0])
    return (lambda address: wanted.get(address, _NONE)) if wanted else None


def _wanted_anywhere(missing: Iterable[Capture]) -> _Wanted | None:
    """The algorithms of the digests that they state, but for those that are known of each response: most originals
    that are missing are in another package, and all of this one is not read for them."""
    algorithms = {digest.partition(":")[0] for _, digest in _stating(missing)} - _KNOWN
    return (lambda _: algorithms) if algorithms else None


def _stating(revisits: Iterable[Capture]) -> Iterator[tuple[Link, str]]:
    """Those that state a digest of something, with it."""
    for link in map(link_of, revisits):
        if link.digest and link.digest not in _EMPTY:
            yield link, link.digest


def _put_further(store: LinkStore, captures: Iterable[Capture], wanted: _Wanted, contents: Contents) -> bool:
    """Stores responses at wanted addresses, the first of each, under further digests of what they hold; whether there
    are any."""
    read: Counter[str] = Counter()
    for capture in captures:
        address = _address(capture.url)
        if capture.kind != "response" or not wanted(address) or read[address] >= MOST:
            continue
        read[address] += 1
        digests = {
            f"{name}:{hashlib.new(name, content, usedforsecurity=False).hexdigest()}"
            for content in contents(capture)
            for name in wanted(address)
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
