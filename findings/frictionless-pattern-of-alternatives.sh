#!/usr/bin/env bash
# A pattern of Table Schema is a regular expression of XML Schema and holds for the whole cell. frictionless sets the marks
# of begin and end around it without brackets, so that each belongs to one alternative: "uz|ru" takes whatever begins with
# "uz". A table of language codes with such a constraint is valid with "uzbek" in it; "(uz|ru)" refuses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "frictionless==5.21.0"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from frictionless import Resource, Schema

print("frictionless", version("frictionless"))
seen = []
for pattern, cell in (("uz|ru", "ru"), ("uz|ru", "uzbek"), ("uz|ru", "guru"), ("(uz|ru)", "uzbek"), ("uz", "uzbek")):
    field = {"name": "language", "type": "string", "constraints": {"pattern": pattern}}
    table = Resource(data=[["language"], [cell]], schema=Schema.from_descriptor({"fields": [field]}))
    seen.append(table.validate().valid)
    print(f"pattern {pattern:8} cell {cell:6} valid: {seen[-1]}")
sys.exit(0 if seen[:2] == [True, True] and seen[3:] == [False, False] else 1)
PY
