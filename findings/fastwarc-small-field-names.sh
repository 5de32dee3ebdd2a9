#!/usr/bin/env bash
# Names of WARC fields are without regard to case (WARC 1.1, 4). FastWARC does read "warc-target-uri", but it takes a record
# with "warc-type: response" for one of an unknown type and does not take its HTTP message apart; whoever
# asks for responses alone gets an error instead of one. warcio reads the record like any other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "warcio==1.8.1" "fastwarc==2.0.1"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from io import BytesIO

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Draft law</p>"
fields = f"""WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-Date: 2026-11-30T10:00:00Z
WARC-Target-URI: https://site.example/7
Content-Type: application/http; msgtype=response
Content-Length: {len(answer)}"""
print("warcio", version("warcio"), "fastwarc", version("fastwarc"))
seen = []
for small in (False, True):
    lines = (line.partition(":") for line in fields.split("\n"))
    head = "\r\n".join((name.lower() if small else name) + colon + value for name, colon, value in lines)
    data = f"WARC/1.1\r\n{head}\r\n\r\n{answer}\r\n\r\n".encode()
    by_warcio = [record.rec_type for record in ArchiveIterator(BytesIO(data))]
    record = next(FastIterator(BytesIO(data)))
    try:
        responses: int | str = sum(1 for _ in FastIterator(BytesIO(data), record_types=WarcRecordType.response))
    except OSError as error:
        responses = str(error)
    seen.append((by_warcio, record.headers.get("WARC-Target-URI"), responses, record.http_headers is not None))
    print("small letters:" if small else "as usual:", "warcio", by_warcio, "| FastWARC", *seen[-1][1:])
page = "https://site.example/7"
wanted = [(["response"], page, 1, True), (["response"], page, "Invalid WARC header", False)]
sys.exit(0 if seen == wanted else 1)
PY
