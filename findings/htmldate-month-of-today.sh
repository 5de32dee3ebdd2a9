#!/usr/bin/env bash
# htmldate, asked for the date of a page that states a month and no day, answers with a day of that month: today's. The
# answer for one page is another one on another day, and nothing marks the day as made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "htmldate==1.11.0" "time-machine==2.19.0"
cat > "$folder/ask.py" <<'PY'
import sys
from datetime import datetime, timezone
from importlib.metadata import version

import time_machine
from htmldate import find_date

day = int(sys.argv[1])
page = (
    '<html><head><meta property="article:published_time" content="2026-03"></head>'
    "<body><article><h1>News</h1><p>Text of the page.</p></article></body></html>"
)
with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=timezone.utc), tick=False):
    answer = find_date(page, original_date=True, min_date=datetime(1995, 1, 1), max_date=datetime(2026, 12, 31))
print(f"htmldate {version('htmldate')}, asked on 2026-11-{day:02}: {answer}")
sys.exit(0 if answer == f"2026-03-{day:02}" else 1)
PY
for day in 5 21; do "$folder/venv/bin/python" "$folder/ask.py" "$day"; done
