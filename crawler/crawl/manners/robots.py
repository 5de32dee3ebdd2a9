"""robots.txt by RFC 9309: what a status means, how much is read, and that an unreachable one forbids everything."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 512 << 10  # RFC 9309, 2.5: at least 500 KiB
MAX_REDIRECTS = 5  # 2.3.1.2
# Protego takes all that str.splitlines does for the end of a line; the RFC (2.2) knows CR and LF.
_NO_LINE_END = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_AGENT = ("user-agent", "useragent", "user agent")
# With the spellings that Protego takes for them.
_RULE = ("allow", "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
LONGEST_DELAY_S = 600.0  # a longer Crawl-delay would keep a run from ever ending
MOST_S = 30.0  # of processor time for the questions of a run: thousands of wildcards are tried for each address


@dataclass(slots=True)
class Robots:
    """The rules of one host for one user agent. `problem` says why everything is forbidden, if it is."""

    rules: Protego | None
    problem: str | None = None
    user_agent: str = "*"
    _spent_s: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for. Rules that cost too much to be tried on all of a run's addresses forbid
        the rest."""
        if self.problem or self.rules is None:
            return not self.problem
        begun = time.thread_time()
        answer = bool(self.rules.can_fetch(url, self.user_agent))
        self._spent_s += time.thread_time() - begun
        if self._spent_s > MOST_S:
            self.problem = f"robots.txt takes more than {MOST_S:g} s of processor time to be followed"
        return answer

    @property
    def delay_s(self) -> float:
        """Crawl-delay, as the site says it; not in the RFC, but a site's wish all the same."""
        value = self.rules.crawl_delay(self.user_agent) if self.rules else None
        return float(value or 0.0)


def read_robots(status: int | None, body: bytes, user_agent: str, *, failure: str | None = None) -> Robots:
    """The rules that an answer to /robots.txt sets for `user_agent` (RFC 9309, 2.3.1): 2xx are read, 4xx allow
    everything, and 429, 5xx and no answer forbid everything until a later run."""
    if status is None or failure:
        return Robots(None, f"robots.txt unreachable: {failure or 'no answer'}")
    if status == 429 or status >= 500:
        return Robots(None, f"robots.txt answers {status}")
    if 400 <= status < 500:
        return Robots(None)
    if not 200 <= status < 300:
        return Robots(None, f"robots.txt answers {status}")
    text = _NO_LINE_END.sub(" ", body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\0", "\n"))
    return Robots(Protego.parse(group_of(text, user_agent)), user_agent=user_agent)


def group_of(text: str, user_agent: str) -> str:
    """The lines of `text` that hold for `user_agent`, as one group; without a group for it, none.

    Other lines between the user agents of a group do not end it (RFC 9309, 2.2.4), but Protego 0.7 begins a new one
    there, without the rules. And Protego keeps the rules of a group once for each of its user agents: half a megabyte
    would take minutes."""
    groups: list[tuple[set[str], list[str]]] = []
    is_open = False  # whether only user agents, and lines that do not count, have come of this group
    for line in _LINE_END.split(text):
        name, value = _named(line)
        if name in _AGENT:
            if not is_open:
                groups.append((set(), []))
            groups[-1][0].add(value if value == "*" else value.replace("*", ""))
            is_open = True
        elif groups:
            groups[-1][1].append(line)
            is_open = is_open and name not in _RULE
    wanted = user_agent.strip().lower()
    agents = {agent for members, _ in groups for agent in members}
    best = max(agents, key=lambda agent: (_fits(agent, wanted), agent != "*"), default="")
    if not _fits(best, wanted):
        return ""
    return "\n".join([f"User-agent: {best}", *(line for members, lines in groups if best in members for line in lines)])


def _named(line: str) -> tuple[str, str]:
    """(field, value) of a line in small letters; as Protego, also where a blank stands for the colon."""
    line = line.partition("#")[0].strip().lower()
    name, colon, value = line.partition(":")
    if colon and name.strip() in (*_AGENT, *_RULE):
        return name.strip(), value.strip()
    words = line.split(None, 2)
    for count in (1, 2):
        if " ".join(words[:count]) in (*_AGENT, *_RULE):
            return " ".join(words[:count]), line.split(None, count)[count] if len(words) > count else ""
    return name.strip(), value.strip()


def _fits(agent: str, user_agent: str) -> int:
    """How well a group's user agent names ours, as Protego counts it: the more of it the better, 0 for not at all."""
    if agent == "*":
        return 1
    at = user_agent.find(agent) if agent else -1
    while at >= 0:
        if at == 0 or not (user_agent[at - 1].isalnum() or user_agent[at - 1] in "-_"):
            return len(agent)
        at = user_agent.find(agent, at + 1)
    return 0


def user_agent_token(user_agent: str) -> str:
    """The product token that robots.txt groups are matched with (2.2.1)."""
    return user_agent.partition("/")[0].strip() or "*"
