"""The one walk over the tree of a page that makes flat arrays of it.

Words that are not the text's own stay apart (HTML Standard, 4.5 and 4.7): deleted ones are left out, the readings of
ruby stand in brackets, a raised digit stays raised, so that a note behind a year makes no other year of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from operator import sub

from lxml import etree, html

from crawler.extraction.markup.dom import BLOCKS, SILENT, is_even
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.word_joints import is_apart, kept_apart

# Words that a page says no longer, or says of words.
_LEFT_OUT = frozenset("rtc del s strike".split())
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_UNSEEN = frozenset("visually-hidden visuallyhidden sr-only screen-reader-text".split())
_INLINE = frozenset("a time span b strong i em font label small u abbr".split())  # may be set as blocks by a style
# What an element is for the words in it and around it.
_LINK, _TIME, _SPAN, _PLAIN, _BLOCK, _BREAK, _RAISED, _READING, _SILENT = range(9)
_KINDS = {
    "a": _LINK, "time": _TIME, "span": _SPAN, "br": _BREAK, "sup": _RAISED, "sub": _RAISED, "rt": _READING,
    **dict.fromkeys(BLOCKS, _BLOCK),
    **dict.fromkeys(SILENT | _LEFT_OUT, _SILENT),
}  # fmt: skip


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
    for number, attributes in enumerate(map(etree._Element.items, elements)):  # a third faster than a loop of calls
        for name, value in attributes:
            found[name][number] = value
    return dict(found)


def _kinds(tree: FlatTree) -> list[int]:
    """What each element means for the words in it and around it."""
    kinds = [_KINDS.get(tag, _PLAIN) for tag in tree.tags]
    for number in tree.having("style"):
        if tree.tags[number] in _INLINE and _AS_BLOCK.search(tree.get(number, "style")):
            kinds[number] = _BLOCK  # on lines of its own
    for number in tree.tagged("span"):
        if (names := tree.classes[number]) and not _UNSEEN.isdisjoint(names.split()):
            kinds[number] = _SILENT
    return kinds


class _Walk:
    """Where a walk over the arrays of a tree is."""

    def __init__(self, tree: FlatTree) -> None:
        self.tree, self.kinds, self.pieces = tree, _kinds(tree), tree.pieces
        self._around: list[int] = []  # the elements that hold the one looked at, the innermost last
        self._holders = [0]
        self._line = 0  # pieces in front of the line
        self._breaks: list[tuple[int, int]] = []  # which element holds a line, and the place of the break behind it
        self._links: list[tuple[int, int]] = []  # the pieces of each link
        self._brackets: list[int] = []  # pieces that are no words of the page
        self._beside = -1  # pieces up to the end of the span or link that ended last
        self._raised: list[str] = []
        self._bracketed = False  # a reading of ruby, by us

    def run(self) -> None:
        """Goes over the elements. What most of them ask is written out here: a call for each is a third of the time."""
        kinds, pieces, ends, around = self.kinds, self.pieces, self.tree.ends, self._around
        firsts, lasts, elements, number = self.tree.firsts, self.tree.lasts, self.tree.elements, 0
        until = count = len(elements)  # where the innermost element around ends
        while number < count:
            if until <= number:
                until = self._leave_all(number)
            kind, place = kinds[number], len(pieces)
            if kind == _SILENT:
                number = self._pass_over(number, place)
                continue
            firsts.append(place)
            lasts.append(place)
            around.append(number)
            until = ends[number]
            if kind == _BLOCK:
                if self._line != place:
                    self._end_line()
                self._holders.append(number)
            elif kind != _PLAIN:
                self._enter(number, kind)
            if (words := elements[number].text) and (self._line != len(pieces) or not words.isspace()):
                self._say(words)
            number += 1
        self._leave_all(count)
        self._count()

    def _leave_all(self, number: int) -> int:
        """Ends the elements around that do not hold this one; where the innermost that does ends."""
        kinds, pieces, ends, around = self.kinds, self.pieces, self.tree.ends, self._around
        lasts, elements = self.tree.lasts, self.tree.elements
        while around and ends[around[-1]] <= number:
            left = around.pop()
            kind = kinds[left]
            if kind == _BLOCK:
                if self._line != len(pieces):
                    self._end_line()
                self._holders.pop()
            elif kind != _PLAIN:
                self._leave(left, kind)
            lasts[left] = len(pieces)
            if (words := elements[left].tail) and (self._line != len(pieces) or not words.isspace()):
                self._say(words)
        return ends[around[-1]] if around else number

    def _pass_over(self, number: int, place: int) -> int:
        """The number behind a silent element and all inside it."""
        end = self.tree.ends[number]
        inside = [place] * (end - number)
        self.tree.firsts += inside
        self.tree.lasts += inside
        if (words := self.tree.elements[number].tail) and (self._line != place or not words.isspace()):
            self._say(words)
        return end

    def _enter(self, number: int, kind: int) -> None:
        """Begins an element that is no block."""
        if kind == _RAISED:
            self._raised.append(self.tree.tags[number])
        elif kind == _READING:
            self._bracketed = bool(self.pieces) and not self.pieces[-1].rstrip().endswith(("(", "（"))
            self._bracket("（")
        elif self._beside == len(self.pieces) and kind <= _SPAN:
            tree = self.tree
            self.pieces.append(" " if is_apart(tree.elements[number], tree.tags[tree.parents[number]]) else "")

    def _leave(self, number: int, kind: int) -> None:
        """Ends an element that is no block."""
        if kind == _BREAK:
            self._end_line()
        elif kind <= _SPAN:
            self._beside = len(self.pieces)
            if kind == _LINK:
                self._links.append((self.tree.firsts[number], self._beside))
        elif kind == _RAISED:
            self._raised.pop()
        elif kind == _READING:
            self._bracket("）")

    def _say(self, words: str) -> None:
        """Words, blank ones not at the beginning of a line."""
        pieces = self.pieces
        if self._raised and not words.isspace():
            words = kept_apart(words, self._raised[-1], pieces[-1] if pieces else "")
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
