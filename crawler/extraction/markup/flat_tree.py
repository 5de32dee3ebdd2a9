"""A page as flat arrays from one walk of its tree: elements in document order, and the words between them.

All that a rule asks of an element (its words, how many they are, how many of them are linked, what is inside it, what
holds it) is a slice or an entry of these arrays: nothing walks the tree again. Words that are not the text's own stay
apart (HTML Standard, 4.5 and 4.7): deleted ones are left out, the readings of ruby stand in brackets, a raised digit
stays raised, so that a note behind a year makes no other year of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree, html

from crawler.extraction.markup.dom import BLOCKS, SILENT, even

# Words that a page says no longer, or says of words.
_LEFT_OUT = frozenset("rtc del s strike".split())
_INLINE_STYLED = frozenset("span a b strong i em font label small u abbr".split())
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_SUPERSCRIPTS, _SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
# Elements in which neighbours without a blank between them are parts that a style sheet sets apart.
_UNSEEN = frozenset("visually-hidden visuallyhidden sr-only screen-reader-text".split())
_PARTS, _RAISED = frozenset("span a".split()), frozenset("sup sub".split())
_FEW_LINKS = 6  # of a paragraph that is a row of buttons
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

    _by_tag: dict[str, list[int]] = field(default_factory=dict)
    _before: list[int] = field(default_factory=list)

    def text(self, number: int) -> str:
        """The words of an element on one line."""
        return even("".join(self.pieces[self.firsts[number] : self.lasts[number]]))

    def tagged(self, tag: str) -> Sequence[int]:
        """The elements of a tag."""
        if not self._by_tag:
            for number, name in enumerate(self.tags):
                self._by_tag.setdefault(name, []).append(number)
        return self._by_tag.get(tag, ())

    def within(self, number: int, tag: str) -> Sequence[int]:
        """The elements of a tag that are an element or stand in it."""
        all_of_it = self.tagged(tag)
        return all_of_it[bisect_left(all_of_it, number) : bisect_left(all_of_it, self.ends[number])]

    def children(self, number: int) -> Iterator[int]:
        """The elements directly inside one."""
        child, end = number + 1, self.ends[number]
        while child < end:
            yield child
            child = self.ends[child]

    def before(self, number: int) -> int:
        """The element before one with the same parent, -1 for none."""
        if not self._before:
            last: dict[int, int] = {}
            for own, parent in enumerate(self.parents):
                self._before.append(last.get(parent, -1))
                last[parent] = own
        return self._before[number]

    def around(self, number: int) -> Iterator[int]:
        """The elements around one, the nearest first."""
        while (number := self.parents[number]) >= 0:
            yield number


def flatten(root: html.HtmlElement) -> FlatTree:
    """The arrays of a page. Iterative, and linear in the page: pages nest deeper than Python's stack."""
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            walk.start(element)
        else:
            walk.end(element)
    return walk.tree


