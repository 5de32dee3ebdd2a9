"""A page as flat arrays from one walk of its tree: elements in document order, and the words between them.

All that a rule asks of an element (its words, how many they are, how many of them are linked, what is inside it, what
holds it) is a slice or an entry of these arrays: nothing walks the tree again. Words that are not the text's own stay
apart (HTML Standard, 4.5 and 4.7): deleted ones are left out, the readings of ruby stand in brackets, a raised digit
stays raised, so that a note behind a year makes no other year of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from lxml import etree, html

from crawler.extraction.markup.dom import BLOCKS, SILENT, even

# Words that a page says no longer, or says of words.
_LEFT_OUT = frozenset("rtc del s strike".split())
_INLINE_STYLED = frozenset("span a b strong i em font label small u abbr".split())
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_SUPERSCRIPTS, _SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
# Elements in which neighbours without a blank between them are parts that a style sheet sets apart.
_PART = 2  # letters of a part of a line
_SET_APART = frozenset("h1 h2 h3 h4 h5 h6 div li dt dd td th section header footer a button summary".split())


@dataclass(slots=True)
class FlatTree:
    """Entries of one number belong to one element. Elements are in document order, so that those inside element n are
    n + 1 to ends[n] - 1, and its words are pieces[firsts[n] : lasts[n]]."""

    elements: list[html.HtmlElement] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)  # -1 for the root
    ends: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # characters of words inside, blanks around each piece aside
    linked: list[int] = field(default_factory=list)  # of these, the characters in links
    pieces: list[str] = field(default_factory=list)  # words in document order, "\n" where a line ends
    # Per line: the number of the element that holds it, its pieces, the characters of its words, and of those in links.
    lines: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def text(self, number: int) -> str:
        """The words of an element on one line."""
        return even("".join(self.pieces[self.firsts[number] : self.lasts[number]]))


def flatten(root: html.HtmlElement) -> FlatTree:
    """The arrays of a page. Iterative, and linear in the page: pages nest deeper than Python's stack."""
    tree = FlatTree()
    elements, tags, parents, ends = tree.elements, tree.tags, tree.parents, tree.ends
    firsts, lasts, sizes, linked = tree.firsts, tree.lasts, tree.sizes, tree.linked
    pieces, lines = tree.pieces, tree.lines
    holders: list[int] = [0]
    blocks: set[int] = set()
    parent, silent, in_link = -1, 0, 0
    raised: list[str] = []
    bracketed = False  # a reading of ruby, by us
    total = in_links = line_from = line_total = line_linked = 0
    beside = -1  # pieces up to the end of the span or link that ended last

    def end_line() -> None:
        nonlocal line_from, line_total, line_linked
        if total > line_total:
            lines.append((holders[-1], line_from, len(pieces), total - line_total, in_links - line_linked))
            line_total, line_linked = total, in_links
        line_from = len(pieces)

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            number, tag = len(elements), element.tag
            elements.append(element)
            tags.append(tag)
            parents.append(parent)
            ends.append(0)
            firsts.append(len(pieces))
            lasts.append(0)
            sizes.append(total)
            linked.append(in_links)
            parent = number
            if silent or tag in SILENT or tag in _LEFT_OUT:
                silent += 1
                continue
            if tag in BLOCKS or (
                tag in _INLINE_STYLED and (style := element.get("style")) and _AS_BLOCK.search(style)
            ):
                end_line()
                pieces.append("\n")
                holders.append(number)
                blocks.add(number)
            elif tag == "a":
                in_link += 1
            elif tag == "sup" or tag == "sub":
                raised.append(tag)
            elif tag == "rt":
                bracketed = bool(pieces) and not pieces[-1].rstrip().endswith(("(", "（"))
                pieces.append("（" if bracketed else "")
            if beside == len(pieces) and tag in ("span", "a") and _is_apart(element, tags[parents[number]]):
                pieces.append(" ")
            words = element.text
        else:
            number, parent = parent, parents[parent]
            tag = tags[number]
            if silent:
                silent -= 1
            elif number in blocks:
                end_line()
                pieces.append("\n")
                holders.pop()
            elif tag == "br":
                end_line()
                pieces.append("\n")
            elif tag == "a":
                in_link -= 1
                beside = len(pieces)
            elif tag == "span":
                beside = len(pieces)
            elif tag == "sup" or tag == "sub":
                raised.pop()
            elif tag == "rt":
                pieces.append("）" if bracketed else "")
            ends[number] = len(elements)
            lasts[number] = len(pieces)
            sizes[number] = total - sizes[number]
            linked[number] = in_links - linked[number]
            words = element.tail
        if words and not silent:
            if raised and not words.isspace():
                words = _kept_apart(words, raised[-1], pieces[-1] if pieces else "")
            pieces.append(words)
            size = len(words.strip())
            total += size
            if in_link:
                in_links += size
    return tree


def _is_apart(element: html.HtmlElement, within: str) -> bool:
    """Whether an element that directly follows another of its kind is another part of the line: links to other places,
    parts that have a class each, a label and its value. What word processors write (style, lang) splits words."""
    before, parent = element.getprevious(), element.getparent()
    if before is None or parent is None or before.tag != element.tag or within not in _SET_APART:
        return False
    if element.tag == "a":
        return before.get("href") != element.get("href")
    if any(e.get(name) is not None for e in (before, element) for name in ("style", "lang")):
        return False
    if any(len(e) == 0 and len((e.text or "").strip()) < _PART for e in (before, element)):
        return False  # letters that are set one by one
    if before.get("class") and element.get("class"):
        return True
    is_pair = before.getprevious() is None and element.getnext() is None
    return is_pair and not (parent.text or "").strip() and not (element.tail or "").strip()


def _kept_apart(words: str, kind: str, before: str) -> str:
    """Raised or lowered words as they stay apart from those before them: digits as the signs that Unicode has for them.
    Lowered digits behind a letter are a formula, which everybody writes with plain ones (CO2)."""
    if any(char.isalpha() for char in words) or (kind == "sub" and not before[-1:].isdigit()):
        return words
    signs = _SUPERSCRIPTS if kind == "sup" else _SUBSCRIPTS
    digits = (unicodedata.digit(char, None) for char in words)
    return "".join(char if digit is None else signs[digit] for char, digit in zip(words, digits, strict=True))
