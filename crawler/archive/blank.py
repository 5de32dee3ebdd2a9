"""Taking the content of single records out of a sealed WARC file, on request, without moving any other record.

A gzip member may carry a comment of any length (RFC 1952, 2.3.1): the blanked record is padded with one to the length
that it had, so that every locator in the file stays true."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from crawler.archive.limits import unfolded
from crawler.errors import ArchiveError
from crawler.model import Locator
from crawler.workspace.files import read_bytes, write_synced

_NOTE = b"Withdrawn on request.\n"
_ANSWER = b"HTTP/1.1 451 Unavailable For Legal Reasons\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (
    len(_NOTE),
    _NOTE,
)
_LARGEST = 4 << 30  # bytes of a WARC file; a run begins another at one gigabyte
_COMMENTED = 16  # FCOMMENT
_LEAST = 18 + 1  # bytes of a member's header and trailer, and the end of the comment


def blanked(source: Path, target: Path, records: Iterable[Locator]) -> None:
    """Writes `source` to `target` with the responses at `records` replaced by one that says 451 (RFC 7725).

    Raises ArchiveError when there is no response at a locator.
    """
    data = bytearray(read_bytes(source, limit=_LARGEST))
    for where in records:
        member = bytes(data[where.offset : where.offset + where.length])
        data[where.offset : where.offset + where.length] = _blank(member, f"{source.name}:{where.offset}")
    write_synced(target, bytes(data))


def _blank(member: bytes, name: str) -> bytes:
    record = unfolded(member, name)
    head, _, _ = record.partition(b"\r\n\r\n")
    if not _ANSWERS.search(head):
        raise ArchiveError(f"{name}: not a response")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(_REPLACED)]
    lines += [
        b"WARC-Type: response",
        b"Content-Type: application/http; msgtype=response",
        b"Content-Length: %d" % len(_ANSWER),
        b"WARC-Block-Digest: " + _sha1(_ANSWER),
        b"WARC-Payload-Digest: " + _sha1(_NOTE),
    ]
    return _member(b"\r\n".join(lines) + b"\r\n\r\n" + _ANSWER + b"\r\n\r\n", len(member), name)


_ANSWERS = re.compile(rb"(?im)^WARC-Type:[ \t]*(?:response|resource)[ \t]*\r?$")
_REPLACED = (
    b"warc-type:",
    b"content-type:",
    b"content-length:",
    b"warc-block-digest:",
    b"warc-payload-digest:",
    b"warc-truncated:",
)


def _sha1(data: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest())


def _member(content: bytes, length: int, name: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    padding = length - len(packed) - _LEAST
    if padding < 0:
        raise ArchiveError(f"{name}: too short to be blanked in place")
    header = struct.pack("<4BL2B", 0x1F, 0x8B, 8, _COMMENTED, 0, 0, 255) + b" " * padding + b"\0"
    return header + packed + struct.pack("<2L", zlib.crc32(content), len(content))
