"""What every kind of discovery takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from crawler.discovery.account import Account
from crawler.discovery.address import absolute, with_parameter
from crawler.model import Entry, Link

PAGE = "{page}"  # in the key `page` of an entry whose addresses count pages: index_{page}.html
_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an entry that is to be asked for."""

    entry: Entry
    url: str
    page: int = 1  # counts from 1, whatever the site's own first number
    depth: int = 0  # of a sitemap inside an index
    headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    body: str | None = None  # JSON that is posted
    key: str = "entries"  # of the seed, for messages: "entries.0"
    offset: int = 0  # items on the pages before this one
    named: int = 0  # pages that the listing has said it has; 0: it has not said
    size: int = 0  # items of the first page
    is_short: bool = False  # the page before this one has fewer: it was the last
    absent: str = ""  # what was wrong with the page before this one, behind which one look is taken


@dataclass(frozen=True, slots=True)
class Unselected:
    """A document that a page of a listing links to, addressed as its items are, and that the entry does not find."""

    document: str
    url: str
    is_beside: bool  # in the frame of the page, or under a heading of its own


@dataclass(frozen=True, slots=True)
class Found:
    """What a page of a listing holds. `problems` are told in the run report, make the run partial, and stop nothing;
    `notes` are told. `documents` are those of the items that the account calls listed, one each. `further` are marks of
    more that the entry leads to no way: they make the run partial, and nothing is wrong with the page. `total` is the
    number of items that the listing says it has, 0 where it says none; `failure` is what a page without items says of
    its own failure, which is the end of some listings; `frame` are the lines around the items, as
    `page_lines.frame_of` gives them; `unselected` what the page links to as if it were one of its items; `offered` the
    years that it offers to choose from, and `years` those of its items, "" for one that tells none."""

    links: tuple[Link, ...] = ()
    next: tuple[Listing, ...] = ()
    problems: tuple[str, ...] = ()
    account: Account = field(default_factory=Account)
    documents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    total: int = 0
    failure: str = ""
    frame: tuple[int, ...] = ()
    unselected: tuple[Unselected, ...] = ()
    offered: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def with_next(self, *following: Listing | None) -> Found:
        """The same page, which goes on at `following`."""
        return replace(self, next=tuple(listing for listing in following if listing is not None))

    def with_problems(self, *problems: str) -> Found:
        """The same page, with more to tell."""
        return replace(self, problems=(*self.problems, *problems))


def numbered_page(listing: Listing) -> Listing | None:
    """The following page of a listing that counts them in a query parameter, or in the address: `page` then holds
    `{page}`, and is relative to the first. Limits are the crawl's matter."""
    entry, page = listing.entry, listing.page + 1
    if entry.page is None:
        return None
    number = str(entry.first_page + page - 1)
    if PAGE not in entry.page:
        return replace(listing, url=with_parameter(entry.url, entry.page, number), page=page)
    url = absolute(entry.url, entry.page.replace(PAGE, number))
    return replace(listing, url=url, page=page) if url else None


def sized(listing: Listing, items: int) -> Listing:
    """The listing as the page behind this one, of so many items, is to know it."""
    size = listing.size or items
    return replace(listing, size=size, is_short=items < size, absent="")


def page_behind(listing: Listing, why: str) -> Listing | None:
    """The page behind one that is not there, for one look, where nothing says that the listing ends before it: pages up
    to it were as full as the first. None for a listing that says how many pages it has, or that was looked behind."""
    is_said = listing.named > 0 or listing.is_short or listing.absent or listing.entry.next
    following = None if is_said or not listing.size else numbered_page(listing)
    return replace(following, absent=why) if following else None


def found_behind(listing: Listing) -> tuple[str, ...]:
    """What to tell of a page that holds items, though the one before it was not there."""
    if not listing.absent:
        return ()
    return (f"{listing.key}.page: page {listing.page - 1} {listing.absent}, and page {listing.page} holds items",)


def missing_page(listing: Listing, key: str, what: str) -> str:
    """What to tell of a page that the listing names, and that holds nothing of it."""
    return f"{listing.key}.{key}: page {listing.page} {what}, and {listing.named} pages are named"


__all__ = [
    "Account",
    "Found",
    "Listing",
    "absolute",
    "found_behind",
    "missing_page",
    "numbered_page",
    "page_behind",
    "sized",
    "with_parameter",
]
