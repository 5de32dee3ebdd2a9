"""Lines that say again what the text says: quotes pulled out for show, and labels between the paragraphs."""

from __future__ import annotations

from collections import Counter

from crawler.extraction.boilerplate.related import is_bold
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import LABEL
from crawler.extraction.markup.dom import SENTENCE_ENDS, key, length
from crawler.extraction.markup.text_blocks import Block

_QUOTE = 30  # letters of a pulled quote; a shorter line stands in a longer one by chance
_MOST = 1000  # lines beyond which no quotes are looked for: each is compared with all
_MOST_OF = 0.7  # share of a line
_LABEL = 40  # characters of a label
_OFTEN = 3
_PARTS = frozenset("li dt dd b strong summary pre code".split())
_LONG = 60  # characters of a line that is no label
_COPY = 0.6  # share of the long lines that come twice where a page shows its text twice
_MOST_OF_COPY = 0.6  # share of the long lines that come again where the whole does
_QUOTED = "\"'»”’“‘…」』"
_STOPS = (*SENTENCE_ENDS, *_QUOTED)
_NO_LABEL = (*_STOPS, *":;：；)|）")


def first_copy(lines: list[str]) -> list[str]:
    """The lines of a text without a second copy of the whole, as pages have one for desktops and one for phones: most
    of the long lines come again."""
    counts = Counter(key(line) for line in lines if length(line) >= _LONG)
    twice = sum(n > 1 for n in counts.values())
    if not twice or twice < _MOST_OF_COPY * len(counts):
        return lines
    first: dict[str, str] = {}
    for line in lines:
        first.setdefault(key(line), line)
    return list(first.values())


def repeats(draft: Draft) -> set[int]:
    """Pulled quotes, and labels that come again and again ("Advertisement 2", "Image 3").

    A pulled quote is a sentence that a longer line holds letter for letter: the longer one is the text, and no word is
    lost. Items of lists, which end like no sentence, are never taken for one, nor are headings that end with a
    quotation mark: what somebody says is often the heading over the paragraph that tells it. A label is short, ends
    like no sentence, and stands three times or more beside sentences, its number aside: what recurs among other short
    lines is an item of lists ("Breakfast", "Snack"); headings, cells of tables and what is told of each part are
    none."""
    text, blocks, rows = draft.text, draft.blocks, draft.layout.rows
    said = {n: _label(blocks[n].text) if rows[blocks[n].node] < 0 and not _is_of_part(blocks[n]) else "" for n in text}
    labels = Counter(
        said[n]
        for i, n in enumerate(text)
        if said[n] and any(_is_sentence(blocks[m].text) for m in text[max(i - 1, 0) : i + 2])
    )
    gone = {n for n in text if labels.get(said[n], 0) >= _OFTEN}
    if len(text) <= _MOST:
        gone |= _pulled(draft)
    return gone if len(gone) < len(text) else set()


def _is_of_part(block: Block) -> bool:
    """Whether a line that comes again heads or tells a part of the text each time ("Requirements", "Price: 12"): a
    heading, words in bold type, an item, a label with what it is of."""
    if block.place == "heading" or block.element.tag in _PARTS or ":" in block.text or "：" in block.text:
        return True
    return is_bold(block.element)


def _pulled(draft: Draft) -> set[int]:
    lines = {n: draft.blocks[n] for n in draft.text}
    keys = [block.key for block in lines.values()]
    pulled = {b.key for b in lines.values() if _is_sentence(b.text) and len(b.key) >= _QUOTE}
    pulled -= {b.key for b in lines.values() if b.place == "heading" and b.text[-1:] in _QUOTED}
    pulled = _held(pulled, keys)
    if not pulled:
        return set()
    fused = {k for k in keys if _is_fused(k, pulled)}
    pulled = _held(pulled, [k for k in keys if k not in fused]) | fused
    return {n for n, block in lines.items() if block.key in pulled}


def _held(found: set[str], keys: list[str]) -> set[str]:
    """Those of some keys that stand inside another one: oftener in all of them than by themselves."""
    whole, alone = "\n".join(keys), Counter(keys)
    return {k for k in found if whole.count(k) > alone[k]}


def _is_fused(words: str, pulled: set[str]) -> bool:
    """True for a line that holds several others which are nearly all of it: not they are said twice, but it."""
    inside = [k for k in pulled if k in words and k != words]
    return len(inside) > 1 and sum(map(len, inside)) >= _MOST_OF * len(words)


def _is_sentence(line: str) -> bool:
    return line.endswith(_STOPS)


def _label(line: str) -> str:
    """What a label says, without its number; empty for a line that is none."""
    if length(line) > _LABEL or line.endswith(_NO_LABEL):
        return ""
    return "".join(c for c in line.casefold() if c.isalpha())


def second_copy(draft: Draft) -> set[int]:
    """The second copy of the whole (desktop and mobile): most long lines come again, or several in a row."""
    long = [n for n in draft.text if draft.blocks[n].size >= LABEL]
    first = {draft.blocks[n].key: n for n in reversed(long)}
    again = [i for i, n in enumerate(draft.text) if first.get(draft.blocks[n].key, n) != n]
    twice = {draft.blocks[draft.text[i]].key for i in again}
    in_row = len(again) > 1 and again[-1] - again[0] < len(again)
    if not twice or not (in_row or len(twice) >= _COPY * len(first)):
        return set()
    seen = Counter(draft.blocks[n].key for n in draft.text)
    late = {n for i, n in enumerate(draft.text) if i >= again[0] and seen[draft.blocks[n].key] > 1}
    return late - {min(m for m in draft.text if draft.blocks[m].key == draft.blocks[n].key) for n in late}
