"""What a listing shows otherwise than when it was last captured: changed articles, and articles that have left it.

An edit need not wait for an article's own time: where the listing prints another title, date or category than in the
last run, the article is due now. What the listings of earlier runs showed is read from their captures in the archive,
each entry from its own, so nothing is kept beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crawler.archive.index.memory import Sighting
from crawler.crawl.scheduling.listings import name_of
from crawler.crawl.scrapy_request import link_of
from crawler.discovery import Found, Listing
from crawler.model import Capture, EntryKind, Payload, Seed

_MOST_PAGES = 200  # of an earlier run's listing that are read behind the end of this run's
_PINNED = 3  # items that stay at the top of a list, at most
_COUNTED = (EntryKind.FEED, EntryKind.SITEMAP, EntryKind.JSON, EntryKind.WORDPRESS)

Discover = Callable[[Payload, Listing], Awaitable[Found]]


class Seen(Protocol):
    """What is asked of the memory of earlier runs (archive.memory.Memory)."""

    def listing(self, url: str, variant: str | None) -> Capture | None: ...

    def sightings(self, source_id: str, document: str) -> list[Sighting]: ...


@dataclass(slots=True)
class _State:
    listing: Listing
    before: dict[str, str] = field(default_factory=dict)  # document -> what was shown of it, in the listing's order
    now: dict[str, str] = field(default_factory=dict)
    is_faulty: bool = False
    has_pages: bool = False  # the listing names, or counts, pages behind the first


class Changes:
    """Compares the listings of a run with those of the runs before. `read` gives the payload of a capture; with
    `is_unfinished` the last run may have seen changes that it did not follow."""

    def __init__(self, seed: Seed, memory: Seen, read: Callable[[Capture], Payload], *, is_unfinished: bool) -> None:
        self._seed, self._memory, self._read, self._is_unfinished = seed, memory, read, is_unfinished
        self._states: dict[str, _State] = {}
        self._loaded: set[tuple[str, str | None]] = set()

    async def take(self, listing: Listing, payload: Payload, found: Found, discover: Discover) -> set[str]:
        """The documents of which a page shows a change; `discover` reads what it showed before. Raises ArchiveError
        when an earlier capture cannot be read."""
        state = self._states.setdefault(name_of(listing), _State(listing))
        state.is_faulty = state.is_faulty or bool(found.problems)
        state.has_pages = state.has_pages or bool(found.next)
        shown = {link.document: link.shown for link in found.links if link.document and link.shown}
        fresh = set(shown) | await self._load(state, listing, found, payload.capture.payload_sha256, discover)
        state.now.update({link.document: link.shown for link in found.links if link.document and link.shown})
        state.now.update({document: "" for document in found.documents if document not in state.now})
        both = (document for document in fresh if state.now.get(document) and state.before.get(document))
        changed = {document for document in both if state.now[document] != state.before[document]}
        return changed | set(self._not_followed(listing, found.documents))

    def failed(self, listing: Listing) -> None:
        """Notes that a page of a listing was not read: what it shows is not known."""
        self._states.setdefault(name_of(listing), _State(listing)).is_faulty = True

    def left(self, is_read_whole: Callable[[Listing], bool]) -> set[str]:
        """The documents that stood in a feed, sitemap or API and no longer do, though what stood behind them does, or
        all of it was read."""
        left: set[str] = set()
        for state in self._states.values():
            if state.is_faulty or not state.now or state.listing.entry.kind not in _COUNTED:
                continue
            missing = [document for document in state.before if document not in state.now]
            is_feed = state.listing.entry.kind is EntryKind.FEED
            has_shrunk = len(state.now) < len(state.before) and not state.now.keys() - state.before.keys()
            if has_shrunk if is_feed else is_read_whole(state.listing):
                left.update(missing)
            else:
                order = list(state.before)
                last = max((at for at, document in enumerate(order) if document in state.now), default=-1)
                left.update(set(order[: last + 1]) & set(missing))
        return left

    def gaps(self, was_read: Callable[[Listing], bool]) -> Iterator[tuple[Listing, int, int]]:
        """Listings of one page that have moved on by more than they hold, with the number of items and of those that
        were there before: none, or a few that are pinned at the top of a list of which all else is new. What has pages
        is read up to what is known; one that its seed cuts short at the first page is not. `was_read`: whether an
        earlier run has, also where the last one found no item there."""
        for state in self._states.values():
            is_cut = state.listing.entry.max_pages == 1
            is_short = state.listing.entry.kind is not EntryKind.SITEMAP and (is_cut or not state.has_pages)
            if not is_short or not state.now:
                continue
            if state.before:
                if (pinned := _pinned(list(state.before), list(state.now))) is not None:
                    yield state.listing, len(state.now), pinned
            elif was_read(state.listing) and not any(self._sightings(state.now)):
                yield state.listing, len(state.now), 0

    def shrunk(self) -> Iterator[tuple[Listing, int, int]]:
        """Listings in HTML that show less than half of the items of the last run and no new one, with both numbers:
        their selector may find another list by now."""
        for state in self._states.values():
            is_list = state.listing.entry.kind is EntryKind.LISTING and not state.is_faulty and bool(state.now)
            if is_list and 2 * len(state.now) < len(state.before) and all(self._sightings(state.now)):
                yield state.listing, len(state.now), len(state.before)

    def _sightings(self, documents: Iterable[str]) -> Iterator[list[Sighting]]:
        return (self._memory.sightings(self._seed.id, document) for document in documents)

    async def _load(
        self, state: _State, listing: Listing, found: Found, digest: str | None, discover: Discover
    ) -> set[str]:
        """Takes in what a page showed in the last run that read it, and the pages behind it that are no longer there;
        the documents that these showed."""
        fresh: set[str] = set()
        following, waiting = {(n.url, n.body) for n in found.next}, [listing]
        while waiting and len(self._loaded) < _MOST_PAGES * (1 + len(self._states)):
            page = waiting.pop(0)
            earlier = await self._earlier(page, found if page is listing else None, digest, discover)
            if earlier is None:
                continue
            new = {link.document: link.shown for link in earlier.links if link.document}
            fresh |= new.keys()
            new |= {document: "" for document in earlier.documents if document not in new}
            state.before |= {document: shown for document, shown in new.items() if document in earlier.documents}
            waiting += [n for n in earlier.next if (n.url, n.body) not in following]
        return fresh

    async def _earlier(
        self, page: Listing, found: Found | None, digest: str | None, discover: Discover
    ) -> Found | None:
        """What a page showed in the last run that read it; once, and None where no run did."""
        link = link_of(page)
        key = (link.url, link.document)
        capture = self._memory.listing(*key) if key not in self._loaded else None
        self._loaded.add(key)
        if capture is None:
            return None
        if found is not None and digest and capture.payload_sha256 == digest:
            return found
        return await discover(self._read(capture), page)

    def _not_followed(self, listing: Listing, documents: Iterable[str]) -> Iterator[str]:
        """Documents that an unfinished run may have seen changed, and has not asked for since."""
        link = link_of(listing)
        capture = self._memory.listing(link.url, link.document) if self._is_unfinished else None
        if capture is None:
            return
        for document in documents:
            sightings = self._memory.sightings(self._seed.id, document)
            if sightings and sightings[-1].fetched_at < capture.fetched_at:
                yield document


def _pinned(before: Sequence[str], now: Sequence[str]) -> int | None:
    """How many items stand at the top of both of two lists, where nothing below them is in both: 0 where none at all
    is, None where the lists meet. One that has grown, or slides with the oldest at its top, meets the one before."""
    shared = set(before) & set(now)
    if not shared:
        return 0
    pinned = len(shared)
    are_first = set(before[:pinned]) == set(now[:pinned]) == shared
    return pinned if are_first and pinned <= _PINNED and 3 * pinned <= len(now) <= len(before) else None
