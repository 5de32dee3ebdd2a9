"""How far each listing has been read, in this run and in those before it.

A listing is left early only once it has been read to its end by an earlier run: what a run that was limited, cut off or
killed did not reach would otherwise stand behind pages that are known, and never be found. And while pages are read, a
listing shifts, or sorts equals differently for each page, so that an item is on none of them: a listing counts as read
only after a pass that found nothing new behind its first pages, which later runs read anyway. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.crawl.scheduling.page_order import PageOrder
from crawler.discovery import Found, Listing, Unselected
from crawler.discovery.items import TWICE
from crawler.model import EntryKind

EMPTY_PAGES = 2  # pages in a row that show nothing, or nothing but what this listing has shown: it repeats itself
_ROUND, _FEWEST_ITEMS = 10, 3  # pages of a listing that is cut are a multiple of this; items of each
_FEWEST_LINES = 3  # of a frame that tells pages apart
_MOST_UNSELECTED = 200  # of one page that are kept
_LEAST_SHARE = 0.2  # of the lines of a frame on a page of the same listing
_ALL = ""  # settled without a lower bound of dates


@dataclass(slots=True)
class _State:
    shown: set[str] = field(default_factory=set)  # documents
    pages: int = 0
    known_pages: int = 0  # in a row, up to now
    stale_pages: int = 0  # in a row, up to now
    fresh_pages: int = 0  # that showed something of their own
    empty_pages: int = 0  # in a row, up to now
    skipped: bool = False  # the page before showed only what this listing had shown, and this one shows more
    news: bool = False
    read: int = 0  # pages, up to now
    late_news: bool = False  # beyond the pages that every run reads
    end: str | None = None  # why it is read no further; None: it was not read to an end
    total: int = 0  # items that it says it has
    others: int = 0  # items that it has shown and that are no documents of the run
    frame: frozenset[int] = frozenset()  # lines around the items of its first page
    newest: str = ""  # ISO day of the page before
    rises: int = 0  # pages that are newer than the one before, less those that are older
    unselected: dict[str, Unselected] = field(default_factory=dict)  # by document
    repeated: set[str] = field(default_factory=set)  # documents of these that several pages link to
    offered: frozenset[str] = frozenset()  # years to choose from
    years: frozenset[str] = frozenset()  # of its items
    order: PageOrder = field(default_factory=PageOrder)


@dataclass(frozen=True, slots=True)
class Relist:
    """When listings are read to their end whatever is known: items are published with a day of the past, and stand
    behind known ones. `read_on`: name -> ISO day on which it was last read so; `due_until`: those of that day
    or an earlier one are due."""

    read_on: Mapping[str, str] = field(default_factory=dict)
    today: str = ""
    due_until: str = "0"


class Listings:
    """`before` are the listings that earlier runs have settled: name -> first day that was wanted, or ""."""

    def __init__(
        self,
        before: Mapping[str, str],
        since: str | None = None,
        *,
        always_read: int = 3,
        has_whole: bool = False,
        relist: Relist | None = None,
    ) -> None:
        """`always_read`: so many first pages are read by every run. `has_whole`: one of the source's listings is of the
        kind that names the whole site. `relist`: when each listing was last read to its end, and when that is due."""
        self.has_whole = has_whole
        self._before, self._since, self._always_read = dict(before), since, always_read
        self._relist = relist or Relist()
        self._states: dict[str, _State] = {}

    def _state(self, listing: Listing) -> _State:
        return self._states.setdefault(name_of(listing), _State())

    def pages(self, listing: Listing) -> int:
        """How many pages of this listing were asked for, sitemaps inside an index among them."""
        return self._state(listing).pages

    def asked(self, listing: Listing) -> None:
        self._state(listing).pages += 1

    def take(self, listing: Listing, documents: Sequence[str], *, news: bool, newest: str | None = None) -> None:
        """Notes one page: which documents it shows, whether any of them is new or changed, and their newest day."""
        state, shown = self._state(listing), set(documents)
        if listing.entry.kind is not EntryKind.SITEMAP:
            state.order.add(documents)
        state.known_pages = 0 if news or not shown else state.known_pages + 1
        is_first_again = listing.page == 3 and listing.entry.first_page == 0  # page 1 of a site that counts from 1
        is_behind = state.stale_pages and listing.page > 1 and not listing.depth and not is_first_again
        state.skipped = bool(is_behind and shown - state.shown)
        state.empty_pages = 0 if shown else state.empty_pages + 1
        state.stale_pages = 0 if shown - state.shown or not shown else state.stale_pages + 1
        state.fresh_pages += bool(shown - state.shown)
        if newest and state.newest:
            state.rises += (newest > state.newest) - (newest < state.newest)
        state.newest = newest or state.newest
        state.shown |= shown
        state.news = state.news or news
        state.read += 1
        state.late_news = state.late_news or (news and state.read > self._always_read)

    def measure(self, listing: Listing, found: Found) -> None:
        """Notes what a page tells of the listing's extent: its total, items without a document, its frame."""
        state = self._state(listing)
        state.total = found.total or state.total
        state.others += found.account.seen - len(found.documents) - found.account.refused.get(TWICE, 0)
        if listing.page == 1:
            state.frame, state.offered = frozenset(found.frame), found.offered
        state.years |= found.years
        state.repeated.update(one.document for one in found.unselected if one.document in state.unselected)
        state.unselected.update((one.document, one) for one in found.unselected[:_MOST_UNSELECTED])

    def unselected(self, listing: Listing) -> tuple[list[Unselected], list[Unselected]]:
        """What the pages of a listing link to as if it were one of its items, and no listing has shown: (in the midst
        of the items, beside them or on every page)."""
        state = self._state(listing)
        shown = {document for other in self._states.values() for document in other.shown}
        rest = [one for document, one in state.unselected.items() if document not in shown]
        beside = [one for one in rest if one.is_beside or one.document in state.repeated]
        return [one for one in rest if one not in beside], beside

    def lacking(self, listing: Listing) -> tuple[int, int] | None:
        """(items seen, items that the listing says it has) of one that was read to its end and has shown fewer."""
        state = self._state(listing)
        seen = len(state.shown) + state.others
        is_cut = bool(listing.entry.max_pages and state.pages >= listing.entry.max_pages)
        is_whole = state.end in ("end", "repeats") and not is_cut
        return (seen, state.total) if is_whole and 0 < seen < state.total else None

    def out_of_order(self, listing: Listing) -> tuple[int, int] | None:
        """(items that stand on several of its pages, all items) of a listing that was read to its end and whose pages
        are no parts of one order."""
        state = self._state(listing)
        return state.order.out_of_order if state.end in ("end", "repeats") else None

    def absent_years(self, listing: Listing) -> list[str]:
        """The years that a counted or linked listing offers to choose from and of which no item was shown, where it was
        read to its end and each item told its day."""
        state, entry = self._state(listing), listing.entry
        is_whole = state.end in ("end", "repeats") and (entry.page or entry.next) and not entry.max_pages
        return sorted(state.offered - state.years) if is_whole and state.years and "" not in state.years else []

    def cut_at(self, listing: Listing) -> int:
        """The number of pages of a listing that was read to its end, where that is as round as limits are, all pages
        were full, and no total says that these are all; else 0."""
        state, size = self._state(listing), listing.size
        seen = len(state.shown) + state.others
        if (
            not (listing.entry.page and state.end in ("end", "repeats") and size >= _FEWEST_ITEMS)
            or listing.entry.max_pages
        ):
            return 0
        is_round = seen % (_ROUND * size) == 0 and state.total == 0
        return seen // size if is_round and seen else 0

    def doubt(self, listing: Listing, found: Found) -> str:
        """Why a page without items is no end; "" where it may be one. It says that it has failed, or has nothing of the
        frame of the listing's first page: an error, or a wall that asks for consent. An end needs no proof where the
        page before was shorter than the first, the listing says how many pages it has, or its total was shown."""
        state = self._state(listing)
        is_due = listing.is_short or listing.page > listing.named > 0 or listing.absent
        is_all = 0 < state.total <= len(state.shown) + state.others
        if found.links or found.problems or listing.page == 1 or is_due or is_all:
            return ""
        if found.failure:
            return f"says that it has failed: {found.failure}"
        frame, now = state.frame, state.frame.intersection(found.frame)
        is_other = found.frame and len(frame) >= _FEWEST_LINES and len(now) < _LEAST_SHARE * len(frame)
        return "shows nothing, and nothing of what stands around the first page" if is_other else ""

    def is_known(self, listing: Listing, pages: int) -> bool:
        """True when so many pages in a row were known, and what lies behind them was read by an earlier run, not long
        ago. A listing whose pages get newer has its news behind them, and is read to its end."""
        state, name = self._state(listing), name_of(listing)
        is_due = self._relist.read_on.get(name, "") <= self._relist.due_until
        return self._is_settled(listing) and state.known_pages >= pages and not is_due and state.rises <= 0

    def repeats(self, listing: Listing) -> bool:
        if listing.entry.kind is EntryKind.SITEMAP:
            return False  # an index lists no items, and its sitemaps are no pages of one list
        state = self._state(listing)
        return max(state.stale_pages, state.empty_pages) >= EMPTY_PAGES

    def was_read(self, listing: Listing) -> bool:
        """True when an earlier run has read this listing to its end."""
        return name_of(listing) in self._before

    def has_skipped(self, listing: Listing) -> bool:
        """True when the page before the last one taken was one of its forerunners again, though the listing goes on:
        what that page should have shown was not seen."""
        return self._state(listing).skipped

    def shows_one_page(self, listing: Listing) -> bool:
        """True when the seed says how pages are counted, and no page but the first has shown anything of its own: they
        are counted otherwise, or there is but one."""
        state, entry = self._state(listing), listing.entry
        return bool(entry.page or entry.offset or entry.cursor) and state.read > 1 and state.fresh_pages == 1

    @property
    def are_read(self) -> bool:
        """True when every listing was read to its end, or to what earlier runs have read."""
        return all(state.end in ("end", "repeats", "known") for state in self._states.values())

    def is_read_whole(self, listing: Listing) -> bool:
        """True when a listing was read to its end in this run."""
        return self._state(listing).end == "end"

    def ended(self, listing: Listing, why: str) -> None:
        """Notes why a listing is read no further: end | known | repeats | since | limit | fault."""
        self._state(listing).end = why

    def _is_settled(self, listing: Listing) -> bool:
        bound = self._before.get(name_of(listing))
        return bound == _ALL or bool(bound and self._since and bound <= self._since)

    def settled(self, *, sound: bool) -> dict[str, str]:
        """The listings that are settled after this run. `sound`: everything that it wanted was asked for."""
        after = dict(self._before)
        for name, state in self._states.items():
            if sound and state.end in ("end", "repeats", "since") and not state.late_news:
                bound = self._since or _ALL
                after[name] = min(after.get(name, bound), bound)
            elif state.news and not (sound and state.end == "known"):
                after.pop(name, None)  # what it did not reach is behind pages that the next run will know
        return dict(sorted(after.items()))

    def read_on(self, settled: Mapping[str, str]) -> dict[str, str]:
        """The day on which each of the `settled` listings was last read to its end."""
        now = {n: self._relist.today for n, state in self._states.items() if state.end in ("end", "repeats", "since")}
        return {name: day for name, day in sorted((dict(self._relist.read_on) | now).items()) if name in settled}


def name_of(listing: Listing) -> str:
    """What tells a listing from the source's others."""
    return f"{listing.entry.url} {listing.entry.language or ''} {listing.entry.body or ''}".rstrip()
