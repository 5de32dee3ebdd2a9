"""Digests in the forms that tools write."""

from __future__ import annotations

import base64
import hashlib

import pytest

from crawler.archive.warc.digests import is_of, normal

DATA = b"the bytes of a page"
SHA1, SHA256, MD5 = (hashlib.new(name, DATA) for name in ("sha1", "sha256", "md5"))


@pytest.mark.parametrize(
    "stated",
    [
        f"sha1:{base64.b32encode(SHA1.digest()).decode()}",
        f"sha1:{base64.b32encode(SHA1.digest()).decode().lower()}",
        f"SHA-1:{SHA1.hexdigest().upper()}",
        f"sha1:{SHA1.hexdigest()}",
        f"sha256:{SHA256.hexdigest()}",
        f"sha-256: {base64.b32encode(SHA256.digest()).decode()}",
        f"sha256:{base64.b32encode(SHA256.digest()).decode().rstrip('=')}",
        f"sha256:{base64.b64encode(SHA256.digest()).decode()}",
        f"md5:{MD5.hexdigest()}",
        f"md5:{base64.b32encode(MD5.digest()).decode()}",
    ],
)
def test_a_digest_in_each_form(stated: str) -> None:
    digest = normal(stated)
    assert digest is not None
    assert is_of(digest, b"other", DATA)
    assert not is_of(digest, b"other")


@pytest.mark.parametrize("stated", ["", "sha1", "sha1:", "sha1:xyz", "crc32:00000000", f"sha1:{SHA256.hexdigest()}"])
def test_what_is_no_digest(stated: str) -> None:
    assert normal(stated) is None
