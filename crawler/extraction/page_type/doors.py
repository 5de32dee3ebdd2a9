"""Pages that are a door: a form for a password and hardly anything else."""

from __future__ import annotations

from crawler.extraction.dates import find_dates
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page

_DOOR = 100  # characters of running text under which a form for a password is what the page is for
_DATE_LINE = 120  # characters of a line that is about a date


def asks_password(page: Page) -> bool:
    """Whether a page has a field for a password."""
    return any((field.get("type") or "").lower() == "password" for field in page.tagged("input"))


def is_door(blocks: list[Block], running: int) -> bool:
    """Whether a page with hardly any text tells no day either: of an article a widget for members is a part."""
    if running >= _DOOR:
        return False
    return not any(find_dates(b.text, zone=None, captured=None) for b in blocks if b.size <= _DATE_LINE)
