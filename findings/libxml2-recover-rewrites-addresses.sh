#!/usr/bin/env bash
# A feed whose addresses hold a bare & is not well-formed. libxml2's recovering parser, which lxml and feed readers use
# for such feeds, drops the ampersand and the name behind it and keeps what follows: the address that comes out is a
# plausible one of another page, and no error is raised.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q "lxml==6.0.2"
"$work/venv/bin/python" - <<'PYTHON'
from lxml import etree

print("lxml", etree.__version__, "libxml2", ".".join(map(str, etree.LIBXML_VERSION)))
feed = b"<rss><channel><item><link>https://site.example/show?lang=en&id=7</link></item></channel></rss>"
root = etree.fromstring(feed, etree.XMLParser(recover=True))
address = root.findtext(".//link")
print("stands in the feed: https://site.example/show?lang=en&id=7")
print("comes out of it:   ", address)
raise SystemExit(0 if address == "https://site.example/show?lang=en=7" else 1)
PYTHON
