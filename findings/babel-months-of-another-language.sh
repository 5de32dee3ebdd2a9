#!/usr/bin/env bash
# Babel takes month names that a language leaves to another form of its own (stand-alone, abbreviated) from whichever
# language was asked for them first in the process: Hebrew months come out in Lao letters, and no error is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "babel==2.18.0"
cat > "$folder/ask.py" <<'PY'
import sys

from babel import Locale

names = {tag: Locale.parse(tag).months["stand-alone"]["abbreviated"][5] for tag in sys.argv[1:]}
print(" then ".join(sys.argv[1:]), "->", "Hebrew May:", names["he"])
sys.exit(0 if "\u05d0" <= names["he"][0] <= "\u05ea" else 3)
PY
"$folder/venv/bin/pip" show babel 2>/dev/null | sed -n 1,2p
"$folder/venv/bin/python" "$folder/ask.py" he
status=0
"$folder/venv/bin/python" "$folder/ask.py" lo he || status=$?
[ "$status" = 3 ]
