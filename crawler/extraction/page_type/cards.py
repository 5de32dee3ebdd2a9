"""The boxes of one kind on a page that each lead to another item: cards, rows, teasers, entries of a blog."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page

FEWEST = 4  # boxes of one kind, beside each other
_CARD = (20, 600)  # characters of words in a box that links, by its share of linked words
ENTRY = 1500  # characters of one that a heading leads from: an archive may show its entries whole
_UNDER = 5  # elements that stand under the heading of a card without a box
LINKED = 0.15  # share of linked words in a box without a heading to click on
_PARAGRAPH_LINKED = 0.7  # the same for paragraphs, which in a text have links too
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOXES = frozenset("div li article section a tr td dd dt p figure h2 h3 h4".split())


@dataclass(frozen=True, slots=True)
class Cards:
    """The boxes of a page that lead to other items, in groups of one tag in one element."""

    largest: int  # boxes of the largest group
    inside: Sequence[bool]  # of each element whether it stands in one of the boxes; empty where there are none

    def holds(self, node: int) -> bool:
        """Whether an element stands in one of the boxes."""
        return bool(self.inside) and self.inside[node]


@dataclass(slots=True)
class _Words:
    """What the lines in each element come to."""

    sizes: list[int]
    linked: list[float]
    headed: set[int]  # those with a heading inside
    leads: set[int]  # with one that is a link to another page of the site
    link_lines: set[int]  # with a line that is nothing but a link to another page
    broken: set[int]  # of several lines


def find_cards(page: Page, blocks: list[Block]) -> Cards:
    """The cards among the lines of a page outside its frame."""
    tree, words = page.tree, _words_of(page, blocks)
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for node in _linking(page):
        if node and tree.tags[node] in _BOXES and _is_card(tree.tags[node], node, words):
            groups[tree.parents[node], tree.tags[node]].append(node)
    kept = [boxes for boxes in groups.values() if len(boxes) >= FEWEST]
    cards = {box for boxes in kept for box in boxes}
    for boxes in kept:
        if tree.tags[boxes[0]] in _HEADINGS:  # what stands under each of them is not in its box
            cards.update(sibling for box in boxes for sibling in _under(tree, box, words))
    inside = tree.marked(cards) if cards else []
    return Cards(max(map(len, kept), default=0), inside)


def _under(tree: FlatTree, heading: int, words: _Words) -> Iterator[int]:
    """The few short elements between a heading and the next."""
    size = 0
    behind = (n for n in tree.children(tree.parents[heading]) if n > heading)
    for sibling in islice(behind, _UNDER):
        size += words.sizes[sibling]
        if tree.tags[sibling] in _HEADINGS or size > _CARD[1]:
            return
        yield sibling


def _is_card(tag: str, node: int, words: _Words) -> bool:
    size = words.sizes[node]
    if node in words.leads:
        return size <= ENTRY
    share = _PARAGRAPH_LINKED if tag == "p" and not (node in words.broken and node in words.link_lines) else LINKED
    is_linked = words.linked[node] >= share * size or (node in words.headed and node in words.link_lines)
    return _CARD[0] <= size <= _CARD[1] and is_linked


def _words_of(page: Page, blocks: list[Block]) -> _Words:
    tree, count = page.tree, len(page.tree.tags)
    in_heading = tree.marked(n for tag in _HEADINGS for n in tree.tagged(tag))
    words = _Words([0] * count, [0.0] * count, set(), set(), set(), set())
    before = -1
    for block in blocks:
        if block.place == "frame":
            continue
        node = block.node
        if node == before:
            words.broken.add(node)
        before = node
        words.sizes[node] += block.size
        words.linked[node] += block.size * block.links
        headed = block.place == "heading" or in_heading[node]
        link_line = block.links > 0.7 and leads_elsewhere(page, node)
        for is_so, found in ((headed, words.headed), (link_line, words.link_lines)):
            if is_so:
                _add(tree, node, found)
        if headed and link_line and not is_abroad(page, node):
            _add(tree, node, words.leads)
    for node in range(count - 1, 0, -1):  # what is inside comes before what holds it
        if words.sizes[node]:
            words.sizes[tree.parents[node]] += words.sizes[node]
            words.linked[tree.parents[node]] += words.linked[node]
    return words


def _add(tree: FlatTree, node: int, found: set[int]) -> None:
    """Adds an element and all around it."""
    while node >= 0 and node not in found:
        found.add(node)
        node = tree.parents[node]


def _linking(page: Page) -> Iterator[int]:
    """Every element that holds a link to another page, once."""
    parents, seen = page.tree.parents, set[int]()
    for node in filter(page.links.leads_elsewhere, page.tree.tagged("a")):
        while node >= 0 and node not in seen:
            seen.add(node)
            yield node
            node = parents[node]  # noqa: PLW2901 - up to what another link has led to


def leads_elsewhere(page: Page, line: int) -> bool:
    """Whether a line links to another page, not to a file or a place in this one."""
    return any(map(page.links.leads_elsewhere, page.links.of_line(line)))


def is_abroad(page: Page, line: int) -> bool:
    """Whether a line links to other hosts only."""
    here = urlsplit(page.url).netloc.removeprefix("www.")
    links = (page.tree.elements[n].get("href") or "" for n in page.links.of_line(line))
    hosts = [_HOST.match(href.strip()) for href in links]
    return bool(hosts) and all(host and not host[1].lower().endswith(here) for host in hosts)
