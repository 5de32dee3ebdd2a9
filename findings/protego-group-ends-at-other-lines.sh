#!/usr/bin/env bash
# Protego, the robots.txt parser that Scrapy uses, takes a line that is neither a user agent nor a rule for the end of a
# list of user agents. By RFC 9309, 2.2.4, such lines must not do so: the agents before it belong to the same group, and
# the rules below hold for them, too. So a path that is forbidden counts as allowed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q "protego==0.7.0"
"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from protego import Protego

print("protego", version("protego"))
plain = "User-agent: first-bot\nUser-agent: second-bot\nDisallow: /private\n"
with_delay = "User-agent: first-bot\nCrawl-delay: 3\nUser-agent: second-bot\nDisallow: /private\n"
address = "https://site.example/private"
before = Protego.parse(plain).can_fetch(address, "first-bot")
after = Protego.parse(with_delay).can_fetch(address, "first-bot")
print("first-bot may fetch /private, agents in adjacent lines:          ", before)
print("first-bot may fetch /private, a Crawl-delay line between agents: ", after)
raise SystemExit(0 if (before, after) == (False, True) else 1)
PYTHON
