"""The container of an article, where the page leaves no doubt about it: the one element that holds its running text."""

from __future__ import annotations

from collections import Counter

from crawler.extraction.labels.draft import Draft

_RUNNING, _LINKED = 60, 0.3  # characters of a line that is running text, and the share of links that it has at most
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
    return {n for n, block in enumerate(blocks) if homes[n] == home and block.place in ("body", "heading")}
