"""A page as one tree, parsed once, and the plain text of its parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree, html

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_NO_WORD = re.compile(r"[\W_]+")  # \w is isalnum() and the underscore
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

# Elements that end a line when they begin or end.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
# Elements whose words are never part of what a page says.
SILENT = frozenset(
    "script style noscript template svg head title iframe object embed canvas audio video map select option textarea "
    "button input math".split()
)


def parse_html(text: str) -> html.HtmlElement | None:
    """The tree of a page, None when it holds nothing. Deep nesting is kept (huge_tree): libxml2 would drop what lies
    below 256 levels without a word."""
    text = _DECLARATION.sub("", text)
    if not text.strip():
        return None
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    return root if isinstance(root, html.HtmlElement) else None


def even(text: str | None) -> str:
    """`text` on one line: white space evened out, invisible characters gone, NFC; nothing else is changed."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text or ""))).strip()


def key(text: str) -> str:
    """Letters and digits of `text`, without case: what two spellings of one line share."""
    return _NO_WORD.sub("", text.casefold())


def text_of(element: html.HtmlElement) -> str:
    """The words of an element on one line; silent elements are left out, block ends are spaces."""
    return even("".join(_pieces(element)))


def short_text(element: html.HtmlElement, limit: int) -> str:
    """As `text_of`, but "" for an element of more than `limit` characters, found without reading all of it."""
    pieces, size = [], 0
    for piece in _pieces(element):
        pieces.append(piece)
        size += len(piece.strip())
        if size > limit:
            return ""
    text = even("".join(pieces))
    return text if len(text) <= limit else ""


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Texts in document order. Iterative: pages nest deeper than Python's stack."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in BLOCKS or tag == "br":
                yield "\n"
            if node is not element and node.tail:
                yield node.tail
            continue
        stack.append((node, True))
        if not tag or tag in SILENT:
            continue
        if tag in BLOCKS:
            yield "\n"
        if node.text:
            yield node.text
        stack.extend((child, False) for child in reversed(node))


def drop(element: html.HtmlElement) -> None:
    """Removes an element; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        tail, previous = element.tail, element.getprevious()
        if tail:
            if previous is not None:
                previous.tail = (previous.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
        parent.remove(element)
