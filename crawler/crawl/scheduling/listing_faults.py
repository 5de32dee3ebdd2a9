"""What a run tells of a page of a listing, and which of its links it may not ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from crawler.crawl.report import RunLog
from crawler.crawl.scheduling.listings import Listings
from crawler.crawl.scheduling.plan import Plan
from crawler.discovery import Found, Listing, start
from crawler.discovery.extent.unselected import common_shapes, shape_of
from crawler.model import EntryKind, Link, Payload

ON_ANOTHER_HOST = "on another host"
ROBOTS = "disallowed by robots.txt"
ENTRANCE = "the source's front page or a listing"
_RECORDS = (EntryKind.FEED, EntryKind.JSON)  # whose items are one article each, whatever they lead to
_CUT = (EntryKind.FEED, EntryKind.LISTING)
_SHORTEST_WINDOW, _STEP_OF_WINDOWS = 10, 5  # items: feeds are cut at 10, 15, 20, 25, 50


def tell(log: RunLog, listing: Listing, payload: Payload, found: Found) -> None:
    """Notes what discovery has to say of a page."""
    log.counts["listing pages read"] += bool(found.links) or not found.problems
    for problem in found.problems:
        log.fault(listing.url, "listing", f"status {payload.capture.status}: {problem}")
    for mark in found.further:
        detail = f"{listing.key}: {mark} (max_pages = {listing.page} if no more is wanted)"
        log.fault(listing.url, "listing", detail)
    for note in found.notes:
        log.fault(listing.url, "note", f"{listing.key}: {note}")


def tell_extent(log: RunLog, listings: Listings, listing: Listing, found: Found) -> None:
    """Notes what a page that is the last read of its listing shows of more: a total that was not reached, a page that
    is none of the listing's, a feed as long as feeds are cut."""
    if lacking := listings.lacking(listing):
        seen, total = lacking
        log.fault(listing.url, "listing", f"{listing.key}: it says that it has {total} items, and has shown {seen}")
    if twice := listings.out_of_order(listing):
        detail = f"{twice[0]} of {twice[1]} items stand on several of its pages, which are in no order"
        log.fault(listing.url, "listing", f"{listing.key}: {detail}: others may stand on none")
    if doubt := listings.doubt(listing, found):
        log.fault(listing.url, "listing", f"{listing.key}: page {listing.page} {doubt}: it may not be the end")
    if years := listings.absent_years(listing):
        log.fault(
            listing.url, "listing", f"{listing.key}: it offers lists of {', '.join(years[-3:])}, of which no item is"
        )
    if pages := listings.cut_at(listing):
        why = f"ends after {pages} pages that are full, as lists are cut that show no older items"
        log.fault(listing.url, "listing", f"{listing.key}.page: it {why} (max_pages = {pages} if no more is wanted)")
    seen, is_first = found.account.seen, listing.page == 1 and not listings.was_read(listing)
    is_window = seen >= _SHORTEST_WINDOW and seen % _STEP_OF_WINDOWS == 0 and not listing.entry.max_pages
    is_cut = listing.entry.kind in _CUT and not listings.has_whole  # no sitemap lists what is not there
    if is_cut and is_first and is_window and not found.next and not found.further:
        lists = "feeds are" if listing.entry.kind is EntryKind.FEED else "lists are that lead no further"
        detail = f"{listing.key}: {seen} items, as {lists} cut to their newest ones: what is older was not seen"
        log.fault(listing.url, "note", detail)


def tell_unseen(log: RunLog, listings: Listings, listing: Listing, why: str) -> None:
    """Notes that one look behind a listing's end gave no answer: nothing says that there is such a page."""
    log.fault(listing.url, "note", f"{listing.key}: no look behind the end, which page {listing.page - 1} is: {why}")
    listings.ended(listing, "end")
    tell_extent(log, listings, listing, Found())


def tell_undated(log: RunLog, listing: Listing, undated: int, links: int) -> None:
    """Notes that links tell no day, where only those since a day are wanted: they are asked for, and no fault."""
    if undated:
        detail = f"{listing.key}: {undated} of {links} links tell no day, and are not filtered"
        log.fault(listing.url, "since", detail)


def tell_skipped(log: RunLog, listing: Listing) -> None:
    """Notes that the page before showed an earlier one again, as a cache may, though the listing goes on behind it."""
    detail = f"{listing.key}: page {listing.page - 1} shows only items of pages before it, page {listing.page} others"
    log.fault(listing.url, "listing", detail)


def tell_loop(log: RunLog, listing: Listing, found: Found) -> None:
    """Notes that a listing leads back to what was read, though it names pages behind."""
    named = max((following.named for following in found.next if following.depth == listing.depth), default=0)
    if named > listing.page:
        detail = f"{listing.key}.next: page {listing.page} leads back to pages that were read, and {named} are named"
        log.fault(listing.url, "listing", detail)


