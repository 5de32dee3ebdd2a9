"""What a reader sees of a page, as far as it tells whether two pages are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.discovery.extent.frame import lines
from crawler.discovery.readers.html import parse

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageLines:
    """Title and lines of a page, figures left out: clocks and counters differ for each answer."""

    title: str
    lines: frozenset[str]


def page_lines(body: bytes) -> PageLines | None:
    """What a page shows, or None for an empty one."""
    tree = parse(body, "")
    if tree is None:
        return None
    title = " ".join((tree.findtext(".//title") or "").split())
    return PageLines(_DIGITS.sub("0", title), frozenset(lines(tree)))
