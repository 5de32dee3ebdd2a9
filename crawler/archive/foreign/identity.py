"""Which capture a record is: told by what was captured, and not by what a tool called its record.

Tools write ids in upper case, without a scheme, or one id for many records (node-warc#18, wget on macOS), so that an id
is taken from them only where this program made it."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import UTC, datetime

_NAMESPACE = uuid.UUID("6f0f7d0a-9a3e-5c55-8a5e-0d6a3a2f4c11")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_URI = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+>")


def made_id(url: str, moment: datetime, method: str, kind: str, digest: str) -> str:
    """The id (UUID version 5, RFC 9562) of what was captured: at an address without credentials, in a second, by a
    method, with this digest of its entity. Copies that other tools made of one record have the same."""
    second = moment.astimezone(UTC).isoformat(timespec="seconds")
    name = "\n".join((url, second, method, kind, digest)).encode()
    # As uuid.uuid5 makes it, for a fifth of its time: a file has many.
    made = bytearray(hashlib.sha1(_NAMESPACE.bytes + name, usedforsecurity=False).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    digits = made.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in its canonical form."""
    return _UUID.fullmatch(text) is not None


def is_record_id(text: str) -> bool:
    """Whether `text` is a WARC-Record-ID as the standard wants it (WARC 1.1, 5.2)."""
    return _URI.fullmatch(text) is not None
