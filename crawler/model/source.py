"""What a seed file declares: the source, its entry points, its selectors, the manners of its crawl, its alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_EMPTY: Mapping[str, str] = MappingProxyType({})


class EntryKind(StrEnum):
    """How an entry point lists articles."""

    LISTING = "listing"  # HTML pages
    FEED = "feed"  # RSS or Atom
    SITEMAP = "sitemap"  # sitemaps.org, index files and gzip included
    JSON = "json"  # an API
    WORDPRESS = "wordpress"  # WordPress REST, /wp-json/wp/v2/posts


@dataclass(frozen=True, slots=True)
class Entry:
    """One place where a source lists its articles."""

    kind: EntryKind
    url: str
    links: str | None = None  # listing: CSS of the links to articles
    next: str | None = None  # listing: CSS of the link to the next page; json: path of the next address or cursor
    page: str | None = None  # query parameter (in a posted body: path) that counts pages, from `first_page`
    first_page: int = 1
    max_pages: int | None = None  # None: the crawl's own limit
    items: str | None = None  # json: path to the array of items, e.g. "data.items"
    id: str | None = None  # json: path of the id in an item
    date: str | None = None  # json: path of the date of the last change in an item
    article: str | None = None  # json: template of the article's address, e.g. "https://x.org/news/{id}"
    total_pages: str | None = None  # json: path of the number of pages
    offset: str | None = None  # json: parameter, or path in the body, that counts items
    cursor: str | None = None  # json: parameter, or path in the body, that takes what stands at `next`
    body: str | None = None  # json: what is posted, as JSON; None: GET
    detail: str | None = None  # json: template of the address of the API's answer about one article
    item: str | None = None  # json: path of the article in that answer
    fields: Mapping[str, str] = field(default_factory=lambda: _EMPTY)  # json: field of an article -> its path there
    match: str | None = None  # regular expression that an article's address must match
    language: str | None = None  # the site's code of the language of what is listed
    headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors and choices of a seed that override the page object, field by field."""

    title: str | None = None
    title_from: str | None = None  # h1 | og | title | jsonld: the only candidate to take
    published: str | None = None
    modified: str | None = None
    category: str | None = None
    summary: str | None = None
    body: str | None = None
    authors: str | None = None
    tags: str | None = None
    drop: tuple[str, ...] = ()  # what is removed before anything is read
    date_order: str = ""  # DMY | MDY | YMD, for all-digit dates; empty: by country, language and the other dates


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """Manners and limits of a crawl; every limit that bites is reported."""

    delay_s: float = 1.0  # between two requests to one host
    recheck_days: float = 30.0  # the longest time until an article is asked for again, in its first year
    relist_days: float = 7.0  # the longest time until a listing is read to its end again, whatever is known
    gone_runs: int = 2  # absences in so many runs ...
    gone_hours: float = 24.0  # ... at least this far apart prove a withdrawal
    known_pages: int = 3  # whole listing pages known and unchanged before a listing is left
    max_pages: int = 5_000  # of one listing in one run
    max_requests: int = 200_000  # of one run
    max_revisits: int = 2_000  # known documents asked for again in one run
    max_body_mb: float = 16.0  # raw and decoded
    probe: bool = True  # one impossible address per kind of page and run teaches what a soft 404 looks like
    timeout_s: float = 60.0  # whole time of one download
    max_redirects: int = 6
    retries: int = 3
    backoff_s: float = 1.0  # before the first of them; doubles, with jitter, up to two minutes
    allow_private: tuple[str, ...] = ()  # host, or host:port
    hosts: tuple[str, ...] = ()  # further hosts that belong to the source: host, or host:port
    media: str = "none"  # none | attachments | all: images and style sheets too
    max_media_mb: float = 20.0
    hours: str | None = None  # "22:00-06:00" in the source's zone: only then
    ca_bundle: str | None = None  # PEM file for this source's hosts, relative to the seed file
    insecure_hosts: tuple[str, ...] = ()  # hosts whose broken certificate chain is accepted, and recorded
    user_agent: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """Alarms on what a healthy source gives; never filters."""

    filled: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # column -> least share, 0 to 1
    min_articles: int = 0
    late_hours: float = 0.0  # hours without a good run after which the source is late; 0: told by its usual gaps
    quiet_days: float = 0.0  # days without news after which it is told; 0: told by its usual pauses
    languages: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # BCP 47 -> least share


@dataclass(frozen=True, slots=True)
class Seed:
    """The declaration of one source, as its TOML file says it."""

    id: str  # "uz.eco", from the path
    title: Mapping[str, str]  # BCP 47 -> name
    homepage: str
    platform: str  # name of a module of `crawler.pages`
    timezone: str  # IANA name
    languages: Mapping[str, str]  # the site's code -> BCP 47
    options: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    entries: tuple[Entry, ...] = ()
    selectors: Selectors = Selectors()
    crawl: CrawlPolicy = CrawlPolicy()
    expect: Expect = Expect()
    rights: str | None = None  # what the source says of the rights in its texts
    rights_url: str | None = None
    notes: str | None = None
    toml: str = ""  # the file as it was read: goes into each WARC, and its sha256 into warcinfo

    @property
    def country(self) -> str:
        return self.id.split(".", 1)[0]
