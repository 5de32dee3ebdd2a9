#!/usr/bin/env bash
# An Atom entry may link to one page in each language (RFC 4287, 4.1.2: alternates that differ in hreflang). feedparser's
# entry.link is the last of them, whatever the language of the entry or of the feed: an entry in Uzbek whose links are given
# as uz, ru, en is archived by its English page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "feedparser==6.0.14"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import feedparser

print("feedparser", version("feedparser"))
links = {}
for order in ("uz ru en", "en ru uz"):
    alternates = "".join(
        f'<link rel="alternate" hreflang="{code}" href="https://site.example/{code}/7"/>' for code in order.split()
    )
    text = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uz"><title>Yangiliklar</title><id>urn:x:1</id>
<updated>2026-11-30T10:00:00Z</updated><entry xml:lang="uz"><title>Qonun loyihasi</title><id>urn:x:2</id>
<updated>2026-11-30T10:00:00Z</updated>{alternates}</entry></feed>"""
    entry = feedparser.parse(text).entries[0]
    links[order] = entry.link
    print("links in the order", order, "| language of the title:", entry.title_detail.language, "| link:", entry.link)
sys.exit(0 if links == {"uz ru en": "https://site.example/en/7", "en ru uz": "https://site.example/uz/7"} else 1)
PY
