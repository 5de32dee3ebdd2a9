"""The clock beside a date: hours, minutes, seconds, AM and PM, and the offset where the line states it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone

from crawler.extraction.dates.vocabulary import CLOCK_WORDS, DAY_WORDS, WEEKDAYS, fold, is_year_word

# Abbreviations that mean one offset in the whole world of today. CST, IST, BST, AST and the like mean several: a
# line that has one of those states no offset. ALMT is left out, since Almaty went from +6 to +5 in 2024.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "МСК": 180, "мск": 180, "UZT": 300, "TJT": 300, "TMT": 300, "PKT": 300, "KGT": 360, "SGT": 480,
    "HKT": 480, "JST": 540, "KST": 540, "EST": -300, "EDT": -240, "PST": -480, "PDT": -420,
}  # fmt: skip

_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:"
    r":(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"  # 10:00, 10:00:43.5
    r"|\s?(?:h|ч\.?|[時时点點]|시)\s?(?P<m2>\d{2})(?:분|分|\s?мин\b\.?)?"  # 10h30, 10 ч 30 мин, 10時30分
    r"|(?=\s?[AaPp]\.?[Mm]\b)"  # 10 AM
    r")(?![\d:])(?:\s?(?P<ap>[AaPp])\.?\s?[Mm]\b\.?)?"
)
_DOTTED = re.compile(
    r"(?P<h>\d{1,2})\.(?P<m>\d{2})(?![\d.])"
)  # 10.00, only behind a word for the clock or at the end of the line
_BASIC = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})?(?:[.,]\d{1,9})?(?!\d)")  # ISO 8601 basic, behind a T
_ZONE = re.compile(
    r"(?P<name>\s?\(?(?:UTC|GMT|UT|WEST|WET|CEST|CET|EEST|EET|MSK|МСК|мск|UZT|TJT|TMT|PKT|KGT|SGT|HKT|JST|KST|EST|EDT|PST|PDT)"
    r"(?![^\W\d_]))\s?(?P<plus>[+−-]\d{1,2}(?::?\d{2})?(?!\d))?\)?"
    r"|(?P<z>\s?[Zz])(?!\w)"
    r"|(?P<gap>\s?)\(?(?P<bare>[+−-]\d{2}(?::?\d{2})?)(?![\d:])\)?"
)
_GAP = re.compile(r"[\s,;|/·•—–\-()\[\].:]{1,6}")
_WORD = re.compile(r"[^\W\d_][^\s\d,;:|/()\[\].]*\.?")
_DAY_SIGNS = "日일"  # behind these a clock may follow without a space
_HALF_DAY = {"오전": "a", "오후": "p", "上午": "a", "下午": "p", "午前": "a", "午後": "p"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as a line tells it. `second` is None where only minutes are told; hour 24 is the day's end."""

    hour: int
    minute: int
    second: int | None
    offset: timezone | None
    start: int
    end: int


def clock_after(text: str, end: int) -> Clock | None:
    """The clock that follows a date which ends at `end`: behind commas, dashes, "T", a weekday, "в", "soat"."""
    if text[end : end + 1] in ("T", "t"):
        found = _CLOCK.match(text, end + 1) or _BASIC.match(text, end + 1)
        return _read(text, found, end, iso=True) if found else None
    place, worded, half = end, False, None
    for _ in range(8):
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if found := _CLOCK.match(text, place) or _dotted(text, place, worded=worded):
            if place == end and text[end - 1] not in _DAY_SIGNS:
                return None
            return _read(text, found, place, iso=_iso_gap(text, end, place), half=half)
        word = _WORD.match(text, place)
        if not word:
            return None
        if word[0] in _HALF_DAY:
            half = _HALF_DAY[word[0]]
        elif not _passes(word[0]):
            return None
        worded = worded or fold(word[0].rstrip(".")) in CLOCK_WORDS
        place = word.end()
    return None


def _dotted(text: str, place: int, *, worded: bool) -> re.Match[str] | None:
    """A clock with a point, which elsewhere is a decimal: behind a word for the clock, or the last of the line."""
    found = _DOTTED.match(text, place)
    ends = found and found.end() == len(text.rstrip(" .,;)|"))
    return found if worded or ends else None


def clock_before(text: str, start: int) -> Clock | None:
    """The clock that stands in front of a date which starts at `start`: "10:00, 12 марта 2026"."""
    low = max(0, start - 60)
    for found in reversed(list(_CLOCK.finditer(text, low, start))):
        if found.start() and text[found.start() - 1] in ":.0123456789":
            return None
        clock = _read(text, found, found.start(), iso=False)
        if clock and clock.end <= start and _only_gaps(text[clock.end : start]):
            return clock
        return None
    return None


def _only_gaps(between: str) -> bool:
    words = re.findall(r"[^\W_]+", between)
    return len(between) <= 30 and all(not w.isdigit() and _passes(w) for w in words)


def _passes(word: str) -> bool:
    folded = fold(word.rstrip("."))
    return folded in CLOCK_WORDS or folded in WEEKDAYS or folded in DAY_WORDS or is_year_word(folded)


def _iso_gap(text: str, end: int, place: int) -> bool:
    """Whether date and clock are joined as RFC 3339 allows: 2026-03-12 10:00:00+05:00."""
    return place == end + 1 and text[end] == " " and text[max(0, end - 3) : end - 2] == "-"


def _read(text: str, found: re.Match[str], start: int, *, iso: bool, half: str | None = None) -> Clock | None:
    groups = found.groupdict()
    hour, minute = int(found["h"]), int(groups.get("m") or groups.get("m2") or 0)
    second = int(groups["s"]) if groups.get("s") else None
    half = (groups.get("ap") or half or "").lower() or None
    fixed = _half_day(hour, half)
    if second == 60:  # a leap second, which `datetime` cannot hold: the minute is still right
        second = None
    if fixed is None or minute > 59 or (second or 0) > 59 or fixed > 24 or (fixed == 24 and (minute or second)):
        return None
    offset, end = _offset(text, found.end(), seconds=groups.get("s") is not None, iso=iso)
    return Clock(fixed, minute, second, offset, start, end)


def _half_day(hour: int, half: str | None) -> int | None:
    """The hour of 24; None for a contradiction such as 15 AM. "14:30 PM" is a 24-hour clock with a needless PM."""
    if half is None:
        return hour
    if half == "a":
        return hour % 12 if hour <= 12 else None
    return None if hour == 0 else hour if hour > 12 else hour % 12 + 12


def _offset(text: str, end: int, *, seconds: bool, iso: bool) -> tuple[timezone | None, int]:
    found = _ZONE.match(text, end)
    if not found:
        return None, end
    if found["z"]:
        return (timezone(timedelta(0)), found.end()) if found["z"] == "Z" or iso else (None, end)
    if found["name"]:
        minutes = ZONES[found["name"].strip().lstrip("(")] + _minutes(found["plus"] or "+0")
    else:
        # "10:00-12:00" is a span of time: a glued sign is an offset only in an ISO time or behind seconds.
        if not (found["gap"] or seconds or iso) or (found["bare"][0] != "+" and not (seconds or iso)):
            return None, end
        minutes = _minutes(found["bare"])
    if not -12 * 60 <= minutes <= 14 * 60 or minutes % 15:
        return None, end
    return timezone(timedelta(minutes=minutes)), found.end()


def _minutes(sign_and_digits: str) -> int:
    digits = sign_and_digits[1:].replace(":", "")
    hours, rest = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    total = hours * 60 + rest
    return total if sign_and_digits[0] == "+" else -total
