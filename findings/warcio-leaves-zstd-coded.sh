#!/usr/bin/env bash
# warcio's content_stream, which gives a record's content decoded, gives the coded bytes where the server sent zstd (RFC
# 8878, as it does to current browsers) or two codings ("deflate, gzip": RFC 9110, 8.4), and raises no error. Text is then
# read from compressed bytes. FastWARC decodes both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "warcio==1.8.1" "fastwarc==2.0.1" "zstandard==0.25.0"
"$folder/venv/bin/python" - <<'PY'
import gzip
import io
import sys
import zlib
from importlib.metadata import version

import fastwarc.warc
import warcio.archiveiterator
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

print("warcio", version("warcio"), "fastwarc", version("fastwarc"))
text = b"<!DOCTYPE html><html><body><p>The river is clean.</p></body></html>"
bodies = {
    "gzip": gzip.compress(text),
    "deflate": zlib.compress(text),
    "zstd": zstandard.compress(text),
    "deflate, gzip": gzip.compress(zlib.compress(text)),
}
seen = {}
for coding, body in bodies.items():
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", coding)], protocol="HTTP/1.1")
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    url = "https://site.example/"
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
    file.seek(0)
    one = next(iter(warcio.archiveiterator.ArchiveIterator(file))).content_stream().read()
    file.seek(0)
    other = next(iter(fastwarc.warc.ArchiveIterator(file, auto_decode="all"))).reader.read()
    seen[coding] = (one == text, one == body, other == text)
    print(f"{coding:14} warcio: {'decoded' if one == text else 'as it came'}, fastwarc decoded: {other == text}")
plain, coded = (True, False, True), (False, True, True)
sys.exit(0 if seen == {"gzip": plain, "deflate": plain, "zstd": coded, "deflate, gzip": coded} else 1)
PY
