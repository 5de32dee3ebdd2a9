"""The text of an article as its JSON-LD states it (schema.org articleBody): a check of length for what was read.

The statement is poor as a text (paragraphs run together, headings are lost), so it mostly decides which lines of the
page are the article's; it is the text itself only where the page shows nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree, html

from crawler.extraction.markup.dom import even, key
from crawler.extraction.markup.paragraphs import paragraphs
from crawler.extraction.markup.text_blocks import Block

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_LONG = 400  # characters from which a statement is a text and no teaser
_SHORT_OF = 0.6  # share of the statement under which a reading has lost much of it
_COVERED = 0.8  # share of the statement that the page's own lines must show
_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def lines_stated(article: dict[str, Any] | None, blocks: Sequence[Block], lines: Sequence[str]) -> list[str] | None:
    """The lines that JSON-LD states where `lines` hold far less of them; None where `lines` stand."""
    text = (article or {}).get("articleBody")
    if not isinstance(text, str) or len(text) < _LONG:
        return None
    told = _lines(text)
    whole = key(" ".join(told))
    if sum(len(key(line)) for line in lines) >= _SHORT_OF * len(whole):
        return None
    shown = _shown(whole, blocks)
    if sum(len(key(line)) for line in shown) >= _COVERED * len(whole):
        return shown
    # Lines that the statement lacks say that it is about something else, or only a part.
    return told if all(key(line) in whole for line in lines) else None


def _shown(whole: str, blocks: Sequence[Block]) -> list[str]:
    """The page's lines that the statement holds, once each, with the headings between them."""
    inside = [n for n, b in enumerate(blocks) if b.place in ("body", "heading") and len(b.key) >= 20 and b.key in whole]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    found: dict[str, str] = {}
    for block in blocks[first : last + 1]:
        if block.place in ("body", "heading") and block.key and block.key in whole:
            found.setdefault(block.key, block.text)
    return list(found.values())


def _lines(text: str) -> list[str]:
    if _MARKUP.search(text):
        try:
            return paragraphs(html.fragment_fromstring(text, create_parent="div"))
        except (etree.ParserError, ValueError):
            return []
    return [line for line in map(even, _LINE_END.split(text)) if line]
