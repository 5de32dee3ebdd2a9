"""Phrases as the word lists write them, and how one is found in a line.

A phrase is matched word by word, whatever its case. `*` stands for any ending (or beginning) of a word, `#` for a
number, `(...)` around words that may be left out, `...` for any other words: at the end for the rest of the line, at
the beginning for the first words of it, in between for a few.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crawler.extraction.words.folding import LETTERS, MARKS, ends_word, has_letters

_GAP = 60  # characters that "..." stands for between the words of a phrase
_OPTIONAL = re.compile(r"\(([^()]*)\)")
_SPECIAL = re.compile(r"(\*|#| ?\.\.\. ?| )")
_MOST_SPELLINGS = 16
_STORED = "*<>"  # any ending; other words in front; the rest of the line


class Phrase(NamedTuple):
    """One spelling of a phrase: what it begins with, and how far it reaches from a place in a folded line."""

    text: str  # folded; "" where it begins with any letters
    pattern: str = ""  # with its signs, where it has some that plain words cannot say: compiled when it is first needed
    inflected: bool = False  # its last word may have any ending
    front: bool = False  # other words may stand in front of it
    rest: bool = False  # the rest of the line belongs to it
    within: str = ""  # where it begins with any letters: the longest word that it always has, to be looked for first

    def end(self, folded: str, start: int) -> int:
        """The place behind the phrase where it stands at `start`, else -1."""
        if self.pattern:
            may_match = self.within in folded and folded.startswith(self.text, start)
            match = may_match and _compiled(self.pattern).match(folded, start)
            return match.end() if match else -1
        if not folded.startswith(self.text, start):
            return -1
        end = start + len(self.text)
        if end < len(folded) and (more := LETTERS.match(folded, end)):
            if self.inflected:
                return more.end()
            return -1 if ends_word().search(self.text) else end
        return end

    @property
    def is_plain(self) -> bool:
        """Whether it has no sign for other words."""
        return not (self.pattern or self.inflected or self.front or self.rest)

    @property
    def stored(self) -> str:
        """Its words, where it is plain; else its fields, one a line."""
        if self.is_plain:
            return self.text
        signs = "".join(sign for sign, has in zip(_STORED, self[2:5], strict=True) if has)
        return f"{self.text}\n{self.pattern}\n{signs}\n{self.within}"

    @property
    def place(self) -> str:
        """The one or two letters by which a list of phrases finds it."""
        head = self.text[:2]
        return head if head.isalnum() else head[:1]


def from_stored(stored: str) -> Phrase:
    """The phrase that `Phrase.stored` is of."""
    text, _, fields = stored.partition("\n")
    if not fields:
        return _plain(text)
    pattern, signs, within = fields.split("\n")
    inflected, front, rest = (sign in signs for sign in _STORED)
    return Phrase(text, pattern, inflected, front, rest, within)


def phrases(folded: str) -> list[Phrase]:
    """The spellings of an entry of a word list, folded. Raises ValueError for one that says nothing or too much."""
    if folded.replace(" ", "").isalpha():  # most entries
        return [_plain(folded)]
    return [_phrase(text) for text in _spellings(folded)]


def _spellings(entry: str) -> list[str]:
    """The texts without the words that may be left out and with them, and each with and without apostrophes."""
    found = [""]
    for place, part in enumerate(_OPTIONAL.split(entry)):
        found = [text + part for text in found] + (found if place % 2 else [])
    if "(" in "".join(found) or len(found) > _MOST_SPELLINGS:
        raise ValueError("brackets that do not close, or too many")
    evened = dict.fromkeys(" ".join(text.split()) for text in found)
    return list(evened) + [text.replace("'", "") for text in evened if "'" in text]


# Made once, whatever vocabularies have them together: a process that holds few objects collects garbage faster.
_plain = cache(Phrase)


@cache
def _phrase(text: str) -> Phrase:
    front, rest = text.startswith("... "), text.endswith(" ...")
    core = text[4 if front else 0 : -4 if rest else len(text)].strip()
    if not has_letters(_SPECIAL.sub("", core)) and not core.startswith(("©", "№")):
        raise ValueError("no words")
    plain = core.removesuffix("*")
    if plain != core and len(plain) < 2:
        raise ValueError("an ending needs two letters in front of it")
    if not any(sign in plain for sign in ("*", "#", "...")):
        return Phrase(plain, "", plain != core, front, rest)
    begins = re.split(r"[*#]| ?\.\.\.", core, maxsplit=1)[0]
    within = "" if begins else max(_SPECIAL.sub("\n", core).split("\n"), key=len)
    return Phrase(begins, core, False, front, rest, within)


@cache
def _compiled(core: str) -> re.Pattern[str]:
    signs = {"*": rf"[\w{MARKS}]{{0,40}}", "#": r"\d[\d .,]{0,20}", " ": r"\W{1,4}"}
    parts = (
        signs.get(part) or (rf".{{1,{_GAP}}}?" if "..." in part else re.escape(part))
        for part in _SPECIAL.split(core)
        if part
    )
    border = rf"(?![\w{MARKS}])" if core.endswith("*") or ends_word().search(core) else ""
    return re.compile("".join(parts) + border)
