"""The text of an article by trafilatura, on a tree that was made safe for it. trafilatura's only home.

trafilatura matches parts of class names ("bar", "meta", "tags" ...) and deletes elements with their words, so what
surely holds the article is freed of its class names first, and inline elements that it would delete are unwrapped."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extraction.blocks import Block
from crawler.extraction.tree import even

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told by our own rows

_MANY_BLOCKS = 1500  # its own search is quadratic in blocks: beyond, without the fall-back comparisons
_UNWRAP = ("time", "noindex", "label", "output")
_SHORT = 40  # characters of a line that counts as running text


def trafilatura_lines(root: html.HtmlElement, url: str, blocks: list[Block]) -> list[str]:
    """The lines that trafilatura takes for the text: paragraphs, headings, list items, rows with " | "."""
    tree = copy.deepcopy(root)
    _disarm(root, tree, blocks)
    document = bare_extraction(
        tree,
        url=url,
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        deduplicate=False,  # its memory is the process's: answers would depend on the order of pages
        fast=len(blocks) > _MANY_BLOCKS,
    )
    if not isinstance(document, Document) or document.body is None:
        return []
    return [line for line in map(even, _lines(document.body)) if line]


def _disarm(root: html.HtmlElement, tree: html.HtmlElement, blocks: list[Block]) -> None:
    """Blanks class and id of every element that holds most of the running text, and of its paragraphs' own parents."""
    originals = list(root.iter())
    twins = dict(zip(map(id, originals), tree.iter(), strict=True))
    weight: dict[int, int] = {}
    total = 0
    for block in blocks:
        if block.place == "body" and block.links < 0.3 and len(block.text) >= _SHORT:
            total += len(block.text)
            for element in [block.element, *block.element.iterancestors()]:
                weight[id(element)] = weight.get(id(element), 0) + len(block.text)
    for identity, amount in weight.items():
        if total and amount > 0.5 * total:
            twin = twins[identity]
            for name in ("class", "id", "role"):
                twin.attrib.pop(name, None)
    etree.strip_tags(tree, *_UNWRAP)


_BREAKS = frozenset("p head item quote list table div fw lb code main body ab list".split())


def _lines(body: etree._Element) -> Iterator[str]:
    buffer: list[str] = []
    stack: list[tuple[etree._Element, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in _BREAKS and buffer:
                yield "".join(buffer)
                buffer.clear()
            if node is not body and node.tail:
                buffer.append(node.tail)
            continue
        stack.append((node, True))
        if tag in _BREAKS and buffer:
            yield "".join(buffer)
            buffer.clear()
        if tag == "row":
            yield from _row(node)
            continue
        if node.text:
            buffer.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    if buffer:
        yield "".join(buffer)


def _row(row: etree._Element) -> Iterator[str]:
    cells = [even(" ".join(cell.itertext())) for cell in row.iter("cell")]
    if len(cells) > 1 and all(len(cell) < 300 for cell in cells):
        yield " | ".join(filter(None, cells))
    else:
        for cell in row.iter("cell"):
            yield from _lines(cell)
