"""Signs that a page lists other items or is an article, each from 0 to 1: what `listing_score` weighs.
None of them is a word of a language."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from crawler.extraction.dates import find_dates
from crawler.extraction.markup.dom import key, word_count
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.text_blocks import PROSE, Block
from crawler.extraction.page.page import Page
from crawler.extraction.page_type import page_data
from crawler.extraction.page_type.cards import ENTRY, FEWEST, LINKED, Cards, find_cards, leads_elsewhere
from crawler.extraction.page_type.notice import opens_notice

_LINK = 15  # characters of a link that leads to another item
_FIGURE = re.compile(r"\d")
_SHORT = 40  # characters of a line that is surely no text
_DATE_LINE = 120  # characters of a line that is about a date
_AROUND = (3, 8)  # lines before and behind the headline among which its date stands
_MANY = 6  # powers of two that count as much as can be: 63 cards, prices or choices
_FILTERS = 8  # powers of two of elements to filter, sort and page by that count as much as can be
_TEXT = 12  # powers of two of characters that are surely an article: 4,095
_PRICE = re.compile(r"[$€£¥₽₹₺₩]\s?\d|\d\s?[$€£¥₽₹₺₩]")  # "$ 12.50", "990 ₽"
_FEW_WORDS = 3  # of a label
_NEARLY_ALL = 0.7  # share of a page's words
_LITTLE = 400  # characters of running text beside cards or links
_FEWEST_HEADS = 6  # headings of a listing that are links
_MOST_HEADS = 0.8  # share of its headings that they are
_ENTRY_LINE = 80  # characters of the line of an entry that has its date
_ENTRIES = 40  # lines with a date that are looked at
_DAYS = 6  # powers of two of such lines that count as much as can be
_NO_FIELDS = frozenset(("hidden", "submit", "button", "image"))
_BESIDE = 2  # lines between the date of an entry and its headline
_LONG = 80  # characters of a paragraph that no teaser has
_TARGETS = 8  # powers of two of addresses linked to that count as much as can be
_SIBLINGS = 5  # powers of two of such paragraphs in one element that are surely an article


@dataclass(frozen=True, slots=True)
class _Layout:
    """The lines of a page outside its frame, which of them stand in cards, and where the headline is."""

    lines: list[Block]
    carded: list[bool]
    cards: Cards
    start: int | None
    total: int
    prose: int
    texts: list[Block]


def signs(page: Page, blocks: list[Block], title: str | None) -> dict[str, float]:
    """The signs of a page by name."""
    found = plain_signs(page, blocks, title)
    for more in card_signs(page, blocks, title):
        found |= more
    return found


def plain_signs(page: Page, blocks: list[Block], title: str | None) -> dict[str, float]:
    """The signs for which it does not matter what stands in cards: they cost a tenth of the others, and on most pages
    they decide."""
    classes = page_data.classes_of(page)
    return {
        **_of_lines(page, [block for block in blocks if block.place != "frame"]),
        "siblings": _log(_paragraphs_together(page.tree), _SIBLINGS),
        "one article": float(len(page.tagged("article")) == 1),
        "few words": float(word_count(title or "") <= _FEW_WORDS),
        "article data": float(page_data.says_article(page, title)),
        "article card": float(page_data.has_article_card(page)),
        "list data": float(page_data.says_list(page)),
        "subject data": float(page_data.says_subject(page)),
        "targets": _log(page_data.count_targets(page), _TARGETS),
        "reading time": float(page_data.tells_reading_time(page)),
        "text class": float(page_data.has_text_class(classes)),
        "filters": _log(page_data.count_filters(classes), _FILTERS),
        "list path": float(page_data.is_list_by_path(page.url)),
        "front": float(page_data.is_front(page.url)),
        "numbered": float(page_data.is_numbered(page.url)),
        "slug": page_data.slug_words(page.url),
    }


def bounds_of_card_signs(page: Page, blocks: list[Block], known: Mapping[str, float]) -> dict[str, float]:
    """The most that those of `card_signs` can be which speak for a listing, where that is less than one, and the least
    that those can be which speak against it, where that is more than nothing: by running text in elements that are too
    large for a card, by lines that could be an entry's date, by what calls the page an article."""
    lines = [block for block in blocks if block.place != "frame"]
    tree, bounds = page.tree, dict[str, float]()
    linked_heads = sum(1 for line in lines if line.place == "heading" and line.links > 0.7)
    if linked_heads < FEWEST:  # else what stands under a heading may be a card without a box
        held = (line for line in lines if _is_text(line) and line.links < LINKED)
        large = [line for line in held if tree.sizes[tree.parents[line.node]] > ENTRY]
        bounds["column"] = _log(_column(tree, large), _TEXT)
        if sum(line.size for line in large) >= _LITTLE:
            bounds |= {"only cards": 0.0, "only links": 0.0}
    if known["article data"] or known["article card"] or page_data.is_signed(page):
        bounds["anonymous"] = 0.0
    bounds["entries"] = _log(sum(1 for _ in islice(_dated_places(lines), _ENTRIES)), _DAYS)
    return bounds


