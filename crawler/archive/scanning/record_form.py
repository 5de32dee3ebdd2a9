"""How the records of WARC files stand in them (WARC 1.1, 4): their heads, their blocks, and what ends them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.archive.containers.packing import GZIP
from crawler.archive.http.http1 import head_end
from crawler.archive.limits import MAX_HEAD
from crawler.archive.warc.members import usual_fields

MAGIC = b"WARC/"  # what a record begins with
ENDS, _END = b"\r\n", b"\r\n\r\n"
_VERSIONS = (b"WARC/1.0\r\n", b"WARC/1.1\r\n")
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


@dataclass(slots=True)
class Found:
    """One whole record. `offset` and `length` count bytes of the file; `head` and `block` are as they stand there."""

    kind: str
    fields: dict[str, str]  # names in lower case, the first value of each, folded lines joined
    head: bytes
    block: bytes
    offset: int
    length: int = 0
    is_exact: bool = False  # whether it stands as the standard wants it: CRLF, and two of them behind it

    size: int = 0  # bytes of the record unpacked, without what ends it

    def get(self, name: str) -> str:
        """The value of a field, or the empty string."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Form:
    """How the records of a kind of file stand in it."""

    begins: Callable[[bytes], bool]  # whether a record, unpacked, begins so
    taken_apart: Callable[[bytes, int], Found]  # what begins so, which stands at an offset; raises Damaged
    size_of: Callable[[bytes], int | None]  # bytes of what begins so, as its head says; None where its head goes on
    end: bytes  # what surely ends an unpacked record
    magic: re.Pattern[bytes]  # what a record begins with, packed or not: five bytes at most


# The fields that most records have, as most tools write them; others are looked at letter by letter.
_COMMON = {
    name: name.lower()
    for name in (
        "WARC-Type WARC-Record-ID WARC-Date WARC-Target-URI WARC-Concurrent-To WARC-Block-Digest WARC-Payload-Digest "
        "WARC-IP-Address WARC-Warcinfo-ID WARC-Refers-To WARC-Refers-To-Target-URI WARC-Refers-To-Date WARC-Profile "
        "WARC-Truncated WARC-Identified-Payload-Type Content-Type Content-Length"
    ).split()
}


class Damaged(Exception):
    """No whole record stands here."""


class Blank(Damaged):
    """A gzip member without a record stands here, which ends at `end`."""

    def __init__(self, end: int) -> None:
        super().__init__("no record begins here")
        self.end = end


def is_exact(found: Found, behind: bytes) -> bool:
    """Whether a record stands as the standard wants it, with `behind` behind its block."""
    return behind == _END and found.head.startswith(_VERSIONS) and found.head.endswith(_END)


def fields_of(head: bytes) -> dict[str, str]:
    """The fields of a record's head by name in lower case, the first of each. A line that begins with white space goes
    on with the one before (WARC 1.1, 4: folded as in RFC 2616)."""
    if usual := _usual(head):
        return usual
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = text.split("\n")[1:]
    if "\n " in text or "\n\t" in text:
        lines = _unfolded(lines)
    out: dict[str, str] = {}
    for line in lines:
        field, colon, value = line.partition(":")
        name = _COMMON.get(field) or (field.strip().lower() if _NAME.fullmatch(field.strip()) else "")
        if colon and name:
            out.setdefault(name, value.strip())
    return out


def is_usual_head(head: bytes) -> bool:
    """Whether a head is of the form that all readers read in one way."""
    return head.startswith(_VERSIONS) and _usual(head) is not None


def _usual(head: bytes) -> dict[str, str] | None:
    return usual_fields(head[head.find(ENDS) + len(ENDS) : -len(_END)]) if head.endswith(_END) else None


def _unfolded(lines: list[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if line[:1] in (" ", "\t") and line.strip() and out:
            out[-1] += f" {line.strip()}"
        else:
            out.append(line)
    return out


def taken_apart(plain: bytes, at: int) -> Found:
    """A record of a WARC with all of its block. Raises Damaged."""
    if not plain.startswith(MAGIC):
        raise Damaged("no record begins here")
    end = head_end(plain)
    if not end or end > MAX_HEAD:
        raise Damaged("its head has no end")
    head = plain[:end]
    fields = fields_of(head)
    length, kind = _stated(fields), fields.get("warc-type", "").lower()
    if not kind or length is None:
        raise Damaged("its head names no type or length")
    if len(plain) < end + length:
        raise Damaged(f"{len(plain) - end} of {length} bytes")
    return Found(kind, fields, head, plain[end : end + length], at, size=end + length)


def _stated(fields: dict[str, str]) -> int | None:
    length = fields.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None


def _begins(start: bytes) -> bool:
    return bool(start) and start.startswith(MAGIC[: len(start)])


def _size(start: bytes) -> int | None:
    end = head_end(start)
    length = _stated(fields_of(start[:end])) if end else None
    return None if length is None else end + length


WARC = Form(_begins, taken_apart, _size, _END, re.compile(re.escape(GZIP) + b"|" + MAGIC))
