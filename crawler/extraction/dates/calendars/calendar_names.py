"""Months and era signs of the calendars that are not Gregorian, from `calendar_names.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from crawler.extraction.dates.calendars.conversions import Calendar
from crawler.extraction.dates.vocabulary import fold, plain
from crawler.toml_tables import read_toml

TABLE = Path(__file__).parent / "calendar_names.toml"

_LISTS = {
    "persian": Calendar.PERSIAN,
    "islamic": Calendar.ISLAMIC,
    "ethiopic": Calendar.ETHIOPIC,
    "bikram": Calendar.BIKRAM,
}
# An era sign has one of these letters, or two capitals beside a year: most lines have none.
_MAY_HAVE_ERA = re.compile(
    r"[\u0600-\u06ff\u0900-\u097f\u0e00-\u0eff\u1200-\u137f\u1780-\u17ff民佛仏西公]|\d{4}\s?[A-Z]|[A-Z]\.?\s?\d{4}"
)


class Month(NamedTuple):
    calendar: Calendar
    number: int


class Era(NamedTuple):
    """An era sign and its place in a line."""

    calendar: Calendar
    start: int
    end: int


@cache
def _table() -> Mapping[str, Any]:
    return MappingProxyType(read_toml(TABLE))


def spelled(name: str) -> str:
    """A name as tables spell it: folded words with one space between them, hyphens and joiners left out."""
    words = re.split(r"[\s\u200c-]+", name)
    return " ".join(filter(None, (fold(word) for word in words)))


def _entries() -> Iterator[tuple[str, Month]]:
    table = _table()
    for kind, calendar in _LISTS.items():
        for number, forms in enumerate(table[kind], 1):
            yield from ((form, Month(calendar, number)) for form in forms.split("|"))
    both = table["both"]
    shared = [*enumerate(both["ethiopic"], 1), *enumerate(both["shared_names"], 1)]
    for number, forms in shared:
        for form in forms.split("|"):
            yield form, Month(Calendar.ETHIOPIC, number)
            if number <= 12:
                yield form, Month(Calendar.GREGORIAN, both["gregorian_of_ethiopic"][number - 1])


@cache
def other_months() -> Mapping[str, tuple[Month, ...]]:
    """What each name can mean, by its folded words."""
    table: dict[str, dict[Month, None]] = {}
    for name, month in _entries():
        words = spelled(name)
        for form in {words, plain(words), words.replace(" ", "")}:
            table.setdefault(form, {})[month] = None
    return MappingProxyType({name: tuple(months) for name, months in table.items()})


@cache
def _signs() -> re.Pattern[str]:
    """Every era sign, each kind a group that is named by the number of its calendar."""
    kinds = (f"(?P<c{number}>{'|'.join(_table()['eras'][name])})" for number, name in enumerate(_table()["eras"]))
    return re.compile("|".join(kinds))


def eras(line: str) -> tuple[Era, ...]:
    """The era signs of a line, in their order."""
    if not _MAY_HAVE_ERA.search(line):
        return ()
    names = list(_table()["eras"])
    found = _signs().finditer(line)
    return tuple(Era(Calendar(names[int((m.lastgroup or "c0")[1:])]), m.start(), m.end()) for m in found)
