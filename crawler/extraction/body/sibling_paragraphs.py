"""Lines that a reader of text skipped, though they stand among the paragraphs that it took: headings, sentences with
many links, items of lists. What shares the element of most of a text, between two of its paragraphs, belongs to it."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import html

from crawler.extraction.lines.boilerplate_phrases import ends_article, is_pointer
from crawler.extraction.lines.calls_to_action import is_closing
from crawler.extraction.markup.dom import SENTENCE_ENDS, key
from crawler.extraction.markup.text_blocks import Block, behind, is_alone, is_prose

_PARAGRAPH = 60  # characters of a line that is surely a paragraph
_SHARE = 0.15  # share of the text that makes an element one of its holders
_LINKED = 0.5  # share of links up to which a sentence is no pointer to another item
_START = 24  # letters that say at either end of a line that it is there, in other words for its links and notes
_WHOLE = 0.8  # share of a line's letters from which another can be the same line
_BOXES = frozenset("div section".split())
_NEAR = 8  # lines behind the headline among which the text begins
_DEEP = 4  # boxes around one line
_Kind = tuple[tuple[str, str], ...]
_Kin = tuple[html.HtmlElement, _Kind]
_RUNNING = frozenset("p blockquote h2 h3 h4 h5".split())
_MOST = 0.5  # share of the text that makes a kind of box the text's
_STOPS = (*SENTENCE_ENDS, ":", "：")


def with_siblings(lines: list[str], blocks: Sequence[Block]) -> list[str]:
    """`lines` with those of the page that stand beside them in the elements that hold most of the text."""
    places = _places(lines, blocks)
    taken = [n for n in places if n is not None]
    holders, kinds = _holders([blocks[n] for n in taken])
    have = {key(line) for line in lines}
    out: list[str] = []
    before: int | None = None
    unshown: list[str] = []  # the lines since `before` that no block shows letter for letter
    for line, place in zip(lines, places, strict=True):
        if place is None:
            unshown.append(key(line))
        else:
            if before is not None:
                out += _between(blocks[before : place + 1], holders, kinds, have, unshown)
            before = place
            unshown.clear()
        out.append(line)
    return out + list(_further(blocks, taken, have))


def starts_elsewhere(lines: list[str], blocks: Sequence[Block], headline: html.HtmlElement | None) -> bool:
    """Whether a text has none of the two or more sentences that follow the headline: a reader took another part."""
    start = behind(blocks, headline) if headline is not None else None
    near = blocks[start : start + _NEAR] if start is not None else ()
    sentences = [b.key for b in near if b.place == "body" and b.links < _LINKED and is_prose(b.text)]
    read = "".join(map(key, lines))
    return len(sentences) > 1 and not any(words in read for words in sentences)


def _further(blocks: Sequence[Block], taken: list[int], have: set[str]) -> Iterator[str]:
    """The lines behind the last one taken that stand in boxes of the very kind that holds most of the text, up to a
    label over other items or what looks like one: advertisements cut a text into several boxes, of which a reader that
    looks for one takes the first."""
    sizes: Counter[_Kin] = Counter()
    for block in (blocks[n] for n in taken if blocks[n].size >= _PARAGRAPH):
        sizes.update(dict.fromkeys(_kin(block.element), block.size))
    kin = {kind for kind, size in sizes.items() if size > _MOST * sum(blocks[n].size for n in taken)}
    if not kin:
        return
    read = {blocks[n].element.getparent() for n in taken}
    for block in blocks[taken[-1] + 1 :]:
        if ends_article(block.text) or (
            block.place == "heading" and (block.links > _LINKED or block.element.tag == "h1")
        ):
            return
        is_text = block.place in ("body", "heading") and block.links < _LINKED and block.element.tag in _RUNNING
        is_text = is_text and not (is_pointer(block.text) or is_closing(block.text))
        element = block.element
        if is_text and block.key not in have and element.getparent() not in read and not kin.isdisjoint(_kin(element)):
            yield block.text


def _kin(element: html.HtmlElement) -> list[_Kin]:
    """What the lines of a text in several boxes share: the element around the boxes, or around those around them, with
    the tags and classes on the way. Articles are no boxes: each is one of its own."""
    box = element.getparent()
    outer = box.getparent() if box is not None else None
    above = outer.getparent() if outer is not None else None
    if box is None or outer is None or not box.get("class") or "article" in (box.tag, outer.tag):
        return []
    own = ((str(box.tag), box.get("class") or ""),)
    found: list[_Kin] = [(outer, own)]
    if above is not None:
        found.append((above, (*own, (str(outer.tag), outer.get("class") or ""))))
    return found


def _places(lines: list[str], blocks: Sequence[Block]) -> list[int | None]:
    """For each line the block that shows it, behind that of the line before; None for one that no block shows, and for
    lines out of order: a reader may give a box first that the page shows later."""
    at: dict[str, list[int]] = {}
    for n, block in enumerate(blocks):
        at.setdefault(block.key, []).append(n)
    shown = [at.get(key(line), []) for line in lines]
    lone = [n for n, found in enumerate(shown) if len(found) == 1]
    rising = {lone[n] for n in _longest_rising([shown[n][0] for n in lone])}
    places: list[int | None] = [found[0] if n in rising else None for n, found in enumerate(shown)]
    ends = [len(blocks)]  # from the last line to the first: where the next known line stands
    for place in reversed(places):
        ends.append(place if place is not None else ends[-1])
    last = -1
    for n, found in enumerate(shown):
        if places[n] is None and len(found) > 1:
            behind = bisect.bisect_right(found, last)
            if behind < len(found) and found[behind] < ends[-n - 2]:
                places[n] = found[behind]
        last = place if (place := places[n]) is not None else last
    return places


def _longest_rising(values: list[int]) -> list[int]:
    """Indices of the longest subsequence that rises (patience sorting)."""
    ends: list[int] = []  # the index of the smallest value that ends a subsequence of each length
    before: list[int] = []
    for n, value in enumerate(values):
        length = bisect.bisect_left(ends, value, key=values.__getitem__)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [n]
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def _holders(taken: list[Block]) -> tuple[set[html.HtmlElement], set[_Kind]]:
    """(the elements that hold much of the text each, in what boxes its paragraphs stand there)."""
    sizes: Counter[html.HtmlElement] = Counter()
    kinds: set[_Kind] = set()
    for block in taken:
        holder, kind = _seat(block.element)
        if holder is not None and block.size >= _PARAGRAPH:
            sizes[holder] += block.size
            kinds.add(kind)
    total = sum(sizes.values())
    return {holder for holder, size in sizes.items() if size >= _SHARE * total}, kinds


def _seat(element: html.HtmlElement) -> tuple[html.HtmlElement | None, _Kind]:
    """(the element that holds a line's, tag and class of the boxes around this line alone): systems that build pages of
    components put each paragraph into boxes of its own."""
    kind: list[tuple[str, str]] = []
    parent = element.getparent()
    while parent is not None and is_alone(element) and parent.tag in _BOXES and len(kind) < _DEEP:
        kind.append((parent.tag, parent.get("class") or ""))
        element, parent = parent, parent.getparent()
    return parent, tuple(kind)


def _between(
    span: Sequence[Block], holders: set[html.HtmlElement], kinds: set[_Kind], have: set[str], unshown: list[str]
) -> Iterator[str]:
    """The lines inside a span, its first and last block aside, that belong to the text."""
    for block, below in itertools.pairwise(span[1:]):
        if not block.key or _is_taken(block, have, unshown):
            continue
        if _belongs(block, holders, kinds) or (_is_taken(below, have, unshown) and _heads(block, below)):
            yield block.text


def _is_taken(block: Block, have: set[str], unshown: list[str]) -> bool:
    return block.key in have or any(_is_same(block.key, other) for other in unshown)


def _is_same(words: str, other: str) -> bool:
    """True where a line that was taken is this one, notes for readers of links aside; a part of it is not the same."""
    ends = words[:_START] == other[:_START] or words[-_START:] == other[-_START:]
    return ends and len(other) >= _WHOLE * len(words)


def _heads(block: Block, below: Block) -> bool:
    """True for a heading directly above a paragraph of the text, in whatever box of its own."""
    is_heading = block.place == "heading" and block.links < _LINKED and below.size >= _PARAGRAPH
    return is_heading and not (ends_article(block.text) or is_pointer(block.text))


def _belongs(block: Block, holders: set[html.HtmlElement], kinds: set[_Kind]) -> bool:
    if block.place not in ("body", "heading") or is_pointer(block.text) or is_closing(block.text):
        return False
    element = block.element
    parent = element.getparent()
    if element.tag == "li":
        above = parent.getparent() if parent is not None else None
        return above in holders and block.links < 0.3 and block.size >= _PARAGRAPH
    holder, kind = _seat(element)
    if holder not in holders or kind not in kinds:
        return False
    if block.place == "heading":
        return block.links < _LINKED and not ends_article(block.text)
    ends = block.text.endswith(_STOPS)
    return ends and block.size >= _PARAGRAPH and (block.links < _LINKED or element.tag == "p")
