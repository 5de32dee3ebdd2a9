"""Tables that list: rows with a link each, to a file or a page, and no text beside them: tenders, documents."""

from __future__ import annotations

from crawler.extraction.dates import find_dates
from crawler.extraction.markup.text_blocks import PROSE, Block
from crawler.extraction.page.page import Page

_ROWS = 3  # of the shortest list
_LINKED = 0.7  # share of the rows that have a link
_DATE_LINE = 120  # characters of a line that is about a date
_MOSTLY = 0.7  # share of a page's words outside its frame that such a table holds


def lists_in_table(page: Page, blocks: list[Block]) -> bool:
    """Whether a table whose rows lead each to something is nearly all that a page shows, and no line of it is running
    text."""
    own = [block for block in blocks if block.place in ("body", "heading")]
    tree, total = page.tree, sum(block.size for block in own)
    for table in tree.tagged("table"):
        rows = tree.within(table, "tr")
        linked = sum(1 for row in rows if tree.within(row, "a"))
        if linked < _ROWS or linked < _LINKED * (len(rows) - 1):
            continue
        end = tree.ends[table]
        inside = sum(block.size for block in own if table <= block.node < end)
        beside = [block for block in own if not table <= block.node < end]
        if inside > _MOSTLY * total and not any(map(_tells, beside)):
            return True
    return False


def _tells(block: Block) -> bool:
    """Whether a line is running text, or tells a day: then it is a notice with a table."""
    if block.size >= PROSE and block.place == "body" and not block.links:
        return True
    return block.size <= _DATE_LINE and bool(find_dates(block.text, zone=None, captured=None))
