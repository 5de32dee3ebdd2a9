"""Digests that records state (WARC 1.1, 5.8 and 5.9): `algorithm:value`, in the forms that tools write."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable

_SIZES = {"sha1": 20, "sha256": 32, "md5": 16, "sha512": 64, "sha384": 48}  # bytes

_BARE = re.compile(r"(?P<md5>[0-9a-f]{32})|(?P<sha1>[a-z2-7]{32}|[0-9a-f]{40})|(?P<sha256>[0-9a-f]{64})", re.IGNORECASE)


_BASE_32 = re.compile(r"[A-Za-z2-7]{32}")
_USUAL = len("sha1:") + 32
_TO_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghijklmnopqrstuv")  # as int() has them


def normal(stated: str) -> str | None:
    """`stated` as "algorithm:hex", or None where it is in no form that is known: names in any case and with a hyphen;
    values in base 32 (RFC 4648, with or without padding), base 16, or base 64. A value alone, as old tools write it,
    is of the algorithm that its length tells."""
    name, colon, value = stated.strip().partition(":")
    if not colon and (found := _BARE.fullmatch(name)):
        name, colon, value = found.lastgroup or "", ":", name
    algorithm = name.strip().lower().replace("-", "").replace("_", "")
    size, value = _SIZES.get(algorithm), value.strip()
    if not colon or size is None:
        return None
    for decoded in _decoded(value, size):
        if decoded is not None and len(decoded) == size:
            return f"{algorithm}:{decoded.hex()}"
    return None


def _decoded(value: str, size: int) -> Iterable[bytes | None]:
    bare = value.rstrip("=")
    if len(bare) == 2 * size:
        yield _try(bytes.fromhex, bare)
    if len(bare) == 32 and size == 20 and _BASE_32.fullmatch(bare):  # what most records state; the library is slow
        yield int(bare.upper().translate(_TO_DIGITS), 32).to_bytes(20)
    elif len(bare) == -(-size * 8 // 5):
        yield _try(base64.b32decode, bare.upper() + "=" * (-len(bare) % 8))
    if len(bare) == -(-size * 4 // 3):
        yield _try(base64.b64decode, bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4))


def _try(decode: Callable[[str], bytes], value: str) -> bytes | None:
    try:
        return decode(value)
    except (ValueError, binascii.Error):
        return None


def is_of(stated: str, *contents: bytes) -> bool:
    """Whether a digest in its normal form is that of one of `contents`."""
    algorithm, _, value = stated.partition(":")
    return any(hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() == value for content in contents)


def is_usual(stated: str, content: bytes) -> bool:
    """Whether a digest is that of `content` as most tools write it: SHA-1 in base 32. Of those in other forms it says
    nothing."""
    if len(stated) != _USUAL or not stated.startswith("sha1:") or not _BASE_32.fullmatch(stated, 5):
        return False
    digest = hashlib.sha1(content, usedforsecurity=False).digest()
    return int(stated[5:].upper().translate(_TO_DIGITS), 32) == int.from_bytes(digest, "big")
