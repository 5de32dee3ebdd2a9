"""The lines that a page shows, figures left out: what all pages of a listing have in common, also an empty one."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator

from lxml import etree

_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})
_MOST = 300  # lines of a frame


def frame_of(tree: etree._Element, items: Collection[etree._Element]) -> tuple[int, ...]:
    """Sums (CRC-32) of the lines that a page shows apart from the links `items`, its title among them."""
    mine: set[str] = set()
    inside: set[etree._Element] = set()  # of links that were read: broken markup has a link in a link, a thousand deep
    for item in items:
        if item not in inside:
            mine.update(lines(item))
            inside.update(item.iterdescendants())
    others = dict.fromkeys(line for line in lines(tree) if line not in mine and _LETTER.search(line))
    return tuple(sorted(zlib.crc32(line.encode("utf-8", "replace")) for line in list(others)[:_MOST]))


def lines(tree: etree._Element) -> Iterator[str]:
    """Every line of text that readers see, each figure as 0: clocks and counters differ for each answer."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _HIDDEN:
            texts = [element.tail]
        else:
            texts = [element.text, element.tail]
        for text in texts:
            if line := " ".join(_DIGITS.sub("0", text or "").split()):
                yield line
