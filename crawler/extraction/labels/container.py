"""The container of an article, where the page leaves no doubt about it: the one element that holds its running text."""

from __future__ import annotations

from collections import Counter

from crawler.extraction.labels.draft import Draft
from crawler.extraction.markup.text_blocks import Block

_RUNNING, _LINKED = 60, 0.3  # characters of a line that is running text, and the share of links that it has at most
_TEXT = frozenset("h2 h3 h4 h5 h6 li dt dd td th pre blockquote".split())
_ALL_LINKED = 0.9  # share of links in a line that is one
_NEARLY_ALL = 0.96  # share of the running text: of the page, or of the element where all else stands apart from it
_ENOUGH = 800  # characters of running text that are more than a box beside an article has
_SHORT = 400  # characters of the text of a short notice: certain only where each word of the page has been looked at
_APART = 0.2  # share of the page's running text that stands outside the element, at most
_BOX = 0.1  # of the element's running text: what a box outside it has, at most, that is no part of the article
_STANDFIRST = 400  # characters between headline and element that a standfirst has, and a first part of the text not
_LEFT = 0.04  # of what is taken: words in the element that are not, at most
_LABELS = 0.5  # share of links in a line that is none of these words


def certain_container(draft: Draft) -> set[int]:
    """The lines of the element that holds nearly all running text of a page, or all but what stands apart from it in
    small boxes; none where there is no such element: its text is split over several boxes, or it is short. Who asks
    need not ask another reader."""
    blocks, homes = draft.blocks, draft.layout.homes
    running = Counter[int]()
    for n, block in enumerate(blocks):
        if _is_running(draft, n):
            running[homes[n]] += block.size
    home, size = max(running.items(), key=lambda pair: pair[1], default=(-1, 0))
    if size < _SHORT:
        return set()
    lines = {n for n, at in enumerate(homes) if at == home and _may_be_text(draft, n)}
    bare = [n for n in lines if blocks[n].node == home]
    if len(bare) == 1 and not draft.prose[bare[0]]:
        # Words in no element of their own among paragraphs: a sentence that an editor pasted, or a sign under the text.
        lines.remove(bare[0])
    is_certain = size >= max(_ENOUGH, _NEARLY_ALL * running.total())
    return lines if is_certain or _stands_apart(draft, home, running, lines) else set()


def _stands_apart(draft: Draft, home: int, running: Counter[int], lines: set[int]) -> bool:
    """Whether what an element lacks of a page's running text is none of the article: no box of it is large or of the
    element's own kind, none stands inside it, and no more than a standfirst between the headline and it."""
    tree, blocks, homes = draft.page.tree, draft.blocks, draft.layout.homes
    size, end = running[home], tree.ends[home]
    outside = {at: amount for at, amount in running.items() if not home <= at < end}
    apart = sum(outside.values())
    if size < _NEARLY_ALL * (running.total() - apart) or apart >= _APART * running.total():
        return False
    kind = tree.tags[home], tree.classes[home]
    if any(amount >= _BOX * size or (tree.tags[at], tree.classes[at]) == kind for at, amount in outside.items()):
        return False
    above = range(draft.start, min(lines, default=0))
    if sum(blocks[n].size for n in above if homes[n] in outside and _is_running(draft, n)) > _STANDFIRST:
        return False
    left = sum(b.size for n, b in enumerate(blocks) if home <= b.node < end and n not in lines and _says_something(b))
    return left < _LEFT * sum(blocks[n].size for n in lines)


def _is_running(draft: Draft, n: int) -> bool:
    block = draft.blocks[n]
    return draft.prose[n] and block.place == "body" and block.links < _LINKED and block.size >= _RUNNING


def _says_something(block: Block) -> bool:
    return block.place in ("body", "heading") and block.links < _LABELS


def _may_be_text(draft: Draft, n: int) -> bool:
    """Whether a line of the container is a sentence, or is marked up as text: a short one in a box of no meaning is
    mostly a label or a button, and is asked for by its neighbours."""
    block = draft.blocks[n]
    if block.place not in ("body", "heading"):
        return False
    tag = draft.page.tree.tags[block.node]
    is_long = block.size >= _RUNNING or tag in _TEXT
    return draft.prose[n] or tag == "p" or (is_long and block.links < _ALL_LINKED)
