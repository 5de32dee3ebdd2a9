#!/usr/bin/env bash
# dataflows reads a cell that the schema's missingValues name (here "NA") as null, writes it as an empty cell, and leaves
# missingValues as they were, without the empty string. In the package that it wrote, "not known" and "known to be empty"
# are the same cell, and readers of both get the empty text: nulls are gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dataflows==0.5.12" "setuptools<81"
mkdir "$folder/package"
printf 'id,subtitle\na,NA\nb,\n' > "$folder/package/articles.csv"
cat > "$folder/package/datapackage.json" <<'JSON'
{"name": "news", "resources": [{"name": "articles", "path": "articles.csv", "format": "csv", "encoding": "utf-8",
 "profile": "tabular-data-resource", "schema": {"missingValues": ["NA"],
 "fields": [{"name": "id", "type": "string"}, {"name": "subtitle", "type": "string"}]}}]}
JSON
"$folder/venv/bin/python" -W ignore - "$folder" <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from dataflows import Flow, dump_to_path, load

folder = Path(sys.argv[1])
before, _, _ = Flow(load(str(folder / "package" / "datapackage.json")), dump_to_path(str(folder / "out"))).results()
after, _, _ = Flow(load(str(folder / "out" / "datapackage.json"))).results()
schema = json.loads((folder / "out" / "datapackage.json").read_text())["resources"][0]["schema"]
(table,) = (folder / "out").rglob("*.csv")
print("dataflows", version("dataflows"))
print("read:      ", [row["subtitle"] for row in before[0]])
print("written:   ", table.read_text().split(), "with missingValues", schema["missingValues"])
print("read again:", [row["subtitle"] for row in after[0]])
seen = [[row["subtitle"] for row in rows[0]] for rows in (before, after)]
sys.exit(0 if seen == [[None, ""], ["", ""]] and schema["missingValues"] == ["NA"] else 1)
PY
