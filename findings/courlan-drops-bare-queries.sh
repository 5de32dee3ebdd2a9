#!/usr/bin/env bash
# courlan, which trafilatura's crawler and many corpus tools clean addresses with, drops each parameter that has no value.
# Where the number of an article is the whole query (show?4567, index.php?/news/17), all articles of a site become one
# address, and of the links of a listing one is left. Nor can bytes of a query that are not UTF-8 be had back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "courlan==1.4.0"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from courlan import clean_url, extract_links

print("courlan", version("courlan"))
addresses = (
    "https://site.example/show.php?4567",
    "https://site.example/index.php?/news/17",
    "https://site.example/tag?name=%CD%EE%E2",
)
cleaned = [clean_url(address) for address in addresses]
for address, clean in zip(addresses, cleaned):
    print(address, "->", clean)
listing = "".join(f'<a href="/show.php?{number}">Article {number}</a>' for number in (4567, 4568, 4569))
links = extract_links(f"<html><body>{listing}</body></html>", url="https://site.example/", external_bool=False)
print("three links of a listing ->", sorted(links))
expected = [
    "https://site.example/show.php",
    "https://site.example/index.php",
    "https://site.example/tag?name=%EF%BF%BD%EF%BF%BD%EF%BF%BD",
]
sys.exit(0 if cleaned == expected and links == {"https://site.example/show.php"} else 1)
PY
