"""The day that readers see beside a link: for `--since`, on listings that tell machines nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

FIRST_YEAR = 1990  # before it, nothing was published on a web site
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{2,4})(?!\d)")
_HAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 400  # characters that are looked at
_NEAR = 3  # tokens between the month and its day and year: "2026 йил 5 март", "March 5th, 2026"


def day_in(text: str, languages: Sequence[str], order: str, latest: str) -> str | None:
    """The newest ISO day that `text` shows, from 1990 to the ISO day `latest`; None for none. `languages` are BCP 47
    tags, whose names of months are known from CLDR; `order` is that of dates in figures: DMY, MDY or YMD."""
    text = " ".join(text.split())[:_LONGEST]
    found = [*_in_figures(text, order), *_in_words(text, _months(tuple(languages)))]
    return max((day for day in found if f"{FIRST_YEAR}" <= day <= latest), default=None)


def _in_figures(text: str, order: str) -> Iterator[str]:
    for match in _HAN.finditer(text):
        yield from _iso(match[1], match[2], match[3])
    for match in _NUMBERS.finditer(text):
        first, second, third = match[1], match[3], match[4]
        if len(first) == 4:
            yield from _iso(first, second, third)
        elif len(third) == 4:
            day, month = (second, first) if order == "MDY" and match[2] != "." else (first, second)
            yield from _iso(third, month, day)


def _in_words(text: str, months: dict[str, int]) -> Iterator[str]:
    tokens = _TOKEN.findall(text.casefold())
    for at, token in enumerate(tokens):
        month = _month(token, months)
        if month is None:
            continue
        near = [*tokens[max(0, at - _NEAR) : at][::-1], *tokens[at + 1 : at + 1 + _NEAR]]
        numbers = [n for n in near if n.isdigit()]
        day = next((n for n in numbers if len(n) <= 2), None)
        year = next((n for n in numbers if len(n) == 4), None)
        if day and year:
            yield from _iso(year, str(month), day)


def _month(token: str, months: dict[str, int]) -> int | None:
    return months.get(token) or months.get(token[:4] + "…")


def month_of(word: str, languages: Sequence[str]) -> int | None:
    """The month that a word names in one of the languages (BCP 47 tags) or in English, None for none."""
    return _month(word.casefold(), _months(tuple(languages)))


def _iso(year: str, month: str, day: str) -> Iterator[str]:
    try:
        yield date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return


@lru_cache(maxsize=64)
def _months(languages: tuple[str, ...]) -> dict[str, int]:
    """Names and short names of months, and their first four letters with "…" where these name one month only."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 60 ms that feeds and APIs never need
    from babel.dates import get_month_names  # noqa: PLC0415

    names: dict[str, int] = {}
    starts: dict[str, set[int]] = {}
    for tag in (*languages, "en"):
        try:
            locale = Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    word = name.casefold().strip(" .")
                    names.setdefault(word, number)
                    starts.setdefault(word[:4] + "…", set()).add(number)
    return {start: min(found) for start, found in starts.items() if len(found) == 1 and len(start) == 5} | names