def card_signs(page: Page, blocks: list[Block], title: str | None) -> Iterator[dict[str, float]]:
    """The signs that rest on what stands in cards and what beside them, and those that read dates, in parts: those that
    cost most come last."""
    layout = _layout(page, blocks, title)
    linked = sum(line.size * line.links for line in layout.lines)
    yield {
        **_of_cards(page, layout),
        "column": _log(_column(page.tree, layout.texts), _TEXT),
        "only links": float(linked > _NEARLY_ALL * layout.total and layout.prose < _LITTLE),
    }
    dated = is_dated(page, layout.lines, layout.carded, layout.start)
    told = dated or page_data.says_article(page, title) or page_data.has_article_card(page)
    told = told or page_data.is_signed(page) or page_data.is_timed(page, layout.cards)
    yield {"dated": float(dated), "anonymous": float(not told)}
    yield {"entries": _log(_entries(layout.lines), _DAYS)}
    yield {"notice": float(opens_notice(page, blocks, title, layout.cards))}


def _layout(page: Page, blocks: list[Block], title: str | None) -> _Layout:
    cards = find_cards(page, blocks)
    lines = [block for block in blocks if block.place != "frame"]
    carded = [cards.holds(block.node) for block in lines]
    texts = [line for line, inside in zip(lines, carded, strict=True) if not inside and _is_text(line)]
    total = sum(line.size for line in lines) or 1
    start = _start(lines, title)
    return _Layout(lines, carded, cards, start, total, sum(line.size for line in texts), texts)


def _of_cards(page: Page, layout: _Layout) -> dict[str, float]:
    inside = sum(line.size for line, carded in zip(layout.lines, layout.carded, strict=True) if carded)
    head = layout.lines[layout.start] if layout.start is not None and layout.carded[layout.start] else None
    starts_inside = head is not None and not (head.links > 0.7 and leads_elsewhere(page, head.node))
    only = inside > _NEARLY_ALL * layout.total and layout.prose < _LITTLE and not starts_inside
    return {"row": _log(layout.cards.largest, _MANY), "only cards": float(only)}


def _of_lines(page: Page, lines: list[Block]) -> dict[str, float]:
    heads = [line.links > 0.7 for line in lines if line.place == "heading"]
    prices = sum(1 for line in lines if line.size < _SHORT and _PRICE.search(line.text))
    return {
        "linked heads": float(sum(heads) >= _FEWEST_HEADS and sum(heads) > _MOST_HEADS * len(heads)),
        "prices": _log(prices, _MANY),
        "choices": _log(_choices(page), _MANY),
        "fields": _log(_fields(page), _MANY),
        "buttons": _log(len(page.tree.tagged("button")), _MANY + 1),
        "run": _longest_run(lines) / (sum(line.size for line in lines) or 1),
    }


def _paragraphs_together(tree: FlatTree) -> int:
    """The most long paragraphs in one element."""
    long = (n for n in tree.tagged("p") if tree.sizes[n] >= _LONG and tree.linked[n] < 0.3 * tree.sizes[n])
    return max(Counter(tree.parents[n] for n in long).values(), default=0)


def _log(count: float, most: int) -> float:
    """Powers of two in a count, as a share of the most that count."""
    return min(1.0, math.log2(1 + count) / most)


def _is_text(line: Block) -> bool:
    return line.place == "body" and line.links < 0.3 and line.size >= PROSE


def _column(tree: FlatTree, texts: list[Block]) -> int:
    """Characters of the most text in one element, or in the boxes of one."""
    found = Counter[int]()
    for line in texts:
        parent = tree.parents[line.node]
        for holder in {parent, tree.parents[parent] if parent >= 0 else -1}:
            found[holder] += line.size
    return max(found.values(), default=0)


def _start(lines: list[Block], title: str | None) -> int | None:
    """The place of the line that shows the headline."""
    wanted = key(title or "")
    named = [n for n, line in enumerate(lines) if wanted and line.key == wanted]
    return next((n for n in named if lines[n].place == "heading"), named[0] if named else None)


def _longest_run(lines: list[Block]) -> float:
    """Characters of the lines between two links that stand by themselves."""
    longest = run = 0
    for line in lines:
        if line.links > 0.5 and line.size >= _LINK:
            run = 0
        elif line.links < 0.3:
            run += line.size
            longest = max(longest, run)
    return longest


def _dated_places(lines: list[Block]) -> Iterator[Block]:
    """Short lines with a figure by a heading or a link, where entries of a list have their dates."""
    for place, line in enumerate(lines):
        if line.size <= _ENTRY_LINE and _FIGURE.search(line.text):
            beside = lines[max(0, place - _BESIDE) : place + 1 + _BESIDE]
            if any(other.place == "heading" or other.links > 0.7 for other in beside if other is not line):
                yield line


def _entries(lines: list[Block]) -> int:
    """How many of the first such lines have a date."""
    first = islice(_dated_places(lines), _ENTRIES)
    return sum(bool(find_dates(line.text, zone=None, captured=None)) for line in first)


def is_dated(page: Page, lines: list[Block], carded: list[bool], start: int | None) -> bool:
    """Whether a short line by the headline, in no card, has a date."""
    if start is None:
        return False
    near = range(max(0, start - _AROUND[0]), min(len(lines), start + 1 + _AROUND[1]))
    texts = (lines[n].text for n in near if not carded[n] and lines[n].size <= _DATE_LINE)
    return any(find_dates(text, zone=page.zone, captured=None) for text in texts)


def _choices(page: Page) -> int:
    """Boxes to tick and lists to choose from: what a listing is filtered by."""
    ticks: int = sum((field.get("type") or "").lower() == "checkbox" for field in page.tagged("input"))
    return ticks + len(page.tagged("select"))


def _fields(page: Page) -> int:
    """What can be filled in or ticked."""
    return sum((field.get("type") or "").lower() not in _NO_FIELDS for field in page.tagged("input"))
