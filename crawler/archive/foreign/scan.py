"""The records of a WARC file one after another, past what is damaged, with what was lost.

For files of other tools: warcio stops at the first damage, and takes a record that is cut for a whole one
(warcio#138). Files whose members are not one record each are unpacked before (`packing`)."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crawler.archive.http import head_end
from crawler.archive.limits import MAX_BLOCK, MAX_HEAD, most, too_much
from crawler.archive.packing import GZIP, find
from crawler.errors import ArchiveError
from crawler.workspace.files import open_read

_WARC = b"WARC/"
_PIECE = 1 << 14  # packed bytes at a time
_WINDOW = 1 << 14  # bytes in which most heads end
_PADDING = 16  # bytes of line ends behind a record
_ENDS, _END = b"\r\n", b"\r\n\r\n"
_MAX_TRIES = 10_000  # places behind damage that look like the beginning of a record
_BEGIN = re.compile(re.escape(GZIP) + b"|" + _WARC)
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


@dataclass(slots=True)
class Found:
    """One whole record. `offset` and `length` count bytes of the file; `head` and `block` are as they stand there."""

    kind: str
    fields: dict[str, str]  # names in lower case, the first value of each, folded lines joined
    head: bytes
    block: bytes
    offset: int
    length: int
    is_exact: bool = False  # whether it stands as the standard wants it: CRLF, and two of them behind it

    def get(self, name: str) -> str:
        """The value of a field, or the empty string."""
        return self.fields.get(name, "")


class _Damaged(Exception):
    """No whole record stands here."""


def is_warc(path: Path) -> bool:
    """Whether a WARC record, or a gzip member with one, stands at the beginning of a file, or anywhere in it where it
    begins with damage. Raises OSError."""
    with open_read(path) as file:
        start = os.pread(file.fileno(), _WINDOW, 0)
        if start.startswith(_WARC) or _sniffed(start).startswith(_WARC):
            return True
        return not start.startswith(b"filedesc:") and not _sniffed(start) and _next(file, 0) is not None


def scan(path: Path, name: str, lost: list[str]) -> Iterator[Found]:
    """The whole records of the WARC at `path`; what is damaged goes to `lost` in words that call the file `name`.

    Raises ArchiveError for a record that unfolds to more than the limits allow, OSError."""
    with open_read(path) as file:
        at, size = 0, os.fstat(file.fileno()).st_size
        while at < size:
            try:
                found = _record(file, at)
            except _Damaged as error:
                following = _next(file, at + 1)
                end = size if following is None else following
                if _is_padding(file, at, end):
                    at = end
                    continue
                lost.append(f"{name}: lost: bytes {at} to {end} are no whole record: {error}")
                at = end
                continue
            yield found
            at = found.offset + found.length


def record_at(file: IO[bytes], offset: int, length: int) -> tuple[Found, bytes | None]:
    """(the whole record at a place that `scan` told, its gzip member; None where it is not packed). Raises
    ArchiveError, OSError."""
    start = os.pread(file.fileno(), length, offset)
    try:
        found = _record(file, offset, start)
    except _Damaged as error:
        raise ArchiveError(f"no whole record at offset {offset}: {error}") from error
    return found, start if start.startswith(GZIP) else None


def record_of(plain: bytes, offset: int) -> Found:
    """The record that `plain` holds, which is told to stand at `offset`. Raises ArchiveError."""
    try:
        return _taken_apart(plain, offset)
    except _Damaged as error:
        raise ArchiveError(f"no whole record at offset {offset}: {error}") from error


def fields_of(head: bytes) -> dict[str, str]:
    """The fields of a record's head by name in lower case, the first of each. A line that begins with white space goes
    on with the one before (WARC 1.1, 4: folded as in RFC 2616)."""
    lines: list[str] = []
    for line in head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[1:]:
        if line[:1] in (" ", "\t") and line.strip() and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    out: dict[str, str] = {}
    for line in lines:
        field, colon, value = line.partition(":")
        if colon and _NAME.fullmatch(field.strip()):
            out.setdefault(field.strip().lower(), value.strip())
    return out


# ---------------------------------------------------------------- one record


def _record(file: IO[bytes], at: int, start: bytes = b"") -> Found:
    """The record at `at`, where `start` stands."""
    start = start or os.pread(file.fileno(), _WINDOW, at)
    if start.startswith(GZIP):
        plain, end = _member(file, at, start)
        found = _taken_apart(plain, at)
        behind = plain[len(found.head) + len(found.block) :]
        if behind.strip(_ENDS):
            raise _Damaged("its length is not what its head says")
        found.is_exact = behind == _END and found.head.startswith(b"WARC/1.") and found.head.endswith(_END)
        found.length = end - at
        return found
    if not start.startswith(_WARC):
        raise _Damaged("no record begins here")
    return _plain(file, at, start)


def _member(file: IO[bytes], at: int, start: bytes) -> tuple[bytes, int]:
    """(what the gzip member at `at` holds, where it ends)."""
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begin, parts, size, data = at, [], 0, start
    while True:
        if not data:
            raise _Damaged("the file ends in it")
        at += len(data)
        limit = most(at - begin, absolute=MAX_BLOCK + MAX_HEAD)
        try:
            plain = engine.decompress(data, limit + 1)
        except zlib.error as error:
            raise _Damaged(str(error)) from error
        parts.append(plain)
        size += len(plain)
        if size > limit:
            raise ArchiveError(f"record at offset {begin}: {too_much(limit)}")
        if engine.eof:
            return b"".join(parts) if len(parts) > 1 else plain, at - len(engine.unused_data)
        data = os.pread(file.fileno(), _PIECE, at)


def _taken_apart(plain: bytes, at: int) -> Found:
    """A record with all of its block. Raises _Damaged."""
    if not plain.startswith(_WARC):
        raise _Damaged("no record begins here")
    end = head_end(plain)
    if not end or end > MAX_HEAD:
        raise _Damaged("its head has no end")
    head = plain[:end]
    fields = fields_of(head)
    length, kind = fields.get("content-length", ""), fields.get("warc-type", "").lower()
    if not kind or not (length.isascii() and length.isdigit() and len(length) < 19):
        raise _Damaged("its head names no type or length")
    if len(plain) < end + int(length):
        raise _Damaged(f"{len(plain) - end} of {length} bytes")
    return Found(kind, fields, head, plain[end : end + int(length)], at, 0)


def _plain(file: IO[bytes], at: int, start: bytes) -> Found:
    """The record that stands unpacked at `at`. It is whole when its two line ends, another one, or nothing follow."""
    if not head_end(start):
        start = os.pread(file.fileno(), MAX_HEAD + 1, at)
    end = head_end(start)
    stated = fields_of(start[:end]).get("content-length", "")
    if end and stated.isascii() and stated.isdigit() and len(stated) < 19:
        if int(stated) > MAX_BLOCK:
            raise ArchiveError(f"record at offset {at}: {int(stated):,} bytes; at most {MAX_BLOCK:,} are read")
        wanted = end + int(stated) + _PADDING + len(_WARC)
        start = start[:wanted] + os.pread(file.fileno(), max(0, wanted - len(start)), at + len(start))
    found = _taken_apart(start, at)
    size = len(found.head) + len(found.block)
    behind = start[size:]
    padding = len(behind) - len(behind.lstrip(_ENDS))
    is_ended = behind.startswith(_END)
    if not is_ended and behind[padding:] and not behind[padding:].startswith(_WARC[: len(behind) - padding]):
        raise _Damaged("no record follows where it should end")
    found.length = size + padding
    return found


# ---------------------------------------------------------------- behind damage


def _next(file: IO[bytes], at: int) -> int | None:
    """Where the next whole record begins, at `at` or behind it; None where there is none."""
    for _ in range(_MAX_TRIES):
        found = find(file, _BEGIN, at)
        if found is None:
            return None
        at = found
        if _sniffed(os.pread(file.fileno(), _WINDOW, at)).startswith(_WARC):
            try:
                _record(file, at)
            except _Damaged:
                pass
            else:
                return at
        at += 1
    return None


def _sniffed(start: bytes) -> bytes:
    """The first bytes of a record, unpacked where it is packed; nothing where they cannot be."""
    if not start.startswith(GZIP):
        return start[: len(_WARC)]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, len(_WARC))
    except zlib.error:
        return b""


def _is_padding(file: IO[bytes], at: int, end: int) -> bool:
    """Whether a few line ends, or zeros of a disk's block, stand there."""
    if end - at > _WINDOW:
        return False
    return not os.pread(file.fileno(), end - at, at).strip(_ENDS + b"\0")
