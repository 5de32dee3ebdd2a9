"""The clock beside a date: hours, minutes, seconds, the half of the day, and the offset where the line states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache

from crawler.extraction.dates.cldr_words import Period, weekdays
from crawler.extraction.dates.clocks.halves import Half, half_at, hour_of, unknown_word
from crawler.extraction.dates.clocks.zone_names import NAMES, ZONES, place_at
from crawler.extraction.dates.vocabulary import fold, is_year_word, words_beside
from crawler.extraction.words.index import word_index

_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts whose signs end no word
# 10.00, only behind a word for the clock, beside a half of the day or at the end of the line
_DOTTED = re.compile(r"(?P<h>\d{1,2})\.(?P<m>\d{2})(?![\d.]\d|\d)")
_BASIC = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})?(?:[.,]\d{1,9})?(?!\d)")  # ISO 8601 basic, behind a T
_ZONE = re.compile(
    rf"(?P<name>\s?\(?(?:{NAMES})(?![^\W\d_]))\s?(?P<plus>[+−-]\d{{1,2}}(?::?\d{{2}})?(?!\d))?\)?"
    r"|(?P<z>\s?[Zz])(?!\w)"
    r"|(?P<gap>\s?)\(?(?P<bare>[+−-]\d{2}(?::?\d{2})?)(?![\d:])\)?"
)
_GAP = re.compile(r"[\s,;|/·•—–\-()\[\].:（）、【】・]{1,6}")
_WORD = re.compile(r"[^\W\d_][^\s\d,;:|/()\[\].（）、【】・]*\.?")
_DAY_SIGNS = "日일号號"  # behind these a clock may follow without a space


def _signs(vocabulary: str) -> str:
    """A pattern of the signs of a vocabulary, the longest first, each with a point behind it or without."""
    words = sorted(word_index().beside_dates[vocabulary], key=len, reverse=True)
    return "|".join(word if _NO_BLANKS.match(word) else rf"{re.escape(word)}(?![^\W\d_])\.?" for word in words)


@cache
def _clock() -> re.Pattern[str]:
    """10:00, 10:00:43.5; 10 ч 30 мин, 2時5分, 13h18; 13 Uhr, 5時; 10 AM."""
    minutes, alone = _signs("minute_signs"), _signs("hours_alone")
    dense = "|".join(sign for sign in word_index().beside_dates["minute_signs"] if _NO_BLANKS.match(sign))
    return re.compile(
        r"(?P<h>\d{1,2})(?:"
        r":(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
        rf"|\s?(?i:{_signs('hour_signs')})\s?(?P<m2>\d{{2}}|\d(?=\s?(?:{dense})))(?:\s?(?i:{minutes}))?"
        rf"|(?=\s?(?i:{alone})(?!\s?\d))"
        r"|(?=\s?[AaPp]\.?\s?[Mm]\b)"
        r")(?![\d:])"
    )


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"\s?(?i:{_signs('hours_alone')})")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as a line tells it. `second` is None where only minutes are told; hour 24 is the day's end.
    Where `unknown` has a word, that word may say which half of the day is told, and the hour is not known."""

    hour: int
    minute: int
    second: int | None
    offset: timezone | None
    start: int
    end: int
    unknown: str = ""


def clock_after(text: str, end: int, periods: Mapping[str, Period]) -> Clock | None:
    """The clock that follows a date which ends at `end`: behind commas, dashes, "T", a weekday, "в", "soat", "下午".
    `periods` are the words for halves of the day."""
    if text[end : end + 1] in ("T", "t"):
        found = _clock().match(text, end + 1) or _BASIC.match(text, end + 1)
        return _read(text, found, end, periods, iso=True) if found else None
    place, worded, half = end, False, None
    for _ in range(8):
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if found := _clock().match(text, place) or _dotted(text, place, periods, worded=worded or half is not None):
            if place == end and text[end - 1] not in _DAY_SIGNS:
                return None
            return _read(text, found, place, periods, iso=_iso_gap(text, end, place), half=half)
        if named := place_at(text, place):
            worded, place = True, named
            continue
        word = _WORD.match(text, place)
        if not word:
            return None
        told = None if _is_known(word[0]) else half_at(text, place, periods)
        if told is not None:
            half, place = told, told.end
            continue
        if not _passes(word[0]):
            return None
        worded = worded or fold(word[0].rstrip(".")) in words_beside("clock_words")
        place = word.end()
    return None


