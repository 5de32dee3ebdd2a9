"""Lines behind an article: what follows a label over other items, comments, the last labels."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import LABEL, ends_article
from crawler.extraction.lines.calls_to_action import counts_comments, heads_comments, is_closing
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.text_blocks import Block, is_column, outside_lists, places_of

_MOST = 0.6  # share of a text that one box holds
_LINKED = 0.7  # share of links in a line that is one
_CARD = 4  # lines that tell who an author is
_NAME = 8  # letters of a name that says who is meant
_MUCH = 0.3  # share of the sentences of a page that stand in one element


def end_of_article(draft: Draft) -> int:
    """The number of the first line of what follows the article."""
    if draft.end is None:
        blocks, start = draft.blocks, draft.start
        labels = (n for n in range(start, len(blocks)) if ends_article(blocks[n].text))
        draft.end = next((n for n in labels if _is_end(blocks, start, n)), len(blocks))
    return draft.end


def _is_end(blocks: list[Block], start: int, end: int) -> bool:
    """False for a label inside the text: much of what follows stands in the same place as the text before it, or the
    label is one of a box in that place, and a sentence follows the box."""
    before = [b for b in blocks[start:end] if b.links < 0.3 and b.place == "body"]
    behind = [b for b in blocks[end:] if b.links < 0.3]
    lines = Counter(b.node for b in before)
    prose = [b for b in before if b.is_prose]
    # Several lines of one element are apart by breaks: it holds the text, and not what is around it.
    places = {place for b in prose for place in ((b.element,) if lines[b.node] > 1 else places_of(b.element))}
    within = sum(b.size for b in before)
    holders = {b.element.getparent() for b in before if b.is_prose}
    is_boxed = blocks[end].element.getparent() not in holders and not holders.isdisjoint(
        blocks[end].element.iterancestors()
    )
    if is_boxed and any(b.element.getparent() in holders and b.is_prose for b in behind):
        return False
    goes_on = sum(b.size for b in behind if b.is_prose and not places.isdisjoint((b.element, *places_of(b.element))))
    return within >= sum(b.size for b in behind) / 4 and goes_on <= 0.15 * within


def comments(draft: Draft) -> set[int]:
    """Lines behind the box that holds most of the text, where a line about a date or a label over comments stands
    between: what readers wrote, each with a name and a day, and boxes that tell when the page was changed."""
    if not draft.text:
        return set()
    homes, blocks = draft.layout.homes, draft.blocks
    main, last = _main_box(draft)
    if last == draft.text[-1]:
        return set()
    behind = range(last + 1, len(blocks))
    opens = next(
        (n for n in behind if is_dateline(blocks[n].text, None) or heads_comments(blocks[n].text)), len(blocks)
    )
    return {n for n in draft.text if n > opens and homes[n] != main}


def counted_comments(draft: Draft) -> set[int]:
    """Lines behind a heading that counts comments ("2 comments"), in boxes that hold nothing of the text before it;
    behind most of the text, in any."""
    homes, blocks, text = draft.layout.homes, draft.blocks, draft.text
    labels = range(text[0], text[-1]) if len(text) > 1 else ()
    for n in (n for n in labels if blocks[n].place == "heading" and counts_comments(blocks[n].text)):
        before = [m for m in text if m < n]
        if not any(draft.prose[m] for m in before):
            continue
        if draft.size(before) >= _MOST * draft.size(text):
            return {m for m in text if m >= n}
        own = {homes[m] for m in before}
        return {m for m in text if m >= n and homes[m] not in own}
    return set()


def _main_box(draft: Draft) -> tuple[int, int]:
    """(the box that holds most of the text, the number of its last line); the last line of all where none does."""
    homes, sizes = draft.layout.homes, Counter[int]()
    for n in draft.text:
        sizes[homes[n]] += draft.blocks[n].size
    main, size = max(sizes.items(), key=lambda pair: pair[1], default=(-1, 0))
    if not size or size < _MOST * sizes.total():
        return -1, draft.text[-1] if draft.text else -1
    return main, max(n for n in draft.text if homes[n] == main)


def teasers(draft: Draft) -> set[int]:
    """Lines behind the box that holds most of the text, two or more, each in a box of its own that opens with a link:
    the first words of other items under their headlines."""
    if not draft.text:
        return set()
    blocks, tree = draft.blocks, draft.page.tree
    main, last = _main_box(draft)
    found: set[int] = set()
    for n in (n for n in draft.text if n > last):
        box, link = tree.parents[blocks[n].node], blocks[n - 1]
        opens = box <= link.node < tree.ends[box] and (n < 2 or not box <= blocks[n - 2].node < tree.ends[box])
        if opens and link.links > _LINKED and not box <= main < tree.ends[box]:
            found.add(n)
    return found if len(found) > 1 else set()


def author_cards(draft: Draft) -> set[int]:
    """The lines of boxes behind most of the text that open with an author's name on a line of its own: who that is."""
    text, blocks, tree = draft.text, draft.blocks, draft.page.tree
    found: set[int] = set()
    for n in range(text[len(text) // 2] + 1, text[-1]) if text else ():
        if blocks[n].key not in draft.names or len(blocks[n].key) < _NAME:
            continue
        place = bisect_right(text, n)
        before, behind = text[place - 1], text[place]
        box = blocks[n].node
        while box > 0 and blocks[behind].node >= tree.ends[box]:
            box = tree.parents[box]
        inside = [m for m in text[place:] if blocks[m].node < tree.ends[box]]
        # A signature has neither a link nor a sentence.
        is_card = blocks[n].links > _LINKED or any(draft.prose[m] for m in inside)
        if is_card and len(inside) <= _CARD and not box <= blocks[before if before < n else text[place - 2]].node:
            found.update(inside)
    return found


def last_labels(draft: Draft) -> set[int]:
    blocks = draft.blocks
    if len(draft.text) < 2 or blocks[draft.text[-1]].size > LABEL:
        return set()
    own = (b for b, is_sentence in zip(blocks, draft.prose, strict=True) if is_sentence and b.place == "body")
    prose = [b for b in own if not is_closing(b.text)]
    if not prose:
        return set()  # a text of short lines: nothing tells where it ends
    places = {place for b in prose for e in {b.element, outside_lists(b.element)} for place in places_of(e)}
    weight: Counter[html.HtmlElement | None] = Counter()
    for b in prose:
        outer = outside_lists(b.element)
        weight[outer if is_column(outer) else outer.getparent()] += b.size
    around = {element for element, size in weight.items() if size > _MUCH * weight.total()}
    found: set[int] = set()
    for n in reversed(draft.text[1:]):
        block = blocks[n]
        if block.size > LABEL or not places.isdisjoint(places_of(block.element)) or n in draft.added:
            break
        if any(ancestor in around for ancestor in block.element.iterancestors()):
            break
        found.add(n)
    return found
