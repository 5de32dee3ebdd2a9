"""The text of a short notice: the running lines around its headline, where tools that look for much text find less."""

from __future__ import annotations

from lxml import html

from crawler.extraction.body.boilerplate_removal import prune
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.markup.dom import SENTENCE_ENDS, length
from crawler.extraction.markup.text_blocks import Block, is_prose

_SENTENCE = 40  # characters of a line that is no label


def from_container(
    blocks: list[Block], headline: html.HtmlElement | None, labels: set[str], lines: list[str]
) -> list[str]:
    """The running lines of the smallest container of the headline that has any, when those are more than `lines`:
    a notice of one or two sentences is too little for tools that look for much text."""
    if headline is None:
        return lines
    scope = headline.getparent()
    for _ in range(4):
        if scope is None or scope.tag == "html" or (scope.tag == "body" and scope is not headline.getparent()):
            break
        inside = set(scope.iter())
        found = [b for b in blocks if b.element in inside and b.place in ("body", "heading") and b.links < 0.5]
        texts = prune([b.text for b in found if not is_label(b.text, labels)], blocks, headline, shown=())
        if any(_is_notice(text, alone=not lines) for text in texts):
            return texts if _running(texts) > _running(lines) or not lines else lines
        scope = scope.getparent()
    return lines


def _running(lines: list[str]) -> int:
    """Characters of the sentences among lines: labels make no text longer."""
    return sum(length(line) for line in lines if length(line) >= _SENTENCE or is_prose(line))


def _is_notice(line: str, *, alone: bool) -> bool:
    """Whether a line is enough of a text: a notice may be one short sentence."""
    size = length(line)
    return size >= _SENTENCE or (alone and size >= 20 and line.endswith(SENTENCE_ENDS))
