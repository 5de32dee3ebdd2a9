"""Lines as word lists are compared with them: one sign for what is written in many ways, and where words begin."""

from __future__ import annotations

import re
from functools import cache

from crawler.extraction.markup.dom import small

# What one word is written with, by who typed it: apostrophes, hyphens or blanks, letters with and without what
# keyboards lack. One sign for one, so that places in the folded line are places in the line.
_FOLDED = {
    **dict.fromkeys("ʻʼ’‘`´ʹ′", "'"), **dict.fromkeys("-‐‑\u00a0\u200c", " "), "ё": "е", "ı": "i", "ς": "σ",
    "ș": "ş", "ț": "ţ", **dict.fromkeys("أإآ", "ا"),
    **dict(zip("άέήίϊΐόύϋΰώ", "αεηιιιουυυω", strict=True)),  # capitals have no accents
    **dict.fromkeys("یى", "ي"), "ک": "ك",
}  # fmt: skip
# A line has few of them: to look for these costs a third of asking for each of its letters what it becomes.
_TO_FOLD = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
# Scripts that set no blanks between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Signs above, below and behind letters, which `\w` does not count as letters: accents, points, vowels of India.
MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d"
    "\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0d82\u0dca-\u0ddf"
)
LETTERS = re.compile(rf"[\w{MARKS}]+")


# To compile a pattern of so many letters takes a millisecond: each waits for the first line that needs it.
@cache
def unspaced() -> re.Pattern[str]:
    """A letter of a script that sets no blanks between words."""
    return re.compile(f"[{_UNSPACED}]")


@cache
def ends_word() -> re.Pattern[str]:
    """The end of a word in a script that sets blanks between words."""
    return re.compile(rf"(?![{_UNSPACED}])[\w{MARKS}]$")


@cache
def starts() -> re.Pattern[str]:
    """What may begin a word, or is a sign."""
    return re.compile(rf"(?<![\w{MARKS}])\w|[{_UNSPACED}]|[^\w\s{MARKS}]")


@cache
def _in_word() -> re.Pattern[str]:
    return re.compile(rf"\d+(?![{_UNSPACED}])[^\W\d_]")


def fold(text: str) -> str:
    """`text` in small letters with one sign for each apostrophe, hyphen and letter of many forms; as long as before."""
    return _TO_FOLD.sub(_sign_for, small(text))


def _sign_for(found: re.Match[str]) -> str:
    return _FOLDED[found[0]]


def has_letters(folded: str) -> bool:
    """Whether a folded text has a letter or a digit."""
    return LETTERS.search(folded) is not None


def ends_with_letter(folded: str) -> bool:
    """Whether a folded text ends with a letter, a digit or a mark on one."""
    return LETTERS.match(folded[-1:]) is not None


def begins_word(folded: str, start: int) -> bool:
    """Whether a word of letters begins at a place, or a number that is part of one ("3rd")."""
    return folded[start].isalpha() or _in_word().match(folded, start) is not None
