"""Unicode's normal forms of what comes from the web, at a cost that grows with its length and no faster."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_SHORT = 500  # characters: so few are sorted at once, whatever they are
_MOST_MARKS = 30  # in a row (UAX 15, 13): the longest run in a language has fewer than a third of them
_MARKS = re.compile(rf"[^\w\0-\u02ff]{{{_MOST_MARKS + 1},}}")  # where such a run can be: no mark is part of `\w`
_JOINER = "\u034f"  # COMBINING GRAPHEME JOINER: stops the sorting of marks, and is not seen


def nfc(text: str) -> str:
    """The Normalization Form C of `text` (UAX 15)."""
    return _normal(text, "NFC")


def is_nfc(text: str) -> bool:
    """Whether `text`, and so each part of it, is in Normalization Form C (UAX 15, 13.1)."""
    return unicodedata.is_normalized("NFC", text)


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
        text = _MARKS.sub(_joined, text)
    return unicodedata.normalize(form, text)


def _joined(run: re.Match[str]) -> str:
    """A run with a joiner behind each thirty marks in a row that more follow."""
    parts, marks = list[str](), 0
    for sign in run[0]:
        # Four marks of Tibetan count as no marks, and are taken apart into two that do.
        is_mark = unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) > 0
        if is_mark and marks == _MOST_MARKS:
            parts.append(_JOINER)
            marks = 0
        marks = marks + 1 if is_mark else 0
        parts.append(sign)
    return "".join(parts)
