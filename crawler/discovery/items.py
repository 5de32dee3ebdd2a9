"""From the items of a page to links and an account of them: the rules that all kinds of listings share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.address_patterns import is_match
from crawler.addresses import mask_url
from crawler.discovery.account import Account
from crawler.discovery.address import MAX_URL, absolute, route_of
from crawler.discovery.base import Found, Listing
from crawler.ids import canonical_url
from crawler.model import EntryKind, Link, Role

_NO_PAGE = re.compile(r"\s*(?:#\s*$|#[\w-]+\s*$|javascript:|mailto:|tel:|data:|about:)", re.IGNORECASE)
_MOST_PLACES = 3  # on an item's own page that a listing links to
_LONGEST_EXAMPLE = 160  # characters
NO_ADDRESS, NO_PAGE, ROUTE = "without an address", "no page", "drawn by scripts only"
LONG, BROKEN = f"over {MAX_URL} characters", "no http address"
_WITH_WORDS = (EntryKind.FEED, EntryKind.JSON, EntryKind.WORDPRESS)  # their items tell more than an address
SCRIPTED, UNLINKED = "opened by scripts only", "reports without a page of their own"
MATCH, ITSELF, TWICE = "not matched", "the listing itself", "listed twice"


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands in a listing. `unread` says why it is not understood, where discovery knows already."""

    href: str = ""
    modified: str | None = None
    shown: str = ""  # title, date and category, to be compared with what stands there next time
    base: str = ""  # what `href` is relative to, where that is not the page
    day: str | None = None
    language: str | None = None
    fetch: str | None = None  # the address that is asked for in place of `href`, the public one
    unread: str = ""
    told: str = ""  # how the item looks, where it has no address to show


def gather(base: str, items: Sequence[Item], listing: Listing, encoding: str = "utf-8") -> Found:
    """The links of a page's items: absolute, matched, each once, in order; and what became of every item."""
    placed = [_place(base, item, listing, encoding) for item in items]
    _tell_routes_apart(items, placed)
    keep = _differ_in_sessions(url for url, _ in placed if url)
    links: dict[str, Link] = {}
    shown: dict[str, str] = {}
    unread: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    example, others = "", 0
    for item, (url, why) in zip(items, placed, strict=True):
        document = mask_url(canonical_url(url, keep_sessions=keep)) if url else ""  # as the archive will write it
        if url and document not in links:
            links[document] = _link(base, item, url, document, listing)
            shown[document] = item.shown
        elif url or why in (MATCH, ITSELF, NO_PAGE):
            refused[why or TWICE] += 1
            is_record = listing.entry.kind is EntryKind.JSON  # each has a page of its own, whatever it tells
            others += not why and (is_record or (item.shown != shown[document] and listing.entry.kind in _WITH_WORDS))
        else:
            unread[why] += 1
            example = example or (item.href.strip() or item.told)[:_LONGEST_EXAMPLE]
    account = Account(len(items), len(links), refused=dict(refused), unread=dict(unread), example=example)
    problems = _problems(account, listing, items)
    if 2 * others >= len(items) > 2:
        one = next(iter(links.values())).url
        problems += (f"{listing.key}: {others} of {len(items)} items share the address of another, such as {one}",)
    if one := _one_page(items, placed):
        problems += (f"{listing.key}: items are places on one page, and have none of their own: {one}",)
    return Found(tuple(links.values()), (), problems, account, tuple(links))


def _place(base: str, item: Item, listing: Listing, encoding: str) -> tuple[str | None, str]:
    """(the address of an item, or why it leads nowhere)."""
    href = item.href.strip()
    if item.unread or not href:
        return None, item.unread or NO_ADDRESS
    if _NO_PAGE.match(href):
        return None, NO_PAGE
    if route_of(href):
        return None, ROUTE
    if len(href) > MAX_URL:
        return None, LONG
    url = absolute(item.base or base, href, encoding)
    if url is None:
        return None, BROKEN
    if listing.entry.match and not is_match(listing.entry.match, url):
        return None, MATCH
    if canonical_url(url, keep_sessions=True) == canonical_url(listing.url, keep_sessions=True):
        return None, ITSELF
    return url, ""


def _tell_routes_apart(items: Sequence[Item], placed: list[tuple[str | None, str]]) -> None:
    """Items of one address that differ in a path or number behind its # are pages of their own that no server knows;
    places on one page (`#comments`) are not."""
    fragments: dict[str, set[str]] = {}
    for item, (url, _) in zip(items, placed, strict=True):
        fragment = item.href.partition("#")[2].strip()
        if url and re.search(r"[/=?]|^\d+$", fragment):
            fragments.setdefault(url, set()).add(fragment)
    routed = {url for url, found in fragments.items() if len(found) > 1}
    for number, (url, _) in enumerate(placed):
        if url in routed:
            placed[number] = (None, ROUTE)


def _one_page(items: Sequence[Item], placed: Sequence[tuple[str | None, str]]) -> str:
    """The address of a page on which most items are places, each its own (`/all#n7`); "" for none. An item has links
    to its text and to its comments at most."""
    places: dict[str, set[str]] = {}
    for item, (url, _) in zip(items, placed, strict=True):
        places.setdefault(url or "", set()).add(item.href.partition("#")[2].strip())
    found = ((len(its), url) for url, its in places.items() if url and len(its) > _MOST_PLACES)
    return next((url for n, url in found if 2 * n >= len(items)), "")


def _differ_in_sessions(urls: Iterable[str]) -> bool:
    """Whether links of a page differ only in the value of what looks like a session: then it is none, but the items'
    own key. A link with a session and one without, or with one of another name, are two ways to one page."""
    whole: dict[tuple[str, ...], str] = {}
    for url in urls:
        bare, full = canonical_url(url), canonical_url(url, keep_sessions=True)
        parts = urlsplit(bare).query.split("&")
        names = [part.partition("=")[0] for part in urlsplit(full).query.split("&") if part not in parts]
        if bare != full and whole.setdefault((bare, *names), full) != full:
            return True
    return False


def _link(base: str, item: Item, url: str, document: str, listing: Listing) -> Link:
    language = item.language or listing.entry.language
    link = Link(url, Role.ARTICLE, document, language, item.modified, day=item.day, shown=item.shown)
    fetch = absolute(base, item.fetch) if item.fetch else None
    return replace(link, url=fetch, headers=listing.entry.headers) if fetch else link


def _problems(account: Account, listing: Listing, items: Sequence[Item]) -> tuple[str, ...]:
    """What must be told: that no item leads anywhere, or which are not understood."""
    example = f", such as {account.example!r}" if account.example else ""
    if account.seen and not account.listed and (listing.page == 1 or account.unread):
        told = (items[0].href or items[0].told)[:_LONGEST_EXAMPLE]
        first = example or (f", such as {told!r}" if told else "")
        return (f"{listing.key}: none of {account.seen} items can be followed: {account.reasons}{first}",)
    if account.unread:
        unread = sum(account.unread.values())
        why = ", ".join(f"{n} {reason}" for reason, n in account.unread.items())
        return (f"{listing.key}: {unread} of {account.seen} items not understood: {why}{example}",)
    return ()
