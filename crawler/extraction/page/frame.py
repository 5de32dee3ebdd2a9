"""The frame of a page: its header, menus, footer and margin."""

from __future__ import annotations

from lxml import html

FRAME = frozenset("header nav footer aside".split())


def in_frame(element: html.HtmlElement) -> bool:
    """True inside the page's own header, navigation, footer or an aside; the header of an <article> is not meant."""
    heads = False
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main"):
            return False
        if ancestor.tag in FRAME and ancestor.tag != "header":
            return True
        heads = heads or ancestor.tag == "header"
    return heads
