#!/usr/bin/env bash
# A <time itemprop="datePublished">2026-11-30</time> without the attribute datetime states its date by its text (HTML, the
# datetime value; microdata, 5.2.4). Both readers of microdata, extruct and microdata, give the empty string for it: the
# property is there, and the date is gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "extruct==0.18.0" "microdata==0.8.0" "lxml_html_clean==0.4.6"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import extruct
import microdata

page = (
    '<!DOCTYPE html><html><head><title>t</title></head><body><article itemscope itemtype="https://schema.org/NewsArticle">'
    '<time itemprop="dateModified" datetime="2026-12-01">1 December</time>'
    '<time itemprop="datePublished">2026-11-30</time></article></body></html>'
)
one = extruct.extract(page, base_url="https://site.example/", syntaxes=["microdata"])["microdata"][0]["properties"]
other = microdata.get_items(page)[0]
print("extruct", version("extruct"), one)
print("microdata", version("microdata"), {name: getattr(other, name) for name in ("dateModified", "datePublished")})
same = (one["dateModified"], one["datePublished"]) == (other.dateModified, other.datePublished) == ("2026-12-01", "")
sys.exit(0 if same else 1)
PY
