"""An HTTP message taken apart once, for all that look at it: the guard, the digests, and the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from crawler.archive.http.codings import Body
from crawler.archive.http.http1 import CHUNK_SIZE, Head, entity, is_chunked, parse_head, split_message, untransferred
from crawler.archive.http.spool import Spool

_LINE = 1 << 12  # bytes of a line that tells a chunk's size
_STEP = 1 << 18


@dataclass(frozen=True, slots=True)
class Message:
    """`head` is what `head_bytes` say, `raw` the body as sent, `entity` that body without transfer coding."""

    head_bytes: bytes
    raw: bytes | Spool
    head: Head
    entity: Body


def read_message(response: bytes, body: IO[bytes] | None = None, *, seen: bytes | None = None) -> Message:
    """`response` taken apart; a large one is only the head, and its body a file. Raises nothing but the file's OSError.

    Where the entity of a spooled body is `seen` (what the client was handed), that stands for it, so that a large body
    is not held in memory twice."""
    head_bytes, raw = split_message(response)
    head = parse_head(head_bytes)
    if body is None:
        return Message(head_bytes, raw, head, entity(head, raw))
    spool = Spool(body)
    if seen is not None and _carries(head, spool, seen):
        return Message(head_bytes, spool, head, Body(seen) if is_chunked(head) else untransferred(head, seen))
    return Message(head_bytes, spool, head, entity(head, spool.whole()))


def _carries(head: Head, raw: Spool, seen: bytes) -> bool:
    """True when `seen` is surely the entity of `raw`; a body that is odd in any way is left to `entity`."""
    at = 0
    for piece in _chunks(raw.file) if is_chunked(head) else raw.pieces():
        if piece is None or not seen.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(seen)


def _chunks(file: IO[bytes]) -> Iterator[bytes | None]:
    """The data of a body in well-formed chunks, piece by piece; None where it is not that."""
    file.seek(0)
    while size_line := CHUNK_SIZE.fullmatch(file.readline(_LINE)):
        left = int(size_line[1], 16)
        if left == 0:
            return
        while left:
            data = file.read(min(left, _STEP))
            if not data:
                yield None
                return
            yield data
            left -= len(data)
        if file.readline(3) != b"\r\n":
            break
    yield None
