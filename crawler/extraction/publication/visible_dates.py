"""Dates that a reader sees near the headline: lines, bare or in elements, and <time>; those of other items left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import html

from crawler.extraction.markup.dom import even, text_of
from crawler.extraction.page.page import Page
from crawler.extraction.publication.date_lines import WEAK, DateLines, Told, behind
from crawler.extraction.publication.date_roles import is_todays
from crawler.extraction.publication.item_cards import CARDS, LINE, dates_link, in_card, is_card
from crawler.extraction.words import vocabulary

_DATED = frozenset("time abbr footer p div span h1 h2 h3 h4 h5 h6 small b strong em i dd td li br font center".split())
_LOOKED_AT = _DATED | CARDS
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_PUBLISHED = vocabulary("published", "updated")
_WORDLESS = frozenset("time br".split())  # may tell a date by an attribute, or by the words behind it
_LINES, _PIECES = 6, 12  # lines behind the headline's part of the page that are looked at, and elements of each
_LEVELS, _MOST = 4, 401  # elements around the headline, and those in them, that are looked at


class Place(NamedTuple):
    """Words of a page that can tell a date, and where they stand."""

    kind: str  # published | modified
    raw: str
    source: str
    rank: int  # smaller is better
    above: bool = False  # in front of the headline
    of_link: bool = False  # beside a headline to click on
    machine: bool = False  # written for machines: no reader sees it


def near_headline(page: Page, headline: html.HtmlElement) -> Iterator[Place]:
    """Lines and <time> elements in the container of the headline, nearest first; dates of other items, which stand in
    lists, links and asides, are not looked at."""
    tree, lines, own = page.tree, DateLines(page), page.tree.numbers[headline]
    tags, sizes = tree.tags, tree.sizes
    left, scope, title = _MOST, own, page.text_of(headline)
    for level in range(_LEVELS):
        around = tree.parents[scope]
        if around < 0 or tree.tags[around] == "html":
            break
        if tree.tags[around] == "body" and scope != own:
            yield from _behind_headline(page, lines, tree.ends[scope])
            return
        holder = tree.elements[around]
        yield from (Place(*told) for told in lines.told(even(holder.text)))
        done = range(scope + 1, tree.ends[scope]) if scope != own else range(0)
        inside, looked_at = _outside_cards(page, around, done, left)
        left -= looked_at
        for number in inside:
            if number != own and (tags[number] == "h1" or not (0 < sizes[number] <= LINE or tags[number] in _WORDLESS)):
                continue  # most elements: none of the questions below is asked of them
            element = tree.elements[number]
            bare = number == own or tree.tags[number] == "br"
            found: Sequence[Told]
            if number < own < tree.ends[number]:
                # A headline may tell a day of its own ("Prices on 1 March"), which is none of publication.
                found = lines.told(even(page.short_text(element, LINE).replace(title, " ", 1)))
            else:
                found = lines.told(even(behind(element))) if bare else lines.of(element)
            if not found or in_card(page, element, holder) or _is_of_section(page, number, own):
                continue
            above = number < own or tree.tags[own] not in _DATED
            if above and is_todays(page, element, holder):
                continue
            # Far above the headline stand clocks and tickers, and beside a link the date of what it leads to: the last
            # to believe, and no contradiction.
            of_link = dates_link(page, element, holder)
            weak = WEAK if (above and level >= 2) or of_link else 0
            attribute = element.get("datetime") if element.tag == "time" else None
            for kind, raw, source, rank in found:
                yield Place(kind, raw, source, rank + weak, above, of_link, raw == attribute)
        scope = around
    else:
        yield from _behind_headline(page, lines, tree.ends[scope])


def _outside_cards(page: Page, around: int, done: range, most: int) -> tuple[list[int], int]:
    """(the elements of an element, itself first, that may be lines and stand in no card of another item, without those
    that are `done`; how many, in cards or not, were looked at: at most `most`)."""
    tree, tags = page.tree, page.tree.tags
    found, count, card = list[int](), 0, 0
    for number in range(around, tree.ends[around]):
        if tags[number] not in _LOOKED_AT:
            continue
        if tags[number] in _DATED:
            if count == most:
                break
            count += 1
        if number < card or number in done:
            continue
        if tags[number] in CARDS and number > around and is_card(page, tree.elements[number]):
            card = tree.ends[number]  # nothing in it is read
        elif tags[number] in _DATED:
            found.append(number)
    return found, count


def _behind_headline(page: Page, lines: DateLines, end: int) -> Iterator[Place]:
    """The lines between the `end` of the headline's part of the page and the first sentence behind it, where the page
    gives the headline a part of its own: a banner over the columns."""
    tree, blocks = page.tree, page.blocks
    start = bisect_left(blocks, end, key=lambda block: block.node)
    for block in islice(blocks[start:], _LINES):
        if block.place != "body" or (block.is_prose and not _is_short(page, block.node)):
            return
        inside = range(block.node, min(tree.ends[block.node], block.node + _PIECES))
        for number in (n for n in inside if tree.tags[n] in _DATED and _is_short(page, n)):
            element = tree.elements[number]
            if (found := lines.of(element)) and not in_card(page, element, None):
                of_link = dates_link(page, element, tree.elements[0])
                yield from (
                    Place(kind, raw, source, rank + (WEAK if of_link else 0), of_link=of_link)
                    for kind, raw, source, rank in found
                )


def _is_of_section(page: Page, number: int, own: int) -> bool:
    """Whether a date is the first line under a heading inside the text, behind its first sentence: when something is
    held, and not when that was told; unless the heading says so."""
    before = page.tree.before(number)
    if before <= own or page.tree.tags[before] not in _HEADINGS:
        return False
    if _PUBLISHED.is_whole(page.short_text(page.tree.elements[before], LINE)):
        return False
    start = bisect_left(page.blocks, own, key=lambda block: block.node)
    end = bisect_left(page.blocks, before, key=lambda block: block.node)
    return any(block.place == "body" and block.is_prose for block in page.blocks[start:end])


def _is_short(page: Page, number: int) -> bool:
    """Whether an element may be a line about a date: by its words, or by what stands in or behind it."""
    return page.tree.tags[number] in _WORDLESS or 0 < page.tree.sizes[number] <= LINE


def lone_times(page: Page) -> Iterator[Place]:
    """The only <time> of a page without a headline that could be found."""
    times = [t for t in page.tagged("time") if not in_card(page, t, None)]
    if len(times) == 1:
        yield Place("published", times[0].get("datetime") or text_of(times[0]), "time", 9)
