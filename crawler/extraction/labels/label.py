"""What a line of a page is: one label each, with the name of the rule that gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crawler.extraction.markup.text_blocks import Block


class Label(StrEnum):
    """What a line is. The text is paragraphs, headings, list items, quotes, table rows and the standfirst."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    TABLE_ROW = "table row"
    STANDFIRST = "standfirst"
    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    FACT = "fact"  # another field's words: date, section, source, counters, share labels
    CAPTION = "caption"
    NAVIGATION = "navigation"
    RELATED = "related"
    OTHER_ARTICLE = "other article"
    COMMENT = "comment"
    NOTICE = "notice"  # what asks something of readers, or tells of the site: cookies, rights, newsletters
    CONTACT = "contact"
    REPEAT = "repeat"
    BESIDE = "beside the text"
    OUTSIDE = "outside"


TEXT = frozenset(
    {Label.PARAGRAPH, Label.HEADING, Label.LIST_ITEM, Label.QUOTE, Label.TABLE_ROW, Label.STANDFIRST},
)


def dropped_share(lines: Sequence[LabelledBlock]) -> float:
    """The share of the visible words between the first and the last line of a text that are not its text, 0 to 1."""
    text = [n for n, line in enumerate(lines) if line.label in TEXT]
    among = lines[text[0] : text[-1] + 1] if text else ()
    total = sum(line.block.size for line in among)
    return sum(line.block.size for line in among if line.label not in TEXT) / (total or 1)


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A line of a page, what it is, and the rule that says so."""

    block: Block
    label: Label
    reason: str
