#!/usr/bin/env bash
# py-wacz --detect-pages lists only those HTML pages that a request in the same WARC names as its referrer. A crawler that
# fetches pages without their images sends none, so an archive of two pages gives a WACZ without pages/pages.jsonl, which
# the specification (WACZ 1.1.1) demands and replay lists pages from. "wacz validate" finds it valid nevertheless.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "wacz==0.6.0" "warcio==1.8.1" "setuptools<81"
cd "$folder"
cat > write.py <<'PY'
import io
import sys

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

html = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
png = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
name, has_image = sys.argv[1], sys.argv[2] == "image"
with open(name, "wb") as file:
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    for number in (1, 2):
        body = io.BytesIO(b"<!DOCTYPE html><html><head><title>News</title></head><body><p>News</p></body></html>")
        writer.write_record(writer.create_warc_record(f"https://site.example/{number}", "response", payload=body, http_headers=html))
    if has_image:
        url = "https://site.example/logo.png"
        sent = [("Host", "site.example"), ("Referer", "https://site.example/1")]
        asked = StatusAndHeaders("GET /logo.png HTTP/1.1", sent, is_http_request=True)
        answer = writer.create_warc_record(url, "response", payload=io.BytesIO(b"png"), http_headers=png)
        request = writer.create_warc_record(url, "request", http_headers=asked)
        writer.write_request_response_pair(request, answer)
PY
"$folder/venv/bin/pip" show wacz 2>/dev/null | sed -n 1,2p
for kind in plain image; do
    venv/bin/python write.py "$kind.warc.gz" "$kind"
    venv/bin/wacz create --detect-pages -o "$kind.wacz" "$kind.warc.gz" | grep Detected | sed "s/^/$kind: /"
    venv/bin/wacz validate -f "$kind.wacz" | grep Validation | sed "s/^/$kind: /"
    python3 -m zipfile -l "$kind.wacz" | grep -o 'pages/[^ ]*' > "$kind.txt" || true
    echo "$kind: list of pages: $(cat "$kind.txt")"
done
[ ! -s plain.txt ] && [ -s image.txt ] && venv/bin/wacz validate -f plain.wacz | grep -q succeeded
