"""Days told by words: "Bugun, 10:00", "вчера в 18:30", "2 hours ago", "19 ноября, 14:05". Counted from the time of the
capture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from crawler.extraction.dates.cldr_words import Period, known_as, past_patterns, relative_days
from crawler.extraction.dates.clocks.clock import Clock, clock_after, clock_before
from crawler.extraction.dates.past_words import counted_times, days_told, single_times
from crawler.extraction.dates.vocabulary import fold

T = TypeVar("T")
MAX_LINE = 60  # characters: in a longer line "today" is a word of a sentence
_MOST = 5  # words of a phrase that tells a day: "uair an chloig ó shin"

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_][^\s\d,;:|/()\[\].!?]*")
_COUNT = re.compile(r"(?<![\d.,:/-])(\d{1,3})(?![\d.,:/-]\d|\d)")
_STEPS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Told:
    """A day that a line tells by words, and where."""

    value: date
    start: int
    end: int
    clock: Clock | None = None


def relative_day(
    line: str, nows: Sequence[datetime], languages: tuple[str, ...], periods: Mapping[str, Period]
) -> Told | None:
    """The day that a short line tells by a word, with its clock where it has one, else None.

    `nows` are the time of the capture in each zone that the source can be in: only a day that is the same in all of
    them is told. Two such words ("today and yesterday") give None.
    """
    if len(line) > MAX_LINE:
        return None
    languages = known_as(languages)
    if _any_words(languages).isdisjoint(map(fold, _WORD.findall(line))):
        return None  # nearly all lines, those with a figure too
    if counted := _counted(line, nows, languages):
        return counted  # before a word of it that tells another day by itself
    words = words_told(line, languages)
    if len(words) == 1:
        start, end, days = words[0]
        value = _same([now.date() + timedelta(days=days) for now in nows])
        if value is None:
            return None
        clock = clock_after(line, end, periods) or clock_before(line, start, periods)
        start, end = (min(start, clock.start), max(end, clock.end)) if clock else (start, end)
        return Told(value, start, end, clock)
    return _single(line, nows, languages) if not words else None


def may_begin(line: str, languages: tuple[str, ...]) -> bool:
    """Whether a line begins with such a word: whether it can tell a day with all that it has."""
    telling, word = _telling(known_as(languages)), _WORD.search(line)
    if word is None:
        return False
    letters = _LETTERS.match(line, word.start())
    return fold(word[0]) in telling or (letters is not None and letters[0] != word[0] and fold(letters[0]) in telling)


@lru_cache(maxsize=256)
def _telling(languages: tuple[str, ...]) -> frozenset[str]:
    """The words with which a phrase begins that tells a day without a figure."""
    tables = (days_told(languages), single_times(languages), relative_days(languages))
    return frozenset(phrase.partition(" ")[0] for table in tables for phrase in table)


@lru_cache(maxsize=256)
def _counting(languages: tuple[str, ...]) -> frozenset[str]:
    """The words of the phrases beside a number that tell a day."""
    tables = (counted_times(languages), past_patterns(languages))
    return frozenset(word for table in tables for sides in table for word in sides.replace("|", " ").split())


@lru_cache(maxsize=256)
def _any_words(languages: tuple[str, ...]) -> frozenset[str]:
    """The words of which each line that tells a day has one."""
    return _telling(languages) | _counting(languages)


def _same(days: Sequence[date]) -> date | None:
    return days[0] if len(set(days)) == 1 else None


def words_told(line: str, languages: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """(start, end, days from today) of each word, or phrase, that tells a day; of two that overlap the longer one."""
    words = list(_WORD.finditer(line))
    if _telling(languages).isdisjoint([fold(word[0]) for word in words]):
        return []  # nearly all lines with a figure
    found = _phrases(words, days_told(languages)) or _phrases(words, relative_days(languages))
    return [f for f in found if not any(o[0] <= f[0] and f[1] <= o[1] and o != f for o in found)]


def _phrases(words: list[re.Match[str]], table: Mapping[str, T]) -> list[tuple[int, int, T]]:
    found: list[tuple[int, int, T]] = []
    for at, first in enumerate(words):
        spelled = ""
        for word in words[at : at + _MOST]:
            spelled = f"{spelled} {fold(word[0])}".strip()
            if spelled in table:
                found.append((first.start(), word.end(), table[spelled]))
    return found


def _single(line: str, nows: Sequence[datetime], languages: tuple[str, ...]) -> Told | None:
    """The day of "an hour ago": the longest such phrase of a line without figures."""
    if any(map(str.isdecimal, line)):
        return None
    found = _phrases(list(_WORD.finditer(line)), single_times(languages))
    if not found:
        return None
    start, end, unit = max(found, key=lambda place: place[1] - place[0])
    return _before(unit, 1, nows, start, end)


def _counted(line: str, nows: Sequence[datetime], languages: tuple[str, ...]) -> Told | None:
    """The day of a number between the words that a language puts before and behind it: "hace 3 días", "5小时前"."""
    numbers = list(_COUNT.finditer(line))
    if len(numbers) != 1:
        return None
    tables, number = (counted_times(languages), past_patterns(languages)), numbers[0]
    before = list(_WORD.finditer(line, 0, number.start()))[-_MOST:]
    behind = list(_WORD.finditer(line, number.end()))[:_MOST]
    in_front, after = ([fold(m[0].rstrip(".")) for m in part] for part in (before, behind))
    if _counting(languages).isdisjoint((*in_front, *after)):
        return None  # nearly all lines with a number
    for left in range(len(before), -1, -1):
        first = " ".join(in_front[len(before) - left :])
        for right in range(len(behind), -1, -1):
            spelled = f"{first}|{' '.join(after[:right])}"
            if unit := next((table[spelled] for table in tables if spelled in table), None):
                words = [*before[len(before) - left :], *behind[:right]]
                start, end = (words[0].start(), words[-1].end()) if words else (0, 0)
                place = min(start, number.start()), max(end, number.end())
                return _before(unit, int(number[1]), nows, *place)
    return None


def _before(unit: str, count: int, nows: Sequence[datetime], start: int, end: int) -> Told | None:
    """The figure is rounded down by whoever printed it, so the moment lies up to one unit further back; where that
    leaves two days open, there is no answer. Never a time: none is told."""
    if unit == "day":
        days = [now.date() - timedelta(days=count) for now in nows]
    else:
        step = _STEPS[unit]
        days = [(now - step * back).date() for now in nows for back in (count, count + 1)]
    value = _same(days)
    return Told(value, start, end) if value else None
