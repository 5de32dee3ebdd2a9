"""Lines that tell how to reach somebody: boxes behind or beside a text, and whom to ask, above it."""

from __future__ import annotations

from functools import partial
from itertools import groupby, islice, takewhile

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import LABEL
from crawler.extraction.lines.contact_lines import is_reached
from crawler.extraction.markup.dom import SENTENCE_ENDS
from crawler.extraction.markup.text_blocks import Block

_DEEP = 12  # boxes in boxes
_CARD = 10  # lines of a visiting card
_PAGES = frozenset("html body main article".split())
_FEWEST = 2  # lines of a paragraph that is one
_PARAGRAPHS = frozenset("p div address span font".split())
_NOTES = "※*＊"  # in front of a note


def contacts(draft: Draft) -> set[int]:
    """The lines of boxes that tell how to reach somebody: a heading over a few short lines, one of them with a number
    to call or an address to write to, and no sentence."""
    blocks = draft.blocks
    found = _reached_above(draft) | _reached_below(draft)
    for n, block in enumerate(blocks):
        if block.place != "heading" or block.element.tag == "h1" or (box := block.element.getparent()) is None:
            continue
        flat = box.tag in _PAGES or (n > 0 and _stands_in(box, blocks[n - 1]))  # then it reaches to the next heading
        inside = list(takewhile(partial(_stands_in, box), blocks[n + 1 : n + _CARD + 2]))
        inside = list(takewhile(_is_no_heading, inside)) if flat else inside
        behind = block.element.getnext() if flat else None  # and where that has more than contacts, over this element
        listed = list(takewhile(partial(_is_or_stands_in, behind), inside)) if behind is not None else []
        card = next((lines for lines in (inside, listed) if _is_card(lines)), [])
        found.update(range(n, n + len(card) + 1) if card else ())
    return found


def _is_card(lines: list[Block]) -> bool:
    """Whether lines are short and no sentences, and one has a number to call or an address to write to."""
    if not 1 <= len(lines) <= _CARD or any(b.size > LABEL or _is_sentence(b) for b in lines):
        return False
    return any(is_reached(b.text) for b in lines)


def _reached_above(draft: Draft) -> set[int]:
    """The lines between the headline and the first sentence that tell whom to ask, with the label over each."""
    blocks, start = draft.blocks, draft.start
    first = next((n for n in range(start, len(blocks)) if draft.prose[n] and not is_reached(blocks[n].text)), start)
    above = range(start, first) if start and first - start <= _CARD else range(0)
    reached = {n for n in above if blocks[n].size <= LABEL and is_reached(blocks[n].text)}
    labels = (n - 1 for n in reached if n > start and blocks[n - 1].size <= LABEL / 2)
    return reached | {n for n in labels if not any(map(str.isdigit, blocks[n].text)) and not draft.prose[n]}


def _reached_below(draft: Draft) -> set[int]:
    """The lines of a paragraph behind the last sentence of a text, in a box of its own, that tell how to reach
    somebody: "Press office", a name, a number. In the text's own box they are part of it; so are lists and tables."""
    blocks, tree = draft.blocks, draft.page.tree
    last = next((n for n in reversed(draft.text) if draft.prose[n] and not is_reached(blocks[n].text)), -1)
    behind = [n for n in draft.text if n > last >= 0]
    found: set[int] = set()
    for node, lines in groupby(behind, lambda n: blocks[n].node):
        group = list(lines)
        told = [blocks[n] for n in group]
        holder = tree.parents[node]
        if not _FEWEST <= len(group) <= _CARD or tree.tags[node] not in _PARAGRAPHS or tree.tags[holder] in _PAGES:
            continue
        if holder <= blocks[last].node < tree.ends[holder]:
            continue
        if all(b.size <= LABEL and not _is_sentence(b) for b in told) and any(is_reached(b.text) for b in told[1:]):
            found.update(group)
    return found


def _is_sentence(block: Block) -> bool:
    """Whether a line ends as a sentence, save notes on how to write an address ("※[★] is to be read as [@]")."""
    return block.text.endswith(SENTENCE_ENDS) and block.text[:1] not in _NOTES


def _stands_in(box: html.HtmlElement, block: Block) -> bool:
    return box in islice(block.element.iterancestors(), _DEEP)


def _is_or_stands_in(box: html.HtmlElement, block: Block) -> bool:
    return block.element is box or _stands_in(box, block)


def _is_no_heading(block: Block) -> bool:
    return block.place == "body"
