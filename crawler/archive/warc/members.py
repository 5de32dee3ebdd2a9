"""The gzip members of a WARC that is packed as the standard wants it (WARC 1.1, Annex D): one for each record, each
unpacked in one go and once. And the records in them, where their heads are of the form that nearly all tools write.

What is odd ends such a reading: readers that know every other form, and what is damaged, go on from there."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Protocol

from crawler.archive.limits import MAX_BLOCK, MAX_FREE, MAX_HEAD, most

GZIP = b"\x1f\x8b\x08"
_STEP = 1 << 20  # bytes that are read at once
_PIECE = 1 << 14  # packed bytes that are unpacked at once: most records have fewer
# Fields of printable ASCII, each on one line that ends with CRLF, and the empty line behind them: here no rule about
# folded lines, other ends of lines, other encodings or missing colons has a say.
REGULAR = rb"(?:[!-9;-~]++:[\t -~]*+\r\n)++\r\n"
_VERSIONS = (b"WARC/1.1\r\n", b"WARC/1.0\r\n")
_PRINTABLE = bytes((9, *range(32, 127)))
_NAME = re.compile(r"[!-9;-~]+")
# The fields that most records have: others are looked at letter by letter.
_USUAL = frozenset(
    "warc-type warc-record-id warc-date warc-target-uri warc-concurrent-to warc-block-digest warc-payload-digest "
    "warc-ip-address warc-warcinfo-id warc-refers-to warc-refers-to-target-uri warc-refers-to-date warc-profile "
    "warc-truncated warc-identified-payload-type warc-filename warc-protocol warc-cipher-suite content-type "
    "content-length".split()
)
_END = b"\r\n\r\n"
_KINDS = frozenset("warcinfo response resource request metadata revisit conversion continuation".split())


class OddForm(Exception):
    """The file is not one gzip member for each record, or not whole."""


class Readable(Protocol):
    """A file of bytes that is read onwards."""

    def read(self, size: int, /) -> bytes: ...


def members_of(file: Readable, at: int) -> Iterator[tuple[bytes, int, int]]:
    """(what a gzip member holds, where it begins, its length) of each member from the place of `file` on, which is
    `at`. Raises OddForm at the first byte that is none of one, and beyond a limit; OSError."""
    ahead = _Ahead(file, at)
    while start := ahead.piece(at, _PIECE):
        if not start.startswith(GZIP):
            raise OddForm
        plain, end = _member(ahead, at, start)
        yield plain, at, end - at
        at = end


def regular_record(plain: bytes) -> tuple[str, dict[str, str], bytes]:
    """(kind, fields by name in lower case, block) of the one record that `plain` is. Raises OddForm where a reader of
    all forms has to look at it."""
    end = plain.find(_END, 0, MAX_HEAD)
    if end < 0 or not plain.startswith(_VERSIONS):
        raise OddForm
    fields = _fields(plain[len(_VERSIONS[0]) : end])
    kind, length = fields.get("warc-type", ""), fields.get("content-length", "")
    address = fields.get("warc-target-uri", "")
    if kind not in _KINDS or not length.isdigit() or len(length) > 18 or address[:1] == "<" or " " in address:
        raise OddForm
    begin = end + len(_END)
    end = begin + int(length)
    if len(plain) != end + len(_END) or not plain.endswith(_END):
        raise OddForm
    return kind, fields, plain[begin:end]


def usual_fields(head: bytes) -> dict[str, str] | None:
    """The first value of each field of a head of the form `REGULAR`, behind its version and before its empty line, by
    name in lower case; None where it has another form, or a field that few records have."""
    fields = _split(head)
    return fields if fields is not None and _USUAL.issuperset(fields) else None


def _fields(head: bytes) -> dict[str, str]:
    """As `usual_fields`, of any fields. Raises OddForm for a head of another form."""
    fields = _split(head)
    if fields is None or not (_USUAL.issuperset(fields) or all(map(_NAME.fullmatch, fields))):
        raise OddForm
    return fields


def _split(head: bytes) -> dict[str, str] | None:
    ends = head.translate(None, _PRINTABLE)
    pairs = len(ends) // 2
    if ends != b"\r\n" * pairs or head.count(b"\r\n") != pairs:  # one of each may stand apart
        return None
    lines = head.decode("ascii").split("\r\n")
    lines.reverse()
    try:
        return {name.lower(): value.strip() for name, value in [line.split(":", 1) for line in lines]}
    except ValueError:  # a line without a colon
        return None


class _Ahead:
    """A file that is read onwards, a good deal at once."""

    def __init__(self, file: Readable, begin: int) -> None:
        self._file, self._begin, self._data = file, begin, b""

    def piece(self, at: int, size: int) -> bytes:
        """`size` bytes at `at`, which never lies before that of an earlier call; fewer where the file ends."""
        at -= self._begin
        if at + size > len(self._data) and (more := self._file.read(_STEP)):
            self._begin += at
            self._data, at = self._data[at:] + more, 0
        return self._data[at : at + size]


def _member(ahead: _Ahead, at: int, start: bytes) -> tuple[bytes, int]:
    """(what the gzip member at `at` holds, where it ends). Raises OddForm, also beyond a limit: who reads the file then
    tells of it."""
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = engine.decompress(start, MAX_FREE)
    except zlib.error as error:
        raise OddForm from error
    at += len(start)
    if engine.eof:
        return plain, at - len(engine.unused_data)
    if engine.unconsumed_tail:
        raise OddForm
    return _rest(ahead, at, engine, plain, len(start))


def _rest(ahead: _Ahead, at: int, engine: zlib._Decompress, plain: bytes, packed: int) -> tuple[bytes, int]:
    """As `_member`, of one that is longer than a piece."""
    begin, parts, size = at - packed, [plain], len(plain)
    while data := ahead.piece(at, _PIECE):
        at += len(data)
        limit = most(at - begin, absolute=MAX_BLOCK + MAX_HEAD)
        try:
            plain = engine.decompress(data, limit + 1)
        except zlib.error as error:
            raise OddForm from error
        size += len(plain)
        if size > limit:
            break
        parts.append(plain)
        if engine.eof:
            return b"".join(parts), at - len(engine.unused_data)
    raise OddForm
