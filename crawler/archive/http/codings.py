"""Content and transfer codings undone (RFC 9110, 8.4.1; RFC 8878), never beyond a stated number of bytes."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

_STEP = 1 << 16
_ZSTD, _SKIPPABLE = b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18"  # behind a byte from 50 to 5F, hexadecimal
_GZIP_STEP = 1 << 12  # of members behind the first: what stands behind one is copied, and there may be any number
_ZSTD_STEP, MAX_WINDOW = 1 << 8, 8 << 20
_LOOKED_AT = 1 << 12  # bytes that tell text from what is packed
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = bytes(n for n in range(32) if n not in b"\t\n\x0c\r\x1b")  # ESC switches character sets (ISO 2022)


@dataclass(frozen=True, slots=True)
class Body:
    """A decoded body. `problem` names what kept it from being whole, or is None."""

    data: bytes
    problem: str | None = None


def is_text(data: bytes) -> bool:
    """True when `data` begins as text of any encoding that extends ASCII does, or of UTF-16 with its mark, and as
    nothing packed does: of packed bytes one in ten is a control."""
    if data.startswith(_UTF_16):
        text = data[:_LOOKED_AT].decode("utf-16", "replace")[:-1]  # the last letter may be cut
        return "\ufffd" not in text and not any(letter < " " and letter not in "\t\n\f\r" for letter in text)
    return data[:_LOOKED_AT].translate(None, _NO_TEXT) == data[:_LOOKED_AT]


def _inflate(data: bytes, wbits: int, max_bytes: int) -> Body | None:
    out, at, step = bytearray(), 0, len(data)
    while at < len(data):
        engine = zlib.decompressobj(wbits)
        while at < len(data) and not engine.eof and len(out) <= max_bytes:
            piece = data[at : at + step]
            try:
                out += engine.decompress(piece, max_bytes - len(out) + 1)
            except zlib.error:
                return Body(bytes(out), "broken coding") if out else None
            at += len(piece) - len(engine.unused_data)
        if len(out) > max_bytes:
            return Body(bytes(out[:max_bytes]), "too large")
        if not engine.eof:
            return Body(bytes(out), "cut")
        if not data.startswith(b"\x1f\x8b", at):  # padding behind the last member is ignored, as gzip(1) does
            break
        step = _GZIP_STEP
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
    """All frames of `data` in a row; skippable ones hold no content, wherever they stand (RFC 8878, 3.1)."""
    at = _behind_skippable(data, 0)
    if not data.startswith(_ZSTD, at):
        return Body(b"") if at == len(data) else Body(b"", "cut") if at > len(data) else None
    out = bytearray()
    while data.startswith(_ZSTD, at):
        try:
            at = _frame(data, at, out, max_bytes)
        except zstandard.ZstdError:
            return Body(bytes(out), "broken coding") if out else None
        if len(out) > max_bytes:
            return Body(bytes(out[:max_bytes]), "too large")
        if at < 0:
            return Body(bytes(out), "cut")
        at = _behind_skippable(data, at)
    return Body(bytes(out), "cut" if at > len(data) else None)


def _frame(data: bytes, at: int, out: bytearray, max_bytes: int) -> int:
    """Where the frame that begins at `at` ends, its content added to `out`; -1 where it is cut. Stops early where `out`
    has become too large."""
    # A frame with a larger window is none that a server may send (RFC 9659, 3): a reader would have to hold all of it.
    # A block of three bytes may unfold to 128 KiB, so that small steps bound what is made at once.
    engine = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
    while at < len(data) and len(out) <= max_bytes:
        piece = data[at : at + _ZSTD_STEP]
        out += engine.decompress(piece)
        at += len(piece)
        if engine.eof:
            return at - len(engine.unused_data)
    return at if len(out) > max_bytes else -1


def _behind_skippable(data: bytes, at: int) -> int:
    """Where the skippable frames that begin at `at` end; behind `data` where the last one is cut."""
    while data[at + 1 : at + 4] == _SKIPPABLE and data[at] & 0xF0 == 0x50:
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "little")
    return at


DECODERS: dict[str, Callable[[bytes, int], Body | None]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
