"""Days with a month's name, by a walk over the line's tokens; it takes time linear in the length of the line.

A day found here has a year, a month and a day in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.dates.calendars.calendar_names import Era, Month
from crawler.extraction.dates.calendars.conversions import LAST_YEAR, Calendar
from crawler.extraction.dates.cldr_words import weekdays
from crawler.extraction.dates.clocks.clock import clock_after
from crawler.extraction.dates.context import Context, days_of_month, readings
from crawler.extraction.dates.numeric import Day, era_of
from crawler.extraction.dates.tokens import DASHES, Names, Token, months_at, tokens_of
from crawler.extraction.dates.vocabulary import is_year_word, words_beside

_GREGORIAN = (Calendar.GREGORIAN,)
_FIRST_YEAR, _LAST_YEAR = 1340, 2599  # of any calendar
_BUDDHIST_SCRIPTS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]")  # Thai, Lao, Khmer


def worded_days(text: str, names: Names, context: Context, eras: tuple[Era, ...]) -> list[Day]:
    """Dates with a month's name, in whichever order the line has day, month and year."""
    tokens = tokens_of(text)
    days: list[Day] = []
    first = names.first
    floor = 0  # tokens in front of it belong to an earlier date
    for index, token in enumerate(tokens):
        if token.word not in first or index < floor or token.number:
            continue  # most tokens
        months, width = months_at(tokens, index, names)
        if not months:
            continue
        if index + width + 1 < len(tokens) and tokens[index + width].text in "/(-":
            width += _second_name(tokens, index + width, months, names)
        made = _Reader(text, tokens, floor, context, eras).around(index, index + width, months)
        if made:
            day, floor = made
            days.append(day)
    return days


def _second_name(tokens: Sequence[Token], at: int, months: tuple[Month, ...], names: Names) -> int:
    """The tokens of a second name of the same month, as Arab newsrooms write it: "أيار/مايو", "أيار (مايو)"."""
    others, width = months_at(tokens, at + 1, names)
    if months[0] not in others:
        return 0
    ends = at + 1 + width
    return width + 1 + (ends < len(tokens) and tokens[at].text == "(" and tokens[ends].text == ")")


