"""Month names of the world's other languages, from a table that was made of Unicode CLDR (`cldr_words`).

Names, not a parser: the grammar around them is ours, so that a foreign date is held to the same rules (day, month and
year all printed, no guess from the clock of this machine). dateparser was weighed and left out: it fills what is
missing from today's date, flips day and month, and takes half a second to import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from crawler.extraction.dates.cldr_words import known_languages, month_names
from crawler.extraction.dates.vocabulary import fold, plain
from crawler.extraction.words.index import word_index

TABLE = Path(__file__).parent / "months.json"

# Languages of news sites beyond our own, tried together where nothing says which one it is.
WORLD = (
    "de fr es it pt nl pl tr az cs sk sl hr sr bs ro hu fi sv da nb nn is et lv lt bg mk uk be el he ar ar_LB ar_DZ "
    "ja zh ko vi id ms fil sw hi bn ta te mr gu ur ne si th lo km my hy ka mn tt ug ca eu gl ga cy sq af lb fo"
).split()


# Languages that are asked only for names that none of these has: 150 more, of fewer readers.
def _further() -> list[str]:
    known = {name.replace("_", "-") for name in WORLD}
    return [name for name in known_languages() if name not in known]


@lru_cache(maxsize=256)
def _months(language: str) -> Mapping[str, int]:
    """Month number by folded name in one language; empty where CLDR does not know it.

    Not asked of Babel: there the names that a language leaves to another form of its own come from whichever language
    was asked for them first in the process."""
    tag = language.replace("_", "-")[:35]  # RFC 5646: what an implementation must take; a page may declare anything
    own = tag.partition("-")[0]
    table: dict[str, int] = {}
    clashes: set[str] = set()
    lists = [words for name, words in word_index().days.items() if name == tag or name.partition("-")[0] == own]
    affixes = [affix for words in lists for affix in words.get("month_affixes", ())]
    for number, names in month_names(tag).items():
        for name in names:
            for form in (name, *(affix.replace("*", name) for affix in affixes)):
                _add(table, clashes, form, int(number))
    for words in lists:  # what CLDR does not list but newsrooms write
        for month, spellings in enumerate(words.get("own_months", ()), 1):
            for name in filter(None, spellings.split("|")):
                _add(table, clashes, name, month)
    return MappingProxyType({name: month for name, month in table.items() if name not in clashes})


def _add(table: dict[str, int], clashes: set[str], name: str, month: int) -> None:
    """Adds a name with and without accents. Digits are not names; a name of two months is none."""
    words = [fold(word.rstrip(".")) for word in name.split()]
    if not words or any(map(str.isdigit, name)) or not all(words):
        return
    for form in {" ".join(words), " ".join(plain(word) for word in words)}:
        if table.setdefault(form, month) != month:
            clashes.add(form)


@lru_cache(maxsize=256)
def months_of(languages: tuple[str, ...]) -> Mapping[str, int]:
    """Month number by folded name in the languages given, the first one first where two disagree."""
    table: dict[str, int] = {}
    for language in languages:
        for name, month in _months(language).items():
            table.setdefault(name, month)
    return MappingProxyType(table)


@cache
def world_months() -> Mapping[str, int]:
    """Month number by folded name in all of `WORLD`, as `names_of_world` counted it when this version was made: 70
    languages of Babel take a second to load, which every process would spend again."""
    return MappingProxyType(json.loads(TABLE.read_text("utf-8")))


def names_of_world() -> dict[str, int]:
    """Month number by folded name in all of `WORLD`, without the names on which two languages disagree:
    "listopad" is October in Croatian and November in Czech, so it is read only where the language is known."""
    table: dict[str, int] = {}
    clashes: set[str] = set()
    for language in WORLD:
        for name, month in _months(language).items():
            if table.setdefault(name, month) != month:
                clashes.add(name)
    known = {*table, *clashes}
    for language in _further():
        for name, month in _months(language).items():
            if name not in known and table.setdefault(name, month) != month:
                clashes.add(name)
    return {name: month for name, month in sorted(table.items()) if name not in clashes}
