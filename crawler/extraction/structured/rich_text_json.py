"""The lines of a text that editors store as JSON: Editor.js, ProseMirror and TipTap, Slate and Portable Text, Draft.js,
Contentful's rich text, Quill's deltas, and blocks of fields with HTML, as content systems without pages of their own
hand them to a script.

What all of these share is enough: a line is a node whose children are runs of text, and blocks hold lines or blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from crawler.discovery.subresources.files import IMAGES
from crawler.extraction.markup.dom import even
from crawler.extraction.markup.paragraphs import paragraphs

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_DEEP = 12  # levels of nodes: lists in columns in sections
_RUN = ("text", "value", "insert")  # where a run keeps its words
# Where a node keeps its words or its children, the first that it has; media, links and settings have other names.
_INNER = (
    *_RUN,
    "html",
    "innerHTML",
    "rendered",
    "content",
    "children",
    "blocks",
    "ops",
    "data",
    "body",
    "items",
    "nodes",
)
_ADDRESS = ("href", "url", "uri", "src", "path", "file")
_NAMES = ("title", "name", "caption", "alt", "filename", "originalName", "original_name")
_BLOCKS = frozenset("paragraph header heading quote blockquote".split())
# What no tree can hold (XML 1.0, 2.2), and strings of JSON can.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)


def text_lines(value: Any) -> list[str]:
    """The lines of a text, which may be HTML, plain, or nodes of an editor."""
    return [line for line in map(even, _lines(value, _DEEP)) if line]


def fragment(value: str) -> html.HtmlElement:
    """The tree of a text with markup; an empty one where there is none."""
    if _TAG.search(value):
        try:
            return html.fragment_fromstring(value, create_parent="div")
        except (etree.ParserError, ValueError):
            return html.Element("div")
    return html.Element("div")


def tree_of(value: Any) -> html.HtmlElement:
    """What a text holds beside its words, in one tree: the links, pictures and files of its parts with markup, and
    those that nodes of an editor name."""
    root = html.Element("div")
    stack: list[tuple[Any, int]] = [(value, _DEEP)]
    while stack:
        node, levels = stack.pop()
        if isinstance(node, str):
            root.extend(fragment(node)) if _TAG.search(node) else None
        elif isinstance(node, list) and levels:
            stack.extend((inner, levels - 1) for inner in reversed(node))
        elif isinstance(node, dict) and levels:
            if (link := _link(node)) is not None:
                root.append(link)
            stack.extend(
                (inner, levels - 1) for inner in reversed(node.values()) if isinstance(inner, str | list | dict)
            )
    return root


def _link(node: dict[str, Any]) -> html.HtmlElement | None:
    """A node with an address as the link or picture that a page would show; None for another node."""
    kind = str(node.get("type") or node.get("nodeType") or "").lower()
    address = next((node[name] for name in _ADDRESS if isinstance(node.get(name), str)), None)
    if not address or _TAG.search(address):
        return None
    address, name = _NO_XML.sub("", address), _NO_XML.sub("", _named(node) or "".join(_lines(node, _DEEP)))
    if "image" in kind or address.lower().partition("?")[0].endswith(IMAGES):
        return html.Element("img", src=address, alt=name)
    link = html.Element("a", href=address)
    link.text = name
    return link


def _named(node: dict[str, Any]) -> str:
    return next((node[name] for name in _NAMES if isinstance(node.get(name), str) and node[name]), "")


def _lines(value: Any, levels: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from paragraphs(fragment(value)) if _TAG.search(value) else _LINE_END.split(value)
    elif isinstance(value, list) and value and levels:
        if all(_run(node) is not None for node in value):
            yield from _lines("".join(_run(node) or "" for node in value), levels - 1)
        else:
            for node in value:
                yield from _lines(node, levels - 1)
    elif isinstance(value, dict) and levels:
        yield from _lines(_inner(value), levels - 1)


def _inner(node: dict[str, Any]) -> Any:
    return next((node[name] for name in _INNER if isinstance(node.get(name), str | list | dict) and node[name]), None)


def _run(node: Any) -> str | None:
    """The words of a run of text, or of a link around runs; None for a block."""
    if not isinstance(node, dict):
        return None
    if (words := _words(node)) is not None:
        return words
    if "link" not in str(node.get("type") or node.get("nodeType") or "").lower():
        return None
    runs = [_words(run) for name in ("content", "children") for run in _list(node.get(name)) if isinstance(run, dict)]
    return "".join(run or "" for run in runs) if runs and None not in runs else None


def _words(node: dict[str, Any]) -> str | None:
    """What a run says; None for a node that is no run."""
    is_block = _is_block(node) or str(node.get("type", "")).lower() in _BLOCKS
    return None if is_block else next((node[name] for name in _RUN if isinstance(node.get(name), str)), None)


def _is_block(node: dict[str, Any]) -> bool:
    """Whether a node with words is a line of its own, as Draft.js has them, and no run."""
    return "depth" in node or "inlineStyleRanges" in node or "entityRanges" in node


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
