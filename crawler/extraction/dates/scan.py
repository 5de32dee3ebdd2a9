"""Days in a line of text: all-digit dates by pattern, dates with a month's name by a walk over the line's tokens.

Both take time linear in the length of the line. A day found here has a year, a month and a day in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crawler.extraction.dates.clock import Clock, clock_after
from crawler.extraction.dates.vocabulary import DAY_WORDS, JOINERS, MONTH_FILLERS, ORDINALS, fold, is_year_word

FIRST_YEAR, LAST_YEAR = 1900, 2099

_EDGE = r"(?<!\d)(?<!\d[.,/\-:])"
_TAIL = r"(?!\d)(?![./\-]\d)"
_YEAR_FIRST = re.compile(_EDGE + r"(\d{4})(?:(-)(\d{1,2})-(\d{1,2})|\s?([./])\s?(\d{1,2})\s?\5\s?(\d{1,2}))" + _TAIL)
_YEAR_LAST = re.compile(_EDGE + r"(\d{1,2})(?:(-)(\d{1,2})-|\s?([./])\s?(\d{1,2})\s?\4\s?)(\d{4})" + _TAIL)
_SHORT = re.compile(_EDGE + r"(\d{1,2})([./\-])(\d{1,2})\2(\d{2})(?!\d)(?![./\-:]\d)")
_BASIC = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=[Tt]\d{4})")
_IDEOGRAPHIC = re.compile(
    r"(?:(令和|平成)\s?(\d{1,2}|元)|(\d{4}))\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?"
)
_ERAS = {"令和": 2018, "平成": 1988}  # the year before the era's first

_MONGOLIAN = re.compile(  # months by number
    r"(\d{4})\s?оны\s?(\d{1,2})\s?(?:-?\s?(?:р|дугаар|дүгээр)\s?)?сарын\s?(\d{1,2})", re.IGNORECASE
)

# A word is anything but spaces, digits and punctuation: vowel signs and joiners of Indic scripts belong to it.
_TOKEN = re.compile(r"\d+|[^\s\d!-/:-@\[-`{-~\u00b7\u2000-\u200b\u200e-\u206f\u3000-\u303f«»\u060c]+|[^\s]")
_DASHES = frozenset("-–—‑‐−")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands. `clock` is set where the clock stands inside the date, as in ctime's form."""

    value: date
    start: int
    end: int
    clock: Clock | None = None


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    number: bool
    word: str  # folded


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or the year is not one of a news page."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ---------------------------------------------------------------- digits


def numeric_days(text: str, order: str, *, short_years: bool = False) -> list[Day]:
    """All-digit dates. A year in front is followed by month and day; a year behind is read by `order`."""
    found: list[Day | None] = []
    for m in _YEAR_FIRST.finditer(text):
        month, day = (m[3], m[4]) if m[2] else (m[6], m[7])
        found.append(_day(m, int(m[1]), int(month), int(day)))
    for m in _YEAR_LAST.finditer(text):
        first, second = int(m[1]), int(m[3] or m[5])
        month_day = (first, second) if order == "MDY" else (second, first)
        found.append(_day(m, int(m[6]), *month_day))
    for m in _BASIC.finditer(text):
        found.append(_day(m, int(m[1]), int(m[2]), int(m[3])))
    for m in _IDEOGRAPHIC.finditer(text):
        year = _ERAS[m[1]] + (1 if m[2] == "元" else int(m[2])) if m[1] else int(m[3])
        found.append(_day(m, year, int(m[4]), int(m[5])))
    for m in _MONGOLIAN.finditer(text):
        found.append(_day(m, int(m[1]), int(m[2]), int(m[3])))
    for m in _SHORT.finditer(text) if short_years else ():
        a, b, c = int(m[1]), int(m[3]), int(m[4])
        year, month, day = {"MDY": (c, a, b), "YMD": (a, b, c)}.get(order, (c, b, a))
        found.append(_day(m, 2000 + year, month, day))
    return [day for day in found if day]


def _day(found: re.Match[str], year: int, month: int, day: int) -> Day | None:
    value = day_of(year, month, day)
    return Day(value, found.start(), found.end()) if value else None


# ---------------------------------------------------------------- words


def worded_days(text: str, months: Mapping[str, int]) -> list[Day]:
    """Dates with a month's name, in whichever order the line has day, month and year."""
    tokens = []
    for found in _TOKEN.finditer(text):
        word = found[0]
        tokens.append(_Token(word, found.start(), found.end(), word[0].isdecimal(), fold(word)))
    days: list[Day] = []
    floor = 0  # tokens in front of it belong to an earlier date
    for index, token in enumerate(tokens):
        if token.number or index < floor:
            continue
        month, width = _month_at(tokens, index, months)
        if not month:
            continue
        made = _Reader(text, tokens, floor).around(index, index + width, month)
        if made:
            day, floor = made
            days.append(day)
    return days


def _month_at(tokens: list[_Token], index: int, months: Mapping[str, int]) -> tuple[int | None, int]:
    """The month that starts at a token, and how many tokens its name takes."""
    word = tokens[index].word
    if index + 1 < len(tokens):
        following = tokens[index + 1]
        if word in ("tháng", "thg") and following.number and 1 <= int(following.text[:3]) <= 12:  # Vietnamese
            return int(following.text[:3]), 2
        if not following.number and (month := months.get(f"{word} {following.word}")):
            return month, 2
    return months.get(word), 1


