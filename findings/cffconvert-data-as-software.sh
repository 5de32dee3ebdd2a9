#!/usr/bin/env bash
# A CITATION.cff states that it cites a data set (type: dataset), that an office is its author (an entity, which has a name),
# and that one of two licences may be chosen. cffconvert finds it valid, and its schema.org and CodeMeta outputs call it
# software and the office a person, and give as its licence the address of no page: the list of both, printed into it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "cffconvert==2.0.0"
cat > "$folder/CITATION.cff" <<'CFF'
cff-version: 1.2.0
message: Please cite this data set.
type: dataset
title: News of ministries
authors:
  - name: Office of Archives
license: [CC-BY-4.0, ODbL-1.0]
CFF
cd "$folder"
venv/bin/cffconvert --validate
venv/bin/cffconvert --format schema.org > schema.json
venv/bin/cffconvert --format codemeta > codemeta.json
venv/bin/python - <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

print("cffconvert", version("cffconvert"))
seen = set()
for name in ("schema", "codemeta"):
    stated = json.loads(Path(name + ".json").read_text())
    seen.add((stated["@type"], stated["author"][0]["@type"], stated["license"]))
    print(f"{name}:", stated["@type"], "|", stated["author"][0], "|", stated["license"])
sys.exit(0 if seen == {("SoftwareSourceCode", "Person", "https://spdx.org/licenses/['CC-BY-4.0', 'ODbL-1.0']")} else 1)
PY
