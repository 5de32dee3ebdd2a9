"""robots.txt of every origin of a source: asked for before anything else there, once a run. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.crawl.manners.robots import LONGEST_DELAY_S, Robots
from crawler.model import Link

Waiting = tuple[Link, dict[str, Any]]  # a link, and what else its request is made from


def origin_of(url: str) -> str:
    """Scheme, host and port, as RFC 9309, 2.3, applies one robots.txt to them."""
    parts = urlsplit(urljoin(url, "/"))
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Gate:
    """Keeps links back until the rules of their origin are known."""

    def __init__(self) -> None:
        self._rules: dict[str, Robots] = {}
        self._waiting: dict[str, list[Waiting]] = {}

    def rules(self, url: str) -> Robots | None:
        """The rules for an address, or None while they are not known."""
        return self._rules.get(origin_of(url))

    def delay_s(self, url: str) -> float:
        """The gap that an origin wishes between two requests, as far as it is heeded."""
        rules = self.rules(url)
        return min(rules.delay_s, LONGEST_DELAY_S) if rules else 0.0

    def wait(self, link: Link, meta: dict[str, Any]) -> str | None:
        """Keeps a link back; the address of the robots.txt to ask for, if nobody has asked yet."""
        origin = origin_of(link.url)
        is_first = origin not in self._waiting
        self._waiting.setdefault(origin, []).append((link, meta))
        return f"{origin}/robots.txt" if is_first else None

    def settle(self, origin: str, rules: Robots) -> list[Waiting]:
        """Notes the rules of an origin; the links that waited for them, in order."""
        self._rules[origin] = rules
        return self._waiting.pop(origin, [])
