"""The text of an article as its JSON-LD states it (schema.org articleBody): a check of length for what was read.

The statement is poor as a text (paragraphs run together, headings are lost), so it mostly decides which lines of the
page are the article's; it is the text itself only where the page shows nothing of it."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.markup.dom import even, key
from crawler.extraction.markup.paragraphs import paragraphs

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_LONG = 400  # characters from which a statement is a text and no teaser
_SHORT_OF = 0.6  # share of the statement under which a reading has lost much of it
_SURE = 20  # letters that say which line of a page it is
_COVERED = 0.8  # share of the statement that the page's own lines must show
_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def take_stated(draft: Draft) -> list[str]:
    """Makes the lines that JSON-LD states the text, where the text holds far less of them; the lines of the statement
    itself where the page shows hardly any, else none."""
    text = (draft.page.article or {}).get("articleBody")
    if not isinstance(text, str) or len(text) < _LONG:
        return []
    tree = _tree(text)
    told = _lines(text) if tree is None else paragraphs(tree)
    whole = key(" ".join(told))
    if sum(len(draft.blocks[n].key) for n in draft.text) >= _SHORT_OF * len(whole):
        return []
    shown = _shown(whole, draft)
    if sum(len(draft.blocks[n].key) for n in shown) >= _COVERED * len(whole):
        draft.text = []
        draft.take(shown, "stated as articleBody")
        return []
    # Lines that the statement lacks say that it is about something else, or only a part.
    if not all(draft.blocks[n].key in whole for n in draft.text):
        return []
    draft.stated = tree
    return told


def _shown(whole: str, draft: Draft) -> list[int]:
    """The page's lines that the statement holds, once each, with the headings between them."""
    lines = [n for n, b in enumerate(draft.blocks) if b.place in ("body", "heading") and b.key and b.key in whole]
    sure = [n for n in lines if len(draft.blocks[n].key) >= _SURE]
    if not sure:
        return []
    found: dict[str, int] = {}
    for n in lines:
        if sure[0] <= n <= sure[-1]:
            found.setdefault(draft.blocks[n].key, n)
    return list(found.values())


def _lines(text: str) -> list[str]:
    return [line for line in map(even, _LINE_END.split(text)) if line]


def _tree(text: str) -> html.HtmlElement | None:
    """The tree of a statement with markup, which may be escaped once more; None for one of plain words."""
    text = text if _MARKUP.search(text) else unescape(text)
    if not _MARKUP.search(text):
        return None
    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return html.Element("div")
