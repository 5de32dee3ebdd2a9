"""Words of Unicode CLDR that stand beside dates, by language: halves and hours of the day, "yesterday", "3 days ago".

The table is made by `tests/benchmarks/build_dates.py` from the release of CLDR that Babel carries.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from crawler.extraction.dates.vocabulary import fold

TABLE = Path(__file__).parent / "cldr.json"

_SCRIPT = 4  # letters of the subtag of a script (RFC 5646); of a language in front of it they are three at most
Period = str | tuple[int, int]  # "a", "p", or the first minute of the day and the one after the last


def phrase(words: str) -> str:
    """Words as the table spells them: folded, without points, one space between them."""
    return " ".join(filter(None, (fold(word.strip(".,")) for word in words.split())))


def joined(words: str) -> str:
    """Words as the table spells halves of the day, which newsrooms write with points and spaces or without."""
    return phrase(words).replace(" ", "").replace(".", "").replace("\u200c", "")


@cache
def _table() -> Mapping[str, Any]:
    return json.loads(TABLE.read_text("utf-8"))  # type: ignore[no-any-return]


def release() -> str:
    """The release of Unicode CLDR that the words come from."""
    return str(_table()["cldr"])


@lru_cache(maxsize=1024)
def known_as(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of a page as the tables have them: en, en-US and en-GB are one, with all that is made for it.

    Scripts are told, and countries where CLDR has words of their own."""
    return tuple(dict.fromkeys(map(_known_as, languages)))


def _known_as(language: str) -> str:
    parts = language.replace("_", "-").split("-")[:2]
    both = "-".join(parts)
    return both if both in _table()["languages"] or len(parts[-1]) == _SCRIPT else parts[0]


def _of(language: str) -> Iterator[Mapping[str, Any]]:
    """The words of a language, those of its script before those that all its scripts share."""
    parts = language.split("-")[:2]
    for name in ("-".join(parts), parts[0]):
        if found := _table()["languages"].get(name):
            yield found
        if len(parts) == 1:
            return


def _merged(languages: tuple[str, ...], kind: str) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for language in languages:
        for words in _of(language):
            for word, meaning in words.get(kind, {}).items():
                table.setdefault(word, meaning)
    return table


@cache
def _world(kind: str) -> dict[str, Any]:
    """The words on which all languages agree."""
    table: dict[str, Any] = {}
    clashes = set()
    for words in _table()["languages"].values():
        for word, meaning in words.get(kind, {}).items():
            if table.setdefault(word, meaning) != meaning:
                clashes.add(word)
    return {word: meaning for word, meaning in table.items() if word not in clashes}


@lru_cache(maxsize=256)
def _known(languages: tuple[str, ...], kind: str) -> Mapping[str, Any]:
    own = _merged(languages, kind)
    return MappingProxyType(_world(kind) | _merged(("en",), kind) | own)


def day_periods(languages: tuple[str, ...]) -> Mapping[str, Period]:
    """What the words for halves and hours of the day mean, as `joined` spells them: those of `languages` first, then of
    English, then those on which all languages agree."""
    return _day_periods(known_as(languages))


@lru_cache(maxsize=256)
def _day_periods(languages: tuple[str, ...]) -> Mapping[str, Period]:
    return MappingProxyType(
        {word: tuple(m) if isinstance(m, list) else m for word, m in _known(languages, "periods").items()}
    )


def known_languages() -> list[str]:
    """The tags of all languages of the table, sorted."""
    return sorted(_table()["languages"])


def month_names(language: str) -> Mapping[str, list[str]]:
    """The names of each month by its number, as CLDR writes them; empty for a language that it does not know."""
    return next((words["months"] for words in _of(language) if "months" in words), {})


@cache
def weekdays() -> Mapping[str, str]:
    """The words of the days of the week in all languages, with the days whose names they are part of: "4" is Thursday
    (ISO 8601), "12345" a word of five names."""
    return MappingProxyType(_table()["weekdays"])


def relative_days(languages: tuple[str, ...]) -> Mapping[str, int]:
    """Days from today by phrase: "yesterday" is -1."""
    return _known(languages, "days")


def past_patterns(languages: tuple[str, ...]) -> Mapping[str, str]:
    """The unit (minute, hour, day) by the phrases in front of a number and behind it, joined by a bar: "|days ago"."""
    return _known(languages, "ago")
