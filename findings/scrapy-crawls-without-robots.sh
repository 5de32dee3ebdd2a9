#!/usr/bin/env bash
# With ROBOTSTXT_OBEY, Scrapy takes a robots.txt that cannot be had for one that forbids nothing: after "503 Service
# Unavailable" it reads the error page as rules, finds none, and crawls. RFC 9309 (2.3.1.4) says that a crawler must then
# take everything for forbidden.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "scrapy==2.19.0"
"$folder/venv/bin/python" - <<'PY' 2> /dev/null
import http.server
import sys
import threading

import scrapy
from scrapy.crawler import CrawlerProcess

asked = []


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        status, body = (503, b"Be back soon.") if self.path == "/robots.txt" else (200, b"<html><body>News</body></html>")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Reader(scrapy.Spider):
    name = "reader"
    custom_settings = {"ROBOTSTXT_OBEY": True, "RETRY_ENABLED": False, "TELNETCONSOLE_ENABLED": False}

    async def start(self):
        yield scrapy.Request(f"http://127.0.0.1:{server.server_address[1]}/news")

    def parse(self, response):
        print("got", response.status, "for /news")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
process = CrawlerProcess()
process.crawl(Reader)
process.start()
print("scrapy", scrapy.__version__, "asked for", *asked, "with 503 for /robots.txt")
sys.exit(0 if asked == ["/robots.txt", "/news"] else 1)
PY
