"""robots.txt by RFC 9309: what a status means, how much is read, and that an unreachable one forbids everything."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 512 << 10  # RFC 9309, 2.5: at least 500 KiB
MAX_REDIRECTS = 5  # 2.3.1.2
# Protego takes all that str.splitlines does for the end of a line; the RFC (2.2) knows CR and LF.
_NO_LINE_END = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_AGENT = ("user-agent", "useragent", "user agent")
_RULE = ("allow", "disallow")
LONGEST_DELAY_S = 600.0  # a longer Crawl-delay would keep a run from ever ending


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `problem` says why everything is forbidden, if it is."""

    rules: Protego | None
    problem: str | None = None

    def allows(self, url: str, user_agent: str) -> bool:
        if self.problem:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, user_agent))

    def delay(self, user_agent: str) -> float:
        """Crawl-delay in seconds, as the site says it; not in the RFC, but a site's wish all the same."""
        value = self.rules.crawl_delay(user_agent) if self.rules else None
        return float(value or 0.0)


def read_robots(status: int | None, body: bytes, *, failure: str | None = None) -> Robots:
    """The rules that an answer to /robots.txt sets (RFC 9309, 2.3.1): 2xx are read, 4xx allow everything, and 429, 5xx
    and no answer forbid everything until a later run."""
    if status is None or failure:
        return Robots(None, f"robots.txt unreachable: {failure or 'no answer'}")
    if status == 429 or status >= 500:
        return Robots(None, f"robots.txt answers {status}")
    if 400 <= status < 500:
        return Robots(None)
    if not 200 <= status < 300:
        return Robots(None, f"robots.txt answers {status}")
    text = _NO_LINE_END.sub(" ", body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\0", "\n"))
    return Robots(Protego.parse(joined_groups(text)))


def joined_groups(text: str) -> str:
    """`text` with every other line that stands between the user agents of a group behind the last of them: such lines
    do not end a group (RFC 9309, 2.2.4), but Protego 0.7 begins a new one there, without the rules."""
    out: list[str] = []
    held: list[str] = []  # lines since a user agent that are neither that nor a rule
    is_open = False  # whether the last line that counts named a user agent
    for line in _LINE_END.split(text):
        name = line.partition("#")[0].partition(":")[0].strip().lower()
        if name in _AGENT:
            out.append(line)
            is_open = True
        elif name in _RULE:
            out += [*held, line]
            held, is_open = [], False
        else:
            (held if is_open else out).append(line)
    return "\n".join([*out, *held])


def user_agent_token(user_agent: str) -> str:
    """The product token that robots.txt groups are matched with (2.2.1)."""
    return user_agent.partition("/")[0].strip() or "*"
