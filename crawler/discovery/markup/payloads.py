"""Script payloads of Next.js pages put together: what `self.__next_f.push([1,"..."])` calls carry."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lxml import html

_PUSH = "self.__next_f.push("


def pushed_text(body: bytes) -> str:
    """The joined strings of all pushes of a page; one object may be spread over several of them."""
    tree = _parsed(body)
    return pushed_in(tree.iter("script")) if tree is not None else ""


def pushed_in(scripts: Iterable[html.HtmlElement]) -> str:
    """The same of the scripts of a page that is a tree already."""
    parts: list[str] = []
    for script in scripts:
        source = script.text
        at = source.find(_PUSH) if source else -1
        if at < 0:
            continue
        try:
            value, _ = json.JSONDecoder().raw_decode(source, at + len(_PUSH))
        except (ValueError, RecursionError):
            continue  # not a data push: such scripts carry code, which nobody here runs
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            parts.append(value[1])
    return "".join(parts)


def _parsed(body: bytes) -> html.HtmlElement | None:
    from crawler.discovery.readers.html import parse  # noqa: PLC0415 - which an extraction never needs: its page is a tree

    return parse(body, "")


def balanced(text: str, start: int) -> str | None:
    """The JSON array or object that begins at `start`, or None when it does not end."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return text[start:end]
