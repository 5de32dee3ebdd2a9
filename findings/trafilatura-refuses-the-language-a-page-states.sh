#!/usr/bin/env bash
# trafilatura's target_language is held against what its detector says of the text, which has a code of its own for some
# languages: Norwegian is "no". A page in Bokmål that states lang="nb", as Norwegian offices do, has no text for
# target_language="nb", and the command leaves such pages out; "no" gives the text. No error says that a code is never met.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "trafilatura==2.3.1" "lxml_html_clean==0.4.5" "py3langid==0.4.0"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from trafilatura import extract

sentences = (
    "Departementet legger i dag frem et forslag til en ny lov om skoler i små kommuner.",
    "Forslaget skal gjøre det enklere for foreldre og elever å velge hvilken skole de vil gå på.",
    "Statsråden sier at høringen varer til slutten av måneden, og at alle kan sende inn sine merknader.",
    "Loven vil etter planen gjelde fra høsten, og kommunene får penger til å sette den i verk.",
)
body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
page = f'<html lang="nb"><head><title>Ny lov</title></head><body><article><h1>Ny lov</h1>{body}</article></body></html>'
print("trafilatura", version("trafilatura"), "py3langid", version("py3langid"))
seen = {code: len(extract(page, target_language=code) or "") for code in ("nb", "no")}
print("characters of text by target_language:", seen)
sys.exit(0 if seen["nb"] == 0 and seen["no"] > 200 else 1)
PY
