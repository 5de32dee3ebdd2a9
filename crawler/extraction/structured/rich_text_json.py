"""The lines of a text that editors store as JSON: Editor.js, ProseMirror and TipTap, Slate and Portable Text, Draft.js,
Contentful's rich text, Quill's deltas, and blocks of fields with HTML, as content systems without pages of their own
hand them to a script.

What all of these share is enough: a line is a node whose children are runs of text, and blocks hold lines or blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

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
_BLOCKS = frozenset("paragraph header heading quote blockquote".split())
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
