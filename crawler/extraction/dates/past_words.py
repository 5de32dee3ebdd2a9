"""Words for days and times that have passed, of the word lists, which have what Unicode CLDR lacks: "kecha", "3 kun
oldin", "an hour ago", "منذ يومين"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from crawler.extraction.dates.cldr_words import phrase
from crawler.extraction.words.index import word_index

# Languages of our sources, whose pages name no language or another: their words count on every page. Those of other
# languages are words of something else in some ("ma", "hier", "fa") and count on pages in them.
_EVERYWHERE = ("uz-Latn", "uz-Cyrl", "kaa-Latn", "kaa-Cyrl", "kk", "ky", "tg", "tk", "tt", "az", "ru", "uk", "be", "en")
_DAYS = {"today": 0, "yesterday": -1, "day_before_yesterday": -2}
_UNITS = {"minute_units": "minute", "hour_units": "hour", "day_units": "day"}


def _tags(languages: tuple[str, ...]) -> Iterator[str]:
    """These languages and those that count everywhere, each once, as far as the word lists have them."""
    known = word_index().days
    tags = [tag for language in languages for tag in known if tag == language or language.partition("-")[0] == tag]
    return (tag for tag in dict.fromkeys([*tags, *_EVERYWHERE]) if tag in known)


@lru_cache(maxsize=256)
def days_told(languages: tuple[str, ...]) -> Mapping[str, int]:
    """Days from today by phrase, as `cldr_words.phrase` spells it."""
    found: dict[str, int] = {}
    for tag in _tags(languages):
        for name, days in _DAYS.items():
            for entry in word_index().days[tag].get(name, ()):
                found.setdefault(phrase(entry), days)
    return found


def _together(languages: tuple[str, ...], of: Callable[[str], Mapping[str, str]]) -> Mapping[str, str]:
    return {phrases: unit for tag in _tags(languages) for phrases, unit in of(tag).items()}


@lru_cache(maxsize=256)
def counted_times(languages: tuple[str, ...]) -> Mapping[str, str]:
    """The unit by the phrases in front of a number and behind it, joined by a bar: "|kun oldin", "منذ|ایام"."""
    return _together(languages, _counted_in)


@cache
def _counted_in(tag: str) -> Mapping[str, str]:
    return {
        pattern: unit
        for ago, word, unit in _units_of(word_index().days[tag])
        for pattern in (f"|{word} {ago}", f"|{word}{ago}", f"{ago}|{word}")
    }


@lru_cache(maxsize=256)
def single_times(languages: tuple[str, ...]) -> Mapping[str, str]:
    """The unit by the phrases of one that has passed, without a number: "an hour ago", "час назад"."""
    return _together(languages, _single_in)


@cache
def _single_in(tag: str) -> Mapping[str, str]:
    words, found = word_index().days[tag], dict[str, str]()
    ones = [f"{phrase(one)} " for one in words.get("one", ())]
    for ago, word, unit in _units_of(words):
        for one in ("", *ones):
            found |= {f"{one}{word} {ago}": unit, f"{ago} {one}{word}": unit}
    return found


def _units_of(words: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """(word for what has passed, word for a unit, unit) of one language."""
    for name, unit in _UNITS.items():
        for ago, word in product(words.get("ago", ()), words.get(name, ())):
            yield phrase(ago), phrase(word), unit
