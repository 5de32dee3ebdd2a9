"""Unicode's normal forms of what comes from the web, at a cost that grows with its length and no faster."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from typing import Literal

_SHORT = 500  # characters: so few are sorted at once, whatever they are
_MOST_MARKS = 30  # in a row (UAX 15, 13): the longest run in a language has fewer than a third of them
_JOINER = "\u034f"  # COMBINING GRAPHEME JOINER: stops the sorting of marks, and is not seen


def nfc(text: str) -> str:
    """The Normalization Form C of `text` (UAX 15)."""
    return _normal(text, "NFC")


def nfd(text: str) -> str:
    """The Normalization Form D of `text` (UAX 15)."""
    return _normal(text, "NFD")


def _normal(text: str, form: Literal["NFC", "NFD"]) -> str:
    """`text` in a normal form, by way of the Stream-Safe Text Format (UAX 15, 13) where it needs that. Python sorts the
    marks of a run in a time that grows with the square of their number, so that a page of marks alone would keep it
    busy for hours."""
    if len(text) > _SHORT:
        if unicodedata.is_normalized(form, text):
            return text
        text = _long_run().sub(rf"\g<0>{_JOINER}", text)
    return unicodedata.normalize(form, text)


@cache
def _long_run() -> re.Pattern[str]:
    # Four marks of Tibetan count as no marks, and are taken apart into two that do.
    every = map(chr, range(0x300, sys.maxunicode + 1))
    marks = "".join(c for c in every if unicodedata.combining(unicodedata.normalize("NFD", c)[0]))
    return re.compile(f"[{marks}]{{{_MOST_MARKS}}}(?=[{marks}])")
