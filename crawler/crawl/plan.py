"""What a run still wants: which hosts are the source's, which links are due, when a listing has told all it can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from crawler.archive.memory import Memory
from crawler.crawl.listings import Listings
from crawler.crawl.policy import changed, day_of, due, pace
from crawler.discovery import Found, Listing, start
from crawler.discovery.revisit import revisit_links
from crawler.ids import article_id, canonical_url
from crawler.model import Link, Role, Seed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from one page of a listing."""

    wanted: tuple[Link, ...]
    new: int
    go_on: bool
    why: str = ""


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
    ) -> None:
        self.seed, self.memory, self.now = seed, memory, now
        self._limit, self._full, self._since = limit, full, since.isoformat() if since else None
        self._skip = frozenset(skip)
        self._asked: set[tuple[str, str]] = set()
        self._documents: set[str] = set()
        self._new: set[str] = set()
        self._pages: set[tuple[str, str]] = set()
        self._files: set[str] = set()
        self._revisits = 0
        self.left_listed = 0  # links to known documents that are due, and beyond the limit of re-visits
        self.left_due = 0  # documents that no listing shows, likewise
        self.listings = Listings(settled or {}, self._since, always_read=seed.crawl.known_pages)
        addresses = [seed.homepage, *seed.options.values(), *(listing.url for listing in start(seed))]
        self._entrances = frozenset(
            canonical_url(form) for url in addresses if url.startswith("http") for form in (url, urljoin(url, "/"))
        )
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

    def is_entrance(self, url: str) -> bool:
        """True for the home page and the first pages of listings: where sites send those who ask for what is gone."""
        return canonical_url(url) in self._entrances

    # ------------------------------------------------------------ listings

    def may_list(self, listing: Listing) -> bool:
        """True once for each page of a listing, within its limit of pages."""
        key = (listing.url, str(sorted(listing.headers.items())))
        if key in self._pages or self.page_limit_reached(listing):
            return False
        self._pages.add(key)
        self.listings.asked(listing)
        return True

    def page_limit_reached(self, listing: Listing) -> bool:
        limit = listing.entry.max_pages or self.seed.crawl.max_pages
        return listing.page > limit or self.listings.pages(listing) >= limit

    def take(self, listing: Listing, found: Found) -> Verdict:
        """Which links of a page are wanted, and whether the next page is."""
        fresh = [link for link in found.links if self.first_time(link.document, link.url, link)]
        news = any(self._is_news(link) for link in found.links if self._may_be_wanted(link))
        self.listings.take(listing, (link.document or link.url for link in found.links), news=news)
        wanted = tuple(link for link in fresh if self._is_wanted(link))
        new = len({link.document for link in wanted if link.document in self._new})
        for stop, mark, why in (
            (self._is_limited(), "limit", "the limit of new articles"),
            (not self._full and self.listings.is_known(listing, self.seed.crawl.known_pages), "known", "known"),
            (self.listings.repeats(listing), "repeats", "it repeats itself"),
            (self._is_old(found), "since", "older than asked for"),
            (not found.next, "fault" if found.problems else "end", "it ends"),
        ):
            if stop:
                self.listings.ended(listing, mark)
                return Verdict(wanted, new, False, why)
        return Verdict(wanted, new, True)

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
        return not (self._since and (day := day_of(link.modified)) and day < self._since)

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
        if not (self._full or document in self._documents or due(forms, link.modified, self.now, self.seed.crawl)):
            return False
        if sightings and document not in self._documents and not self._may_revisit():
            self.left_listed += 1
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
        days = [day for link in found.links if (day := day_of(link.modified))]
        return bool(self._since and days) and max(days) < (self._since or "")

    # ------------------------------------------------------------ what is known already

    def revisits(self) -> Iterator[Link]:
        """Known documents whose time has come, whether a listing still shows them or not; what waits longest first."""
        for document in self._known():
            if article_id(self.seed.id, document) in self._skip:
                continue
            sightings = self.memory.sightings(self.seed.id, document)
            if not (self._full or due(sightings, None, self.now, self.seed.crawl)):
                continue
            if document not in self._documents and not self._may_revisit():
                self.left_due += 1
                continue
            for link in revisit_links(self.seed, document, sightings[-1].url):
                if self.first_time(document, link.url, link):
                    self._documents.add(document)
                    yield link

    def _known(self) -> Iterator[str]:
        """The known documents, but for those of which it is certain that their time has not come."""
        if self._full:
            return self.memory.documents(self.seed.id)
        return self.memory.waiting(self.seed.id, self.now, pace(self.seed.crawl))

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
