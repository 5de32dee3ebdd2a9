"""The label of every line of a page, when it is decided which are the text."""

from __future__ import annotations

from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label, LabelledBlock
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.text_blocks import Block

_PLACES = {
    "frame": (Label.NAVIGATION, "in a frame of the page"),
    "side": (Label.BESIDE, "beside the text, by its class or under a picture"),
    "caption": (Label.CAPTION, "in the caption of a picture"),
}


def labelled(draft: Draft) -> tuple[LabelledBlock, ...]:
    """One label and one reason for each line of the page, in its order."""
    text, numbers = set(draft.text), {id(block): n for n, block in enumerate(draft.blocks)}
    return tuple(
        _labelled(draft, n, block, is_text=n in text)
        if (n := numbers.get(id(block))) is not None
        else LabelledBlock(block, Label.OTHER_ARTICLE, "in the element of another article")
        for block in draft.page.blocks
    )


def _labelled(draft: Draft, n: int, block: Block, *, is_text: bool) -> LabelledBlock:
    if is_text:
        return LabelledBlock(block, _kind(draft, n, block), draft.added.get(n, draft.reader))
    if n in draft.labels:
        return LabelledBlock(block, *draft.labels[n])
    if draft.title and block.key == draft.title:
        return LabelledBlock(block, Label.HEADLINE, "the headline")
    if is_dateline(block.text, draft.page.zone):
        return LabelledBlock(block, Label.DATELINE, "tells when, outside the text")
    if is_label(block.text, draft.shown):
        return LabelledBlock(block, Label.FACT, "the words of another field")
    if block.place in _PLACES:
        return LabelledBlock(block, *_PLACES[block.place])
    return LabelledBlock(block, Label.OUTSIDE, "not among the lines of the text")


def _kind(draft: Draft, n: int, block: Block) -> Label:
    layout = draft.layout
    if n in draft.standfirst:
        return Label.STANDFIRST
    if layout.rows[block.node] >= 0:
        return Label.TABLE_ROW
    if layout.quotes[block.node] >= 0:
        return Label.QUOTE
    if layout.lists[block.node] >= 0:
        return Label.LIST_ITEM
    return Label.HEADING if block.place == "heading" else Label.PARAGRAPH
