"""Records of other tools as the gzip members that are kept: bytes as they stand, secrets masked in place."""

from __future__ import annotations

import gzip
import re
import uuid
from pathlib import Path

from crawler.archive.fields import sha1
from crawler.archive.http import split_answer, split_message
from crawler.archive.limits import MAX_HEAD, unfolded
from crawler.archive.mask import mask_head
from crawler.archive.reader import Record, read_record
from crawler.archive.repair import is_record
from crawler.archive.serialise import member_of, readable
from crawler.errors import ArchiveError
from crawler.model import Locator
from crawler.workspace.files import open_read

_NAMESPACE = uuid.UUID("6f0f7d0a-9a3e-5c55-8a5e-0d6a3a2f4c11")  # of ids for ARC records, which have none
_BLOCK_DIGEST = re.compile(rb"(?im)^(WARC-Block-Digest:[ \t]*+)[^\r\n]*")
_HTTP = re.compile(rb"(?im)^WARC-Type:[ \t]*(?:request|response|revisit)[ \t]*\r?$")


def masked(member: bytes) -> bytes:
    """`member` with cookies and credentials in the head of its message, and in addresses, replaced by as many x; the
    same bytes where there are none. The digest of the block is taken anew, that of the payload stays true. Raises
    ArchiveError where a limit is reached."""
    plain = unfolded(member, "a record")
    fields, block = split_message(plain)
    # Interim answers before the final one are heads too, and may carry secrets.
    body = split_answer(block)[1] if _HTTP.search(fields) else block
    head = block[: len(block) - len(body)]
    if len(fields) > MAX_HEAD or len(head) > MAX_HEAD:
        raise ArchiveError(f"a head of {max(len(fields), len(head)):,} bytes; at most {MAX_HEAD:,} are read")
    safe_fields, safe_head = mask_head(fields), mask_head(head)
    if (safe_fields, safe_head) == (fields, head):
        return member
    content = safe_head + body.removesuffix(b"\r\n\r\n") if body else safe_head.removesuffix(b"\r\n\r\n")
    safe_fields = _BLOCK_DIGEST.sub(lambda m: m[1] + sha1(content).encode(), safe_fields)
    return _member(safe_fields + safe_head + body)


def _member(plain: bytes) -> bytes:
    return readable(gzip.compress(plain, mtime=0), plain)


def whole(path: Path, entry: Record) -> tuple[Record, bytes]:
    """(`entry` with its block, the gzip member to keep). ARC records become WARC ones, with an id that follows from
    what they hold. Raises ArchiveError."""
    record = read_record(path, Locator(path.name, entry.offset, entry.length))
    with open_read(path) as file:
        file.seek(entry.offset)
        data = file.read(entry.length)
    plain = unfolded(data, str(path)) if data.startswith(b"\x1f\x8b") else data
    if plain.startswith(b"WARC/"):
        if is_record(plain) and plain is not data:
            return record, masked(data)
        plain = plain.rstrip(b"\r\n") + b"\r\n\r\n" if not record.block else plain
        for end in (b"", b"\r\n", b"\r\n\r\n"):
            if is_record(plain + end):
                return record, masked(_member(plain + end))
    else:
        name = f"{record['warc-target-uri']} {record['warc-date']} {sha1(record.block)}"
        record.headers["warc-record-id"] = f"<urn:uuid:{uuid.uuid5(_NAMESPACE, name)}>"
    return record, masked(member_of(record))
