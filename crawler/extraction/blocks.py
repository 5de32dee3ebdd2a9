"""A page as the sequence of its lines: what stands where, how much of it is links, and in what kind of place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from crawler.extraction.tree import BLOCKS, SILENT, even, key

_FRAME = frozenset("nav footer aside form dialog menu".split())
_CAPTION = frozenset("figcaption figure".split())


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page: its words, the share of them inside links, and the element that holds it."""

    text: str
    key: str
    links: float  # 0 to 1
    element: html.HtmlElement
    place: str  # body | frame | caption | heading


def page_blocks(root: html.HtmlElement) -> list[Block]:
    """All lines of a page in document order, those of menus and footers included."""
    out: list[Block] = []
    words: list[tuple[str, bool]] = []
    for kind, node, text in _walk(root):
        if kind == "break":
            _flush(words, node, out)
        else:
            words.append((text, kind == "link"))
    _flush(words, root, out)
    return out


def _flush(words: list[tuple[str, bool]], node: html.HtmlElement, out: list[Block]) -> None:
    text = even("".join(word for word, _ in words))
    if text:
        total = sum(len(word.strip()) for word, _ in words) or 1
        linked = sum(len(word.strip()) for word, is_link in words if is_link)
        out.append(Block(text, key(text), linked / total, node, _place(node)))
    words.clear()


def _place(node: html.HtmlElement) -> str:
    place = "body"
    for element in [node, *node.iterancestors()]:
        tag = element.tag
        if tag in _FRAME:
            return "frame"
        if tag in _CAPTION:
            place = "caption"
        elif place == "body" and tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            place = "heading"
        elif tag in ("article", "main", "body"):
            break
    return place


def _walk(root: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement, str]]:
    """("word" or "link", element, text) and ("break", element that ends or is interrupted, "") in document order."""
    stack: list[tuple[html.HtmlElement, bool, bool, html.HtmlElement]] = [(root, False, False, root)]
    while stack:
        node, closing, in_link, holder = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        is_block = tag in BLOCKS
        if closing:
            if is_block:
                yield "break", node, ""
            elif tag == "br":
                yield "break", holder, ""
            if node is not root and node.tail:
                yield "link" if in_link else "word", holder, node.tail
            continue
        stack.append((node, True, in_link, holder))
        if not tag or tag in SILENT:
            continue
        if is_block:
            yield "break", holder, ""
        inner_link, inner_holder = in_link or tag == "a", node if is_block else holder
        if node.text:
            yield "link" if inner_link else "word", inner_holder, node.text
        stack.extend((child, False, inner_link, inner_holder) for child in reversed(node))