def tell_moved_on(log: RunLog, listing: Listing, shown: int, pinned: int) -> None:
    """Notes that a listing without further pages shows nothing that an earlier run has seen there, but for what is
    `pinned` at its top: what came and went between the two was not seen."""
    of_them = f"only the first {pinned} of the {shown} items were" if pinned else f"none of the {shown} items was"
    detail = f"{listing.key}: {of_them} there in the last run, so others may have come and gone"
    log.fault(listing.url, "listing", f"{detail} since: crawl more often, or add an entry that has pages")


def tell_shrunk(log: RunLog, listing: Listing, shown: int, before: int) -> None:
    """Notes that a listing shows far fewer items than in the last run, and no new one."""
    what = f"finds {shown} items, all of them known, where the last run found {before}"
    log.fault(listing.url, "listing", f"{listing.key}.links: {listing.entry.links!r} {what}: is it still the list?")


def tell_unselected(log: RunLog, plan: Plan) -> None:
    """Notes what the listings link to as if it were one of their items, and no run has asked for: `links` finds only a
    part of what they show. What stands beside the items is a note: it may be news of another section."""
    for listing in start(plan.seed) if plan.reads_on else ():
        among, beside = plan.listings.unselected(listing)
        for found, where, reason in ((among, "among", "listing"), (beside, "beside", "note")):
            mine = (one for one in found if plan.owns(one.url) and not plan.is_entrance(one.url))
            rest = [one.url for one in mine if not plan.has_met(one.document)]
            if rest and listing.entry.max_pages is None:
                what = f"{len(rest)} links {where} the items, with addresses like theirs, such as {rest[0]}"
                log.fault(listing.url, reason, f"{listing.key}.links: {listing.entry.links!r} does not find {what}")


def open_links(
    log: RunLog, plan: Plan, listing: Listing, found: Found, is_allowed: Callable[[Link], bool]
) -> tuple[tuple[Link, ...], dict[str, str]]:
    """(the links of a page that the run may ask for; the documents of which it may ask for none, with the reason). When
    no item of a first page is left, the listing is told as one that gives nothing."""
    found_open: list[Link] = []
    barred: dict[str, str] = {}
    for link in found.links:
        reason = _barred(log, plan, link, is_allowed)
        if reason:
            barred.setdefault(link.document or link.url, reason)
        else:
            found_open.append(link)
    asked = {link.document for link in found_open}
    barred = {document: reason for document, reason in barred.items() if document not in asked}
    mine = Counter(barred[document] for document in found.documents if document in barred)
    if (n := mine[ROBOTS]) and listing.page == 1:
        first = next(link.url for link in found.links if barred.get(link.document or link.url) == ROBOTS)
        told = f"{n} of {found.account.seen} items may not be asked for, as robots.txt says, such as {first}"
        log.fault(listing.url, "note", f"{listing.key}: {told}")
    if mine and mine.total() == len(found.documents) and listing.page == 1:
        reasons = ", ".join(f"{n} {reason}" for reason, n in mine.items())
        detail = f"{listing.key}: none of {found.account.seen} items can be asked for: {reasons}"
        log.fault(listing.url, "listing", f"{detail}, such as {found.links[0].url}")
    elif listing.entry.kind in _RECORDS and (n := mine[ENTRANCE]):
        told = f"{n} of {found.account.seen} items lead to the source's front page or a listing, and have no page"
        log.fault(listing.url, "listing", f"{listing.key}: {told}")
    elif elsewhere := _elsewhere(plan, found_open, found, barred):
        what = f"{len(elsewhere)} items stand on another host of the same site, such as {elsewhere[0]}"
        log.fault(listing.url, "listing", f"{listing.key}: {what}: add it to crawl.hosts, or leave it out by match")
    return tuple(found_open), barred


def _elsewhere(plan: Plan, links: Sequence[Link], found: Found, barred: Mapping[str, str]) -> list[str]:
    """The addresses on other hosts that are made as those of the items here, or whose host is a part of one of the
    source's: articles of the source, not links to others."""
    shapes = common_shapes([link.url for link in links])
    others = (link.url for link in found.links if barred.get(link.document or link.url) == ON_ANOTHER_HOST)
    return [url for url in others if shape_of(url) in shapes or plan.is_part_of_ours(url)]


def _barred(log: RunLog, plan: Plan, link: Link, is_allowed: Callable[[Link], bool]) -> str:
    """Why a link may not be asked for; "" when it may."""
    if not plan.is_ours(link.url):
        log.fault(link.url, "offsite-link", "not a host of this source")
        return ON_ANOTHER_HOST
    if not plan.owns(link.url):
        log.fault(link.url, "offsite-link", "of another source on this host")
        return "of another source"
    if plan.is_entrance(link.url):
        return ENTRANCE
    return "" if is_allowed(link) else ROBOTS
