"""What is asked for, and what the archive holds of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

_EMPTY: Mapping[str, str] = MappingProxyType({})


class Role(StrEnum):
    """Why a request was made."""

    ROBOTS = "robots"
    LISTING = "listing"  # any page that only lists: HTML, feed, sitemap, API
    ARTICLE = "article"
    MEDIA = "media"
    # Kept, and not read: an impossible address, to learn what the site says to one; or an answer whose purpose stood in
    # a record that a killed run did not finish.
    PROBE = "probe"


@dataclass(frozen=True, slots=True)
class Link:
    """A request that discovery asks for."""

    url: str
    role: Role
    document: str | None = None  # article: the source's own key of the document, one per language version
    language: str | None = None  # the site's code, where discovery knows it
    modified: str | None = None  # the source's own mark of the last change (lastmod, updated_date), as printed
    headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    day: str | None = None  # ISO day that readers see beside the link, where no mark says more
    shown: str = ""  # title, date and category of the item as its listing prints them
    body: str | None = None  # JSON that is posted; None: GET


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a WARC record stands. Offset and length count bytes of the compressed file."""

    warc_file: str  # POSIX path inside the package, e.g. "archive/uz.eco-20261123T201500Z-00000.warc.gz"
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """What the records of a capture that was taken in from another tool's file say of it: a build settles with it what
    run it is of, and what it repeats."""

    record_id: str  # WARC-Record-ID as it came, without its URN dress
    run: str | None = None  # the run of another package of this program
    digest: str | None = None  # WARC-Payload-Digest, as "algorithm:hex"
    refers_to: str | None = None  # a revisit's: WARC-Refers-To, without its URN dress
    refers_url: str | None = None  # WARC-Refers-To-Target-URI
    refers_date: str | None = None  # WARC-Refers-To-Date, of any precision
    mismatch: str = ""  # the fields whose digests were of other bytes when it came


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as the archive tells it: a `response` or `revisit` record, or a fetch that failed."""

    capture_id: str  # UUID of the response, revisit or failure record; of what was taken in, one made of what it says
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
    soft_404: str | None = None  # an address that cannot exist, to which the site said the same in this run
    entity_sha1: str | None = (
        None  # "sha1:BASE32" of a response's entity body, content coding kept: what revisits repeat
    )
    foreign: Foreign | None = None  # None: made by this program


@dataclass(frozen=True, slots=True)
class Payload:
    """What a capture holds, ready to be read."""

    capture: Capture
    headers: tuple[tuple[str, str], ...]  # of the response, in order, latin-1 decoded
    body: bytes  # transfer and content codings removed
    request_headers: tuple[tuple[str, str], ...] = ()
