#!/usr/bin/env bash
# The sort key of web archives (SURT) undoes percent-encoding also of the characters that delimit parts of an address, and
# does so before it sorts the parameters and makes all letters small. Addresses that RFC 3986 (2.2, 6.2.2.1) keeps apart
# have one key: a CDX look-up by key, as replay does it, can answer with the capture of another page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "surt==0.3.1"
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from surt import surt

print("surt", version("surt"))
pairs = {
    "an ampersand inside of a value": ("https://site.example/search?q=a%26b", "https://site.example/search?q=a&b"),
    "a slash inside of a segment": ("https://site.example/acts/12%2F3", "https://site.example/acts/12/3"),
    "a plus sign that is no space": ("https://site.example/search?q=c%2B", "https://site.example/search?q=c+"),
    "an id that is told by case": ("https://site.example/view?id=dQw4", "https://site.example/view?id=DqW4"),
}
for name, (one, other) in pairs.items():
    print(f"{name}: {one} and {other} -> {surt(one)} {'and' if surt(one) != surt(other) else 'both'}")
sys.exit(0 if all(surt(one) == surt(other) for one, other in pairs.values()) else 1)
PY
