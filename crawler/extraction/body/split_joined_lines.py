"""Lines that a reader of text glued together from several lines of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter

from crawler.extraction.markup.dom import key, text_of
from crawler.extraction.markup.text_blocks import Block

_INLINE = frozenset("span b strong i em small font time".split())
_STARTS = 20  # places where such a line can begin
_MOST = 200  # glued lines that are looked at: each is compared with all lines of the page


def unfused(lines: list[str], blocks: Sequence[Block]) -> list[str]:
    """`lines`, with each that is several lines of the page one behind the other replaced by those. Rows of tables,
    whose cells stand on one line, stay."""
    shown = {block.key for block in blocks}
    glued = [n for n, line in enumerate(lines) if " | " not in line and key(line) not in shown][:_MOST]
    parts = {n: found for n in glued if len(found := _parts(key(lines[n]), blocks)) > 1}
    return [text for n, line in enumerate(lines) for text in parts.get(n, [line])]


def _parts(words: str, blocks: Sequence[Block]) -> list[str]:
    """The lines of the page that are these words together, in order; what the reader left out between them is passed
    over. Empty where there are none."""
    starts = (n for n, block in enumerate(blocks) if block.key and words.startswith(block.key))
    for start in islice(starts, _STARTS):
        first = blocks[start]
        found, at = [first.text], len(first.key)
        for block in blocks[start + 1 :]:
            if at == len(words):
                break
            if block.key and words.startswith(block.key, at):
                found.append(block.text)
                at += len(block.key)
        if at == len(words):
            return found
    return []


def in_order(lines: list[str], blocks: Sequence[Block]) -> list[str]:
    """`lines` in the order in which the page shows them; one that it shows nowhere, or more than once, stays behind the
    line before it. A reader that finds a text in several places may give them in the order in which it found them."""
    at: dict[str, int] = {}
    for n, block in enumerate(blocks):
        at[block.key] = n if block.key not in at else -1
    places: list[int] = []
    for line in lines:
        place = at.get(key(line), -1)
        places.append(place if place >= 0 else (places[-1] if places else -1))
    return [line for _, line in sorted(zip(places, lines, strict=True), key=itemgetter(0))]


def without_glued_date(lines: list[str], blocks: Sequence[Block], shown: Iterable[str | None]) -> list[str]:
    """`lines`, the first without words of another field (`shown`, such as the date) that an inline element sets in
    front of it: only a style sheet tells them apart."""
    opening = key(lines[0]) if lines else ""
    block = next((block for block in blocks if opening and block.key == opening), None)
    first = block.element[0] if block is not None and len(block.element) else None
    if block is None or first is None or first.tag not in _INLINE or key(block.element.text or ""):
        return lines
    words = text_of(first)
    rest = lines[0].removeprefix(words).lstrip()
    if words not in shown or rest == lines[0] or not rest[:1].isupper():
        return lines
    return [rest, *lines[1:]]
