"""What is noted of a record of another tool when it is read, so that it need not be unpacked again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.archive.foreign.members import stands_as_kept
from crawler.archive.http.http1 import Head, entity
from crawler.archive.scanning.record_form import Found
from crawler.archive.warc.answer import answer_of, is_document
from crawler.archive.warc.digests import is_usual, normal
from crawler.archive.warc.fields import media_type, parse_fields, sha1
from crawler.archive.warc.fixity import BLOCK, PAYLOAD, is_block_right, is_payload_right

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")  # the form of WARC-Date that all tools read
_METHOD = re.compile(rb"([A-Za-z][A-Za-z_-]{1,19}) ")
# What this program writes beside a capture, of which a later ingest makes use (`fields.origin_fields`).
_OWN_FIELDS = (
    "role via document document-language document-modified soft-404 capture-id method record-id run damage"
).split()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bytes of a response, revisit or document tell."""

    mime: str | None
    digest: str  # of its entity; of a revisit as its record states it
    damage: str | None  # the digest that makes its bytes doubted


@dataclass(slots=True)
class Place:
    """Where a record stands, what finds those that go with it, and what its bytes tell. Files have many: it holds
    little."""

    kind: str
    url: str  # as it stands there
    record_id: str
    concurrent_to: str
    date: str
    offset: int
    length: int
    owner: int = -1  # which of the sources that were asked owns its address; -1: none
    is_kept: bool = False  # whether its gzip member is kept as it stands
    answer: Answer | None = None  # of a capture
    method: str = ""  # of a request
    fields: Mapping[str, str] | None = None  # of metadata: those that this program writes
    mismatch: str = ""  # the field with a digest that is of other bytes

    @property
    def has_plain_date(self) -> bool:
        """Whether its date has the form that all tools read."""
        return DATE.fullmatch(self.date) is not None


def place_of(found: Found, url: str, owner: int) -> Place:
    """A record as it is noted; its bytes are looked at where it has an owner, or may go with a capture that has."""
    fields, kind = found.fields, found.kind
    ids = fields.get("warc-record-id", ""), fields.get("warc-concurrent-to", "")
    place = Place(kind, url, *ids, fields.get("warc-date", ""), found.offset, found.length, owner)
    if kind == "request":
        match = _METHOD.match(found.block)
        place.method = match[1].decode("ascii").upper() if match else ""
        place.is_kept = stands_as_kept(found)
    elif kind == "metadata":
        stated = parse_fields(found.block)
        place.fields = {name: stated[name] for name in _OWN_FIELDS if name in stated} or None
    elif owner >= 0 and is_capture(found):
        place.answer, place.mismatch = _answer(found)
        place.is_kept = stands_as_kept(found)
    if kind in ("request", "warcinfo") and is_block_right(found) is False:
        place.mismatch = BLOCK
    return place


def is_capture(found: Found) -> bool:
    """Whether a record is a capture, and not one that goes with it."""
    return found.kind in ("response", "revisit") or is_document(found)


def _answer(found: Found) -> tuple[Answer, str]:
    """What its bytes tell, and the field with a digest that is of others."""
    head, raw = answer_of(found)
    block = is_block_right(found)
    if found.kind == "revisit":
        stated = found.get(PAYLOAD)
        return _told(head, normal(stated) or stated or sha1(found.block), block, None)
    plain = entity(head, raw)
    stated = found.get(PAYLOAD)
    if "warc-truncated" in found.fields:  # what was cut may have the digest of the whole
        return _told(head, sha1(plain.data), block, None)
    if is_usual(stated, plain.data):  # most are: not taken twice
        return _told(head, stated[:5] + stated[5:].upper(), block, True)
    return _told(head, sha1(plain.data), block, is_payload_right(found, head, raw, plain))


def _told(head: Head, digest: str, block: bool | None, payload: bool | None) -> tuple[Answer, str]:
    """Where the block is right, a wrong payload digest is its tool's (which of the codings count is read in many
    ways), and no reason to doubt the bytes. `block` and `payload`: whether their digests are right, None: unknown."""
    wrong = BLOCK if block is False else PAYLOAD if payload is False else ""
    damage = None if wrong == PAYLOAD and block else wrong or None
    return Answer(media_type(head), digest, damage), wrong
