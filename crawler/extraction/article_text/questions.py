"""Questions with their answers behind a text: many content systems set them into boxes that unfold, apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import ends_article
from crawler.extraction.lines.calls_to_action import ends_page, is_invitation
from crawler.extraction.markup.dom import key

_MARKS = ("?", "？", "؟", "՞")
_FEWEST = 2  # questions of one kind
_LONGEST = 200  # characters of one
_LINKED = 0.5  # share of links in a line of an answer
_MOST_LINES = 6  # lines of the box of the questions to each of them
_STEM = 5  # letters
_SHOWN = ("body", "heading")


def is_question(draft: Draft, n: int) -> bool:
    """Whether a short line that leads nowhere asks something."""
    block = draft.blocks[n]
    return block.place in _SHOWN and block.size <= _LONGEST and block.text.endswith(_MARKS) and not block.links


def answered_questions(draft: Draft) -> set[int]:
    """The lines of the boxes behind the text, up to a label over other items, that hold hardly anything but several
    questions of one kind, each with a sentence right behind it, most of them about what the headline is about. What the
    text has is none of them: a copy for another width of screen, or for printers."""
    if not draft.text:
        return set()
    known = {draft.blocks[n].key for n in draft.text}
    found, stems = set[int](), _stems(" ".join(draft.headline.itertext()) if draft.headline is not None else "")
    for _, numbers in groupby(_asked(draft), key=lambda n: _kind(draft, n)):
        asked = list(numbers)
        if any(draft.blocks[n].key in known for n in asked):
            continue
        about = sum(not stems.isdisjoint(_stems(draft.blocks[n].text)) for n in asked)
        if len(asked) < _FEWEST or 2 * about < len(asked):
            continue
        tree, blocks = draft.page.tree, draft.blocks
        box = tree.shared(blocks[asked[0]].node, blocks[asked[-1]].node)
        lines = [n for n in range(asked[0], len(blocks)) if box <= blocks[n].node < tree.ends[box]]
        if len(lines) <= _MOST_LINES * len(asked) and not any(is_invitation(blocks[n].text) for n in lines):
            found.update(n for n in lines if blocks[n].place in _SHOWN and blocks[n].links < _LINKED)
    return found


def _asked(draft: Draft) -> Iterator[int]:
    blocks = draft.blocks
    for n in range(draft.text[-1] + 1, len(blocks) - 1):
        if ends_article(blocks[n].text) or ends_page(blocks[n].text):
            return
        below = blocks[n + 1]
        if is_question(draft, n) and below.place == "body" and below.links < _LINKED and draft.prose[n + 1]:
            yield n


def _stems(line: str) -> set[str]:
    """The first letters of the long words of a line: words change at their ends."""
    return {word[:_STEM] for word in map(key, line.split()) if len(word) >= _STEM}


def _kind(draft: Draft, n: int) -> tuple[str, str]:
    at = draft.blocks[n].node
    return draft.page.tree.tags[at], draft.page.tree.classes[at]
