"""What a run still wants: which hosts are the source's, which links are due, when a listing has told all it can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from crawler.archive.index.memory import Memory
from crawler.crawl.scheduling.listings import Listings, Relist
from crawler.crawl.scheduling.policy import changed, day_of, due, pace, plausible
from crawler.discovery import Account, Found, Listing, start
from crawler.discovery.entrances import addresses_named, with_roots
from crawler.discovery.revisit import revisit_links
from crawler.ids import article_id, canonical_url
from crawler.model import EntryKind, Link, Role, Seed
from crawler.pages import page_object

_FEWEST_DOTS = 2  # of a ministry's own host: below gov.uz stand those of all


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from one page of a listing."""

    wanted: tuple[Link, ...]
    new: int
    go_on: bool
    why: str = ""
    account: Account = field(default_factory=Account)
    undated: int = 0  # items whose day nobody can tell, while only those since a day are wanted


class Plan:
    """The decisions of one run over one source; knows no network."""

    def __init__(
        self,
        seed: Seed,
        memory: Memory,
        now: datetime,
        *,
        limit: int | None = None,
        full: bool = False,
        since: date | None = None,
        skip: Sequence[str] = (),
        settled: Mapping[str, str] | None = None,
        read_on: Mapping[str, str] | None = None,
    ) -> None:
        self.seed, self.memory, self.now = seed, memory, now
        self._pages_of = page_object(seed)
        self._limit, self._full, self._since = limit, full, since.isoformat() if since else None
        self._skip = frozenset(skip)
        self._asked: set[tuple[str, str]] = set()
        self._documents: set[str] = set()
        self._new: set[str] = set()
        self._over_limit: set[str] = set()
        self._is_cut_by_limit = False
        self._pages: set[tuple[str, str]] = set()
        self._files: set[str] = set()
        self._hinted: set[str] = set()
        self._revisits = 0
        self._left: set[str] = set()
        self.left_due = 0  # documents that no listing shows, likewise
        has_whole = any(entry.kind in (EntryKind.SITEMAP, EntryKind.WORDPRESS) for entry in seed.entries)
        known_pages = seed.crawl.known_pages
        due = (now - timedelta(days=seed.crawl.relist_days)).date().isoformat()
        relist = Relist(read_on or {}, now.date().isoformat(), due)
        self.listings = Listings(
            settled or {}, self._since, always_read=known_pages, has_whole=has_whole, relist=relist
        )
        addresses = [*addresses_named(seed), *(listing.url for listing in start(seed))]
        self._entrances = with_roots(addresses)
        named = {_host(url) for url in addresses if url.startswith(("http://", "https://"))}
        self.hosts = frozenset(named | {host.lower() for host in seed.crawl.hosts})

    def is_ours(self, url: str) -> bool:
        """True for an address on a host (and port) of the source; scheme and a leading www. make no difference."""
        try:
            parts = urlsplit(url)
            host = _host(url)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or "@" in host:
            return False
        return bool({host, f"www.{host}", host.removeprefix("www.")} & self.hosts)

    def is_part_of_ours(self, url: str) -> bool:
        """True for an address on a host below one of the source's own: news.ministry.example, www.ministry.example."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        bare = {own.partition(":")[0].removeprefix("www.") for own in self.hosts}
        return any(host.endswith(f".{own}") and own.count(".") >= _FEWEST_DOTS for own in bare)

    def owns(self, url: str) -> bool:
        """True for an address of the source: on its hosts, and in its part of a site that it shares with others."""
        return self.is_ours(url) and self._pages_of.owns(url)

    def is_entrance(self, url: str) -> bool:
        """True for the home page and the first pages of listings: where sites send those who ask for what is gone."""
        return canonical_url(url) in self._entrances

    # ------------------------------------------------------------ listings

    def may_list(self, listing: Listing) -> bool:
        """True once for each page of a listing, within its limit of pages."""
        key = (listing.url, f"{sorted(listing.headers.items())} {listing.body or ''}")
        if key in self._pages or self.page_limit_reached(listing):
            return False
        self._pages.add(key)
        self.listings.asked(listing)
        return True

    def page_limit_reached(self, listing: Listing) -> bool:
        limit = listing.entry.max_pages or self.seed.crawl.max_pages
        return listing.page > limit or self.listings.pages(listing) >= limit

    def take(self, listing: Listing, found: Found, barred: Mapping[str, str] | None = None) -> Verdict:
        """Which links of a page are wanted, what became of its items, and whether the next page is wanted. `barred` are
        documents that the run may not ask for, with the reason."""
        barred = barred or {}
        links = [link for link in found.links if link.document not in barred]
        news = any(self._is_news(link) for link in links if self._may_be_wanted(link))
        newest = max((day for link in links if (day := self._day(link))), default=None)
        self.listings.take(listing, [link.document or link.url for link in links], news=news, newest=newest)
        before = set(self._new)
        wanted = tuple(
            link for link in links if self._is_wanted(link) and self.first_time(link.document, link.url, link)
        )
        new = len(self._new - before)
        account = self._account(found, barred, before)
        undated = sum(self._day(link) is None for link in found.links) if self._since else 0
        self._is_cut_by_limit |= self._is_limited() and bool(found.next)
        for stop, mark, why in (
            (self._is_limited(), "limit", "the limit of new articles"),
            (not self._full and self.listings.is_known(listing, self.seed.crawl.known_pages), "known", "known"),
            (self.listings.repeats(listing), "repeats", "it repeats itself"),
            (self._is_old(found), "since", "older than asked for"),
            (not found.next, "fault" if found.problems else "end", "it ends"),
        ):
            if stop:
                self.listings.ended(listing, mark)
                return Verdict(wanted, new, False, why, account, undated)
        return Verdict(wanted, new, True, "", account, undated)

    def _account(self, found: Found, barred: Mapping[str, str], before: set[str]) -> Account:
        """What became of the items that discovery has listed. `before` are the documents that were new before them."""
        links = {link.document: link for link in reversed(found.links)}
        new, known = 0, 0
        refused: Counter[str] = Counter()
        for document in found.documents:
            if document in barred:
                refused[barred[document]] += 1
            elif article_id(self.seed.id, document) in self._skip:
                refused["withdrawn on request"] += 1
            elif document in links and not self._may_be_wanted(links[document]):
                refused["older than asked for"] += 1
            elif document in self._new and document not in before:
                new += 1
            elif document in self._new or self.memory.sightings(self.seed.id, document):
                known += 1
            else:
                refused["over the limit of new articles"] += 1
                self._over_limit.add(document)
        return found.account.decided(new=new, known=known, refused=refused)

    @property
    def left_by_limit(self) -> int | None:
        """How many items were seen beyond the limit of new articles; None where that has held back nothing: no item,
        and no listing of which more was to be read."""
        return len(self._over_limit) if self._over_limit or self._is_cut_by_limit else None

    def _is_limited(self) -> bool:
        return self._limit is not None and len(self._new) >= self._limit

    def first_time(self, document: str | None, url: str, link: Link | None = None) -> bool:
        """True when this run has not yet taken up this form of this document."""
        key = (document or "", canonical_url(url) + str(sorted(link.headers.items()) if link else []))
        if key in self._asked:
            return False
        self._asked.add(key)
        return True

    def _is_news(self, link: Link) -> bool:
        # A version that was asked for and does not exist is known, too: its sighting tells.
        return changed(self.memory.sightings(self.seed.id, link.document or ""), link.modified)

    def _may_be_wanted(self, link: Link) -> bool:
        """False for what no run like this one ever asks for: it would stay news for ever."""
        if article_id(self.seed.id, link.document or "") in self._skip:
            return False
        return not (self._since and (day := self._day(link)) and day < self._since)

    def _day(self, link: Link) -> str | None:
        """The day that a listing tells of an article: by its mark of change, or as readers see it."""
        return plausible(day_of(link.modified), self.now) or plausible(link.day, self.now)

    def _is_wanted(self, link: Link) -> bool:
        document = link.document or ""
        if not self._may_be_wanted(link):
            return False
        sightings = self.memory.sightings(self.seed.id, document)
        if not sightings and document not in self._new:
            if self._is_limited():
                return False
            self._new.add(document)
        # Each form of a document (page, API answer) has its own times: a run that was killed may have fetched only one.
        form = canonical_url(link.url)
        forms = [sighting for sighting in sightings if canonical_url(sighting.url) == form]
        is_due = document in self._hinted or due(forms, link.modified, self.now, self.seed.crawl)
        if not (self._full or document in self._documents or is_due):
            return False
        if sightings and document not in self._documents and not self._may_revisit():
            self._left.add(document)
            return False
        self._documents.add(document)
        return True

    def _may_revisit(self) -> bool:
        """Takes one of the run's re-visits, if any is left: a machine that was off for a month, or a site that marks
        all its articles as changed, must not make a run without end."""
        if self._full or self._revisits < self.seed.crawl.max_revisits:
            self._revisits += 1
            return True
        return False

    def _is_old(self, found: Found) -> bool:
        """Whether all items of a page tell their day, and all of them one before those that are wanted."""
        days = [self._day(link) for link in found.links]
        return bool(self._since and days) and all(day is not None and day < (self._since or "") for day in days)

    def has_met(self, document: str) -> bool:
        """Whether this run or one before it has asked for a document, or wanted to."""
        is_wanted = document in self._new or document in self._documents
        return is_wanted or bool(self.memory.sightings(self.seed.id, document))

    @property
    def reads_on(self) -> bool:
        """Whether what the listings show decides alone what is asked for: all were read as far as they lead, no limit
        has bitten, no day is the first."""
        return not self._since and not self._is_limited() and self.listings.are_read

    def hint(self, documents: Iterable[str]) -> None:
        """Notes known documents of which a listing shows a change: they are due now."""
        self._hinted.update(d for d in documents if self.memory.sightings(self.seed.id, d))

    @property
    def left_listed(self) -> int:
        """Known documents that are due, and beyond the limit of re-visits."""
        return len(self._left - self._documents)

    # ------------------------------------------------------------ what is known already

    def revisits(self) -> Iterator[Link]:
        """Known documents whose time has come, whether a listing still shows them or not; what waits longest first."""
        for document in self._known():
            if article_id(self.seed.id, document) in self._skip:
                continue
            sightings = self.memory.sightings(self.seed.id, document)
            is_due = document in self._hinted or due(sightings, None, self.now, self.seed.crawl)
            if not (self._full or is_due):
                continue
            if document not in self._documents and not self._may_revisit():
                self.left_due += document not in self._left
                continue
            for link in revisit_links(self.seed, document, sightings[-1].url):
                if self.first_time(document, link.url, link):
                    self._documents.add(document)
                    yield link

    def _known(self) -> Iterator[str]:
        """The known documents, but for those of which it is certain that their time has not come."""
        if self._full:
            yield from self.memory.documents(self.seed.id)
            return
        hinted = sorted(self._hinted - self._documents)
        yield from hinted
        waiting = self.memory.waiting(self.seed.id, self.now, pace(self.seed.crawl))
        yield from (document for document in waiting if document not in self._hinted)

    def conditions(self, link: Link) -> dict[str, str]:
        """If-None-Match and If-Modified-Since for a document of which the archive holds a whole payload."""
        known = self.memory.lookup(link.url)
        if known is None or link.role is not Role.ARTICLE or known.document != link.document or link.headers:
            return {}
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in conditions.items() if value}

    def wants_file(self, url: str) -> bool:
        """True once for a file that no earlier run holds."""
        if url in self._files or self.memory.lookup(url) is not None or not self.is_ours(url):
            return False
        self._files.add(url)
        return True


def _host(url: str) -> str:
    """Host and port of an address, a usual port left out."""
    return urlsplit(canonical_url(url)).netloc
