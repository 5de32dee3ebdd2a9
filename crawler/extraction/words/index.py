"""An index over all vocabularies: their phrases, and how words begin that a phrase may begin with. It is made from the
word lists and kept beside them (`index.json`), since reading seventy files costs a process more than a page; where one
of them has changed since, it is made anew."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, reduce
from operator import or_

from crawler.extraction.words.folding import LETTERS, MARKS, fold, unspaced
from crawler.extraction.words.phrases import Phrase, phrases
from crawler.extraction.words.schema import BESIDE_DATES, VOCABULARIES
from crawler.extraction.words.tables import FOLDER, languages, table

FILE = FOLDER / "index.json"
STEM, _SHORT = 4, 2  # letters of a word by which phrases are found, and of one that may have an ending behind fewer
_WORDS = re.compile(rf"([\w{MARKS}]{{1,{STEM}}})[\w{MARKS}]*")  # the first letters of each word
_PLAIN_WORDS = re.compile(rf"(\w{{1,{STEM}}})\w*")  # the same where no letter has marks: half the cost
_MARK = re.compile(f"[{MARKS}]")
_MOST = 20_000  # beginnings that are kept
_DIGIT = re.compile(r"\d")
_ANYTHING = ""  # the first letters of a phrase that may begin with any
DAYS = (
    "today", "yesterday", "day_before_yesterday", "ago", "minute_units", "hour_units", "day_units", "one",
    "own_months", "month_affixes",
)  # fmt: skip
_LISTS = frozenset(("months", "own_months", "month_affixes"))  # which are no words beside a date
BITS: Mapping[str, int] = {name: 1 << place for place, name in enumerate(VOCABULARIES)}


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Vocabularies are bits of a number (`BITS`)."""

    digest: str  # of the word lists that it was made from
    entries: dict[str, list[str]]  # the phrases of each vocabulary as written, in all languages, each once
    phrases: dict[str, list[str]]  # all spellings of these, as `Phrase.stored` has them
    stems: dict[str, int]  # by the first letters of words, and whole short words
    shorts: dict[str, int]  # by the first two letters of words that may have any ending behind them
    signs: dict[str, int]  # by a sign, or a letter of a script that sets no blanks
    numbers: int  # those with a phrase that begins with a number
    always: int  # those with a phrase that may begin with anything
    within: dict[str, int]  # by a word that such a phrase, or one that begins with a number, has somewhere
    floating: dict[str, int]  # those with a phrase that other words may stand in front of, by its first letters
    beside_dates: dict[str, list[str]]  # the words of each vocabulary of such words, in all languages
    months: list[list[str]]  # spellings of each month's name, in all languages
    days: dict[str, dict[str, list[str]]]  # what counts in its own language alone: language, vocabulary


