#!/usr/bin/env bash
# WARC 1.1 (5.4) lets a WARC-Date be as coarse as what is known: "2016", "2016-11". warcio cannot make a time stamp of the
# two, so that cdxj-indexer ends with a TypeError at the first such record, with no line for it and those behind it.
# FastWARC reads the record and says that it has no date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "cdxj-indexer==1.5.0" "warcio==1.8.1" "fastwarc==2.0.1"
cat > "$folder/write.py" <<'PY'
import sys

block = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
with open(sys.argv[1], "wb") as file:
    for number, date in enumerate(("2016-11-30T10:00:00Z", sys.argv[2], "2016-12-01T10:00:00Z"), 1):
        head = (
            "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{number}>\r\nWARC-Date: {date}\r\n"
            f"WARC-Target-URI: https://site.example/{number}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        file.write(head.encode() + block + b"\r\n\r\n")
PY
cat > "$folder/dates.py" <<'PY'
import sys

from fastwarc.warc import ArchiveIterator

with open(sys.argv[1], "rb") as file:
    print("fastwarc dates:", *(record.record_date and record.record_date.isoformat() for record in ArchiveIterator(file)))
PY
"$folder/venv/bin/pip" show cdxj-indexer 2>/dev/null | sed -n 1,2p
for date in 2016-11-30T11:00Z 2016-11 2016; do
    "$folder/venv/bin/python" "$folder/write.py" "$folder/$date.warc" "$date"
    "$folder/venv/bin/cdxj-indexer" "$folder/$date.warc" > "$folder/$date.cdxj" 2> "$folder/$date.err" || true
    echo "$date: $(wc -l < "$folder/$date.cdxj") of 3 lines; $(tail -n 1 "$folder/$date.err")"
    "$folder/venv/bin/python" "$folder/dates.py" "$folder/$date.warc"
done
[ "$(wc -l < "$folder/2016-11-30T11:00Z.cdxj")" = 3 ]
for date in 2016-11 2016; do [ "$(wc -l < "$folder/$date.cdxj")" -lt 3 ] && grep -q TypeError "$folder/$date.err"; done
