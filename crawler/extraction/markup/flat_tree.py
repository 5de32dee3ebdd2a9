"""A page as flat arrays from one walk of its tree: elements in document order, and the words between them.

All that a rule asks of an element (its words, how many they are, how many of them are linked, what is inside it, what
holds it) is a slice or an entry of these arrays: nothing walks the tree again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import html

from crawler.extraction.markup.dom import even

_NONE: dict[int, str] = {}


@dataclass(slots=True)
class FlatTree:
    """Entries of one number belong to one element. Elements are in document order, so that those inside element n are
    n + 1 to ends[n] - 1, and its words are pieces[firsts[n] : lasts[n]]."""

    elements: list[html.HtmlElement]
    numbers: dict[html.HtmlElement, int]  # the place of each element in the arrays
    tags: list[str]
    classes: list[str]  # the attribute as written, "" for none
    attributes: dict[str, dict[int, str]]  # by name, then by the number of the element
    parents: list[int]  # -1 for the root
    ends: list[int]
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # characters of words inside, blanks around each piece aside
    linked: list[int] = field(default_factory=list)  # of these, the characters in links
    pieces: list[str] = field(default_factory=list)  # words in document order, "\n" where a line ends
    words: str = ""  # the pieces as one
    starts: list[int] = field(default_factory=list)  # where each piece begins in it, and its end
    is_even: bool = False  # words in normal form, of visible characters
    # Per line: the number of the element that holds it, its pieces, the characters of its words, and of those in links.
    lines: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    _by_tag: dict[str, list[int]] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """The words of an element on one line."""
        return self.line(self.firsts[number], self.lasts[number])

    def line(self, first: int, last: int) -> str:
        """The words of some pieces on one line."""
        words = self.words[self.starts[first] : self.starts[last]]
        return " ".join(words.split()) if self.is_even else even(words)

    def sums(self, amounts: Sequence[int]) -> list[int]:
        """For each element, the sum of what it and the elements inside it have."""
        before = list(accumulate(amounts, initial=0))
        return [before[end] - first for first, end in zip(before, self.ends, strict=False)]

    def marked(self, numbers: Iterable[int]) -> list[bool]:
        """For each element whether it is one of these, or stands in one."""
        found = [False] * len(self.tags)
        for number in numbers:
            end = self.ends[number]
            found[number:end] = [True] * (end - number)
        return found

    def tagged(self, tag: str) -> Sequence[int]:
        """The elements of a tag."""
        if not self._by_tag:
            found = defaultdict[str, list[int]](list)
            for number, name in enumerate(self.tags):
                found[name].append(number)
            self._by_tag = dict(found)
        return self._by_tag.get(tag, ())

    def having(self, attribute: str) -> Collection[int]:
        """The elements with an attribute, in document order."""
        return self.attributes.get(attribute, _NONE).keys()

    def get(self, number: int, attribute: str) -> str:
        """The value of an element's attribute, "" for none."""
        return self.attributes.get(attribute, _NONE).get(number, "")

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
        before = self.elements[number].getprevious()
        while before is not None and before not in self.numbers:
            before = before.getprevious()  # a comment
        return self.numbers[before] if before is not None else -1

    def shared(self, one: int, other: int) -> int:
        """The smallest element that holds both."""
        while one > 0 and not one <= other < self.ends[one]:
            one = self.parents[one]
        return one

    def around(self, number: int) -> Iterator[int]:
        """The elements around one, the nearest first."""
        while (number := self.parents[number]) >= 0:
            yield number
