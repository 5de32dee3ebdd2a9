#!/usr/bin/env bash
# Scrapy looks for <base href> in the first 4,096 characters of a page only. Behind an inline script or style of that size
# the element stands in the head as HTML wants it and browsers heed it, but response.urljoin, response.follow and the link
# extractor resolve against the page's own address: the links lead elsewhere, without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "scrapy==2.19.0"
"$folder/venv/bin/python" - <<'PY'
import sys

import scrapy
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

print("scrapy", scrapy.__version__)


def links(script: str) -> list[str]:
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>News</title>{script}<base href="https://site.example/en/">'
        '</head><body><a href="article/7">Article</a></body></html>'
    )
    response = HtmlResponse("https://site.example/news/list", body=page.encode(), encoding="utf-8")
    found = [link.url for link in LinkExtractor().extract_links(response)]
    return [*found, response.urljoin("article/7"), response.follow("article/7").url]


near, far = links("<script>let a = 1;</script>"), links("<script>" + "let a = 1;\n" * 400 + "</script>")
print("base near the top:       ", *near)
print("base behind a long script:", *far)
right, wrong = "https://site.example/en/article/7", "https://site.example/news/article/7"
sys.exit(0 if near == [right] * 3 and far == [wrong] * 3 else 1)
PY
