#!/usr/bin/env bash
# An RSS item may describe its photograph inside media:content (Media RSS). Where that stands before the item's own
# description, feedparser gives the caption of the photograph as the summary of the article and moves the article's words
# to its content; behind it, the caption is put into content. The order of elements means nothing in RSS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "feedparser==6.0.14"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import feedparser

photo = """<media:content url="https://site.example/1.jpg" medium="image">
<media:description>The minister at a desk</media:description></media:content>"""
words = "<description>The ministry has published a draft law.</description>"
feed = """<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title>
<link>https://site.example/</link><description>News</description><item><title>Draft law</title>{}</item></channel></rss>"""
print("feedparser", version("feedparser"))
seen = {}
for order, parts in {"photograph first": photo + words, "description first": words + photo}.items():
    entry = feedparser.parse(feed.format(parts)).entries[0]
    seen[order] = entry.summary, [content.value for content in entry.content]
    print(order, "| summary:", entry.summary, "| content:", seen[order][1])
caption, text = "The minister at a desk", "The ministry has published a draft law."
sys.exit(0 if seen == {"photograph first": (caption, [text]), "description first": (text, [caption])} else 1)
PY
