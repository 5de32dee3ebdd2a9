"""The text of a short notice: the running lines around its headline, where tools that look for much text find less."""

from __future__ import annotations

from dataclasses import replace

from crawler.extraction.boilerplate.rules import prune
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.markup.dom import SENTENCE_ENDS

THIN = 250  # characters of text under which the headline's container is asked too
_SENTENCE = 40  # characters of a line that is no label
_LINKED = 0.5  # share of links up to which a sentence is no pointer to another item
_NEAR = 8  # lines behind the headline among which the text begins
_ABOVE = 4  # elements around the headline


def take_notice(draft: Draft) -> None:
    """Makes the running lines of the smallest container of the headline that has any the text, when those are more: a
    notice of one or two sentences is too little for tools that look for much text."""
    if draft.headline is None or not (_is_thin(draft) or _starts_elsewhere(draft)):
        return
    tree = draft.page.tree
    at = first = tree.parents[draft.page.tree.numbers[draft.headline]]
    for _ in range(_ABOVE):
        if at < 0 or tree.tags[at] == "html" or (tree.tags[at] == "body" and at != first):
            return
        found = [n for n, b in enumerate(draft.blocks) if at <= b.node < tree.ends[at] and _may_be(draft, n)]
        other = replace(draft, text=found, labels={}, added={}, shown=set())
        prune(other)
        if any(_is_notice(draft, n) for n in other.text):
            if _running(other) > _running(draft) or not draft.text:
                gone = set(draft.text) - set(other.text)
                draft.labels.update({n: other.labels[n] for n in gone if n in other.labels})
                draft.text = []
                draft.take(other.text, "beside the headline")
            return
        at = tree.parents[at]


def _is_thin(draft: Draft) -> bool:
    return sum(draft.blocks[n].size for n in draft.text) < THIN


def _starts_elsewhere(draft: Draft) -> bool:
    """Whether the text has none of the two or more sentences that follow the headline: a reader took another part."""
    near = range(draft.start, min(draft.start + _NEAR, len(draft.blocks))) if draft.start else range(0)
    sentences = {n for n in near if draft.prose[n] and draft.blocks[n].place == "body"}
    return len(sentences) > 1 and sentences.isdisjoint(draft.text)


def _may_be(draft: Draft, n: int) -> bool:
    block = draft.blocks[n]
    return block.place in ("body", "heading") and block.links < _LINKED and not is_label(block.text, draft.shown)


def _running(draft: Draft) -> int:
    """Characters of the sentences of a text: labels make none longer."""
    lines = (draft.blocks[n] for n in draft.text)
    return sum(b.size for b in lines if b.size >= _SENTENCE or b.is_prose)


def _is_notice(draft: Draft, n: int) -> bool:
    """Whether a line is enough of a text: a notice may be one short sentence."""
    block = draft.blocks[n]
    return block.size >= _SENTENCE or (not draft.text and block.size >= 20 and block.text.endswith(SENTENCE_ENDS))
