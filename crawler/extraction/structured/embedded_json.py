"""The data that scripts of a page carry: JSON of its own, JSON assigned to a variable, and the rows of React's stream.

Nothing is run: what is not JSON is passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

# __NUXT__ = {, window["__STATE__"].push({, (window.__STATE__ ??= []).push({: a long name with underscores at its ends.
_EMPTY = r"(?:\s*(?:\|\||\?\?=?)\s*\[\]\s*\))?"
_ASSIGNED = re.compile(
    rf"\b__\w{{2,60}}__?\b(?:[\"']\])?{_EMPTY}\s*(?:=\s*|\.push\(\s*(?=\{{))(?!window)|"
    r"\bwindow(?:\.\w{2,60}|\[[\"']\w{2,60}[\"']\])\s*=\s*(?=[{\[]|JSON\.parse)"
)
# How Angular's server writes its state into a page (TransferState before version 17): no sign of HTML is left in it.
_ANGULAR = {"&q;": '"', "&s;": "'", "&l;": "<", "&g;": ">", "&a;": "&"}
_ANGULAR_SIGN = re.compile("|".join(_ANGULAR))
_AS_TEXT = re.compile(r"JSON\.parse\(\s*(decodeURIComponent\(\s*)?(?=\")")
_UNDEFINED = re.compile(r'("(?:\\.|[^"\\])*")|\bundefined\b', re.DOTALL)  # servers print JavaScript's word for nothing
_NAMED = re.compile(r'\{"(?:data|item|news|article|post)":\{')
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_DECODER = json.JSONDecoder(strict=False)
_MAX_NODES = 200_000
_LONG, _OPENS = 100, ("{", "[")  # characters of an attribute that may hold a text, and how it begins
_MAX_STARTS = 200  # places at which an object is tried


def objects(root: html.HtmlElement, pushed: str) -> Iterator[dict[str, Any]]:
    """Every object in the scripts of a page, the inner ones too. `pushed` is the joined text of `__next_f` pushes."""
    count = 0
    rows, texts = stream_rows(pushed)
    for value in [*_script_values(root), *rows, *_inside(pushed), *_attribute_values(root)]:
        stack = [value]
        while stack and count < _MAX_NODES:
            node = stack.pop()
            count += 1
            if isinstance(node, dict):
                yield {name: _resolved(item, texts) for name, item in node.items()}
                stack.extend(node.values())
            elif isinstance(node, list):
                stack.extend(node)


def stream_rows(pushed: str) -> tuple[list[Any], dict[str, str]]:
    """(values of the JSON rows, long texts by row id) of a React Server Components stream.

    A row is `id:JSON` up to a line end; a text of 1,024 characters and more is a row of its own, `id:T<hex bytes>,`,
    without a line end, and other rows refer to it by "$id".
    """
    data = pushed.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8", "replace")
    values: list[Any] = []
    texts: dict[str, str] = {}
    at = 0
    while at < len(data):
        row = _ROW.match(data, at)
        if row and row[2]:
            end = row.end() + int(row[2], 16)
            texts[row[1].decode()] = data[row.end() : end].decode("utf-8", "replace")
            at = end
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if row and data[row.end() : row.end() + 1] in (b"{", b"["):
            values += _decoded(data[row.end() : end].decode("utf-8", "replace"), 0)
        at = end + 1
    return values, texts


def _resolved(item: Any, texts: dict[str, str]) -> Any:
    """A string as it was before the stream wrote it: "$1a" is a text, "$D..." a date, "$$..." begins with a dollar."""
    if not isinstance(item, str) or not item.startswith("$"):
        return item
    if item in ("$undefined", "$NaN"):
        return None
    if item[1:2] in ("$", "D"):
        return item[1:] if item[1] == "$" else item[2:]
    return texts.get(item[1:], item)


def _script_values(root: html.HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        text = (script.text or "").strip()
        if not text or "ld+json" in (script.get("type") or ""):
            continue
        if text[0] in "{[":
            is_angular = text.startswith("{&q;")
            values = _decoded(_ANGULAR_SIGN.sub(lambda m: _ANGULAR[m[0]], text) if is_angular else text, 0)
            yield from _hydrated(values[0]) if script.get("id") == "__NUXT_DATA__" and values else values
        for match in list(_ASSIGNED.finditer(text))[:3]:
            yield from _assigned(text, match.end())


def _attribute_values(root: html.HtmlElement) -> Iterator[Any]:
    """The objects that servers write into attributes for a script to show (Inertia's `data-page`, props of components
    of React and Vue)."""
    count = 0
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            if len(value) >= _LONG and value.lstrip()[:1] in _OPENS and count < _MAX_STARTS:
                count += 1
                yield from _decoded(value.strip(), 0)


def _hydrated(flat: Any) -> Iterator[dict[str, Any]]:
    """The objects of a Nuxt 3 payload, whose form devalue defines: one flat list, in which the values of an object are
    the places of what they mean."""
    cells = flat if isinstance(flat, list) else []

    def meant(place: Any) -> Any:
        known = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(cells)
        value = cells[place] if known else None
        return None if isinstance(value, dict | list) else value

    for cell in cells:
        if isinstance(cell, dict):
            yield {name: meant(place) for name, place in cell.items()}


def _assigned(text: str, start: int) -> list[Any]:
    """What a variable is given: JSON, or JSON inside a string."""
    wrapped = _AS_TEXT.match(text, start)
    if wrapped:
        inner = next(iter(_decoded(text, wrapped.end())), "")
        inner = unquote(inner) if wrapped[1] else inner
        return _decoded(inner, 0)
    if text[start : start + 1] not in ("{", "["):
        return []
    return _decoded(text, start) or _decoded(_UNDEFINED.sub(lambda m: m[1] or "null", text[start:]), 0)


def _inside(pushed: str) -> Iterator[Any]:
    """Objects that begin anywhere inside a push, where its rows could not be read."""
    for match in list(_NAMED.finditer(pushed))[:_MAX_STARTS]:
        yield from _decoded(pushed, match.start())


def _decoded(text: str, start: int) -> list[Any]:
    """[the JSON value at `start`], or nothing."""
    try:
        return [_DECODER.raw_decode(text, start)[0]]
    except (ValueError, RecursionError):
        return []
