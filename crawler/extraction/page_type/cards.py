"""The boxes of one kind on a page that each lead to another item: cards, rows, teasers, entries of a blog."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.media import file_address
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page

_FEWEST = 4  # boxes of one kind, beside each other
_CARD = (20, 600)  # characters of words in a box that links, by its share of linked words
_ENTRY = 1500  # characters of one that a heading leads from: an archive may show its entries whole
_UNDER = 5  # elements that stand under the heading of a card without a box
_LINKED = 0.15  # share of linked words in a box without a heading to click on
_PARAGRAPH_LINKED = 0.7  # the same for paragraphs, which in a text have links too
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOXES = frozenset("div li article section a tr td dd dt p figure h2 h3 h4".split())


@dataclass(slots=True)
class _Words:
    """What the lines in one element come to."""

    size: int = 0
    linked: float = 0.0
    headed: bool = False  # whether a heading is inside
    leads: bool = False  # whether one is a link to another page of the site
    link_line: bool = False  # whether a line inside is nothing but a link to another page


@dataclass(frozen=True, slots=True)
class Cards:
    """The boxes of a page that lead to other items, in groups of one tag in one element."""

    largest: int  # boxes of the largest group
    boxes: frozenset[html.HtmlElement]

    def holds(self, element: html.HtmlElement) -> bool:
        """Whether an element stands in one of the boxes."""
        return element in self.boxes or not self.boxes.isdisjoint(element.iterancestors())


def find_cards(page: Page, blocks: list[Block]) -> Cards:
    """The cards among the lines of a page outside its frame."""
    words = _words_of(page, blocks)
    groups: dict[tuple[html.HtmlElement, str], list[html.HtmlElement]] = defaultdict(list)
    for element in _linking(page):
        parent = element.getparent()
        found = words.get(element)
        if parent is not None and found is not None and element.tag in _BOXES and _is_card(element, found):
            groups[parent, element.tag].append(element)
    kept = [boxes for boxes in groups.values() if len(boxes) >= _FEWEST]
    cards = {box for boxes in kept for box in boxes}
    for boxes in kept:
        if boxes[0].tag in _HEADINGS:  # what stands under each of them is not in its box
            cards.update(sibling for box in boxes for sibling in _under(box, words))
    return Cards(max(map(len, kept), default=0), frozenset(cards))


def _under(heading: html.HtmlElement, words: dict[html.HtmlElement, _Words]) -> Iterator[html.HtmlElement]:
    """The few short elements between a heading and the next."""
    size = 0
    for sibling in islice(heading.itersiblings(), _UNDER):
        size += words[sibling].size if sibling in words else 0
        if sibling.tag in _HEADINGS or size > _CARD[1]:
            return
        yield sibling


def _is_card(element: html.HtmlElement, words: _Words) -> bool:
    if words.leads:
        return words.size <= _ENTRY
    share = _PARAGRAPH_LINKED if element.tag == "p" else _LINKED
    is_linked = words.linked >= share * words.size or (words.headed and words.link_line)
    return _CARD[0] <= words.size <= _CARD[1] and is_linked


def _words_of(page: Page, blocks: list[Block]) -> dict[html.HtmlElement, _Words]:
    found: dict[html.HtmlElement, _Words] = defaultdict(_Words)
    for block in blocks:
        if block.place == "frame":
            continue
        headed = block.place == "heading" or _is_heading(block.element)
        link_line = block.links > 0.7 and leads_elsewhere(page, block.element)
        leads = headed and link_line and not is_abroad(page, block.element)
        for element in (block.element, *block.element.iterancestors()):
            words = found[element]
            words.size += block.size
            words.linked += block.size * block.links
            words.headed = words.headed or headed
            words.leads = words.leads or leads
            words.link_line = words.link_line or link_line
    return found


def _is_heading(element: html.HtmlElement) -> bool:
    return element.tag in _HEADINGS or any(ancestor.tag in _HEADINGS for ancestor in element.iterancestors())


def _linking(page: Page) -> Iterator[html.HtmlElement]:
    """Every element that holds a link to another page, once."""
    seen: set[html.HtmlElement] = set()
    for link in page.tagged("a"):
        if not is_elsewhere(page, link):
            continue
        for element in (link, *link.iterancestors()):
            if element in seen:
                break
            seen.add(element)
            yield element


def leads_elsewhere(page: Page, line: html.HtmlElement) -> bool:
    """Whether a line links to another page, not to a file or a place in this one."""
    return any(is_elsewhere(page, link) for link in _links_of(line))


def is_abroad(page: Page, line: html.HtmlElement) -> bool:
    """Whether a line links to other hosts only."""
    here = urlsplit(page.url).netloc.removeprefix("www.")
    hosts = [_HOST.match((link.get("href") or "").strip()) for link in _links_of(line)]
    return bool(hosts) and all(host and not host[1].lower().endswith(here) for host in hosts)


def _links_of(line: html.HtmlElement) -> list[html.HtmlElement]:
    return [line] if line.tag == "a" else [*line.iterancestors("a")][:1] or list(line.iter("a"))


def is_elsewhere(page: Page, link: html.HtmlElement) -> bool:
    """Whether a link leads to another page: not to a file, a place in this page, or this page itself."""
    href = (link.get("href") or "#").strip()
    if href[:1] in ("", "#") or href.lower().startswith(("javascript:", "mailto:", "tel:")):
        return False
    own = page.url.rstrip("/").rpartition("/")[2]
    path = href.partition("#")[0].rstrip("/").rpartition("/")[2]
    return file_address(link, page.base) is None and path != own
