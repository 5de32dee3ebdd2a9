"""Fixity: whether bytes of a record are those of the digests that it states (WARC 1.1, 5.8 and 5.9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from crawler.archive.http.codings import Body
from crawler.archive.http.http1 import Head, entity, uncoded
from crawler.archive.warc.answer import HasFields, answer_of
from crawler.archive.warc.digests import is_of, is_usual, normal
from crawler.archive.warc.records import read_record
from crawler.errors import ArchiveError
from crawler.model import Capture

BLOCK, PAYLOAD = "warc-block-digest", "warc-payload-digest"  # fields; also what marks a capture whose bytes are doubted
REQUEST = "request"  # before a field: of the request of a capture

Contents = Callable[[Capture], Sequence[bytes]]
"""The contents of a response of which its tool, or another, may have taken the digest of its payload."""


def is_block_right(record: HasFields) -> bool | None:
    """Whether the digest of its block is that of its bytes; None where it states none that is known."""
    return _is_right(record, BLOCK, record.block)


def is_payload_right(record: HasFields, head: Head, raw: bytes, plain: Body | None = None) -> bool | None:
    """Whether the digest of its payload is that of its body, in any of the ways in which tools read the standard: as
    sent, without transfer codings, or without any coding. `plain` is the body without transfer codings, where that is
    known. None where it states no digest that is known."""
    right = _is_right(record, PAYLOAD, raw)
    if right is not False:
        return right
    plain = plain or entity(head, raw)
    if plain.data != raw and _is_right(record, PAYLOAD, plain.data):
        return True
    return _is_right(record, PAYLOAD, uncoded(head, plain).data)


def _is_right(record: HasFields, name: str, content: bytes) -> bool | None:
    stated = record.fields.get(name)
    if stated and is_usual(stated, content):
        return True
    digest = normal(stated) if stated else None
    return None if digest is None else is_of(digest, content)


def contents_in(resolve: Callable[[str], Path]) -> Contents:
    """Reads records of the WARC files that `resolve` gives the places of: the body as sent, without transfer codings,
    and without any coding. Nothing of a record that cannot be read: who reads it for its words tells of it."""

    def read(capture: Capture) -> Sequence[bytes]:
        try:
            head, raw = answer_of(read_record(resolve(capture.locator.warc_file), capture.locator))
        except ArchiveError:
            return ()
        plain = entity(head, raw)
        return tuple(dict.fromkeys((raw, plain.data, uncoded(head, plain).data)))

    return read
