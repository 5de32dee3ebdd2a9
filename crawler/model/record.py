"""What extraction makes of a capture: an article with its candidates, or a rejection with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    MONTH = "month"  # a month and no day: the value is empty
    OPEN = "open"  # a date that can be two days: the value is empty


class Offset(StrEnum):
    """Where the offset of a time comes from."""

    STATED = "stated"  # the page says it
    ASSUMED = "assumed"  # the source's zone, or that of the country in an address that no seed describes
    NONE = "none"  # a day only, or a zone that nobody knows


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a page tells it; never more precise than the page."""

    # A date where no time is told; naive where neither page, seed nor address tells the zone; None where the page tells
    # of a date that is no one day (see `Precision`).
    value: datetime | date | None
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
    languages: tuple[str, ...] = ()  # that of most of the text first; a second one where a third of it is in it
    warnings: tuple[str, ...] = ()
    dropped_share: float | None = None  # of the words among the lines of the text, those that are not in it, 0 to 1
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


# The warning of an article whose page has a headline and files, and no words of its own.
FILES_ONLY = "text: none of its own, the article is its files"
# Begins the warning of an article of which a part is read: its site has it on several pages, or brings the rest later.
GOES_ON = "text: the article goes on "


class Reason(StrEnum):
    """Why an article capture has no row of its own in articles or revisions."""

    UNCHANGED = "unchanged"  # says what an earlier capture said
    ALTERNATE = "alternate"  # another form (API answer, alias) of a document captured in the same run
    NO_VERSION = "no-version"  # a soft 404: the portal answers for a language version that does not exist
    NOT_FOUND = "not-found"  # 404 or 410
    REDIRECT = "redirect"  # leads elsewhere; the target is its own capture
    MOVED = "moved"  # not there any more, and the article stands at another address since
    BLOCKED = "blocked"  # 401, 403, 429, empty 202, a challenge page: never "gone"
    SERVER_ERROR = "server-error"
    FETCH_FAILED = "fetch-failed"
    TRUNCATED = "truncated"
    NOT_HTML = "not-html"
    LISTING = "listing"  # a page that lists, or a home page
    SHELL = "shell"  # a page that only a browser's script fills
    NO_TITLE = "no-title"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"  # more elements than pages have: reading it would cost minutes
    TIMEOUT = "extraction-timeout"
    MEMORY = "extraction-memory"
    ERROR = "extraction-error"
    UNCONFIRMED = "unconfirmed"  # nothing of what the article said: waits for a second capture a day later
    ON_REQUEST = "withdrawn-on-request"  # the article was taken out of the package


@dataclass(frozen=True, slots=True)
class Rejection:
    reason: Reason
    detail: str = ""
    url: str | None = None
    document: str | None = None