class _Reader:
    """Finds day and year around a month's name; each method gives the number and the token at the far end."""

    def __init__(self, text: str, tokens: Sequence[Token], floor: int, context: Context, eras: tuple[Era, ...]) -> None:
        self.text, self.tokens, self.floor, self.context, self.eras = text, tokens, floor, context, eras

    def around(self, first: int, after: int, month: tuple[Month, ...]) -> tuple[Day, int] | None:
        before = self._day_left(first)
        year_after = self._year_right(after, short=before is not None)
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

    def _made(self, year: int, months: tuple[Month, ...], day: int, first: int, last: int) -> tuple[Day, int] | None:
        start, end = self.tokens[first].start, self.tokens[last].end
        if len(months) == 1 and not self.eras and months[0].calendar is Calendar.GREGORIAN and year <= LAST_YEAR:
            found = readings(_GREGORIAN, year, months[0].number, day, self.context)  # nearly always
            return (Day(found[0], start, end, None, (), False, Calendar.GREGORIAN), last + 1) if found else None
        era = era_of(start, end, self.eras) if self.eras else None
        days = days_of_month(months, year, day, era, self.context, is_buddhist=self._is_buddhist)
        if not days:
            return None
        value, choices = (next(iter(days)), ()) if len(days) == 1 else (None, tuple(days))
        return Day(value, start, end, None, choices, False, next(iter(days.values()))), last + 1

    def _ctime(self, months: tuple[Month, ...], day: tuple[int, int], first: int) -> tuple[Day, int] | None:
        """Thu Mar 12 10:00:00 UTC 2026: the year behind the clock."""
        clock = clock_after(self.text, self.tokens[day[1]].end, {})
        if not clock:
            return None
        following = (i for i in range(day[1] + 1, min(day[1] + 16, len(self.tokens))))
        index = next((i for i in following if self.tokens[i].start >= clock.end), None)
        if index is None or not self._is_year(index):
            return None
        made = self._made(int(self.tokens[index].text), months, day[0], first, index)
        return (made[0]._replace(clock=clock), made[1]) if made else None

    def _is_buddhist(self) -> bool:
        """Whether the line is in a script whose countries count years by that era."""
        return not self.text.isascii() and _BUDDHIST_SCRIPTS.search(self.text) is not None

    def _glued(self, index: int) -> bool:
        """Whether a token stands directly behind the one in front of it."""
        return index > 0 and self.tokens[index - 1].end == self.tokens[index].start

    def _is_year(self, index: int) -> bool:
        token = self.tokens[index]
        return token.number and len(token.text) == 4 and _FIRST_YEAR <= int(token.text) <= _LAST_YEAR

    def _is_day(self, index: int) -> bool:
        token = self.tokens[index]
        return token.number and len(token.text) <= 2 and 1 <= int(token.text) <= 31

    def _day_left(self, first: int) -> tuple[int, int] | None:
        for index in range(first - 1, max(self.floor, first - 6) - 1, -1):
            token = self.tokens[index]
            if token.number:
                return (int(token.text), index) if self._is_day(index) and not self._part_of_more(index) else None
            if (
                token.text in DASHES
                or token.text in "./°'’«»\"“”„"
                or token.word in words_beside("ordinals", "date_joiners", "month_words")  # Khmer: "08 ខែ ឧសភា"
            ):
                continue
            if token.text == "," and index == first - 1 and self._begins(index - 1):
                continue  # Telugu: "18, జనవరి 2025", Dogri with a weekday: "शनिबार, 3, जनवरी 2026"
            return None
        return None

    def _begins(self, index: int) -> bool:
        """Whether a number is the first of a line, or stands behind a word and a comma."""
        return index == 0 or (index > 1 and self.tokens[index - 1].text == "," and not self.tokens[index - 2].number)

    def _part_of_more(self, index: int) -> bool:
        """Whether a number is the end of a clock (10:12), a decimal (3.12) or a span of days (10-12 марта)."""
        if index < 2 or not self._glued(index) or not self.tokens[index - 2].number:
            return False
        sign = self.tokens[index - 1].text
        if sign == ":" or (sign in ".,/" and self._glued(index - 1)):
            return True
        return sign in DASHES and len(self.tokens[index - 2].text) <= 2 and not self._clock_ends(index - 2)

    def _clock_ends(self, index: int) -> bool:
        return index >= 2 and self.tokens[index - 1].text == ":"

    def _year_right(self, index: int, *, short: bool = False) -> tuple[int, int] | None:
        for at in range(index, min(index + 6, len(self.tokens))):
            token = self.tokens[at]
            if token.number:
                if at + 1 < len(self.tokens) and self.tokens[at + 1].text == ":":
                    return None
                if self._is_year(at):
                    return int(token.text), self._year_suffix(at)
                year = self._short_year(at, dashed=short and at == index + 1)
                return (year, at) if year else None
            if token.text in DASHES or token.text in ",./'’‘ʼʻ`(،၊፣":
                continue
            if not (
                token.word in words_beside("date_joiners", "month_words", "day_words", "weekdays")
                or is_year_word(token.word)
                or token.word in weekdays()  # Bashkir: "3 ғинуар, шәмбе, 2026 й."
            ):
                return None
        return None

    def _short_year(self, at: int, *, dashed: bool) -> int | None:
        """The year of two figures behind a month: with a dash or an apostrophe, or in the Buddhist era."""
        token, sign = self.tokens[at], self.tokens[at - 1].text
        if len(token.text) != 2 or (
            at + 1 < len(self.tokens) and self.tokens[at + 1].text in ".,-/" and self._goes_on(at)
        ):
            return None
        if sign in DASHES or sign in "'’‘ʼ/":
            return 2000 + int(token.text) if dashed and self._glued(at) else None
        if not self._is_buddhist():
            return None
        found = 2500 + int(token.text)
        return found if found - 543 >= 1990 else 2000 + int(token.text)

    def _goes_on(self, at: int) -> bool:
        """Whether a figure stands directly behind the sign that follows a figure: 14.05 is a clock."""
        following = self.tokens[at + 1 : at + 3]
        return len(following) == 2 and following[0].text in ".,-/" and following[1].number and self._glued(at + 2)

    def _year_suffix(self, at: int) -> int:
        """The last token of "2026", "2026-yil", "2026 г."."""
        last = at
        for index in range(at + 1, min(at + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.text in DASHES and index == at + 1:
                continue
            if token.word in words_beside("ordinals") and not is_year_word(token.word):
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
                token.text in DASHES
                or token.text in ",./()،'’"
                or token.word in words_beside("ordinals", "date_joiners")
            ):
                return None
        return None

    def _day_right(self, index: int) -> tuple[int, int] | None:
        for at in range(index, min(index + 4, len(self.tokens))):
            token = self.tokens[at]
            if token.number:
                following = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
                return (int(token.text), self._day_suffix(at)) if self._is_day(at) and following != ":" else None
            if not (
                token.text in DASHES
                or token.text in ".,"
                or token.word in words_beside("month_words")
                or token.word == "the"
            ):
                return None
        return None

    def _day_suffix(self, at: int) -> int:
        """The last token of "12", "12th", "12-kuni"."""
        last = at
        for index in range(at + 1, min(at + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.text in DASHES and index == at + 1:
                continue
            if token.number or token.word not in words_beside("ordinals", "day_words"):
                break
            last = index
        return last
