"""Lines that say again what the text says: quotes pulled out for show, and labels between the paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from crawler.extraction.markup.dom import SENTENCE_ENDS, key, length

_QUOTE = 30  # letters of a pulled quote; a shorter line stands in a longer one by chance
_MOST = 1000  # lines beyond which no quotes are looked for: each is compared with all
_MOST_OF = 0.7  # share of a line
_LABEL = 40  # characters of a label
_OFTEN = 3
_QUOTED = "\"'»”’“‘…」』"
_STOPS = (*SENTENCE_ENDS, *_QUOTED)
_NO_LABEL = (*_STOPS, *":;：；)|）")


def without_repeats(lines: list[str], headings: Set[str] = frozenset()) -> list[str]:
    """`lines` without pulled quotes and without labels that come again and again ("Advertisement 2", "Image 3").

    A pulled quote is a sentence that a longer line holds letter for letter: the longer one is the text, and no word is
    lost. Items of lists, which end like no sentence, are never taken for one, nor are those of the `headings` (keys)
    that end with a quotation mark: what somebody says is often the heading over the paragraph that tells it. A label
    is short, ends like no sentence, and stands three times or more beside sentences, its number aside: what recurs
    among other short lines is an item of lists ("Breakfast", "Snack"), and rows of tables are none."""
    keys = [key(line) for line in lines] if len(lines) <= _MOST else []
    labels = Counter(
        _label(line)
        for n, line in enumerate(lines)
        if _label(line) and any(map(_is_sentence, lines[max(n - 1, 0) : n + 2]))
    )
    pulled = {k for k, line in zip(keys, lines, strict=False) if _is_sentence(line) and len(k) >= _QUOTE}
    pulled -= {k for k, line in zip(keys, lines, strict=False) if k in headings and line[-1:] in _QUOTED}
    pulled = {k for k in pulled if any(k in other and k != other for other in keys)}
    fused = {k for k in keys if _is_fused(k, pulled)}
    pulled = {k for k in pulled if any(k in other and k != other for other in keys if other not in fused)} | fused
    kept = [
        line
        for n, line in enumerate(lines)
        if labels.get(_label(line), 0) < _OFTEN and not (keys and keys[n] in pulled)
    ]
    return kept or lines


def _is_fused(words: str, pulled: set[str]) -> bool:
    """True for a line that holds several others which are nearly all of it: not they are said twice, but it."""
    inside = [k for k in pulled if k in words and k != words]
    return len(inside) > 1 and sum(map(len, inside)) >= _MOST_OF * len(words)


def _is_sentence(line: str) -> bool:
    return line.endswith(_STOPS)


def _label(line: str) -> str:
    """What a label says, without its number; empty for a line that is none."""
    if length(line) > _LABEL or line.endswith(_NO_LABEL) or " | " in line:
        return ""
    return "".join(c for c in line.casefold() if c.isalpha())
