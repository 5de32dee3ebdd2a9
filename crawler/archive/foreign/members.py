"""Records of other tools as the gzip members that are kept: bytes as they stand, but for secrets, which are masked in
place, and for what the standard allows to be written in one way only."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping

from crawler.archive.http.http1 import head_end, interim_end
from crawler.archive.http.mask import mask_head
from crawler.archive.limits import MAX_HEAD
from crawler.archive.scanning.record_form import Found
from crawler.archive.warc.answer import target_of
from crawler.archive.warc.fields import sha1
from crawler.archive.warc.serialise import readable
from crawler.errors import ArchiveError

_BLOCK_DIGEST = re.compile(rb"(?im)^(WARC-Block-Digest:[ \t]*+)[^\r\n]*")
_HTTP = ("request", "response", "revisit")
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
_OLD = re.compile(rb"\AWARC/0\.1[0-9]")  # drafts with the same fields, which few tools read
_FOLD = re.compile(rb"\r?\n[ \t]+(?=\S)")
_ENDS = b"\r\n\r\n"


def kept(found: Found, packed: bytes | None, changes: Mapping[str, str]) -> bytes:
    """The gzip member to keep of a record: `packed`, its own, where nothing is to be changed. `changes` are values of
    fields of its head by name in lower case.

    Cookies and credentials in the head of its message, and in addresses, are replaced by as many x; the digest of the
    block is then taken anew, that of the payload stays true. Raises ArchiveError where a limit is reached."""
    if has_blank_address(found):  # which readers take for another one each
        changes = {"warc-target-uri": target_of(found), **changes}
    message = found.block[: _message_end(found)]
    if len(message) > MAX_HEAD:
        raise ArchiveError(f"a head of {len(message):,} bytes; at most {MAX_HEAD:,} are read")
    head, safe = mask_head(_changed(found.head, changes)), mask_head(message)
    if (head, safe) == (found.head, message) and packed and found.is_exact:
        return packed
    block = found.block if safe == message else safe + found.block[len(message) :]
    if safe != message:
        head = _BLOCK_DIGEST.sub(lambda m: m[1] + sha1(block).encode(), head)
    head = (
        head if head.endswith(_ENDS) else head.rstrip(b"\r\n").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + _ENDS
    )
    plain = head + block + _ENDS
    return readable(gzip.compress(plain, 6, mtime=0), plain)


def stands_as_kept(found: Found) -> bool:
    """Whether `kept` gives the gzip member in which a record stands, where no field of it is to be changed."""
    head = found.head
    if not found.is_exact or has_blank_address(found) or ((b"\n " in head or b"\n\t" in head) and _FOLD.search(head)):
        return False
    message = found.block[: _message_end(found)]
    return len(message) <= MAX_HEAD and mask_head(head) == head and mask_head(message) == message


def has_blank_address(found: Found) -> bool:
    """Whether blanks stand in its address, or between it and its brackets."""
    return " " in found.get("warc-target-uri")


def _message_end(found: Found) -> int:
    """Where the head of the message in a record ends; 0 in a record without such a head."""
    if found.kind not in _HTTP or found.block[:64].lstrip(_BEFORE_MARKUP).startswith(b"<"):
        return 0
    # Interim answers before the final one are heads too, and may carry secrets.
    return head_end(found.block, interim_end(found.block)) or len(found.block)


def _changed(head: bytes, changes: Mapping[str, str]) -> bytes:
    """A head with other values of fields, and each field on one line: folding is not read by all tools."""
    head = _OLD.sub(b"WARC/1.0", head)
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
