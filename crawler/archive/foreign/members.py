"""Records of other tools as the gzip members that are kept: bytes as they stand, but for secrets, which are masked in
place, and for what the standard allows to be written in one way only."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping

from crawler.archive.http.http1 import head_end, interim_end
from crawler.archive.http.mask import mask_head
from crawler.archive.limits import MAX_HEAD
from crawler.archive.scanning.record_form import Found, fields_of, is_usual_head
from crawler.archive.scanning.scan import record_of
from crawler.archive.warc.answer import HasFields, target_of
from crawler.archive.warc.fields import clean, sha1
from crawler.archive.warc.records import records_in
from crawler.archive.warc.serialise import readable
from crawler.errors import ArchiveError

_BLOCK_DIGEST = re.compile(rb"(?im)^(WARC-Block-Digest:[ \t]*+)[^\r\n]*")
_HTTP = ("request", "response", "revisit")
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
# Drafts with the same fields, and versions to come: few tools read a record of another than these.
_VERSION = re.compile(rb"\AWARC/(?!1\.[01]\r?\n)(0\.)?[^\r\n]*")
_FOLD = re.compile(rb"\r?\n[ \t]+(?=\S)")
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*+[0-9]++[ \t]*+\r?$")
_ENDS = b"\r\n\r\n"


def kept(found: Found, packed: bytes | None, changes: Mapping[str, str]) -> bytes:
    """The gzip member to keep of a record: `packed`, its own, where nothing is to be changed. `changes` are values of
    fields of its head by name in lower case.

    Cookies and credentials in the head of its message, and in addresses, are replaced by as many x; the digest of the
    block is then taken anew, that of the payload stays true. Raises ArchiveError where a limit is reached."""
    if has_blank_address(found):  # which readers take for another one each
        changes = {"warc-target-uri": target_of(found), **changes}
    if has_odd_type(found):  # which readers do not know
        changes = {"warc-type": found.kind, **changes}
    message = found.block[: _message_end(found)]
    if len(message) > MAX_HEAD:
        raise ArchiveError(f"a head of {len(message):,} bytes; at most {MAX_HEAD:,} are read")
    head, safe = mask_head(_changed(found.head, changes)), mask_head(message)
    if (head, safe) == (found.head, message) and packed and found.is_exact and _is_read_so(packed, found):
        return packed
    block = found.block if safe == message else safe + found.block[len(message) :]
    if safe != message:
        head = _BLOCK_DIGEST.sub(lambda m: m[1] + sha1(block).encode(), head)
    head = (
        head if head.endswith(_ENDS) else head.rstrip(b"\r\n").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + _ENDS
    )
    member = _member(head + block + _ENDS)
    if _is_read_so(member, record_of(head + block, found.offset)):
        return member
    return _member(_written_anew(head, found) + block + _ENDS)


def _member(plain: bytes) -> bytes:
    return readable(gzip.compress(plain, 6, mtime=0), plain)


def _is_read_so(member: bytes, found: Found) -> bool:
    """Whether who reads the package later sees in `member` the record that was found: heads of odd forms are read in
    many ways, and one that cannot be read then would spoil the file that holds it."""
    if is_usual_head(found.head):
        return True
    if not _LENGTH.search(found.head):
        return False
    try:
        read = [*records_in(member)]
    except ArchiveError:
        return False
    return len(read) == 1 and (read[0].kind, read[0].block, _named(read[0])) == (found.kind, found.block, _named(found))


def _named(record: HasFields) -> dict[str, str]:
    return record.fields | {"warc-target-uri": target_of(record)}


def _written_anew(head: bytes, found: Found) -> bytes:
    """A head of the usual form with the fields that `head` was read to have."""
    fields = fields_of(head) | {"warc-type": found.kind}
    lines = [f"{name}: {clean(value)}" for name, value in fields.items() if value]
    return "\r\n".join(["WARC/1.1", *lines]).encode("utf-8", "replace") + _ENDS


def stands_as_kept(found: Found) -> bool:
    """Whether `kept` gives the gzip member in which a record stands, where no field of it is to be changed."""
    head = found.head
    if not found.is_exact or has_blank_address(found) or has_odd_type(found) or not is_usual_head(head):
        return False
    message = found.block[: _message_end(found)]
    return len(message) <= MAX_HEAD and mask_head(head) == head and mask_head(message) == message


def has_blank_address(found: Found) -> bool:
    """Whether blanks stand in its address, or between it and its brackets."""
    return " " in found.get("warc-target-uri")


def has_odd_type(found: Found) -> bool:
    """Whether its type is written in other letters than the standard's (WARC 1.1, 5.5: in lower case)."""
    return found.get("warc-type") not in (found.kind, "")


def _message_end(found: Found) -> int:
    """Where the head of the message in a record ends; 0 in a record without such a head."""
    if found.kind not in _HTTP or found.block[:64].lstrip(_BEFORE_MARKUP).startswith(b"<"):
        return 0
    # Interim answers before the final one are heads too, and may carry secrets.
    return head_end(found.block, interim_end(found.block)) or len(found.block)


def _changed(head: bytes, changes: Mapping[str, str]) -> bytes:
    """A head with other values of fields, and each field on one line: folding is not read by all tools."""
    head = _VERSION.sub(lambda its: b"WARC/1.0" if its[1] else b"WARC/1.1", head)
    if not changes and not _FOLD.search(head):
        return head
    lines = _FOLD.sub(b" ", head).replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    missing = dict(changes)
    for number, line in enumerate(lines):
        name = line.partition(b":")[0].strip().decode("latin-1").lower()
        if name in changes:
            lines[number] = line.partition(b":")[0] + b": " + changes[name].encode()
            missing.pop(name, None)
    lines += [f"{name}: {value}".encode() for name, value in missing.items()]
    return b"\r\n".join(lines) + _ENDS
