"""Lines that ask something of readers: consent to cookies, subscriptions in a box between sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.calls_to_action import is_closing, is_invitation
from crawler.extraction.markup.dom import SENTENCE_ENDS
from crawler.extraction.markup.text_blocks import Block

_COOKIES = ("cookie", "куки")  # in the key of each line that the pattern finds
COOKIES = re.compile(r"\bcookies?\b|файл\w* cookie|куки", re.IGNORECASE)
_CONSENT = re.compile(r"cookie|consent|gdpr|privacy", re.IGNORECASE)
_QUESTION, _ANSWERS = 120, 100  # characters of a question, and of what answers it
_READER = re.compile(r"\b(?:adobe\s*(?:acrobat\s*)?reader|acrobat\s*reader)\b", re.IGNORECASE | re.ASCII)
_ON_READERS = 300  # characters of a line that tells of a program
_LINES = 6  # of such a box
_ASKS = ("?", "؟", "？", ";", "\u037e", "՞")  # Greek asks with a semicolon
_NAMED = 0.3  # share of such a line that is a link


def asks_consent(draft: Draft) -> set[int]:
    """Lines of boxes about cookies that bear such a name, or hold a button."""
    tree, found = draft.page.tree, set[int]()
    for block in draft.blocks:
        if block.links > _NAMED or not any(word in block.key for word in _COOKIES) or not COOKIES.search(block.text):
            continue
        box = tree.parents[block.node] if tree.tags[block.node] not in ("div", "section", "aside") else block.node
        is_named = _CONSENT.search(f"{tree.classes[box]} {tree.get(box, 'id')}")
        if is_named or tree.within(box, "button"):
            found.update(m for m, other in enumerate(draft.blocks) if box <= other.node < tree.ends[box])
    if not found:
        return found
    behind = (draft.blocks[n] for n in range(draft.start, len(draft.blocks)) if draft.start and n not in found)
    spared = any(b.place == "body" and b.links < _NAMED and b.text.endswith(SENTENCE_ENDS) for b in behind)
    return found if spared else set()


def on_readers(draft: Draft) -> set[int]:
    """The lines in the second half of a text that tell which program opens the files of the page."""
    half = draft.text[(len(draft.text) + 1) // 2 :]
    found = (n for n in half if "adobe" in draft.blocks[n].key and _READER.search(draft.blocks[n].text))
    return {n for n in found if draft.blocks[n].size <= _ON_READERS}


def asks_with_buttons(draft: Draft) -> set[int]:
    """Questions in a box with hardly anything else but the buttons that answer them, and what is said of the answers:
    "Was this of use?" in any language."""
    tree, blocks = draft.page.tree, draft.blocks
    found = set[int]()
    for n, block in enumerate(blocks):
        if n < draft.start or block.size > _QUESTION or not block.text.endswith(_ASKS):
            continue
        box = block.node if tree.tags[block.node] in ("div", "section", "fieldset") else tree.parents[block.node]
        if box > 0 and tree.sizes[box] <= block.size + _ANSWERS and len(tree.within(box, "button")) > 1:
            near = range(n, min(n + _LINES, len(blocks)))
            found.update(m for m in near if blocks[m].node < tree.ends[box] and blocks[m].size < _QUESTION)
    return found


def over_players(draft: Draft) -> set[int]:
    """The headings of boxes that hold nothing else than pictures, a film, a recording or a frame of another site."""
    tree, blocks = draft.page.tree, draft.blocks
    heads = ((n, tree.parents[blocks[n].node]) for n in draft.text if blocks[n].place == "heading")
    return {
        n
        for n, box in heads
        if box > 0
        and tree.sizes[box] == tree.sizes[blocks[n].node]
        and any(tree.within(box, tag) for tag in ("video", "audio", "iframe", "img"))
    }


def boxed_invitations(draft: Draft) -> set[int]:
    """Lines inside a text that ask something of the reader and stand in a box between its sentences; those behind the
    last sentence are judged with what else stands at the end."""
    blocks = draft.blocks
    sentences = {b.element.getparent() for b in blocks if b.place == "body" and b.is_prose}
    near = {blocks[n].element.getparent() for n in draft.text}
    if all(box is None or sentences.isdisjoint(box.iterancestors()) for box in near):
        return set()  # no box stands between sentences, as on most pages: none of the lines is asked
    last = next((n for n in reversed(draft.text) if blocks[n].is_prose and not is_closing(blocks[n].text)), 0)
    text = {n for n in draft.text if n < last}
    asks = cache(lambda n: n in text and is_invitation(blocks[n].text))
    holders = _holders(blocks, asks)
    boxed = (n for n in text if blocks[n].element.getparent() not in holders and asks(n))
    return {n for n in boxed if not holders.isdisjoint(blocks[n].element.iterancestors())}


def _holders(blocks: Sequence[Block], asks: Callable[[int], bool]) -> set[html.HtmlElement | None]:
    """The elements with a sentence that asks nothing. Of those with many, the first tells it, and no other is asked."""
    holders = set[html.HtmlElement | None]()
    for n, block in enumerate(blocks):
        is_sentence = block.place == "body" and block.is_prose
        if is_sentence and (holder := block.element.getparent()) not in holders and not asks(n):
            holders.add(holder)
    return holders
