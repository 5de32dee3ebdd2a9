#!/usr/bin/env bash
# Babel remembers what load(name, merge_inherited=False) read as if it were all of a locale: whoever asks for that locale
# afterwards in the process, with inheritance, gets a KeyError or a part of its data. The documented way to see what a
# locale states itself thus breaks it for everybody else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "babel==2.18.0"
cat > "$folder/ask.py" <<'PY'
import sys

from babel import Locale
from babel.localedata import load

if "alone" in sys.argv:
    load("kaa", merge_inherited=False)
try:
    print(*sys.argv[1:], "short date of Karakalpak:", Locale.parse("kaa").date_formats["short"].pattern)
except KeyError as error:
    print(*sys.argv[1:], "KeyError:", error)
    sys.exit(3)
PY
"$folder/venv/bin/pip" show babel 2>/dev/null | sed -n 1,2p
"$folder/venv/bin/python" "$folder/ask.py"
status=0
"$folder/venv/bin/python" "$folder/ask.py" alone || status=$?
[ "$status" = 3 ]
