"""Text whose lines were broken by hand at the width of a typewriter or a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.extraction.markup.dom import SENTENCE_ENDS, key
from crawler.extraction.markup.text_blocks import Block

_LEAST, _MOST = 45, 130  # characters of a line that was broken because it was full
_FULL, _SURELY = 0.6, 0.85  # shares of the longest line
_ENDS = (*SENTENCE_ENDS, ":", ";", "：", "；")
_LOWER = 0.4  # share of the breaks behind which a word in small letters begins


def rejoined(lines: list[str], blocks: Sequence[Block]) -> list[str]:
    """`lines`, with those of one element that were only broken because they were full made one again: most of them end
    like no sentence, and many go on in small letters. Lines of lists and poems are shorter, or end with a sign."""
    at = {block.key: n for n, block in enumerate(blocks)}
    out: list[str] = []
    for group in _groups(lines, at, blocks):
        out += _joined(group) if len(group) > 1 else group
    return out


def _groups(lines: list[str], at: dict[str, int], blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Lines that stand one behind the other in one element, with breaks between them."""
    group: list[str] = []
    last: int | None = None
    for line in lines:
        place = at.get(key(line))
        follows = place is not None and last is not None and place == last + 1
        if group and not (follows and place is not None and blocks[place].element is blocks[place - 1].element):
            yield group
            group = []
        group.append(line)
        last = place
    if group:
        yield group


def _joined(group: list[str]) -> list[str]:
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
