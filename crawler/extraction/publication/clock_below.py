"""A time of day on the line under the day of publication, as press offices set it: "11 March 2026", below "15:30"."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.extraction.dates import ParsedDate
from crawler.extraction.lines.datelines import is_clock
from crawler.extraction.markup.dom import even
from crawler.extraction.page.page import Page
from crawler.extraction.publication.item_cards import LINE

_LONGEST = 30  # characters of a line that tells a time of day: "香港時間15時30分"
_FIGURES = re.compile(r"\d{1,2}\D{1,2}\d{2}")


def with_clock_below(page: Page, day: ParsedDate) -> str | None:
    """The line that tells this day with the time of day on the line under it; None where no such line follows, or
    where times of day stand on several lines: these are the entries of a running report."""
    blocks = page.blocks
    for line, below in pairwise(blocks):
        if below.size > _LONGEST or line.size > LINE or not _FIGURES.search(below.text):
            continue
        if day.raw in line.text and below.place == line.place and sum(c.isdigit() for c in below.text) <= 6:
            if is_clock(below.text) and sum(is_clock(b.text) for b in blocks if b.size <= _LONGEST) > 1:
                return None
            return f"{even(line.text)} {even(below.text)}"
    return None
