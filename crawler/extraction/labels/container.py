"""The container of an article, where the page leaves no doubt about it: the one element that holds its running text."""

from __future__ import annotations

from collections import Counter

from crawler.extraction.labels.draft import Draft

_RUNNING, _LINKED = 60, 0.3  # characters of a line that is running text, and the share of links that it has at most
_TEXT = frozenset("h2 h3 h4 h5 h6 li dt dd td th pre blockquote".split())
_ALL_LINKED = 0.9  # share of links in a line that is one
_NEARLY_ALL = 0.96  # share of the page's running text
_ENOUGH = 800  # characters of running text that are more than a box beside an article has


def certain_container(draft: Draft) -> set[int]:
    """The lines of the element that holds nearly all running text of a page, none where there is no such element: its
    text is split over several boxes, or it is short. Who asks need not ask another reader."""
    blocks, homes = draft.blocks, draft.layout.homes
    running = Counter[int]()
    for n, block in enumerate(blocks):
        if draft.prose[n] and block.place == "body" and block.links < _LINKED and block.size >= _RUNNING:
            running[homes[n]] += block.size
    home, size = max(running.items(), key=lambda pair: pair[1], default=(-1, 0))
    if size < max(_ENOUGH, _NEARLY_ALL * running.total()):
        return set()
    lines = {n for n, at in enumerate(homes) if at == home and _may_be_text(draft, n)}
    bare = [n for n in lines if blocks[n].node == home]
    # Words in no element of their own among paragraphs: a sentence that an editor pasted, or a sign under the text.
    return lines.difference(bare) if len(bare) == 1 and not draft.prose[bare[0]] else lines


def _may_be_text(draft: Draft, n: int) -> bool:
    """Whether a line of the container is a sentence, or is marked up as text: a short one in a box of no meaning is
    mostly a label or a button, and is asked for by its neighbours."""
    block = draft.blocks[n]
    if block.place not in ("body", "heading"):
        return False
    tag = draft.page.tree.tags[block.node]
    is_long = block.size >= _RUNNING or tag in _TEXT
    return draft.prose[n] or tag == "p" or (is_long and block.links < _ALL_LINKED)
