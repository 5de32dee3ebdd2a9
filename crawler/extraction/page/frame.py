"""The frame of a page: its header, menus, footer and margin."""

from __future__ import annotations

from lxml import html

FRAME = frozenset("header nav footer aside".split())


def tells_of_article(element: html.HtmlElement) -> bool:
    """Whether an element is a <footer> at the head of its <article>: Drupal tells there who published it and when."""
    holder = element.getparent()
    return element.tag == "footer" and holder is not None and holder.tag == "article" and element.getnext() is not None


def in_frame(element: html.HtmlElement) -> bool:
    """True inside the page's own header, navigation, footer or an aside; the header of an <article> is not meant."""
    heads = False
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main"):
            return False
        if ancestor.tag in FRAME and ancestor.tag != "header" and not tells_of_article(ancestor):
            return True
        heads = heads or ancestor.tag == "header"
    return heads
