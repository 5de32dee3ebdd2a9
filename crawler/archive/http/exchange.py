"""What the crawl hands to the archive: one HTTP exchange as it crossed the wire, and why it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from crawler.model import Role


@dataclass(frozen=True, slots=True)
class Intent:
    """Why a request is made; stored beside the capture, so that the archive alone explains it."""

    role: Role
    document: str | None = None
    language: str | None = None
    via: str | None = None  # the address that led here
    modified_hint: str | None = None
    soft_404: str | None = None  # an address that cannot exist and was answered in the same way


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte for byte. `response` is empty when nothing came; `interim` holds 1xx answers.

    Of a large answer `response` is only the head, and `body` a file with the rest."""

    url: str
    method: str
    started: datetime  # UTC, microseconds: the moment the capture began
    elapsed_ms: int
    request: bytes = b""  # empty when no connection was made
    response: bytes = b""
    interim: bytes = b""
    ip: str | None = None
    protocols: tuple[str, ...] = ()  # WARC-Protocol values, e.g. ("http/1.1", "tls/1.3")
    cipher: str | None = None  # IANA name
    truncated: str | None = None  # length | time | disconnect | unspecified (WARC 1.1, 5.13)
    failure: str | None = None  # dns | tls | refused | timeout | ...: no answer, or not a whole one
    detail: str | None = None  # the words of the failure
    body: IO[bytes] | None = None
    tls_exception: str | None = None  # what was wrong with a certificate that the seed accepts


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the warcinfo of each file of a run says."""

    source_id: str
    run_id: str
    seed_toml: str
    user_agent: str
    operator: str
    software: str
    robots: str = "obey (RFC 9309)"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a capture that another tool made comes from, and what is known of it that its records do not say."""

    record_id: str  # of its response, revisit or resource as it is kept, with brackets
    capture_id: str
    url: str
    fetched_at: datetime
    file: str  # name of the file it was taken from
    sha256: str  # of that file
    offset: int  # of the record in the file, or in the archive inside it
    method: str = "GET"
    given_id: str | None = None  # its record id as it came, where that is kept in another form
    given_date: str | None = None  # its date as it came, likewise
    run: str | None = None  # the run of another package of this program
    damage: str | None = None  # why its bytes are doubted
    mismatch: str | None = None  # the fields whose digests were of other bytes when it came
