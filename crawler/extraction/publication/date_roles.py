"""Which day a line near the headline tells of: that of publication, of the last change, or another one - of an event,
a deadline, an act, today's weather. A line that has none of their words tells of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from lxml import html

from crawler.extraction.dates import ParsedDate, read_dates
from crawler.extraction.page.page import Page
from crawler.extraction.words import Span, vocabulary
from crawler.extraction.words.folding import MARKS

_DAY_NUMBER = re.compile(
    rf"(?<!\d)\d{{1,4}}(?!\d)(?:[^\W\d][{MARKS}]*)*"
)  # "15-martgacha", "15 martga qadar", "2026'ya kadar"
_NEXT_WORD = re.compile(rf"[-\s'’][\w{MARKS}]+")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?![\d:])")
_BEFORE = 5  # words in front of it that are looked at
_DASHES = "-–—−/"
_TODAYS_CLASS = re.compile(
    r"(?:^|[\s_-])(?:weather|pogoda|meteo|currenc(?:y|ies)|valyuta|kurs|rates|informers?|ticker|today|"
    r"current-?(?:date|time))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX = 300  # characters of a box of today's figures
_BEGUN = re.compile(r"(?<![\d.:/])\d{1,2}\.?(?:\s+\w++)?\s*(?:[-–—−]|\b(?P<joiner>\w+))\s*$")


@lru_cache(maxsize=2048)  # the boxes around a line hold the same words
def updated(text: str) -> Span | None:
    """The place of the words for a change, where a text has any."""
    return vocabulary("updated").find(text)


_SIGNS = 8  # beside a date in a line that a full stop of East Asia ends
_DATE_SIGNS = frozenset("年月日时時分秒")
_ENDING = re.compile(r"-[^\W\d_]")
_NEAR, _PARTING = 40, re.compile(r"[|•·:;–—]|\.\s")
_FEW, _SOME = 5, 15  # words beside a date in a line that ends like a sentence, and in one that does not


def is_sentence(line: str) -> bool:
    """True where a date is one of many words: "The council meets on 20 March in the small hall." tells of another day
    than that of its publication, and "The Order of 3 May 2021 was last updated on 12 December 2024." of no change of
    the page. East Asia writes no spaces: there a full stop behind many letters tells it."""
    words = sum(1 for word in line.split() if any(map(str.isalpha, word)))
    ends = line.rstrip(' "»”)').endswith((".", "!", "?", "…", "。", "।", "؟", "።", "។"))
    if ends and words <= _FEW and line.rstrip().endswith("。"):
        return sum(1 for c in line if c.isalpha() and c not in _DATE_SIGNS) > _SIGNS
    return words > (_FEW + 3 if ends else _SOME)


@lru_cache(maxsize=2048)
def tells_another_day(text: str) -> bool:
    """True for the line of a deadline, an event or a validity, or of the last change of the whole site."""
    if vocabulary("event_dates").find(text) or (updated(text) and vocabulary("website").find(text)):
        return True
    until = vocabulary("until_endings")
    return any(until.ending(words) is not None for words in _from_a_day(text)) or _is_until(text)


def _is_until(text: str) -> bool:
    """Whether the word for until stands in front of a day, or of the month before its day: "bis 5. November"."""
    until = vocabulary("until_beginnings")
    for number in _DAY.finditer(text):
        words = text[: number.start()].split()[-_BEFORE:]
        for end in (len(words), len(words) - 1):
            if any(until.has(" ".join(words[begin:end])) for begin in range(end)):
                return True
    return False


def _from_a_day(text: str) -> Iterator[str]:
    """Each number that may be a day, by itself and with the word or two behind it."""
    for number in _DAY_NUMBER.finditer(text):
        yield number[0]
        end = number.end()
        for _ in range(2):
            if not (word := _NEXT_WORD.match(text, end)):
                break
            end = word.end()
            yield text[number.start() : end]


def is_of_an_act(text: str) -> bool:
    """True for the number of an act beside its day ("№ 12 от 01.03.2026"): the last day to believe, since the
    page tells of the act."""
    return vocabulary("act_numbers").find(text) is not None


def is_of_a_document(text: str) -> bool:
    """True behind the label of the day on which a document was made or signed, which is not later."""
    return vocabulary("document_dates").opening(text) is not None


def is_day_of_an_act(page: Page, text: str) -> bool:
    """True where the date of a line stands directly behind the name of an act ("Regulation of 3 May 2021"), or in front
    of it with few words between, where languages put it there ("2021-yil 3-maydagi 150-son qarori")."""
    front, behind = vocabulary("act_days").find(text), vocabulary("acts_behind_days").find(text)
    found = read_dates(text, page.any_dates) if front or behind else []
    if front and any(not text[front[1] : day.start].strip() for day in found if day.start >= front[1]):
        return True
    return behind is not None and any(
        _is_of_next(text[day.start : day.end], text[day.end : behind[0]], text[slice(*behind)])
        for day in found
        if day.end <= behind[0]
    )


def _is_of_next(day: str, between: str, act: str) -> bool:
    """Whether a day belongs to the act that few words later is named: it has an ending, or the act a number. Beside a
    day alone the word for an act is the name of a section."""
    if len(between.split()) > _FEW or len(between) > _NEAR or _PARTING.search(between):
        return False
    return day[-1].isalpha() or _ENDING.match(between) is not None or any(map(str.isdigit, between + act))


def is_span(text: str, found: list[ParsedDate]) -> bool:
    """Whether a line tells of days from one to another: "12-14 March 2026", "12.03.2026 - 14.03.2026"."""
    joiners = vocabulary("span_joiners")
    begun = _BEGUN.search(text[: found[0].start]) if found else None
    if begun and (begun["joiner"] is None or joiners.has(begun["joiner"])):
        return True
    between = (text[a.end : b.start].strip() for a, b in pairwise(found) if a.day != b.day)
    return any(bool(words) and (words in _DASHES or joiners.has(words)) for words in between)


def is_todays(page: Page, element: html.HtmlElement, top: html.HtmlElement) -> bool:
    """Whether a date stands in a small box with the weather or rates of exchange, or in one that is named so."""
    for holder in (element, *element.iterancestors()):
        if holder is top or page.sizes.get(holder, 0) > _BOX:
            return False
        if _TODAYS_CLASS.search(f"{holder.get('class') or ''} {holder.get('id') or ''}"):
            return True
        words = page.short_text(holder, _BOX)
        if "°" in words or vocabulary("weather_and_rates").find(words):
            return True
    return False
