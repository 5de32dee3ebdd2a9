"""Digests in the forms that tools write."""

from __future__ import annotations

import base64
import hashlib

import pytest

from crawler.archive.warc.digests import is_of, is_usual, normal

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


def test_the_usual_form_is_known_at_once() -> None:
    value = base64.b32encode(hashlib.sha1(DATA, usedforsecurity=False).digest()).decode()
    assert is_usual(f"sha1:{value}", DATA) and is_usual(f"sha1:{value.lower()}", DATA)
    assert not is_usual(f"sha1:{value}", b"other")
    for other in (value, f"sha1:{'0' * 32}", f"sha1:{value[:-1]}_", f"md5:{value}", f"sha1:{value}=", f"SHA1:{value}"):
        assert not is_usual(other, DATA)  # what is so is asked of `normal`
