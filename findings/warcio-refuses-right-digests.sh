#!/usr/bin/env bash
# A WARC-Block-Digest ends in a token (WARC 1.1, 5.8), and a token has no "=": SHA-256 in base32 must do without its padding.
# warcio reports just that spelling as a failed digest, and takes the padded one. MD5 without padding ends in an error of
# base64, and right MD5 digests in hexadecimal are called wrong, while SHA-256 in hexadecimal is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "warcio==1.8.1"
"$folder/venv/bin/python" - <<'PY'
import hashlib
import sys
from base64 import b32encode
from importlib.metadata import version
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator

block = b"a draft law\r\n"


def judged(digest: str) -> str:
    data = f"""WARC/1.1
WARC-Type: resource
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-Date: 2026-11-30T10:00:00Z
WARC-Target-URI: https://site.example/7.txt
WARC-Block-Digest: {digest}
Content-Type: text/plain
Content-Length: {len(block)}

""".replace("\n", "\r\n").encode() + block + b"\r\n\r\n"
    record = next(ArchiveIterator(BytesIO(data), check_digests=True))
    try:
        record.content_stream().read()
    except ValueError as error:
        return type(error).__name__
    return "right" if record.digest_checker.passed else "wrong"


print("warcio", version("warcio"))
sha256, md5 = hashlib.sha256(block).digest(), hashlib.md5(block).digest()
spelled = {
    "sha256, base32 with padding": "sha256:" + b32encode(sha256).decode(),
    "sha256, base32 as a token": "sha256:" + b32encode(sha256).decode().rstrip("="),
    "sha256, hexadecimal": "sha256:" + sha256.hex(),
    "md5, base32 as a token": "md5:" + b32encode(md5).decode().rstrip("="),
    "md5, hexadecimal": "md5:" + md5.hex(),
}
seen = {name: judged(digest) for name, digest in spelled.items()}
for name, answer in seen.items():
    print(f"{name}: {answer}")
sys.exit(0 if list(seen.values()) == ["right", "wrong", "right", "Error", "wrong"] else 1)
PY
