"""A guard against a part of an article taken for the whole of it."""

from __future__ import annotations

from dataclasses import replace

from crawler.extraction.article_text import neighbours
from crawler.extraction.article_text.voice import holder, weights
from crawler.extraction.boilerplate.edges import trim_ends
from crawler.extraction.boilerplate.rules import prune
from crawler.extraction.labels.draft import Draft

_RUNNING = 60  # characters of a line that counts as running text
_LINK, _TEASER, _MOST_LINKS = 0.7, 20, 4  # share and characters of a line that is a link; of such to a sentence
_PART = 0.35  # share of the page's running text under which a text may be a part of the article
_TWICE = 1.5  # how much more another reading must find
_LEAST = 600  # characters of running text of a page on which anything can be lost
_AROUND = 0.6  # share of it that the element around the article holds
_KEPT = 0.8  # share of the text that another reading of the same article has
_SHORT = 0.3


def guard(draft: Draft) -> None:
    """Reads a page again, by its running text alone, where the text is a small part of that; warns where it remains
    one."""
    running = _running(draft)
    total, have = sum(draft.blocks[n].size for n in running), _of_text(draft, running)
    if total < _LEAST or have >= _PART * total:
        return
    other = replace(draft, text=sorted(_widest(draft, running)), labels={}, added={}, standfirst=[])
    prune(other)
    other.take(neighbours.between(other), "among the lines of the text")
    trim_ends(other)
    if _of_text(other, running) >= _TWICE * max(have, 1) and _holds(other, draft) and not _teases(other):
        draft.text, draft.labels = other.text, other.labels
        draft.added = {**dict.fromkeys(other.text, "most running text of the page"), **other.added}
        have = _of_text(draft, running)
    _warn(draft, have, total)


def warn_of_part(draft: Draft, have: int) -> None:
    """Warns where a text of so many characters, taken from elsewhere than the lines of its page, is a small part of the
    running text there."""
    total = sum(draft.blocks[n].size for n in _running(draft))
    if total >= _LEAST:
        _warn(draft, have, total)


def _warn(draft: Draft, have: int, total: int) -> None:
    if have < _SHORT * total:
        draft.page.warnings.append(f"text: {have} of {total} characters of running text on the page; it may be a part")


def _holds(other: Draft, draft: Draft) -> bool:
    """Whether another reading has nearly all that the text has: else it is of something else on the page."""
    sentences = {n for n in draft.text if draft.prose[n]}
    return draft.size(sentences.intersection(other.text)) >= _KEPT * draft.size(sentences)


def _teases(draft: Draft) -> bool:
    """Whether many lines among those of a reading are links: then it is of teasers to other items."""
    if not draft.text:
        return True
    among = range(draft.text[0], draft.text[-1] + 1)
    links = sum(draft.blocks[n].links > _LINK and draft.blocks[n].size >= _TEASER for n in among)
    return links * _MOST_LINKS > sum(draft.prose[n] for n in draft.text)


def _running(draft: Draft) -> set[int]:
    """Lines of running text that no rule names, each once."""
    seen: set[str] = set()
    found: set[int] = set()
    for n in range(draft.start, len(draft.blocks)):
        block = draft.blocks[n]
        if draft.prose[n] and block.size >= _RUNNING and block.key not in seen and n not in draft.labels:
            found.add(n)
        seen.add(block.key)
    return found


def _of_text(draft: Draft, running: set[int]) -> int:
    return sum(draft.blocks[n].size for n in running.intersection(draft.text))


def _widest(draft: Draft, running: set[int]) -> set[int]:
    """The lines of the smallest element that holds most of the running text."""
    tree, blocks = draft.page.tree, draft.blocks
    at = holder(weights(tree, (blocks[n] for n in running)), _AROUND)
    return {
        n
        for n, b in enumerate(blocks)
        if at <= b.node < tree.ends[at]
        and b.place in ("body", "heading")
        and b.links < _SHORT
        and n not in draft.labels
    }