class Beginnings(dict[str, int]):
    """The vocabularies that have a phrase which begins as a word with these first letters does, as bits: found out when
    a word with them first comes, since most letters come again and again."""

    def __init__(self, index: WordIndex) -> None:
        super().__init__()
        self._index = index
        self._signs = re.compile(f"[{re.escape(''.join(index.signs))}]")
        self._plain_signs = [(sign, bits) for sign, bits in index.signs.items() if sign.isascii()]

    def __missing__(self, letters: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        index = self._index
        found = self[letters] = index.stems.get(letters, 0) | index.shorts.get(letters[:_SHORT], 0)
        return found

    def candidates(self, folded: str, words: Iterable[str]) -> int:
        """The vocabularies that may have a phrase in a folded line, given how its `words` begin."""
        found, index = 0, self._index
        for letters in words:
            found |= self[letters]
        if folded.isascii():
            for sign, bits in self._plain_signs:
                if sign in folded:
                    found |= bits
        else:
            for sign in set(self._signs.findall(folded)):
                found |= index.signs[sign]
        for word, bits in index.within.items():
            if word in folded:
                found |= bits
        return found

    def floating(self, folded: str, words: Iterable[str]) -> int:
        """Those that may have a phrase in a folded line with other words in front of it: most lines have none."""
        known = self._index.floating
        found = known.get(_ANYTHING, 0)
        if not known.keys().isdisjoint(words):
            for letters in words:
                found |= known.get(letters, 0)
        if not folded.isascii() and unspaced().search(folded):
            for letter in set(folded):
                found |= known.get(letter, 0)
        return found

    def opening(self, folded: str) -> int:
        """Those that may have a phrase with which a folded line begins, signs in front of its first word aside."""
        index, first = self._index, LETTERS.search(folded)
        found, at = index.always, first.start() if first else len(folded)
        for sign in folded[: at + 1]:
            found |= index.signs.get(sign, 0)
        if first:
            found |= self[first[0][:STEM]]
        return found | index.numbers if _DIGIT.match(folded, at) else found


def beginnings_of(folded: str) -> set[str]:
    """The first letters of the words of a folded line."""
    words = _PLAIN_WORDS if folded.isascii() or not _MARK.search(folded) else _WORDS
    return set(words.findall(folded))


@cache
def beginnings() -> Beginnings:
    """Those of the word lists as they are now."""
    return Beginnings(word_index())


@cache
def word_index() -> WordIndex:
    """The index of the word lists as they are now."""
    try:
        kept = WordIndex(**json.loads(FILE.read_bytes()))
    except (OSError, ValueError, TypeError):
        return make_index()
    return kept if kept.digest == _digest() else make_index()


@cache
def floating() -> int:
    """The vocabularies, as bits, with a phrase that other words may stand in front of: few have one."""
    return reduce(or_, word_index().floating.values(), 0)


def make_index() -> WordIndex:
    """The index, made from the word lists. Raises WordListError for a list that cannot be used."""
    found = {
        name: list(dict.fromkeys(entry for tag in languages() for entry in table(tag).get(name, ())))
        for name in VOCABULARIES
    }
    beside_dates = {name: found[name] for name in BESIDE_DATES if name not in _LISTS}
    entries = found | {name: [] for name in BESIDE_DATES}
    index = WordIndex(_digest(), entries, {}, {}, {}, {}, 0, 0, {}, {}, beside_dates, _months(), _days())
    numbers = always = 0
    for name, bit in BITS.items():
        spelled = phrases_of(entries[name])
        index.phrases[name] = [phrase.stored for phrase in spelled]
        for phrase in spelled:
            if phrase.text:
                _add(index, phrase, bit)
            else:
                index.within[phrase.within] = index.within.get(phrase.within, 0) | bit
                numbers |= bit * phrase.pattern.startswith("#")
                always |= bit * (not phrase.pattern.startswith("#"))
            if phrase.front:
                letters = _first_letters(phrase)
                index.floating[letters] = index.floating.get(letters, 0) | bit
    return replace(index, numbers=numbers, always=always)


def _months() -> list[list[str]]:
    named = [own["months"] for own in map(table, languages()) if "months" in own]
    spellings = (word for own in named for word in own)
    every = [[word for word in spelled.split("|") if word] for spelled in spellings]
    return [list(dict.fromkeys(word for names in every[month::12] for word in names)) for month in range(12)]


def _days() -> dict[str, dict[str, list[str]]]:
    """The words of each language that alone may not be taken for those of another: "ma" is today in Hungarian."""
    own = {tag: {name: list(table(tag)[name]) for name in DAYS if name in table(tag)} for tag in languages()}
    return {tag: words for tag, words in own.items() if words}


def index_text(index: WordIndex) -> str:
    """The index as its file has it."""
    return json.dumps(asdict(index), ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def phrases_of(entries: Iterable[str]) -> tuple[Phrase, ...]:
    """The spellings of entries, each once."""
    folded = fold("\n".join(entries)).split("\n")  # all at once: one by one they take twice the time
    return tuple(dict.fromkeys(phrase for entry in folded if entry for phrase in phrases(entry)))


def _add(index: WordIndex, phrase: Phrase, bit: int) -> None:
    """Enters a phrase by what its first word begins with."""
    word = LETTERS.match(phrase.text)
    stem = word[0][:STEM] if word else ""
    has_more = word is not None and word.end() == len(phrase.text) and (phrase.inflected or phrase.pattern)
    if not stem or unspaced().search(stem) or (has_more and len(stem) < _SHORT):
        found, key = index.signs, phrase.text[0]
    elif has_more and len(stem) < STEM:
        found, key = index.shorts, stem[:_SHORT]
    else:
        found, key = index.stems, stem
    found[key] = found.get(key, 0) | bit


def _first_letters(phrase: Phrase) -> str:
    """By which a phrase is found that other words may stand in front of."""
    word = LETTERS.match(phrase.text)
    if not word:
        return _ANYTHING
    if unspaced().search(word[0][:STEM]):
        return word[0][0]
    goes_on = word.end() == len(phrase.text) and (phrase.inflected or phrase.pattern)
    return _ANYTHING if goes_on and word.end() < STEM else word[0][:STEM]


def _digest() -> str:
    lists = hashlib.sha256()
    for language in languages():
        lists.update(f"{language}\n".encode())
        lists.update((FOLDER / f"{language}.toml").read_bytes())
    return lists.hexdigest()
