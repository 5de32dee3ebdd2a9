"""Published and modified: candidates from data first, then from what a reader sees near the headline, then a choice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from lxml import html

from crawler.extraction.dates import OpenDate, ParsedDate, Reader, find_open, read_dates, read_moment
from crawler.extraction.dates.clocks.utc_offset import as_shown
from crawler.extraction.markup.dom import even, word_count
from crawler.extraction.page.page import Page
from crawler.extraction.publication.clock_below import with_clock_below
from crawler.extraction.publication.date_choice import SHOWN, Unknown, When, choose, is_build, same_days, settled
from crawler.extraction.publication.date_order import date_order
from crawler.extraction.publication.date_places import date_places, own_object
from crawler.extraction.publication.date_roles import is_span
from crawler.extraction.publication.htmldate_fallback import guessed_day
from crawler.extraction.publication.item_cards import LINE
from crawler.extraction.publication.visible_dates import Place
from crawler.extraction.words import vocabulary
from crawler.model import Candidate, Moment, Offset, Precision

Known = dict[tuple[str, bool], ParsedDate | None]  # by words, and whether they are for machines
_UNSET = frozenset((date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1)))  # what systems write for no date
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = 3  # words in small letters beside a date of what ends like a sentence: "The old law of 3 May is repealed."
# "09:30-09:48", "9時30分から9時48分": the end of a span of hours
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)"
)  # the same for all readers
_UNTIL = re.compile(r"\s*(?:[-–—−~～〜]|(?P<joiner>[^\W\d]{1,8}?))\s*\d{1,2}\s*(?:[:.]\s?\d\d(?!\d|[.:]\d)|[時时点시])")
_FEW_WORDS = 5  # that a date line may have beside its date and yet end like a sentence
_WHY = {
    "month": "the page tells a month and no day",
    "order": "nothing tells which figure is the month",
    "calendar": "nothing tells which calendar is meant",
}


def choose_moments(
    page: Page, headline: html.HtmlElement | None
) -> tuple[Moment | None, Moment | None, list[Candidate], str | None]:
    """(published, modified, candidates, the words of the day that the page states for its publication). No moment is
    later than the day after the capture; a time of day comes from the page or not at all. The words are the same
    whenever the page was captured."""
    places = list(date_places(page, headline))
    order = date_order(page, [place.raw for place in places])
    reader, known = replace(page.dates, order=order), Known()
    published, modified, unknown = _read(places, reader, known)
    chosen, why = choose(published, page.captured, modified)
    if why and chosen:
        page.warnings.append(f"published: {chosen.source} says {chosen.parsed.day}, for {why}")
    chosen = _settle(unknown, published, chosen)
    if chosen and chosen.source == "line" and chosen.parsed.precision is Precision.DAY:
        published += _under(page, chosen, reader)
    if chosen is None and not unknown:
        told, _, _ = _read([*own_object(page, headline)][:1], reader, known)
        published += told
        chosen = choose(told, page.captured)[0] or _guess(page, published, order)
    changed = min(modified, key=lambda w: w.rank, default=None)
    if chosen:
        _warn(page, chosen, changed, published)
    candidates = [
        Candidate(kind, w.parsed.value.isoformat(), w.parsed.raw, w.source, w is chosen or w is changed)
        for kind, found in (("published", published), ("modified", modified))
        for w in found
    ]
    candidates += [
        Candidate("published", day.isoformat() if day else "", u.told.raw, u.source)
        for u in unknown
        for day in u.told.choices or (None,)
    ]
    moment = _moment("published", chosen, published, page) if chosen or not unknown else _unknown(unknown, page)
    stated = [place for place in places if place.kind == "published"]
    same: Known = {k: day for k, day in known.items() if day and day.offset_stated and _MOMENT.fullmatch(k[0])}
    words = _words(*_read(stated, replace(page.any_dates, order=order), same))
    return moment, _moment("modified", changed, modified, page), candidates, words


def _read(places: list[Place], reader: Reader, known: Known) -> tuple[list[When], list[When], list[Unknown]]:
    """(dates of publication, of changes, of publication that are no one day) that a page's places tell. What words tell
    is `known` once they are read: one line stands in several places."""
    published: list[When] = []
    modified: list[When] = []
    unknown: list[Unknown] = []
    readers = {machine: replace(reader, data=machine) for machine in (False, True)}
    for place in places:
        own, words = readers[place.machine], (place.raw, place.machine)
        if words not in known:
            known[words] = _parse(place.raw, own)
        parsed = known[words]
        if parsed and parsed.day not in _UNSET and not (place.source == "line" and _is_sentence(place.raw, parsed)):
            (published if place.kind == "published" else modified).append(_when(place, parsed))
        elif parsed is None and place.kind == "published" and (told := _open(place, own)):
            unknown.append(Unknown(told, place.source, place.rank))
    return _of_this_item(published), [w for w in modified if not w.of_link], unknown


def _under(page: Page, day: When, reader: Reader) -> list[When]:
    """The date with the time of day that stands on the line under it, if one does."""
    line = with_clock_below(page, day.parsed)
    parsed = _parse(line, reader) if line else None
    if parsed is None or parsed.precision is Precision.DAY or parsed.day != day.parsed.day:
        return []
    return [replace(day, parsed=parsed, source="line below")]


def _words(published: list[When], _modified: list[When], unknown: list[Unknown]) -> str | None:
    """The words of the best date of publication, be it later than the capture or no one day."""
    chosen, _ = choose(published, None)
    if chosen:
        return even(chosen.parsed.raw)
    return min(unknown, key=lambda u: u.rank).told.raw if unknown else None


def _when(place: Place, parsed: ParsedDate) -> When:
    return When(parsed, place.source, place.rank, place.above, place.of_link, place.machine)


def _open(place: Place, reader: Reader) -> OpenDate | None:
    """The date that a place states and that is no one day; of lines only the short ones."""
    text = even(place.raw)
    return find_open(text, reader) if len(text) <= LINE and not place.of_link else None


def _settle(unknown: list[Unknown], found: list[When], chosen: When | None) -> When | None:
    """The date of an open place that is better than the one chosen, where another date of the page names its day."""
    for place in sorted(unknown, key=lambda u: u.rank):
        if chosen is not None and chosen.rank <= place.rank:
            return chosen
        if day := settled(place, found):
            parsed = ParsedDate(day, Precision.DAY, False, place.told.raw, 0, len(place.told.raw))
            found.append(When(parsed, place.source, place.rank))
            return found[-1]
    return chosen


def _unknown(unknown: list[Unknown], page: Page) -> Moment:
    """The words of a date that is no one day; its day stays empty, and a warning says why."""
    best = min(unknown, key=lambda u: u.rank)
    choices = " or ".join(day.isoformat() for day in best.told.choices)
    page.warnings.append(f"published: {best.told.raw!r}: {_WHY[best.told.why]}{f' ({choices})' if choices else ''}")
    precision = Precision.MONTH if best.told.why == "month" else Precision.OPEN
    return Moment(None, best.told.raw, best.source, precision)


def _of_this_item(found: list[When]) -> list[When]:
    """Without the dates beside headlines to click on, where these tell several days: a list of other items."""
    listed = {w.parsed.day for w in found if w.of_link}
    return [w for w in found if not w.of_link] if len(listed) > 1 else found


def _is_sentence(line: str, parsed: ParsedDate) -> bool:
    """True where a date is one of many words: "The council meets on 20 March in the small hall." tells of another day
    than that of its publication."""
    beside = line[: parsed.start] + line[parsed.end :]
    ends = line.endswith((".", "!", "?", "…"))
    small = [word for word in _WORD.findall(beside) if word[0].islower()] if ends else []
    if len(small) >= _SENTENCE and vocabulary("published").opening(line) is None:
        return True
    return word_count(beside) > (_FEW_WORDS if ends else 3 * _FEW_WORDS)


def _parse(raw: str, reader: Reader) -> ParsedDate | None:
    text = even(raw)[:400]
    parsed = _without_hours(read_moment(text, reader), text)
    if parsed and is_span(text, [parsed]):
        return None
    if parsed is None and len(text) <= LINE and find_open(text, reader) is None:
        found = read_dates(text, reader)
        if is_span(text, found):
            return None
        days = {item.day for item in found}
        parsed = next((f for f in found if f.precision is not Precision.DAY), found[0]) if len(days) == 1 else None
        if parsed is None and found:
            parsed = found[0]
    return parsed


def _without_hours(parsed: ParsedDate | None, text: str) -> ParsedDate | None:
    """The day alone where its time of day begins a span of hours: these are of what happened then."""
    if parsed is None or parsed.precision is Precision.DAY or not (found := _UNTIL.match(text, parsed.end)):
        return parsed
    if found["joiner"] and not vocabulary("span_joiners").has(found["joiner"]):
        return parsed
    return parsed._replace(value=parsed.day, precision=Precision.DAY, offset_stated=False)


def _guess(page: Page, found: list[When], order: str) -> When | None:
    """The guess of a library where the page's own places say nothing: told as one, in source and warning."""
    day = guessed_day(page, order)
    if day is None:
        return None
    page.warnings.append("published: a guess (htmldate), no place of the page states it")
    found.append(When(ParsedDate(day, Precision.DAY, False, day.isoformat(), 0, 0), "htmldate", 10))
    return found[-1]


