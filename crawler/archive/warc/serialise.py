"""Records as bytes: each its own gzip member, heads exactly as they were received.

Written here and not by warcio, whose writer re-serialises heads and percent-encodes (warcio#128), takes payload digests
over the chunk framing, and costs more time than the rest of a capture."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from crawler.archive.http.http1 import split_message
from crawler.archive.limits import MAX_FREE, most
from crawler.archive.warc.fields import clean, sha1, warc_date
from crawler.archive.warc.files import Member
from crawler.clock import now

if TYPE_CHECKING:
    from crawler.archive.warc.reader import Record
from crawler.archive.http.spool import Spool

FIELDS = "application/warc-fields"  # media type of the blocks of metadata and warcinfo
_LEVEL = 5  # on ministry pages a fifth less time than 6, the default, for 1% more bytes; 4 takes 4% more bytes
_HTTP = {
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
}


class Batch:
    """Records of one exchange, each its own gzip member, to be appended in one write."""

    def __init__(self) -> None:
        self.members: list[Member] = []

    def add(
        self,
        kind: str,
        uri: str | None,
        headers: Mapping[str, str],
        head: bytes | None,
        body: bytes | Spool,
        *,
        content_type: str = "",
        is_packed: bool = True,
    ) -> None:
        """Adds a record; one with a spooled body is packed when it is written. A small one of ids and digests is better
        not packed: that takes longer than all else, and saves little.

        Of a revisit only the head is kept (WARC 1.1, 6.7)."""
        start, rest = head or b"", b"" if kind == "revisit" and head is not None else body
        fields = {"WARC-Type": kind, "WARC-Record-ID": headers.get("WARC-Record-ID") or f"<urn:uuid:{uuid.uuid4()}>"}
        if uri:
            fields["WARC-Target-URI"] = uri
        fields["WARC-Date"] = headers.get("WARC-Date") or warc_date(now())
        fields |= headers
        fields["WARC-Block-Digest"] = sha1(start, (rest,) if isinstance(rest, bytes) else rest.pieces())
        fields["Content-Type"] = (_HTTP.get(kind) if head is not None else None) or content_type
        fields["Content-Length"] = str(len(start) + len(rest))
        header = _header(fields)
        if isinstance(rest, bytes):
            plain = b"".join((header, start, rest, b"\r\n\r\n"))
            self.members.append(_gzip(plain) if is_packed else _stored(plain))
        else:
            size = len(header) + len(start) + len(rest) + 4

            def pieces() -> Iterator[bytes]:
                return chain((header, start), rest.pieces(), (b"\r\n\r\n",))

            # What no reader of ours would unfold is not packed.
            is_dense = size > MAX_FREE and size > most(sum(map(len, _packed(pieces()))))
            self.members.append(_packed(pieces(), level=0 if is_dense else _LEVEL))


def _header(fields: Mapping[str, str]) -> bytes:
    """The head of a record. No value can end its line: those are from the web."""
    if not all(map(str.isprintable, fields.values())):
        fields = {name: clean(value) for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "\r\n".join(["WARC/1.1", *lines, "\r\n"]).encode("utf-8", "replace")


def _packed(parts: Iterable[bytes], level: int = _LEVEL) -> Iterator[bytes]:
    """One gzip member of all `parts`, piece by piece."""
    engine = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for part in parts:
        if packed := engine.compress(part):
            yield packed
    yield engine.flush()


def _gzip(plain: bytes) -> bytes:
    """One gzip member. The window is no larger than the record: clearing the usual one takes nine tenths of the time
    of a small record, of which every exchange has two."""
    bits = min(zlib.MAX_WBITS, max(9, len(plain).bit_length()))
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, bits | 16, max(1, bits - 7))
    return readable(engine.compress(plain) + engine.flush(), plain)


def _stored(plain: bytes) -> bytes:
    """One gzip member of a record that is not packed."""
    engine = zlib.compressobj(0, zlib.DEFLATED, 9 | 16, 1)
    return engine.compress(plain) + engine.flush()


def readable(member: bytes, plain: bytes) -> bytes:
    """`member`, or `plain` in a member that is not packed, where `member` is so dense that no reader of ours would
    unfold it."""
    if len(plain) <= MAX_FREE or len(plain) <= most(len(member)):
        return member
    return b"".join(_packed((plain,), level=0))


def member_of(record: Record) -> bytes:
    """A gzip member that holds a record of another format, or of odd shape, as a WARC 1.1 record."""
    batch = Batch()
    names = ("WARC-Record-ID", "WARC-Date", "WARC-IP-Address", "WARC-Concurrent-To", "WARC-Truncated", "WARC-Profile")
    kept = {name: record.headers[name.lower()] for name in names if name.lower() in record.headers}
    kind, url = record.kind, record.headers.get("warc-target-uri", "").strip("<> ")
    head: bytes | None = None
    body, content_type = record.block, record.headers.get("content-type", "application/octet-stream")
    if kind in ("response", "revisit", "request"):
        head, body = split_message(record.block)
    batch.add(kind, safe_target(url) or None, kept, head, body, content_type=content_type)
    (member,) = batch.members
    return member if isinstance(member, bytes) else b"".join(member)


def safe_target(url: str) -> str:
    """`url` without anything that could end a header line."""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    return clean(url).replace(" ", "%20")