class _Reader:
    """Finds day and year around a month's name; each method gives the number and the token at the far end."""

    def __init__(self, text: str, tokens: list[_Token], floor: int) -> None:
        self.text, self.tokens, self.floor = text, tokens, floor

    def around(self, first: int, after: int, month: int) -> tuple[Day, int] | None:
        before = self._day_left(first)
        year_after = self._year_right(after)
        if before:
            year_before = self._year_left(before[1])
            if year_before and (year_before[2] or not year_after):
                return self._made(year_before[0], month, before[0], year_before[1], after - 1)
            if year_after:
                return self._made(year_after[0], month, before[0], before[1], year_after[1])
        behind = self._day_right(after)
        if not behind:
            return None
        if year := self._year_left(first):
            return self._made(year[0], month, behind[0], year[1], behind[1])
        if year_after := self._year_right(behind[1] + 1):
            return self._made(year_after[0], month, behind[0], first, year_after[1])
        return self._ctime(month, behind, first)

    def _made(self, year: int, month: int, day: int, first: int, last: int) -> tuple[Day, int] | None:
        value = day_of(year, month, day)
        return (Day(value, self.tokens[first].start, self.tokens[last].end), last + 1) if value else None

    def _ctime(self, month: int, day: tuple[int, int], first: int) -> tuple[Day, int] | None:
        """Thu Mar 12 10:00:00 UTC 2026: the year behind the clock."""
        clock = clock_after(self.text, self.tokens[day[1]].end)
        if not clock:
            return None
        following = (i for i in range(day[1] + 1, min(day[1] + 16, len(self.tokens))))
        index = next((i for i in following if self.tokens[i].start >= clock.end), None)
        if index is None or not self._is_year(index):
            return None
        value = day_of(int(self.tokens[index].text), month, day[0])
        return (Day(value, self.tokens[first].start, self.tokens[index].end, clock), index + 1) if value else None

    def _glued(self, index: int) -> bool:
        """Whether a token stands directly behind the one in front of it."""
        return index > 0 and self.tokens[index - 1].end == self.tokens[index].start

    def _is_year(self, index: int) -> bool:
        token = self.tokens[index]
        return token.number and len(token.text) == 4 and FIRST_YEAR <= int(token.text) <= LAST_YEAR

    def _is_day(self, index: int) -> bool:
        token = self.tokens[index]
        return token.number and len(token.text) <= 2 and 1 <= int(token.text) <= 31

    def _day_left(self, first: int) -> tuple[int, int] | None:
        for index in range(first - 1, max(self.floor, first - 6) - 1, -1):
            token = self.tokens[index]
            if token.number:
                return (int(token.text), index) if self._is_day(index) and not self._part_of_more(index) else None
            if token.text in _DASHES or token.text in "./°'’«»\"“”„" or token.word in ORDINALS or token.word in JOINERS:
                continue
            return None
        return None

    def _part_of_more(self, index: int) -> bool:
        """Whether a number is the end of a clock (10:12), a decimal (3.12) or a span of days (10-12 марта)."""
        if index < 2 or not self._glued(index) or not self.tokens[index - 2].number:
            return False
        sign = self.tokens[index - 1].text
        if sign == ":" or (sign in ".,/" and self._glued(index - 1)):
            return True
        return sign in _DASHES and len(self.tokens[index - 2].text) <= 2 and not self._clock_ends(index - 2)

    def _clock_ends(self, index: int) -> bool:
        return index >= 2 and self.tokens[index - 1].text == ":"

    def _year_right(self, index: int) -> tuple[int, int] | None:
        for at in range(index, min(index + 6, len(self.tokens))):
            token = self.tokens[at]
            if token.number:
                if not self._is_year(at) or (at + 1 < len(self.tokens) and self.tokens[at + 1].text == ":"):
                    return None
                return int(token.text), self._year_suffix(at)
            if token.text in _DASHES or token.text in ",./'’‘ʼʻ`(،":
                continue
            passes = is_year_word(token.word) or token.word in JOINERS or token.word in MONTH_FILLERS
            if not (passes or token.word in DAY_WORDS):
                return None
        return None

    def _year_suffix(self, at: int) -> int:
        """The last token of "2026", "2026-yil", "2026 г."."""
        last = at
        for index in range(at + 1, min(at + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.text in _DASHES and index == at + 1:
                continue
            if token.word in ORDINALS and not is_year_word(token.word):
                continue
            if token.number or not is_year_word(token.word):
                break
            last = index
            if len(token.text) <= 2 and index + 1 < len(self.tokens) and self.tokens[index + 1].text == ".":
                last = index + 1
            break
        return last

    def _year_left(self, first: int) -> tuple[int, int, bool] | None:
        worded = False
        for index in range(first - 1, max(self.floor, first - 7) - 1, -1):
            token = self.tokens[index]
            if token.number:
                return (int(token.text), index, worded) if self._is_year(index) else None
            if is_year_word(token.word):
                worded = True
            elif not (
                token.text in _DASHES or token.text in ",./()،" or token.word in ORDINALS or token.word in JOINERS
            ):
                return None
        return None

    def _day_right(self, index: int) -> tuple[int, int] | None:
        for at in range(index, min(index + 4, len(self.tokens))):
            token = self.tokens[at]
            if token.number:
                following = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
                return (int(token.text), self._day_suffix(at)) if self._is_day(at) and following != ":" else None
            if not (token.text in _DASHES or token.text in ".," or token.word in MONTH_FILLERS or token.word == "the"):
                return None
        return None

    def _day_suffix(self, at: int) -> int:
        """The last token of "12", "12th", "12-kuni"."""
        last = at
        for index in range(at + 1, min(at + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.text in _DASHES and index == at + 1:
                continue
            if token.number or not (token.word in ORDINALS or token.word in DAY_WORDS):
                break
            last = index
        return last
