"""The one walk over the tree of a page that makes flat arrays of it.

Words that are not the text's own stay apart (HTML Standard, 4.5 and 4.7): deleted ones are left out, the readings of
ruby stand in brackets, a raised digit stays raised, so that a note behind a year makes no other year of it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, islice
from operator import sub

from lxml import etree, html

from crawler.extraction.markup.dom import BLOCKS, SILENT, is_even
from crawler.extraction.markup.flat_tree import FlatTree

# Words that a page says no longer, or says of words.
_LEFT_OUT = frozenset("rtc del s strike".split())
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_SUPERSCRIPTS, _SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_UNSEEN = frozenset("visually-hidden visuallyhidden sr-only screen-reader-text".split())
# What an element is for the words in it and around it. Those from links to inline ones may be set as blocks by a style.
_LINK, _TIME, _SPAN, _INLINE, _PLAIN, _BLOCK, _BREAK, _RAISED, _READING, _SILENT = range(10)
_KINDS = {
    "a": _LINK, "time": _TIME, "span": _SPAN, "br": _BREAK, "sup": _RAISED, "sub": _RAISED, "rt": _READING,
    **dict.fromkeys("b strong i em font label small u abbr".split(), _INLINE), **dict.fromkeys(BLOCKS, _BLOCK),
    **dict.fromkeys(SILENT | _LEFT_OUT, _SILENT),
}  # fmt: skip
_FEW_LINKS = 6  # of a paragraph that is a row of buttons
_PART = 2  # letters of a part of a line
# Elements in which neighbours without a blank between them are parts that a style sheet sets apart.
_SET_APART = frozenset("h1 h2 h3 h4 h5 h6 div li dt dd td th section header footer a button summary".split())


def flatten(root: html.HtmlElement) -> FlatTree:
    """The arrays of a page. Iterative, and linear in the page: pages nest deeper than Python's stack."""
    elements = list(root.iter(etree.Element))
    numbers = dict(zip(elements, range(len(elements)), strict=True))
    tags, attributes = [element.tag for element in elements], _attributes(elements)
    classes = [""] * len(elements)
    for number, names in attributes.get("class", {}).items():
        classes[number] = names
    parents = [-1, *[numbers[element.getparent()] for element in elements[1:]]]
    ends = list(range(1, len(elements) + 1))
    for number in range(len(elements) - 1, 0, -1):  # what is inside comes before what holds it
        if (end := ends[number]) > ends[parent := parents[number]]:
            ends[parent] = end
    tree = FlatTree(elements, numbers, tags, classes, attributes, parents, ends)
    _Walk(tree).run()
    return tree


def _attributes(elements: list[html.HtmlElement]) -> dict[str, dict[int, str]]:
    """The value of each attribute by the numbers of the elements that have it."""
    found = defaultdict[str, dict[int, str]](dict)
    for number, element in enumerate(elements):
        for name, value in element.items():
            found[name][number] = value
    return dict(found)


def _kinds(tree: FlatTree) -> list[int]:
    """What each element means for the words in it and around it."""
    kinds = [_KINDS.get(tag, _PLAIN) for tag in tree.tags]
    for number in tree.having("style"):
        if _LINK <= kinds[number] <= _INLINE and _AS_BLOCK.search(tree.get(number, "style")):
            kinds[number] = _BLOCK  # on lines of its own
    for number in tree.tagged("span"):
        if (names := tree.classes[number]) and not _UNSEEN.isdisjoint(names.split()):
            kinds[number] = _SILENT
    return kinds


