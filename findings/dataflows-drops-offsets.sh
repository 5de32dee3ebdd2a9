#!/usr/bin/env bash
# A data package that goes through dataflows, load to dump_to_path, keeps the hours of its date-times and loses their
# offset: 10:00 at +05:00 and 10:00 UTC, five hours apart, are both written as 2026-11-30T10:00:00, and the schema of the
# result is changed to a format without offset. The rows that the flow hands on still have it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dataflows==0.5.12" "setuptools<81"
mkdir "$folder/package"
cat > "$folder/package/articles.csv" <<'CSV'
id,published_at
a,2026-11-30T10:00:00+05:00
b,2026-11-30T10:00:00+00:00
CSV
cat > "$folder/package/datapackage.json" <<'JSON'
{"name": "news", "resources": [{"name": "articles", "path": "articles.csv", "format": "csv", "encoding": "utf-8",
 "profile": "tabular-data-resource", "schema": {"fields": [{"name": "id", "type": "string"},
 {"name": "published_at", "type": "datetime", "format": "any"}]}}]}
JSON
"$folder/venv/bin/python" -W ignore - "$folder" <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from dataflows import Flow, dump_to_path, load

folder = Path(sys.argv[1])
rows, _, _ = Flow(load(str(folder / "package" / "datapackage.json")), dump_to_path(str(folder / "out"))).results()
print("dataflows", version("dataflows"))
print("rows:", *(row["published_at"].isoformat() for row in rows[0]))
(table,) = (folder / "out").rglob("*.csv")
written = [line.partition(",")[2] for line in table.read_text().splitlines()[1:]]
schema = json.loads((folder / "out" / "datapackage.json").read_text())["resources"][0]["schema"]
print("file:", *written, "as", schema["fields"][1]["format"])
sys.exit(0 if written == ["2026-11-30T10:00:00"] * 2 and schema["fields"][1]["format"] == "%Y-%m-%dT%H:%M:%S" else 1)
PY
