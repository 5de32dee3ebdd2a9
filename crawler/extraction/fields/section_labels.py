"""The section in a line that says so, "Rubrik: Presse", by the headline or behind it."""

from __future__ import annotations

from itertools import islice, takewhile

from lxml import html

from crawler.extraction.fields.section_badges import is_listed, scopes
from crawler.extraction.lines.boilerplate_phrases import labelled_section
from crawler.extraction.markup.dom import even
from crawler.extraction.markup.text_blocks import behind
from crawler.extraction.page.page import Page

_LABELS = frozenset("dt span strong b small label th td div".split())
_LABEL, _LINE = 40, 60  # characters of a label, and of what can be one with its section
_LINES = frozenset("p div span li td small a dd".split())
_BEHIND = 8  # lines behind the headline among which a labelled section stands


def labelled(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The name behind the word for "section": "Rubrik: Presse", on one line or in two elements beside each other."""
    tree, seen = page.tree, range(0)  # the elements of the smaller container inside, none of which told a name
    for scope in scopes(headline, 3):
        inside, seen = seen, page.within(scope)
        for number in seen:
            if tree.tags[number] not in _LINES or not 0 < tree.sizes[number] <= _LINE or number in inside:
                continue
            element = tree.elements[number]
            text = page.short_text(element, _LINE)
            label = _label_of(element, page) if text else ""
            section = labelled_section(text) or (labelled_section(f"{label}: {text}") if label else None)
            if section and not is_listed(element, page):
                return section
    return _labelled_behind(page, headline)


def _labelled_behind(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The same in the lines between a headline in a banner of its own and the first sentence."""
    start = behind(page.blocks, headline) if headline is not None else None
    lines = islice(page.blocks[start:], _BEHIND) if start is not None else ()
    for line in takewhile(lambda block: not block.is_prose, lines):
        if line.place == "body" and (section := labelled_section(line.text)) and not is_listed(line.element, page):
            return section
    return None


def _label_of(element: html.HtmlElement, page: Page) -> str:
    """The words right in front of this element, or of the element there, if they may be its label, without a colon."""
    before, holder = element.getprevious(), element.getparent()
    words = even(before.tail if before is not None else holder.text if holder is not None else "")
    if words.endswith((":", "：")) and len(words) <= _LABEL:
        return words[:-1].rstrip()
    if before is None or before.tag not in _LABELS or even(before.tail):
        return ""
    return page.short_text(before, _LABEL).rstrip(" :")
