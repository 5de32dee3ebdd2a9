#!/usr/bin/env bash
# warcio takes a stored answer out of its chunks only where the header says "chunked" in small letters. Names of transfer
# codings are without regard to case (RFC 9112, 7): from "Chunked", as some servers write, the sizes of the chunks come out
# within the text of the page. The trailer that may follow the last chunk (7.1.2) comes out as text, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "warcio==1.8.1"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator


def text_of(coding: str, trailer: str = "") -> bytes:
    body = f"9\r\n<p>Draft \r\n7\r\nlaw</p>\r\n0\r\n{trailer}\r\n"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: {coding}\r\n\r\n{body}"
    record = f"""WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-Date: 2026-11-30T10:00:00Z
WARC-Target-URI: https://site.example/7
Content-Type: application/http; msgtype=response
Content-Length: {len(answer)}

""".replace("\n", "\r\n")
    (found,) = (entry.content_stream().read() for entry in ArchiveIterator(BytesIO((record + answer + "\r\n\r\n").encode())))
    return found


print("warcio", version("warcio"))
small, capital, trailed = text_of("chunked"), text_of("Chunked"), text_of("chunked", "Expires: 0\r\n")
print("chunked:", small)
print("Chunked:", capital)
print("chunked, with a trailer:", trailed)
page = b"<p>Draft law</p>"
sys.exit(0 if small == page and capital.startswith(b"9\r\n") and trailed != page else 1)
PY
