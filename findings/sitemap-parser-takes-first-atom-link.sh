#!/usr/bin/env bash
# ultimate-sitemap-parser takes the first link of an Atom entry for its page, whatever relation it has. Entries of large
# blog systems begin with rel="self", "edit" or "replies", which are addresses of an API or of comments; the page is at
# rel="alternate" (RFC 4287, 4.2.7.2; by 4.1.2 the order of elements means nothing). RSS items with only a guid are left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "ultimate-sitemap-parser==1.8.1"
"$folder/venv/bin/python" - <<'PY'
import logging
import sys
from importlib.metadata import version

from usp.tree import sitemap_from_str

logging.disable(logging.CRITICAL)
print("ultimate-sitemap-parser", version("ultimate-sitemap-parser"))
atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:x:1</id>
<updated>2026-11-30T10:00:00Z</updated><entry><title>Article</title><id>urn:x:2</id><updated>2026-11-30T10:00:00Z</updated>
<link rel="self" href="https://site.example/api/7"/>
<link rel="alternate" href="https://site.example/article/7"/></entry></feed>"""
rss = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://site.example/</link>
<description>News</description><item><title>One</title><guid isPermaLink="true">https://site.example/article/8</guid></item>
<item><title>Two</title><link>https://site.example/article/9</link></item></channel></rss>"""
found = {name: [page.url for page in sitemap_from_str(text).all_pages()] for name, text in (("Atom", atom), ("RSS", rss))}
for name, urls in found.items():
    print(name, urls)
sys.exit(0 if found == {"Atom": ["https://site.example/api/7"], "RSS": ["https://site.example/article/9"]} else 1)
PY
