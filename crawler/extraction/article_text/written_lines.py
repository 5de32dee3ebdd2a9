"""The lines of a text as a record has them: rows of tables as one line, and lines that were broken by hand at the width
of a typewriter or a terminal made one again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from crawler.extraction.labels.draft import Draft
from crawler.extraction.markup.dom import SENTENCE_ENDS

# The arrow from a note back to its place, as systems print it behind the note.
_ARROW = "\u21a9"
_RETURN = re.compile(f"(?:[ \u00a0]?{_ARROW}[\ufe0e\ufe0f]?)+$")
_LEAST, _MOST = 45, 130  # characters of a line that was broken because it was full
_FULL, _SURELY = 0.6, 0.85  # shares of the longest line
_ENDS = (*SENTENCE_ENDS, ":", ";", "：", "；")
_LOWER = 0.4  # share of the breaks behind which a word in small letters begins


def written(draft: Draft) -> list[str]:
    """The lines of the text. The cells of a row are joined by " | ". Lines of one element that were only broken because
    they were full are one: most of them end like no sentence, and many go on in small letters. Lines of lists and poems
    are shorter, or end with a sign."""
    lines = (line for group in _groups(draft) for line in group)
    return [line for words in lines if (line := _RETURN.sub("", words) if _ARROW in words else words)]


def _groups(draft: Draft) -> Iterator[list[str]]:
    blocks, rows = draft.blocks, draft.layout.rows
    for row, numbers in groupby(draft.text, key=lambda n: rows[blocks[n].node]):
        if row >= 0:
            cells = groupby(numbers, key=lambda n: _cell(draft, blocks[n].node))
            yield [" | ".join(" ".join(blocks[n].text for n in its) for _, its in cells)]
            continue
        group: list[int] = []
        for n in numbers:
            if group and not (n == group[-1] + 1 and blocks[n].element is blocks[n - 1].element):
                yield _joined([blocks[m].text for m in group])
                group = []
            group.append(n)
        yield _joined([blocks[m].text for m in group])


def _cell(draft: Draft, node: int) -> int:
    """The cell of its row that an element stands in."""
    tree, row = draft.page.tree, draft.layout.rows[node]
    while node >= 0 and tree.parents[node] != row:
        node = tree.parents[node]
    return node


def _joined(group: list[str]) -> list[str]:
    if len(group) < 2:
        return group
    width = max(map(len, group))
    pairs = list(pairwise(group))
    broken = [not line.endswith(_ENDS) and max(_LEAST, _FULL * width) <= len(line) <= _MOST for line, _ in pairs]
    lower = sum(1 for (_, after), is_broken in zip(pairs, broken, strict=True) if is_broken and after[0].islower())
    unended = sum(1 for line, _ in pairs if not line.endswith(_ENDS))
    if not lower or lower < _LOWER * sum(broken) or 2 * sum(broken) < unended:
        return group
    out = [group[0]]
    for (line, after), is_broken in zip(pairs, broken, strict=True):
        if is_broken or (_SURELY * width <= len(line) <= _MOST):
            out[-1] += f" {after}"
        else:
            out.append(after)
    return out