class _Walk:
    """Where a walk over a tree is."""

    def __init__(self) -> None:
        self.tree = FlatTree()
        self._parent, self._silent, self._in_link = -1, 0, 0
        self._holders, self._blocks = [0], set[int]()
        self._size = self._linked = 0  # characters of words so far, and of these in links
        self._line = (0, 0, 0)  # pieces, characters and characters in links in front of the line
        self._beside = -1  # pieces up to the end of the span or link that ended last
        self._raised: list[str] = []
        self._bracketed = False  # a reading of ruby, by us

    def start(self, element: html.HtmlElement) -> None:
        tree, tag = self.tree, element.tag
        number = len(tree.elements)
        tree.elements.append(element)
        tree.tags.append(tag)
        tree.parents.append(self._parent)
        tree.ends.append(0)
        tree.firsts.append(len(tree.pieces))
        tree.lasts.append(0)
        tree.sizes.append(self._size)
        tree.linked.append(self._linked)
        self._parent = number
        if self._silent or tag in SILENT or tag in _LEFT_OUT or (tag == "span" and _is_unseen(element)):
            self._silent += 1
            return
        if tag in BLOCKS or (tag in _INLINE_STYLED and _is_shown_as_block(element)):
            self._end_line()
            self._holders.append(number)
            self._blocks.add(number)
        elif tag == "a":
            self._in_link += 1
        elif tag in _RAISED:
            self._raised.append(tag)
        elif tag == "rt":
            self._bracketed = bool(tree.pieces) and not tree.pieces[-1].rstrip().endswith(("(", "（"))
            tree.pieces.append("（" if self._bracketed else "")
        if self._beside == len(tree.pieces) and tag in _PARTS:
            tree.pieces.append(" " if _is_apart(element, tree.tags[tree.parents[number]]) else "")
        if element.text:
            self._say(element.text)

    def end(self, element: html.HtmlElement) -> None:
        tree, number = self.tree, self._parent
        tag = tree.tags[number]
        self._parent = tree.parents[number]
        if self._silent:
            self._silent -= 1
        elif number in self._blocks:
            self._end_line()
            self._holders.pop()
        elif tag == "br":
            self._end_line()
        elif tag in _PARTS:
            self._in_link -= tag == "a"
            self._beside = len(tree.pieces)
        elif tag in _RAISED:
            self._raised.pop()
        elif tag == "rt":
            tree.pieces.append("）" if self._bracketed else "")
        tree.ends[number] = len(tree.elements)
        tree.lasts[number] = len(tree.pieces)
        tree.sizes[number] = self._size - tree.sizes[number]
        tree.linked[number] = self._linked - tree.linked[number]
        if element.tail and not self._silent:
            self._say(element.tail)

    def _say(self, words: str) -> None:
        if self._raised and not words.isspace():
            words = _kept_apart(words, self._raised[-1], self.tree.pieces[-1] if self.tree.pieces else "")
        self.tree.pieces.append(words)
        size = len(words.strip())
        self._size += size
        if self._in_link:
            self._linked += size

    def _end_line(self) -> None:
        tree, (first, size, linked) = self.tree, self._line
        if self._size > size:
            tree.lines.append((self._holders[-1], first, len(tree.pieces), self._size - size, self._linked - linked))
        tree.pieces.append("\n")
        self._line = (len(tree.pieces), self._size, self._linked)


def _is_shown_as_block(element: html.HtmlElement) -> bool:
    """Whether an inline element stands on lines of its own, by its style."""
    style = element.get("style")
    return style is not None and _AS_BLOCK.search(style) is not None


def _is_unseen(element: html.HtmlElement) -> bool:
    """Whether words inside a line are for screen readers alone, by the names that style sheets in common use have."""
    names = element.get("class")
    return names is not None and not _UNSEEN.isdisjoint(names.split())


def _is_apart(element: html.HtmlElement, within: str) -> bool:
    """Whether an element that directly follows another of its kind is another part of the line: links to other places,
    parts that have a class each, a label and its value. What word processors write (style, lang) splits words."""
    before, parent = element.getprevious(), element.getparent()
    if before is None or parent is None or before.tag != element.tag:
        return False
    if within not in _SET_APART and not (within == "p" and element.tag == "a" and _is_of_links(parent)):
        return False
    if element.tag == "a":
        return bool(before.get("href") != element.get("href"))
    if any(e.get(name) is not None for e in (before, element) for name in ("style", "lang")):
        return False
    if any(len(e) == 0 and len((e.text or "").strip()) < _PART for e in (before, element)):
        return False  # letters that are set one by one
    if before.get("class") and element.get("class"):
        return True
    is_pair = before.getprevious() is None and element.getnext() is None
    return is_pair and not (parent.text or "").strip() and not (element.tail or "").strip()


def _is_of_links(paragraph: html.HtmlElement) -> bool:
    """Whether a paragraph is a few links and no words between them: buttons below a headline."""
    links = list(islice(paragraph, _FEW_LINKS + 1))
    return (
        2 <= len(links) <= _FEW_LINKS
        and not (paragraph.text or "").strip()
        and all(link.tag == "a" and not (link.tail or "").strip() for link in links)
    )


def _kept_apart(words: str, kind: str, before: str) -> str:
    """Raised or lowered words as they stay apart from those before them: digits as the signs that Unicode has for them.
    Lowered digits behind a letter are a formula, which everybody writes with plain ones (CO2)."""
    if any(char.isalpha() for char in words) or (kind == "sub" and not before[-1:].isdigit()):
        return words
    signs = _SUPERSCRIPTS if kind == "sup" else _SUBSCRIPTS
    digits = (unicodedata.digit(char, None) for char in words)
    return "".join(char if digit is None else signs[digit] for char, digit in zip(words, digits, strict=True))
