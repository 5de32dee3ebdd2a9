"""The form of the explorer's data: scripts that call one function with packed JSON, and nothing else.

From a disk a browser loads scripts and no other data (a page of `file:` may fetch nothing), so that each file is
`ministryNews("articles-2026-11-0","<base64>")`: the base64 is zlib's packing of a JSON text (RFC 1950). What pages of
the web say never stands in it as it is, so that no words can become script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

VERSION = 1  # of the form; it stands in the names of the lists, so that files of another form are made anew
MOST = 64 << 20  # bytes of a file
_LEVEL = 6
_FORM = re.compile(rb'ministryNews\("([a-z0-9T-]+)","([A-Za-z0-9+/]*={0,2})"\);\n')


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of the explorer's data, before it is packed."""

    stem: str  # "articles-2026-11-0"
    raw: bytes

    @property
    def tag(self) -> str:
        """What tells its content in its name."""
        return hashlib.sha256(self.raw).hexdigest()[:8]

    @property
    def path(self) -> str:
        return f"explorer/{self.stem}.{self.tag}.js"

    def packed(self) -> bytes:
        """The bytes of the file."""
        data = base64.b64encode(zlib.compress(self.raw, _LEVEL))
        return b'ministryNews("%s","%s");\n' % (self.stem.encode(), data)


def shard(kind: str, part: str, number: int, value: Any) -> Shard:
    """The file `number` of `part` of a table, with this value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A lone surrogate has no UTF-8, and cells hold none.
    return Shard("-".join(filter(None, (kind, part, str(number)))), text.encode("utf-8", "replace"))


def unpacked(content: bytes) -> tuple[str, bytes]:
    """(stem, JSON text) of a file. Raises ValueError for one that is anything else than data."""
    match = _FORM.fullmatch(content)
    if not match:
        raise ValueError("is no data of the explorer: it holds something else than packed JSON")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(base64.b64decode(match[2], validate=True), MOST)
    except (zlib.error, ValueError) as error:
        raise ValueError(f"cannot be unpacked: {error}") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError(f"is cut short, or unfolds to more than {MOST} bytes")
    return match[1].decode(), raw


def numbered(values: Iterator[Any], kind: str, part: str) -> Iterator[Shard]:
    """One file for each value."""
    for number, value in enumerate(values):
        yield shard(kind, part, number, value)
