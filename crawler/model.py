"""The values that pass between the rooms: frozen, typed, with no behaviour but what follows from their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

_EMPTY: Mapping[str, str] = MappingProxyType({})


# ---------------------------------------------------------------- seeds


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
    next: str | None = None  # listing: CSS of the link to the next page; json: path of the next address
    page: str | None = None  # query parameter that counts pages, from `first_page`
    first_page: int = 1
    max_pages: int | None = None  # None: the crawl's own limit
    items: str | None = None  # json: path to the array of items, e.g. "data.items"
    id: str | None = None  # json: path of the id in an item
    date: str | None = None  # json: path of the date of the last change in an item
    article: str | None = None  # json: template of the article's address, e.g. "https://x.org/news/{id}"
    total_pages: str | None = None  # json: path of the number of pages
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
    date_order: str = "DMY"  # DMY | MDY | YMD, for all-digit dates


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """Manners and limits of a crawl; every limit that bites is reported."""

    delay_s: float = 1.0  # between two requests to one host
    recheck_days: float = 30.0  # the longest time until an article is asked for again
    gone_runs: int = 2  # absences in so many runs ...
    gone_hours: float = 24.0  # ... at least this far apart prove a withdrawal
    known_pages: int = 3  # whole listing pages known and unchanged before a listing is left
    max_pages: int = 5_000  # of one listing in one run
    max_requests: int = 200_000  # of one run
    max_body_mb: float = 16.0  # raw and decoded
    timeout_s: float = 60.0  # whole time of one download
    max_redirects: int = 6
    retries: int = 3
    allow_private: tuple[str, ...] = ()  # host, or host:port
    hosts: tuple[str, ...] = ()  # further hosts that belong to the source
    media: str = "none"  # none | attachments | all
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


# ---------------------------------------------------------------- discovery and crawl


class Role(StrEnum):
    """Why a request was made."""

    ROBOTS = "robots"
    LISTING = "listing"  # any page that only lists: HTML, feed, sitemap, API
    ARTICLE = "article"
    MEDIA = "media"
    PROBE = "probe"  # e.g. an impossible id, to learn what the site says to one


@dataclass(frozen=True, slots=True)
class Link:
    """A request that discovery asks for."""

    url: str
    role: Role
    document: str | None = None  # article: the source's own key of the document, one per language version
    language: str | None = None  # the site's code, where discovery knows it
    modified: str | None = None  # the source's own mark of the last change (lastmod, updated_date), as printed
    headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


# ---------------------------------------------------------------- captures


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a WARC record stands. Offset and length count bytes of the compressed file."""

    warc_file: str  # POSIX path inside the package, e.g. "archive/uz.eco-20261123T201500Z-00000.warc.gz"
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as the archive tells it: a `response` or `revisit` record, or a fetch that failed."""

    capture_id: str  # UUID of the response, revisit or failure record
    source_id: str
    run_id: str
    url: str  # WARC-Target-URI
    fetched_at: datetime  # WARC-Date, UTC
    role: Role
    locator: Locator
    kind: str = "response"  # response | revisit | failure
    method: str = "GET"
    status: int | None = None  # None: no answer
    mime: str | None = None  # media type of Content-Type, lower case
    payload_sha256: str | None = None  # of the entity body, transfer-decoded, content coding removed
    etag: str | None = None
    last_modified: str | None = None
    redirect: str | None = None  # absolute address of Location
    revisit_of: str | None = None  # capture_id of the response with the payload
    truncated: str | None = None  # WARC-Truncated
    failure: str | None = None  # dns | tls | refused | timeout | blocked-address | ...: why there is no whole answer
    via: str | None = None
    document: str | None = None  # Link.document
    language: str | None = None  # Link.language
    modified_hint: str | None = None  # Link.modified
    entity_sha1: str | None = (
        None  # "sha1:BASE32" of a response's entity body, content coding kept: what revisits repeat
    )


@dataclass(frozen=True, slots=True)
class Payload:
    """What a capture holds, ready to be read."""

    capture: Capture
    headers: tuple[tuple[str, str], ...]  # of the response, in order, latin-1 decoded
    body: bytes  # transfer and content codings removed
    request_headers: tuple[tuple[str, str], ...] = ()


# ---------------------------------------------------------------- records


class Precision(StrEnum):
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Offset(StrEnum):
    """Where the offset of a time comes from."""

    STATED = "stated"  # the page says it
    ASSUMED = "assumed"  # the source's zone
    NONE = "none"  # a day only, or a zone that nobody knows


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a page tells it; never more precise than the page."""

    value: datetime | date  # a date where no time is told; naive where neither page nor seed tells the zone
    raw: str  # the words on the page
    source: str  # which candidate: "jsonld", "meta:article:published_time", "line", ...
    precision: Precision
    offset: Offset = Offset.NONE


@dataclass(frozen=True, slots=True)
class Image:
    url: str  # the original, behind any resizer
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    url: str
    title: str | None = None
    mime: str | None = None  # guessed from the address


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 tag, with script for uz and kaa; "und" when unsure. `confidence` is 0 to 1."""

    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of one field, and where it was found."""

    field: str
    value: str
    raw: str
    source: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """What one capture of an article says. `text` is paragraphs joined by one line feed, none empty."""

    url: str  # canonical
    title: str
    text: str
    language: str
    document: str  # the source's own key of the document, one per language version
    published_at: Moment | None = None
    modified_at: Moment | None = None
    category: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    story: str | None = None  # the source's own key of the item, the same for all its language versions
    alternates: tuple[tuple[str, str], ...] = ()  # (language, url) of other versions that the page names
    aliases: tuple[str, ...] = ()  # other addresses of the same document
    declared_language: str | None = None
    language_confidence: float = 0.0
    warnings: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = field(default=(), compare=False, repr=False)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n")) if self.text else ()

    @property
    def published(self) -> datetime | date | None:
        return self.published_at.value if self.published_at else None

    @property
    def modified(self) -> datetime | date | None:
        return self.modified_at.value if self.modified_at else None

    @property
    def story_id(self) -> str | None:
        return self.story


class Reason(StrEnum):
    """Why an article capture has no row of its own in articles or revisions."""

    UNCHANGED = "unchanged"  # says what an earlier capture said
    ALTERNATE = "alternate"  # another form (API answer, alias) of a document captured in the same run
    NO_VERSION = "no-version"  # a soft 404: the portal answers for a language version that does not exist
    NOT_FOUND = "not-found"  # 404 or 410
    REDIRECT = "redirect"  # leads elsewhere; the target is its own capture
    BLOCKED = "blocked"  # 401, 403, 429, empty 202, a challenge page: never "gone"
    SERVER_ERROR = "server-error"
    FETCH_FAILED = "fetch-failed"
    TRUNCATED = "truncated"
    NOT_HTML = "not-html"
    LISTING = "listing"  # a page that lists, or a home page
    SHELL = "shell"  # a page that only a browser's script fills
    NO_TITLE = "no-title"
    NO_TEXT = "no-text"
    TIMEOUT = "extraction-timeout"
    MEMORY = "extraction-memory"
    ERROR = "extraction-error"
    ON_REQUEST = "withdrawn-on-request"  # the article was taken out of the package


@dataclass(frozen=True, slots=True)
class Rejection:
    reason: Reason
    detail: str = ""
    url: str | None = None
    document: str | None = None
