"""The captions of pictures that nothing marks as such: known by where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from lxml import html

_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SIGN = 60  # pixels of a picture that is part of a line
_HOLDERS = frozenset("html body main article li".split())
_BESIDE = 20  # elements before and behind one that are looked at
_TABLE = frozenset("td tr tbody table".split())


def is_caption(element: html.HtmlElement, sizes: Mapping[html.HtmlElement, int], words: int) -> bool:
    """Whether a line of so many characters of words is the caption of a picture: it stands alone in a box or a table
    behind one, or is centred below one. `sizes` are the characters in each element."""
    return _is_under_picture(element, sizes, words) or (_is_centred(element) and _is_below_picture(element, sizes))


def _is_under_picture(element: html.HtmlElement, sizes: Mapping[html.HtmlElement, int], words: int) -> bool:
    """True for a line of so many characters of words that stands alone in a box behind a picture: its caption, though
    nothing is marked as one."""
    for box in _boxes(element):
        if box is None or box.tag in _HOLDERS or sizes[box] > words:
            return False
        picture = next(filter(_is_picture, box.iter("img")), None)
        if picture is not None:
            return not _has_words_before(picture, box, sizes)
    return False


def _boxes(element: html.HtmlElement) -> list[html.HtmlElement | None]:
    """The element, the one around it, and the table of which that is a cell."""
    found: list[html.HtmlElement | None] = [element, element.getparent()]
    while (last := found[-1]) is not None and last.tag in _TABLE and last.tag != "table":
        found.append(last.getparent())
    return found


def _is_below_picture(element: html.HtmlElement, sizes: Mapping[html.HtmlElement, int]) -> bool:
    """True for a paragraph behind one that is nothing but a picture, where the paragraphs beside them are set
    otherwise."""
    before = element.getprevious()
    if before is None or sizes[before] or (before.tail or "").strip() or next(before.iter("img"), None) is None:
        return False
    beside = [*islice(element.itersiblings(preceding=True), _BESIDE), *islice(element.itersiblings(), _BESIDE)]
    words = [e for e in beside if isinstance(e.tag, str) and sizes[e]]
    return bool(words) and sum(map(_is_centred, words)) <= len(words) / 2


def _is_centred(element: html.HtmlElement) -> bool:
    return _CENTRED.search(element.get("style") or "") is not None or (element.get("align") or "").lower() == "center"


def _has_words_before(element: html.HtmlElement, box: html.HtmlElement, sizes: Mapping[html.HtmlElement, int]) -> bool:
    while element is not box:
        parent = element.getparent()
        before = element.itersiblings(preceding=True)
        if (parent.text or "").strip() or any(sizes[e] or (e.tail or "").strip() for e in before):
            return True
        element = parent
    return False


def _is_picture(img: html.HtmlElement) -> bool:
    """False for signs in a line."""
    sizes = [(img.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return not any(size.isdigit() and int(size) < _SIGN for size in sizes) and "emoji" not in (img.get("class") or "")