def _moment(kind: str, chosen: When | None, found: list[When], page: Page) -> Moment | None:
    """The chosen date, its time filled from a candidate of the same day and its offset from one of the same minute."""
    if chosen is None:
        return None
    best = chosen
    if chosen.parsed.precision is Precision.DAY or _is_midnight(chosen.parsed):
        same_day = (w for w in found if w.parsed.precision is not Precision.DAY and not _is_midnight(w.parsed))
        best = next((w for w in same_day if w.parsed.day == chosen.parsed.day), chosen)
    elif not chosen.parsed.offset_stated:
        stated = (w for w in found if w.parsed.offset_stated and isinstance(w.parsed.value, datetime))
        best = next((w for w in stated if _same_minute(w.parsed.value, chosen.parsed.value)), chosen)
    shown = [w.parsed for w in found if w is not best and w.rank <= SHOWN]
    value = as_shown(best.parsed, shown, page.zone)
    if isinstance(value, datetime) and _is_midnight(best.parsed):
        value = value.date()  # a midnight that no other place confirms is how software writes a day
    if isinstance(value, datetime) and page.zone is None and not best.parsed.offset_stated:
        known = "that of the country in its address is assumed" if value.tzinfo else "no zone of the source is known"
        page.warnings.append(f"{kind}: the page states no offset, {known}")
    precision = best.parsed.precision if isinstance(value, datetime) else Precision.DAY
    is_placed = isinstance(value, datetime) and value.tzinfo is not None
    offset = Offset.STATED if best.parsed.offset_stated else Offset.ASSUMED if is_placed else Offset.NONE
    return Moment(
        value, even(best.parsed.raw), best.source, precision, offset if precision is not Precision.DAY else Offset.NONE
    )


def _is_midnight(parsed: ParsedDate) -> bool:
    value = parsed.value
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0)


def _same_minute(a: datetime | date, b: datetime | date) -> bool:
    return isinstance(a, datetime) and isinstance(b, datetime) and a.strftime("%F %R") == b.strftime("%F %R")


def _warn(page: Page, chosen: When, changed: When | None, found: list[When]) -> None:
    other = next((w for w in found if (w.rank <= 5 or w.source == "url") and not same_days(w, chosen)), None)
    if other:
        page.warnings.append(
            f"published: {chosen.source} says {chosen.parsed.day}, {other.source} says {other.parsed.day}"
        )
    if chosen.machine and is_build(chosen.parsed, page.captured):
        page.warnings.append(
            f"published: {chosen.source} is within minutes of the capture: perhaps when the page was made"
        )
    if chosen.parsed.note:
        page.warnings.append(f"published: {chosen.parsed.note}")
    if changed and changed.parsed.day < chosen.parsed.day - timedelta(days=1):
        page.warnings.append(f"modified: {changed.parsed.day} is before publication on {chosen.parsed.day}")
