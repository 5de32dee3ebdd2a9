"""HTTP/1.x messages taken apart without being changed (RFC 9112), and bodies decoded even where headers lie."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

_STATUS_LINE = re.compile(rb"HTTP/\d+(?:\.\d+)?[ \t]+(\d{3})")
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_STEP = 1 << 16
_ZSTD, _ZSTD_STEP, MAX_WINDOW = b"\x28\xb5\x2f\xfd", 1 << 8, 8 << 20
_BLANK = " \t\n\r\x0b\x0c"  # what bytes.strip takes off; str.strip would take \x85 and \xa0 too

MAX_HEAD = 1 << 20  # bytes of a head that are read
MAX_DECODED = 64 << 20  # bytes; a seed's own limit is lower


@dataclass(frozen=True, slots=True)
class Head:
    """Status (None for a request or for garbage) and header fields in order, values unfolded, latin-1 decoded."""

    status: int | None
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The first value of the field `name`, or None."""
        wanted, length = name.lower(), len(name)
        for key, value in self.fields:
            if len(key) == length and key.lower() == wanted:
                return value
        return None

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]


@dataclass(frozen=True, slots=True)
class Body:
    """A decoded body. `problem` names what kept it from being whole, or is None."""

    data: bytes
    problem: str | None = None


def split_message(message: bytes) -> tuple[bytes, bytes]:
    """(head with its blank line, body); all head where no blank line came."""
    end = head_end(message)
    return (message[:end], message[end:]) if end else (message, b"")


def head_end(message: bytes | bytearray, at: int = 0) -> int:
    """Where the head that begins at `at` ends, blank line included; 0 where its blank line has not come.

    A line ends with a line feed, with or without a carriage return before it (RFC 9112, 2.2)."""
    usual = message.find(b"\n\r\n", at)
    bare = message.find(b"\n\n", at, usual + 1 if usual >= 0 else len(message))
    return bare + 2 if bare >= 0 else usual + 3 if usual >= 0 else 0


def is_interim(message: bytes | bytearray, at: int = 0) -> bool:
    """True when a 1xx answer begins at `at`. 101 is final: after it the connection speaks another protocol."""
    match = _STATUS_LINE.match(message, at)
    return match is not None and match[1].startswith(b"1") and match[1] != b"101"


def split_interim(message: bytes) -> tuple[bytes, bytes]:
    """(1xx answers, the rest): interim answers precede the final one on the same connection (RFC 9110, 15.2)."""
    at = 0
    while is_interim(message, at) and (end := head_end(message, at)):
        at = end
    return message[:at], message[at:]


def parse_head(head: bytes) -> Head:
    """The fields of a head; lines without a colon are passed over, as browsers do. Never raises."""
    head = head[:MAX_HEAD]
    match = _STATUS_LINE.match(head)
    fields: list[tuple[str, str]] = []
    for line in head.decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and fields:  # obs-fold, RFC 9112, 5.2
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip(_BLANK)}")
        elif colon:
            fields.append((name.strip(_BLANK), value.strip(_BLANK)))
    return Head(int(match[1]) if match else None, tuple(fields))


def is_chunked(head: Head) -> bool:
    """True when the last transfer coding is chunked (RFC 9112, 6.1; names are case-insensitive)."""
    values = head.all("transfer-encoding")
    return bool(values) and "chunked" in [c.strip().lower() for value in values for c in value.split(",")]


def dechunk(data: bytes) -> Body:
    """The body without its chunk framing; extensions and trailers are dropped. What cannot be read as chunks is
    returned as it stands, since some servers (and archives) claim a coding that they did not apply."""
    out: list[bytes] = []
    at = 0
    while match := CHUNK_SIZE.match(data, at):
        size = int(match[1], 16)
        at = match.end()
        if size == 0:
            return Body(b"".join(out))
        out.append(data[at : at + size])
        if at + size > len(data):
            return Body(b"".join(out), "cut")
        at += size
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    if not out:
        return Body(data, None if data else "cut")
    return Body(b"".join(out), "cut")


def entity(head: Head, raw: bytes) -> Body:
    """The entity body of a message: transfer coding removed, content coding kept."""
    return dechunk(raw) if is_chunked(head) else untransferred(head, raw)


