#!/usr/bin/env bash
# A resource of a data package may lie in several files, and state its hash and bytes. frictionless holds both against a text
# that lies nowhere: the files joined, each but the first without its header row. A package that states the hash and size of
# all its files put together is reported as changed, and so is one that states those of its first file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "frictionless==5.21.0"
"$folder/venv/bin/python" -W ignore - "$folder" <<'PY'
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

from frictionless import validate

folder = Path(sys.argv[1])
header, first, second = b"id,title\n", b"1,Draft law\n", b"2,New school\n"
fields = [{"name": "id", "type": "integer"}, {"name": "title", "type": "string"}]


def check(stated: bytes) -> list[str]:
    (folder / "1.csv").write_bytes(header + first)
    (folder / "2.csv").write_bytes(header + second)
    resource = {"name": "articles", "path": ["1.csv", "2.csv"], "format": "csv", "encoding": "utf-8"}
    resource |= {"schema": {"fields": fields}, "bytes": len(stated), "hash": "sha256:" + hashlib.sha256(stated).hexdigest()}
    (folder / "datapackage.json").write_text(json.dumps({"name": "news", "resources": [resource]}))
    return [error for (error,) in validate(str(folder / "datapackage.json")).flatten(["type"])]


print("frictionless", version("frictionless"))
seen = {
    "of both files": check(header + first + header + second),
    "of the first file": check(header + first),
    "of both files with one header": check(header + first + second),
}
for stated, errors in seen.items():
    print(f"hash and bytes {stated}:", errors or "valid")
sys.exit(0 if list(seen.values()) == [["hash-count", "byte-count"]] * 2 + [[]] else 1)
PY
