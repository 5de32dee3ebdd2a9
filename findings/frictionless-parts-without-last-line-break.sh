#!/usr/bin/env bash
# A table of a data package may lie in parts, and the last line of a CSV file may end without a line break (RFC 4180, 2.2).
# frictionless joins the bytes of the parts: the last row of such a part and the first of the next become one. Where the
# cells make a row too long, a good package is reported as broken; of a table with one column a row is lost, and it is valid.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "frictionless==5.21.0"
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

from frictionless import Package

print("frictionless", version("frictionless"))


def read(header: str, first: str, second: str) -> tuple[list, list]:
    Path("a.csv").write_text(f"{header}\n{first}")
    Path("b.csv").write_text(f"{header}\n{second}\n")
    fields = [{"name": name, "type": "string"} for name in header.split(",")]
    table = {"name": "pages", "path": ["a.csv", "b.csv"], "format": "csv", "encoding": "utf-8", "schema": {"fields": fields}}
    package = Package({"name": "news", "resources": [{"type": "table", **table}]})
    errors = [kind for (kind,) in package.validate().flatten(["type"])]
    return [list(row.to_dict().values()) for row in package.get_resource("pages").read_rows()], errors


seen = {}
for name, cells in {
    "one column": ("path", "/news/1", "/news/2"),
    "one column, line break": ("path", "/news/1\n", "/news/2"),
    "two columns": ("path,title", "/news/1,River", "/news/2,Canal"),
}.items():
    seen[name] = read(*cells)
    print(f"{name:23} rows {seen[name][0]}, errors {seen[name][1]}")
expected = {
    "one column": ([["/news/1/news/2"]], []),
    "one column, line break": ([["/news/1"], ["/news/2"]], []),
    "two columns": ([["/news/1", "River/news/2"]], ["extra-cell"]),
}
sys.exit(0 if seen == expected else 1)
PY
