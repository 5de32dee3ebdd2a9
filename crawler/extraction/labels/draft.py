"""What is known of an article while its lines are labelled: the page, its headline, other fields' words, and which
lines are its text so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import html

from crawler.extraction.labels.label import Label
from crawler.extraction.labels.layout import Layout
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.line_places import names_caption, names_quotation
from crawler.extraction.markup.text_blocks import Block, behind
from crawler.extraction.page.page import Page

_LINKED = 0.5  # share of a line in links up to which it may be a sentence
_IN_FIGURE = 4  # elements, and lines, between the caption of a figure and what it is of


@dataclass
class Draft:
    """The lines of a page by their numbers, `text` those that are the article's text so far, `labels` what the others
    are and by which rule."""

    page: Page
    blocks: list[Block]
    headline: html.HtmlElement | None
    shown: set[str]  # keys of the words of other fields, which a page repeats on lines of their own
    names: set[str] = field(default_factory=set)  # keys of the authors' names
    text: list[int] = field(default_factory=list)
    labels: dict[int, tuple[Label, str]] = field(default_factory=dict)
    reader: str = "trafilatura takes it"  # why the first lines became text
    stated: html.HtmlElement | None = None  # the text as data for machines state it, where that is the text
    end: int | None = None  # the first line of what follows the article, once a rule has asked for it
    standfirst: list[int] = field(default_factory=list)
    added: dict[int, str] = field(default_factory=dict)  # why a line is text that trafilatura did not take

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.page.tree, self.blocks)

    @cached_property
    def start(self) -> int:
        """The number of the first line behind the headline; 0 where no line shows it."""
        return (behind(self.blocks, self.headline) or 0) if self.headline is not None else 0

    @cached_property
    def prose(self) -> list[bool]:
        """Of each line whether it is a sentence of running text."""
        return [b.place in ("body", "heading") and b.links < _LINKED and b.is_prose for b in self.blocks]

    @cached_property
    def title(self) -> str:
        """The key of the headline as the page shows it."""
        return key(" ".join(self.headline.itertext())) if self.headline is not None else ""

    @cached_property
    def styles(self) -> frozenset[tuple[str, str | None]]:
        """Tag and class of the elements that trafilatura's sentences stand in."""
        return frozenset((e.tag, e.get("class")) for n in self.text if self.prose[n] for e in (self.blocks[n].element,))

    @cached_property
    def boxed(self) -> frozenset[tuple[tuple[str, str], ...]]:
        """In what boxes of their own trafilatura's paragraphs stand."""
        return frozenset(self.layout.boxes(n) for n in self.text if self.prose[n])

    def is_quoted(self, n: int) -> bool:
        """Whether a line is of a quotation, or tells in the caption of its figure or box whose words those are."""
        tree, layout, at = self.page.tree, self.layout, self.blocks[n].node
        if (quote := layout.quotes[at]) >= 0:
            is_caption = names_caption(tree.classes[quote])  # of a picture, which some systems set as a quotation
            return (
                self.blocks[n].place != "side" and not is_caption and tree.linked[quote] <= _LINKED * tree.sizes[quote]
            )
        for _ in range(_IN_FIGURE):
            if at >= 0 and (tree.tags[at] == "figure" or names_quotation(tree.classes[at])):
                before = (b.node for b in self.blocks[max(0, n - _IN_FIGURE) : n])
                if any(layout.inside(node, at) and layout.quotes[node] >= 0 for node in before):
                    return True
            at = tree.parents[at] if at >= 0 else -1
        return False

    def size(self, numbers: Iterable[int]) -> int:
        """Characters of lines; links to elsewhere are no text that would be worth keeping."""
        return sum(b.size for n in numbers if (b := self.blocks[n]).links <= _LINKED)

    @property
    def dropped_share(self) -> float | None:
        """The share of the visible words between the first and the last line of the text that are none of it, 0 to 1;
        None where no line of the page is text."""
        if not self.text:
            return None
        among = sum(b.size for b in self.blocks[self.text[0] : self.text[-1] + 1])
        return 1 - sum(self.blocks[n].size for n in self.text) / (among or 1)

    def take(self, numbers: Iterable[int], why: str) -> None:
        """Makes lines text."""
        new = set(numbers) - set(self.text)
        self.added.update(dict.fromkeys(new, why))
        self.text = sorted({*self.text, *new})

    def drop(self, numbers: Iterable[int], label: Label, why: str, least: float = 0.0) -> bool:
        """Gives lines another label than text, if those that stay are at least this share of the text: a rule that
        would leave less is wrong here."""
        gone = set(numbers)
        if gone.isdisjoint(self.text):
            return True  # most rules find nothing on most pages
        kept = [n for n in self.text if n not in gone]
        if least and self.size(kept) < least * self.size(self.text):
            return False
        for n in gone.intersection(self.text):
            self.labels[n] = (label, why)
        self.text = kept
        return True

    def drop_last(self, is_one: Callable[[int], bool], label: Label, why: str) -> None:
        """Gives the last lines of the text another label, as far as `is_one` says so of their numbers, but not the
        first. All at once: the text of a hostile page is nothing but such lines, and each `drop` costs the whole."""
        end = len(self.text)
        while end > 1 and is_one(self.text[end - 1]):
            end -= 1
        self.drop(self.text[end:], label, why)