def untransferred(head: Head, raw: bytes) -> Body:
    """The entity body of a message without a transfer coding."""
    length = head.get("content-length")
    if length and length.isascii() and length.isdigit() and len(length) < 19 and len(raw) < int(length):
        return Body(raw, "cut")
    return Body(raw)  # perhaps more than stated: other tools keep decoded bodies under the original head


def decode(head: Head, raw: bytes, *, max_bytes: int = MAX_DECODED) -> Body:
    """The body with transfer and content codings removed, at most `max_bytes`. A coding that was named but not
    applied leaves the bytes as they are; one that ends early gives what could be decoded and a problem."""
    return uncoded(head, entity(head, raw), max_bytes=max_bytes)


def uncoded(head: Head, body: Body, *, max_bytes: int = MAX_DECODED) -> Body:
    """An entity body with its content codings removed, as `decode` does."""
    codings = [c.strip().lower() for value in head.all("content-encoding") for c in value.split(",")]
    for coding in [c for c in reversed(codings) if c and c != "identity"][:3]:
        decoder = _DECODERS.get(coding)
        if decoder is None:
            return Body(body.data, body.problem or f"unknown coding {coding[:20]!r}")
        if not body.data:
            break
        decoded = decoder(body.data, max_bytes)
        if decoded is None:  # the coding is a lie
            continue
        body = Body(decoded.data, body.problem or decoded.problem)
    if len(body.data) > max_bytes:
        return Body(body.data[:max_bytes], body.problem or "too large")
    return body


def _inflate(data: bytes, wbits: int, max_bytes: int) -> Body | None:
    out = bytearray()
    while data:
        engine = zlib.decompressobj(wbits)
        try:
            out += engine.decompress(data, max_bytes - len(out) + 1)
        except zlib.error:
            return Body(bytes(out), "broken coding") if out else None
        if len(out) > max_bytes:
            return Body(bytes(out[:max_bytes]), "too large")
        if not engine.eof:
            return Body(bytes(out), "cut")
        data = engine.unused_data
        if not data.startswith(b"\x1f\x8b"):  # padding behind the last member is ignored, as gzip(1) does
            break
    return Body(bytes(out))


def _gzip(data: bytes, max_bytes: int) -> Body | None:
    return _inflate(data, zlib.MAX_WBITS | 16, max_bytes) if data.startswith(b"\x1f\x8b") else None


def _deflate(data: bytes, max_bytes: int) -> Body | None:
    # RFC 9110 means zlib, but many servers send raw deflate.
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        body = _inflate(data, wbits, max_bytes)
        if body is not None:
            return body
    return None


def _brotli(data: bytes, max_bytes: int) -> Body | None:
    engine, out = brotli.Decompressor(), bytearray()
    try:
        for at in range(0, len(data), _STEP):
            out += engine.process(data[at : at + _STEP], output_buffer_limit=max_bytes - len(out) + 1)
            while not engine.can_accept_more_data() and len(out) <= max_bytes:
                out += engine.process(b"", output_buffer_limit=max_bytes - len(out) + 1)
            if len(out) > max_bytes:
                return Body(bytes(out[:max_bytes]), "too large")
    except brotli.error:
        return Body(bytes(out), "broken coding") if out else None
    return Body(bytes(out), None if engine.is_finished() else "cut")


def _zstd(data: bytes, max_bytes: int) -> Body | None:
    if not data.startswith(_ZSTD):
        return None
    # A frame with a larger window is none that a server may send (RFC 9659, 3): a reader would have to hold all of it.
    # A block of three bytes may unfold to 128 KiB, so that small steps bound what is made at once.
    unpacker = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
    out, at, engine = bytearray(), 0, unpacker.decompressobj()
    try:
        while at < len(data):
            out += engine.decompress(data[at : at + _ZSTD_STEP])
            at += _ZSTD_STEP
            if len(out) > max_bytes:
                return Body(bytes(out[:max_bytes]), "too large")
            if engine.eof:
                at = min(at, len(data)) - len(engine.unused_data)
                if not data.startswith(_ZSTD, at):
                    break
                engine = unpacker.decompressobj()  # one frame may follow another (RFC 8878, 3)
    except zstandard.ZstdError:
        return Body(bytes(out), "broken coding") if out else None
    return Body(bytes(out), None if engine.eof else "cut")


_DECODERS: dict[str, Callable[[bytes, int], Body | None]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
