"""Lines that state facts about an article beside its text: labels with their values, and when a page was changed."""

from __future__ import annotations

import re

from crawler.extraction.dates import find_dates
from crawler.extraction.markup.dom import DIGIT, has_digit
from crawler.extraction.words import vocabulary

_LONGEST = 120  # characters of a row of facts
_ROW, _VALUE = 240, 60  # of one with three labels or more, and of a fact in it
_THREE = 3
_HISTORY = 400  # characters of a line that tells when a page was changed, and what in it
_TWO_DAYS = 6  # figures that two days have at least: "5 May 26"; in China and Japan words may stand for them
_BESIDE = 4  # characters between the word for a change and its day
_CLOCK = 12  # characters of a time of day behind a date
_COLON = re.compile(r"\s*[:：]\s*")
_FACTS = ("category_label", "author", "source", "date_label", "published", "views", "editor")
_BESIDE_FACTS = ("updated", "text_size", "print", "share", "visits", "writers", "tags_label")


def states_facts(line: str) -> bool:
    """True for a row of what is told of an article beside its text, each with a colon, or for one such word alone. Of a
    row that a style sheet sets apart nothing may stand between a value and the next label."""
    if not (":" in line or "：" in line) or line.endswith(".") or len(line) > _ROW:
        return False
    facts = [(start, _COLON.match(line, stop)) for start, stop in vocabulary(*_FACTS).spans(line)]
    ends = [(start, colon.end()) for start, colon in facts if colon and (start == 0 or line[start - 1] in " |")]
    if len(line) <= _LONGEST and ends and ends[0][0] == 0 and (len(ends) > 1 or ends[0][1] == len(line)):
        return True
    return _is_row(line)


def _is_row(line: str) -> bool:
    """Whether a line is three labels or more with their values, from its beginning to its end."""
    spans = list(vocabulary(*_FACTS, *_BESIDE_FACTS).spans(line))
    if not spans:
        return False
    front = line[: spans[0][0]].strip()
    is_labelled = len(front) <= _VALUE / 2 and _COLON.search(front) is not None  # by a word that no list has: "Code: 7"
    if len(spans) + is_labelled < _THREE or (any(map(str.isalnum, front)) and not is_labelled):
        return False
    labels = [start for start, stop in spans if _COLON.match(line, stop)]
    starts = [start for start, _ in spans]
    between = (after - before for before, after in zip(starts, [*starts[1:], len(line)], strict=True))
    return len(labels) + is_labelled >= _THREE and labels[0] == starts[0] and all(size <= _VALUE for size in between)


def tells_changes(line: str) -> bool:
    """True for a line that tells two days or more on which a page was published and changed, each right behind the word
    for it."""
    if len(line) > _HISTORY or (len(DIGIT.findall(line)) < _TWO_DAYS and "年" not in line):
        return False  # most lines, at the cost of looking at their figures
    ends = [stop for _, stop in vocabulary("published", "updated").spans(line)]
    if len(ends) < 2:
        return False
    days = [date.raw for date in find_dates(line, zone=None, captured=None)]
    return sum(any(_is_beside(line, day, end) for day in days) for end in ends) >= 2


def _is_beside(line: str, day: str, end: int) -> bool:
    at = line.find(day, end)
    return end <= at <= end + _BESIDE


def is_dated_byline(line: str) -> bool:
    """True for a line that says who wrote a text and ends with the day: "by the press office — published 4 March"."""
    opening = vocabulary("by", "written_by", "author").opening(line)
    if opening is None or not has_digit(line) or line.endswith((".", "!", "?")):
        return False
    ends = [stop for _, stop in vocabulary("published", "updated").spans(line) if stop > opening]
    days = [date.raw for date in find_dates(line, zone=None, captured=None)] if ends else []
    places = [(line.find(day, end), len(day)) for end in ends for day in days]
    return any(at >= 0 and len(line) - at - size <= _CLOCK for at, size in places)
