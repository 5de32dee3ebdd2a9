"""HTTP/1.x messages taken apart without being changed (RFC 9112), and bodies decoded even where headers lie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.archive.http.codings import DECODERS, Body, is_text

_STATUS_LINE = re.compile(rb"HTTP/\d+(?:\.\d+)?[ \t]+(\d{3})")
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
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
        wanted, length = name.lower(), len(name)
        return [value for key, value in self.fields if len(key) == length and key.lower() == wanted]


def split_message(message: bytes) -> tuple[bytes, bytes]:
    """(head with its blank line, body); all head where no blank line came."""
    end = head_end(message)
    return (message[:end], message[end:]) if end else (message, b"")


def head_end(message: bytes | bytearray, at: int = 0) -> int:
    """Where the head that begins at `at` ends, blank line included; 0 where its blank line has not come.

    A line ends with a line feed, with or without a carriage return before it (RFC 9112, 2.2)."""
    found = message.find(b"\n\r\n", at)
    bare = message.find(b"\n\n", at, found + 1 if found >= 0 else None)
    return bare + 2 if bare >= 0 else found + 3 if found >= 0 else 0


def is_headed(message: bytes) -> bool:
    """True when a message begins with a status line."""
    return _STATUS_LINE.match(message) is not None


def is_interim(message: bytes | bytearray, at: int = 0) -> bool:
    """True when a 1xx answer begins at `at`. 101 is final: after it the connection speaks another protocol."""
    match = _STATUS_LINE.match(message, at)
    return match is not None and match[1].startswith(b"1") and match[1] != b"101"


def split_interim(message: bytes) -> tuple[bytes, bytes]:
    """(1xx answers, the rest): interim answers precede the final one on the same connection (RFC 9110, 15.2)."""
    at = interim_end(message)
    return (message[:at], message[at:]) if at else (b"", message)


def interim_end(message: bytes) -> int:
    """Where the 1xx answers end with which a message begins; 0 where it begins with the final one."""
    at = 0
    while is_interim(message, at) and (end := head_end(message, at)):
        at = end
    return at


def split_answer(message: bytes) -> tuple[bytes, bytes]:
    """(head of the final answer, body): interim answers before it, which some tools keep in the record, are passed
    over. All head where no blank line came."""
    return split_message(split_interim(message)[1])


def parse_head(head: bytes) -> Head:
    """The fields of a head; lines without a colon are passed over, as browsers do. Never raises."""
    head = head[:MAX_HEAD]
    match = _STATUS_LINE.match(head)
    fields: list[tuple[str, list[str]]] = []
    for line in head.decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and fields:  # obs-fold, RFC 9112, 5.2
            fields[-1][1].append(line.strip(_BLANK))
        elif colon:
            fields.append((name.strip(_BLANK), [value.strip(_BLANK)]))
    return Head(int(match[1]) if match else None, tuple((name, " ".join(parts)) for name, parts in fields))


def is_chunked(head: Head) -> bool:
    """True when the last transfer coding is chunked (RFC 9112, 6.1; names are case-insensitive)."""
    return "chunked" in _codings(head, "transfer-encoding")


def _codings(head: Head, field: str) -> list[str]:
    return [c.strip().lower() for value in head.all(field) for c in value.split(",")]


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
    """The entity body of a message: transfer codings removed (RFC 9112, 7), content coding kept."""
    stated = _codings(head, "transfer-encoding")
    if not stated:
        return untransferred(head, raw)
    plain = dechunk(raw) if "chunked" in stated else untransferred(head, raw)
    codings = [c for c in stated if c not in ("chunked", "identity", "")]
    return _decoded(codings, plain, MAX_DECODED) if codings and plain.data else plain


def untransferred(head: Head, raw: bytes) -> Body:
    """The entity body of a message without a transfer coding."""
    length = head.get("content-length")
    if length and length.isascii() and length.isdigit() and len(length) < 19 and len(raw) < int(length):
        # A body that was kept decoded under the head of the coded one is shorter where its coding made it longer, or
        # where the length is that of another coding; the head's length says nothing of it.
        return Body(raw) if _is_decoded_already(head, raw) else Body(raw, "cut")
    return Body(raw)  # perhaps more than stated: other tools keep decoded bodies under the original head


def _is_decoded_already(head: Head, raw: bytes) -> bool:
    return bool(raw) and any(c in DECODERS for c in _codings(head, "content-encoding")) and is_text(raw)


def decode(head: Head, raw: bytes, *, max_bytes: int = MAX_DECODED) -> Body:
    """The body with transfer and content codings removed, at most `max_bytes`. A coding that was named but not
    applied leaves the bytes as they are; one that ends early gives what could be decoded and a problem."""
    return uncoded(head, entity(head, raw), max_bytes=max_bytes)


def uncoded(head: Head, body: Body, *, max_bytes: int = MAX_DECODED) -> Body:
    """An entity body with its content codings removed, as `decode` does."""
    return _decoded(_codings(head, "content-encoding"), body, max_bytes)


def _decoded(codings: list[str], body: Body, max_bytes: int) -> Body:
    for coding in [c for c in reversed(codings) if c and c != "identity"][:3]:
        decoder = DECODERS.get(coding)
        if decoder is None and is_text(body.data):
            continue  # "utf-8", "none" and the like, which browsers pass over
        if decoder is None:
            return Body(body.data, body.problem or f"unknown coding {coding[:20]!r}")
        if not body.data:
            break
        decoded = decoder(body.data, max_bytes)
        if decoded is None or (decoded.problem in ("broken coding", "cut") and is_text(body.data)):
            continue  # the coding is a lie
        body = Body(decoded.data, body.problem or decoded.problem)
    if len(body.data) > max_bytes:
        return Body(body.data[:max_bytes], body.problem or "too large")
    return body
