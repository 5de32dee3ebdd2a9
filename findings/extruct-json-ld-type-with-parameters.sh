#!/usr/bin/env bash
# extruct finds JSON-LD only where the type of the script is written application/ld+json and nothing else. JSON-LD 1.1
# (section 7) lets it have parameters (profile), and media types are without regard to case (RFC 6838, 4.2). Scripts of
# such types come out as if the page had none: no headline, no date, no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "extruct==0.18.0" "lxml_html_clean==0.4.6"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import extruct

print("extruct", version("extruct"))
article = '{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2026-11-30"}'
counts = {}
for kind in (
    "application/ld+json",
    "application/ld+json; charset=utf-8",
    "application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted",
    "Application/LD+JSON",
):
    page = f'<!DOCTYPE html><html><head><title>t</title><script type="{kind}">{article}</script></head></html>'
    counts[kind] = len(extruct.extract(page, base_url="https://site.example/", syntaxes=["json-ld"])["json-ld"])
    print(f"{kind}: {counts[kind]} found")
sys.exit(0 if list(counts.values()) == [1, 0, 0, 0] else 1)
PY
