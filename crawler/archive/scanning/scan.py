"""The records of a WARC file one after another, past what is damaged, with what was lost.

For files of other tools: warcio stops at the first damage, and takes a record that is cut for a whole one
(warcio#138). Files whose members are not one record each are unpacked before (`packing`)."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from crawler.archive.containers.packing import GZIP, find
from crawler.archive.limits import MAX_BLOCK, MAX_HEAD, most, too_much
from crawler.archive.scanning.record_form import ENDS, MAGIC, WARC, Blank, Damaged, Form, Found, is_exact, taken_apart
from crawler.errors import ArchiveError
from crawler.workspace.files import open_read

_PIECE = 1 << 14  # packed bytes at a time
_WINDOW = 1 << 14  # bytes in which most heads end
_PADDING = 16  # bytes of line ends behind a record
_BEHIND = 1 << 9  # bytes that tell whether a record begins
_MAX_TRIES = 10_000  # places behind damage that look like the beginning of a record


def is_warc(path: Path) -> bool:
    """Whether a WARC record, or a gzip member with one, stands at the beginning of a file, or anywhere in it where it
    begins with damage. Raises OSError."""
    with open_read(path) as file:
        start = os.pread(file.fileno(), _WINDOW, 0)
        if start.startswith(MAGIC) or _sniffed(start).startswith(MAGIC):
            return True
        return not _sniffed(start).startswith(b"filedesc:") and _next(file, 0, WARC) is not None


def scan(path: Path, name: str, lost: list[str], form: Form | None = None) -> Iterator[Found]:
    """The whole records of the WARC at `path`; what is damaged goes to `lost` in words that call the file `name`.
    `form` is that of another kind of file.

    Raises ArchiveError for a record that unfolds to more than the limits allow, OSError."""
    form = form or WARC
    with open_read(path) as file:
        at, size = 0, os.fstat(file.fileno()).st_size
        while at < size:
            try:
                found = _record(file, at, form)
            except Blank as blank:
                at = blank.end
                continue
            except Damaged as error:
                following = _next(file, at + 1, form)
                end = size if following is None else following
                if _is_padding(file, at, end):
                    at = end
                    continue
                lost.append(f"{name}: lost: bytes {at} to {end} are no whole record: {error}")
                at = end
                continue
            yield found
            at = found.offset + found.length


def record_at(file: IO[bytes], offset: int, length: int, form: Form | None = None) -> tuple[Found, bytes | None]:
    """(the whole record at a place that `scan` told, its gzip member; None where it is not packed). Raises
    ArchiveError, OSError."""
    start = os.pread(file.fileno(), length, offset)
    try:
        found = _record(file, offset, form or WARC, start)
    except Damaged as error:
        raise ArchiveError(f"no whole record at offset {offset}: {error}") from error
    return found, start if start.startswith(GZIP) else None


def record_of(plain: bytes, offset: int) -> Found:
    """The record that `plain` holds, which is told to stand at `offset`. Raises ArchiveError."""
    try:
        return taken_apart(plain, offset)
    except Damaged as error:
        raise ArchiveError(f"no whole record at offset {offset}: {error}") from error


# ---------------------------------------------------------------- one record


def _record(file: IO[bytes], at: int, form: Form, start: bytes = b"") -> Found:
    """The record at `at`, where `start` stands."""
    start = start or os.pread(file.fileno(), _WINDOW, at)
    if start.startswith(GZIP):
        plain, end = _member(file, at, start)
        if not plain.strip(ENDS):
            raise Blank(end)
        found = form.taken_apart(plain, at)
        behind = plain[found.size :]
        if behind.strip(ENDS):
            raise Damaged("its length is not what its head says")
        found.is_exact = is_exact(found, behind)
        found.length = end - at
        return found
    if not form.begins(start):
        raise Damaged("no record begins here")
    return _plain(file, at, start, form)


def _member(file: IO[bytes], at: int, start: bytes) -> tuple[bytes, int]:
    """(what the gzip member at `at` holds, where it ends)."""
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begin, parts, size, data = at, [], 0, start
    while True:
        if not data:
            raise Damaged("the file ends in it")
        at += len(data)
        limit = most(at - begin, absolute=MAX_BLOCK + MAX_HEAD)
        try:
            plain = engine.decompress(data, limit + 1)
        except zlib.error as error:
            raise Damaged(str(error)) from error
        parts.append(plain)
        size += len(plain)
        if size > limit:
            raise ArchiveError(f"record at offset {begin}: {too_much(limit)}")
        if engine.eof:
            return b"".join(parts) if len(parts) > 1 else plain, at - len(engine.unused_data)
        data = os.pread(file.fileno(), _PIECE, at)


def _plain(file: IO[bytes], at: int, start: bytes, form: Form) -> Found:
    """The record that stands unpacked at `at`. It is whole when its two line ends, another one, or nothing follow."""
    size = form.size_of(start)
    if size is None:
        start = os.pread(file.fileno(), MAX_HEAD + 1, at)
        size = form.size_of(start)
    if size is not None:
        if size > MAX_BLOCK + MAX_HEAD:
            raise ArchiveError(f"record at offset {at}: {size:,} bytes; at most {MAX_BLOCK:,} are read")
        wanted = size + _PADDING + _BEHIND
        start = start[:wanted] + os.pread(file.fileno(), max(0, wanted - len(start)), at + len(start))
    found = form.taken_apart(start, at)
    behind = start[found.size :]
    padding = len(behind) - len(behind.lstrip(ENDS))
    if not behind.startswith(form.end) and behind[padding:] and not form.begins(behind[padding:]):
        raise Damaged("no record follows where it should end")
    found.length = found.size + padding
    return found


# ---------------------------------------------------------------- behind damage


def _next(file: IO[bytes], at: int, form: Form) -> int | None:
    """Where the next whole record begins, at `at` or behind it; None where there is none."""
    for _ in range(_MAX_TRIES):
        found = find(file, form.magic, at)
        if found is None:
            return None
        at = found
        if form.begins(_sniffed(os.pread(file.fileno(), _WINDOW, at))):
            try:
                _record(file, at, form)
            except Damaged:
                pass
            else:
                return at
        at += 1
    return None


def _sniffed(start: bytes) -> bytes:
    """The first bytes of a record, unpacked where it is packed; nothing where they cannot be."""
    if not start.startswith(GZIP):
        return start
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, _BEHIND)
    except zlib.error:
        return b""


def _is_padding(file: IO[bytes], at: int, end: int) -> bool:
    """Whether a few line ends, or zeros of a disk's block, stand there."""
    if end - at > _WINDOW:
        return False
    return not os.pread(file.fileno(), end - at, at).strip(ENDS + b"\0")
