"""Notices: a headline and running text right below it, on a page of whatever else."""

from __future__ import annotations

from crawler.extraction.dates import find_dates
from crawler.extraction.markup.dom import key, word_count
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page
from crawler.extraction.page_type.cards import Cards, leads_elsewhere

NEAR = 8  # lines between a headline and its text: date, section, counters, the words of share buttons
_DATE_LINE = 120  # characters of a line that is about a date


def opens_notice(page: Page, blocks: list[Block], title: str | None, cards: Cards) -> bool:
    """Whether text without links follows a headline that <title> begins or ends with, or one with its date: a notice,
    whatever stands around it. A headline that <title> tells and that has its own date needs no text: so begin
    digests."""
    names = {name for name in (key(page.doc_title), key(title or "")) if name}
    for start, block in enumerate(blocks):
        if block.links > 0.7 and leads_elsewhere(page, block.node):
            continue
        named = any(names_line(block, name) for name in names)
        is_head = block.place == "heading" and block.key == key(title or "") and block.links < 0.5
        if (named or is_head) and (names_line(block, key(page.doc_title)) or not cards.holds(block.node)):
            near = blocks[start + 1 : start + 1 + NEAR]
            end = next((n for n, b in enumerate(near) if b.links > 0.7 and b.size >= 20), len(near))
            dated = any(find_dates(b.text, zone=None, captured=None) for b in near[:end] if b.size <= _DATE_LINE)
            told = (b for b in near[:2] if b.size <= _DATE_LINE and not cards.holds(b.node))
            if named and any(find_dates(b.text, zone=None, captured=None) for b in told):
                return True
            if (named or dated) and any(b.place == "body" and b.links < 0.1 and b.size >= 40 for b in near[:end]):
                return True
    return False


def names_line(block: Block, title: str) -> bool:
    """Whether a line is the headline that <title>, given by its key, tells: a link only where it is a heading."""
    words = block.key
    return (
        (block.place == "heading" or (block.place == "body" and block.links < 0.5))
        and word_count(block.text) >= 4
        and len(words) >= 12
        and (title.startswith(words) or title.endswith(words))
    )