def _dotted(text: str, place: int, periods: Mapping[str, Period], *, worded: bool) -> re.Match[str] | None:
    """A clock with a point, which elsewhere is a decimal: beside a word for the clock or for the half of the day, or
    the last of the line."""
    found = _DOTTED.match(text, place)
    if not found:
        return None
    last = found.end() == len(text.rstrip(" .,;)|"))
    return found if worded or last or _names_clock(text, found.end(), periods) else None


def _names_clock(text: str, place: int, periods: Mapping[str, Period]) -> bool:
    """Whether a word behind figures says that they are a clock: "13.18 Uhr", "1.18 pm", "13.18 WIB"."""
    if half_at(text, place, periods) is not None or _sign().match(text, place):
        return True
    if (zone := _ZONE.match(text, place)) and zone["name"]:
        return True
    gap = _GAP.match(text, place)
    word = _WORD.match(text, gap.end()) if gap and gap[0].isspace() else None
    return word is not None and fold(word[0].rstrip(".")) in words_beside("clock_units")


def clock_before(text: str, start: int, periods: Mapping[str, Period]) -> Clock | None:
    """The clock that stands in front of a date which starts at `start`: "10:00, 12 марта 2026", "3.30 pm, 12 March"."""
    low = max(0, start - 60)
    dotted = [m for m in _DOTTED.finditer(text, low, start) if _names_clock(text, m.end(), periods)]
    found = dotted or list(_clock().finditer(text, low, start))
    if not found or (found[-1].start() and text[found[-1].start() - 1] in ":.0123456789"):
        return None
    last = found[-1]
    half = _half_before(text, low, last.start(), periods)
    clock = _read(text, last, last.start(), periods, iso=False, half=half, limit=start)
    return clock if clock and clock.end <= start and _only_gaps(text[clock.end : start]) else None


def _half_before(text: str, low: int, place: int, periods: Mapping[str, Period]) -> Half | None:
    """The half of the day whose one word stands directly in front of a clock."""
    words = [m for m in _WORD.finditer(text, low, place) if not text[m.end() : place].strip()]
    found = half_at(text, words[-1].start(), periods) if words else None
    return found if found and found.end <= place else None


def _only_gaps(between: str) -> bool:
    words = re.findall(r"[^\W_]+", between)
    return len(between) <= 30 and all(not w.isdigit() and _passes(w) for w in words)


def _passes(word: str) -> bool:
    folded = fold(word.rstrip("."))
    return (
        _is_known(word) or word in ZONES or folded.endswith(tuple(words_beside("zone_signs"))) or folded in weekdays()
    )


def _is_known(word: str) -> bool:
    folded = fold(word.rstrip("."))
    return folded in words_beside("clock_words", "weekdays", "day_words") or is_year_word(folded)


def _iso_gap(text: str, end: int, place: int) -> bool:
    """Whether date and clock are joined as RFC 3339 allows: 2026-03-12 10:00:00+05:00."""
    return place == end + 1 and text[end] == " " and text[max(0, end - 3) : end - 2] == "-"


def _read(
    text: str,
    found: re.Match[str],
    start: int,
    periods: Mapping[str, Period],
    *,
    iso: bool,
    half: Half | None = None,
    limit: int | None = None,
) -> Clock | None:
    names = found.re.groupindex
    hour, minute = int(found["h"]), int(found["m"] or ("m2" in names and found["m2"]) or 0)
    seconds = found["s"] if "s" in names else None
    second = int(seconds) if seconds else None
    end = found.end()
    if sign := _sign().match(text, end):
        end = sign.end()
    # Nothing behind it, or an offset: nearly all that machines write.
    behind = half_at(text, end, periods) if text[end : end + 1] not in ("", "+") else None
    end = behind.end if behind else end
    told = behind or half
    fixed = hour_of(hour, minute, told.meaning) if told else hour
    if second == 60:  # a leap second, which `datetime` cannot hold: the minute is still right
        second = None
    if fixed is None or minute > 59 or (second or 0) > 59 or fixed > 24 or (fixed == 24 and (minute or second)):
        return None
    offset, last = _offset(text, end, seconds=seconds is not None, iso=iso)
    unknown = ""
    if not told and 1 <= hour <= 12 and last == end and second is None:
        unknown = unknown_word(text[:limit], end, periods)
    return Clock(fixed, minute, second, offset, start, last, unknown)


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
