"""What a reader sees of a page, as far as it tells whether two pages are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.discovery.html import parse

_DIGITS = re.compile(r"\d+")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})


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
    return PageLines(_DIGITS.sub("0", title), frozenset(_lines(tree)))


def _lines(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _HIDDEN:
            texts = [element.tail]
        else:
            texts = [element.text, element.tail]
        for text in texts:
            if line := " ".join(_DIGITS.sub("0", text or "").split()):
                yield line
