"""The paragraphs inside an element that is known to be the body."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from crawler.extraction.markup.dom import BLOCKS, SILENT, even, text_of

# Inside a body these hold what is beside the text: captions and credits, navigation, forms.
ASIDE = frozenset("aside nav footer form figcaption dialog menu".split())


def paragraphs(element: html.HtmlElement) -> list[str]:
    """The lines of a body in document order: paragraphs, headings, list items; a table row is one line, its cells
    joined by " | ". No line is empty."""
    return [line for line in map(even, _lines(element)) if line]


def _lines(element: html.HtmlElement) -> Iterator[str]:
    buffer: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in BLOCKS or tag == "br":
                yield from _flush(buffer)
            if node is not element and node.tail:
                buffer.append(node.tail)
            continue
        stack.append((node, True))
        if not tag or tag in SILENT or (tag in ASIDE and node is not element) or _is_hidden(node):
            if tag in BLOCKS:
                yield from _flush(buffer)
            continue
        if tag in BLOCKS:
            yield from _flush(buffer)
        if tag == "tr" and _is_data_row(node):
            yield " | ".join(filter(None, (text_of(cell) for cell in node if cell.tag in ("td", "th"))))
            continue
        if node.text:
            buffer.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    yield from _flush(buffer)


def _flush(buffer: list[str]) -> Iterator[str]:
    if buffer:
        yield "".join(buffer)
        buffer.clear()


def _is_hidden(node: html.HtmlElement) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None


def _is_data_row(row: html.HtmlElement) -> bool:
    """False for a layout table, whose cells hold whole paragraphs: those are lines of their own."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and all(len(text_of(cell)) < 300 for cell in cells)