class _Walk:
    """Where a walk over the arrays of a tree is."""

    def __init__(self, tree: FlatTree) -> None:
        self.tree, self.kinds, self.pieces = tree, _kinds(tree), tree.pieces
        self._holders = [0]
        self._line = 0  # pieces in front of the line
        self._breaks: list[tuple[int, int]] = []  # which element holds a line, and the place of the break behind it
        self._links: list[tuple[int, int]] = []  # the pieces of each link
        self._brackets: list[int] = []  # pieces that are no words of the page
        self._beside = -1  # pieces up to the end of the span or link that ended last
        self._raised: list[str] = []
        self._bracketed = False  # a reading of ruby, by us

    def run(self) -> None:
        tree, kinds, pieces, ends = self.tree, self.kinds, self.pieces, self.tree.ends
        firsts, lasts, elements, number = tree.firsts, tree.lasts, tree.elements, 0
        around: list[int] = []
        until = len(elements)  # where the innermost element around ends
        while number < len(elements):
            while until <= number:
                self._leave(around.pop())
                until = ends[around[-1]]
            kind, place = kinds[number], len(pieces)
            if kind == _SILENT:
                inside = [place] * (ends[number] - number)
                firsts += inside
                lasts += inside
                if tail := elements[number].tail:
                    self._say(tail)
                number += len(inside)
                continue
            firsts.append(place)
            lasts.append(place)
            around.append(number)
            until = ends[number]
            if kind != _PLAIN:
                self._enter(number, kind)
            if text := elements[number].text:
                self._say(text)
            number += 1
        while around:
            self._leave(around.pop())
        self._count()

    def _enter(self, number: int, kind: int) -> None:
        if kind == _BLOCK:
            if self._line != len(self.pieces):
                self._end_line()
            self._holders.append(number)
        elif kind == _RAISED:
            self._raised.append(self.tree.tags[number])
        elif kind == _READING:
            self._bracketed = bool(self.pieces) and not self.pieces[-1].rstrip().endswith(("(", "（"))
            self._bracket("（")
        elif self._beside == len(self.pieces) and kind <= _SPAN:
            tree = self.tree
            self.pieces.append(" " if _is_apart(tree.elements[number], tree.tags[tree.parents[number]]) else "")

    def _leave(self, number: int) -> None:
        kind, tree, pieces = self.kinds[number], self.tree, self.pieces
        if kind == _BLOCK:
            if self._line != len(pieces):
                self._end_line()
            self._holders.pop()
        elif kind == _BREAK:
            self._end_line()
        elif kind <= _SPAN:
            self._beside = len(pieces)
            if kind == _LINK:
                self._links.append((tree.firsts[number], len(pieces)))
        elif kind == _RAISED:
            self._raised.pop()
        elif kind == _READING:
            self._bracket("）")
        tree.lasts[number] = len(pieces)
        if tail := tree.elements[number].tail:
            self._say(tail)

    def _say(self, words: str) -> None:
        pieces = self.pieces
        if self._line == len(pieces) and words.isspace():
            return
        if self._raised and not words.isspace():
            words = _kept_apart(words, self._raised[-1], pieces[-1] if pieces else "")
        pieces.append(words)

    def _bracket(self, sign: str) -> None:
        self._brackets.append(len(self.pieces))
        self.pieces.append(sign if self._bracketed else "")

    def _end_line(self) -> None:
        if self._line != len(self.pieces):
            self._breaks.append((self._holders[-1], len(self.pieces)))
            self.pieces.append("\n")
            self._line = len(self.pieces)

    def _count(self) -> None:
        """Adds up the characters of the words in each element and line, all of them and those in links."""
        tree = self.tree
        tree.words, tree.starts = "".join(tree.pieces), list(accumulate(map(len, tree.pieces), initial=0))
        tree.is_even = is_even(tree.words)
        lengths = [len(words.strip()) for words in tree.pieces]
        for place in self._brackets:
            lengths[place] = 0
        in_links = [0] * len(lengths)
        for first, last in self._links:
            in_links[first:last] = lengths[first:last]
        size, linked = list(accumulate(lengths, initial=0)), list(accumulate(in_links, initial=0))
        tree.sizes += _between(size, tree.firsts, tree.lasts)
        tree.linked += _between(linked, tree.firsts, tree.lasts)
        first = 0
        for holder, last in self._breaks:
            if total := size[last] - size[first]:
                tree.lines.append((holder, first, last, total, linked[last] - linked[first]))
            first = last + 1


def _between(sums: list[int], firsts: list[int], lasts: list[int]) -> Iterator[int]:
    """What is added to the sums between each two places."""
    return map(sub, map(sums.__getitem__, lasts), map(sums.__getitem__, firsts))


def _is_apart(element: html.HtmlElement, within: str) -> bool:
    """Whether an element that directly follows another of its kind is another part of the line: links to other places,
    parts that have a class each or a label ("label: value"). What word processors write (style, lang) splits words."""
    before, parent = element.getprevious(), element.getparent()
    if before is None or parent is None:
        return False
    if before.tag != element.tag:
        return "time" in (before.tag, element.tag) and _begins_word(element)
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
    if _has_label(before) and _has_label(element):
        return True
    is_pair = before.getprevious() is None and element.getnext() is None
    return is_pair and not (parent.text or "").strip() and not (element.tail or "").strip()


def _begins_word(element: html.HtmlElement) -> bool:
    return next((words.strip() for words in element.itertext() if words.strip()), "")[:1].isalnum()


def _has_label(element: html.HtmlElement) -> bool:
    return ":" in (element.text or "")[1:]


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
