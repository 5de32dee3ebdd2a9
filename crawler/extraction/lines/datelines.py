"""Lines that tell when something was published, and hardly anything else."""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import lru_cache

from crawler.extraction.dates import find_dates
from crawler.extraction.dates.vocabulary import fold, words_beside
from crawler.extraction.markup.dom import has_digit, key
from crawler.extraction.words import vocabulary

_LONGEST = 90  # characters of such a line
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNED = re.compile(r"[:h]")
_TIME, _TIME_WORD = 16, 6  # characters of a line that tells a time of day, letters beside it
_WORDS = 24  # letters that stand beside a date on a line about it: "Published on Tuesday"
_YEAR_SIGN = re.compile(r"(?<=\d)\s?-?(?:г|й|ж|с|р|ý|y|j)\.$", re.IGNORECASE)  # "12.03.2026 г." is no sentence
_YEAR_STOP = re.compile(r"(?<=\d{4})\.$")  # "utorak, 10. mart 2026.", and of a sentence that ends with a year
# "2026. november 4.", as Hungary ends a day; and a month that is October in one language and November in another.
_WORDED_STOP, _ANY_OF = re.compile(r"\d{4}\.?\s[^\W\d_]{3,14}\.?\s\d{1,2}\.$"), ("pl",)
_DAY_STOP = re.compile(r"(?<=\d{4}\.\d\d\.\d\d)\.$|(?<=\d{4}\. \d\d\. \d\d)\.$")  # "2026.06.02.", as Korea ends a day
_LABELLED_DAY = re.compile(r"([^:：]{2,30})[:：]\s*([^\W\d]{3,12}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d]{3,12}\.?)")
_LEAP_YEAR = 2024  # in which each day is one
_WEEKDAY = 12  # letters of a weekday and a word for the place of a date
_STOPS = (".", "!", "?", "…", "。", "।")
_CLOCK_STOP = re.compile(r"(?<=\d[:.h]\d\d)\s?[^\W\d_]{1,4}\.$|\)\.$")


@lru_cache(maxsize=4096)
def is_dateline(line: str, zone: tzinfo | None) -> bool:
    """True for a line that tells when, and hardly anything else, be it a day later than the capture: the same bytes
    have the same lines whenever they were captured."""
    if len(line) > _LONGEST or not has_digit(line):
        return False
    if _tells_day_of_year(line):
        return True
    ended = _YEAR_STOP.search(line) is not None
    rest = line = _DAY_STOP.sub("", _YEAR_STOP.sub("", _YEAR_SIGN.sub("", line)))
    if _WORDED_STOP.search(line):
        rest = line = line[:-1]
    found = find_dates(line, zone=zone, captured=None) or find_dates(line, zone=zone, captured=None, languages=_ANY_OF)
    for date in found:
        rest = rest.replace(date.raw, " ")
    clocks = _CLOCK.findall(rest)
    rest = _CLOCK.sub(" ", rest)
    if not found and not any(_SIGNED.search(clock) for clock in clocks) and _is_measured(rest):
        return False  # "0.15 EUR"
    return (
        bool(found or clocks)
        and len(key(rest)) <= (_WEEKDAY if ended else _WORDS) * max(1, len(found)) + _beside(line)
        and not (line.endswith(":") or ends_like_sentence(line))
    )


def ends_like_sentence(line: str) -> bool:
    """True for a line that ends with the stop of a sentence, and not with that of a short word behind a time of day
    ("14.10.2026 v 11.05 hod.", "17:30 ч.") or behind a bracket."""
    return line.endswith(_STOPS) and _CLOCK_STOP.search(line) is None


def _tells_day_of_year(line: str) -> bool:
    """Whether a line is the word for a date, a colon, and a day without its year: "Updated: Feb 12"."""
    named = _LABELLED_DAY.fullmatch(line)
    if not named or not vocabulary("published", "updated").is_whole(named[1]):
        return False
    return bool(find_dates(f"{named[2]} {_LEAP_YEAR}", zone=None, captured=None))


def _is_measured(rest: str) -> bool:
    """Whether words beside a figure with a dot say nothing of a clock: it is a price or a length."""
    words = _LETTERS.findall(fold(rest))
    return bool(words) and not all(word in words_beside("clock_units", "clock_words") for word in words)


def _beside(line: str) -> int:
    """Letters that a date line may have more where it opens with the word for it: "Published by the editors on ..."."""
    return _WORDS if vocabulary("published").opening(line) is not None else 0


def states_day(line: str) -> bool:
    """True for a line of nothing but when a page was published or changed, and the word for it."""
    return is_dateline(line, None) and vocabulary("published", "updated").find(line) is not None


def is_clock(line: str) -> bool:
    """True for a time of day, and nothing else but a word for it ("18:40 Uhr")."""
    return len(line) <= _TIME and len(_CLOCK.findall(line)) == 1 and len(key(_CLOCK.sub("", line))) <= _TIME_WORD


def without_clock(line: str) -> str:
    """A line without its times of day."""
    return _CLOCK.sub(" ", line)
