"""Published and modified: candidates from data first, then from what a reader sees near the headline, then a choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lxml import etree, html

from crawler.extraction.dates import ParsedDate, find_dates, parse_moment
from crawler.extraction.dates.utc_offset import as_shown
from crawler.extraction.fields.date_roles import is_span
from crawler.extraction.fields.htmldate_fallback import guessed_day
from crawler.extraction.fields.visible_dates import LINE, Place, in_card, lone_times, near_headline
from crawler.extraction.markup.dom import even, text_of, word_count
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import PAGES, strings, types_of
from crawler.model import Candidate, Moment, Offset, Precision

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date.published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date",
    "sailthru.date", "parsely-pub-date", "publish-date", "publishdate", "publish_date", "published_time",
    "publication_date", "pubdate", "article.published", "cxenseparse:recs:publishtime", "vr:published_time",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "article:modified", "revised",
)  # fmt: skip
WEAK_META = ("date", "dc.date", "dcterms.date", "created", "release_date")
_DATED = frozenset("time span div p meta dd abbr".split())
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/.-]|$)")
# "/t20260312_12.html", "/20260312/", and with the day in front where it cannot be a month: "/29-10-2021".
_URL_DIGITS = re.compile(
    r"/t?(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)|/(1[3-9]|2\d|3[01])-(0[1-9]|1[0-2])-(20[0-3]\d)(?=[/_.-]|$)"
)
_SHOWN = 7  # the last rank of places that are about this item and no other
_UNSET = frozenset((date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1)))  # what systems write for no date
_FEW_WORDS = 5  # that a date line may have beside its date and yet end like a sentence


@dataclass(frozen=True, slots=True)
class When:
    """A parsed date and where it was found; `rank` orders the places, smaller is better."""

    parsed: ParsedDate
    source: str
    rank: int
    above: bool = False  # a line in front of the headline
    of_link: bool = False  # a line beside a headline to click on


def choose_moments(
    page: Page, headline: html.HtmlElement | None
) -> tuple[Moment | None, Moment | None, list[Candidate]]:
    """(published, modified, candidates). Nothing is later than the day after the capture; a time of day comes from the
    page or not at all."""
    published: list[When] = []
    modified: list[When] = []
    raws = list(_raw(page, headline))
    order = _order(page, [place.raw for place in raws])
    for kind, raw, source, rank, above, of_link in raws:
        parsed = _parse(raw, page, order)
        if parsed and parsed.day not in _UNSET and not (source == "line" and _is_sentence(raw, parsed)):
            (published if kind == "published" else modified).append(When(parsed, source, rank, above, of_link))
    published, modified = _of_this_item(published), [w for w in modified if not w.of_link]
    chosen = _choose(published) or _guess(page, published)
    changed = min(modified, key=lambda w: w.rank, default=None)
    if chosen:
        _warn(page, chosen, published)
        if changed and changed.parsed.day < chosen.parsed.day - timedelta(days=1):
            page.warnings.append(f"modified: {changed.parsed.day} is before publication on {chosen.parsed.day}")
    candidates = [
        Candidate(kind, w.parsed.value.isoformat(), w.parsed.raw, w.source, w is chosen or w is changed)
        for kind, found in (("published", published), ("modified", modified))
        for w in found
    ]
    return _moment("published", chosen, published, page), _moment("modified", changed, modified, page), candidates


def _of_this_item(found: list[When]) -> list[When]:
    """Without the dates beside headlines to click on, where these tell several days: a list of other items."""
    listed = {w.parsed.day for w in found if w.of_link}
    return [w for w in found if not w.of_link] if len(listed) > 1 else found


def _raw(page: Page, headline: html.HtmlElement | None) -> Iterator[Place]:
    """Every place that can tell a date, best first."""
    for place in _data(page):
        yield Place(*place)
    if headline is not None:
        yield from near_headline(page, headline)
    for place in _weak(page):
        yield Place(*place)
    if headline is None:
        yield from lone_times(page)


def _data(page: Page) -> Iterator[tuple[str, str, str, int]]:
    """The places that are about this item for certain."""
    if page.fields.published:
        yield "published", page.fields.published, "page-object", 0
    if page.fields.modified:
        yield "modified", page.fields.modified, "page-object", 0
    if page.article:
        yield from _from_object(page.article, "jsonld", 1)
    yield from _from_meta(page, "published", PUBLISHED_META, 2)
    yield from _from_meta(page, "modified", MODIFIED_META, 2)
    yield from _microdata(page)


def _weak(page: Page) -> Iterator[tuple[str, str, str, int]]:
    """The places that can be about something else, too."""
    yield from _payload(page)
    for item in page.jsonld:
        if types_of(item) & PAGES:
            # A page's own "modified" is often when it was built: only what it says of publication is used.
            found = _from_object(item, "jsonld:page", 6)
            yield from (place for place in found if place[0] == "published")
    yield from _from_meta(page, "published", WEAK_META, 7)
    if match := _URL_DAY.search(page.url):
        yield "published", f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", "url", 8
    elif match := _URL_DIGITS.search(page.url):  # which may be a number, too: it only fills a gap
        yield "published", f"{match[1] or match[6]}-{match[2] or match[5]}-{match[3] or match[4]}", "url:digits", 9


def _from_meta(page: Page, kind: str, names: tuple[str, ...], rank: int) -> Iterator[tuple[str, str, str, int]]:
    for name in names:
        for value in page.meta.get(name, [])[:1]:
            yield kind, value, f"meta:{name}", rank


def _from_object(item: dict[str, Any], source: str, rank: int) -> Iterator[tuple[str, str, str, int]]:
    for name, kind in (("datePublished", "published"), ("dateCreated", "published"), ("dateModified", "modified")):
        for value in strings(item.get(name))[:1]:
            yield kind, value, f"{source}:{name}", rank + (1 if name == "dateCreated" else 0)


_STATING = etree.XPath("descendant::*[@itemprop or @pubdate]")


def _microdata(page: Page) -> Iterator[tuple[str, str, str, int]]:
    for element in _STATING(page.root):
        if element.tag not in _DATED:
            continue
        prop = (element.get("itemprop") or "").lower()
        kind = "published" if "datepublished" in prop else "modified" if "datemodified" in prop else None
        if element.get("pubdate") is not None and element.tag == "time":
            kind = kind or "published"
        if kind and not in_card(page, element, None):
            value = element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
            yield kind, value, f"microdata:{prop or 'pubdate'}", 3


def _is_sentence(line: str, parsed: ParsedDate) -> bool:
    """True where a date is one of many words: "The council meets on 20 March in the small hall." tells of another day
    than that of its publication."""
    words = word_count(line[: parsed.start] + line[parsed.end :])
    return words > (_FEW_WORDS if line.endswith((".", "!", "?", "…")) else 3 * _FEW_WORDS)


_PAYLOAD_DATE = re.compile(
    r'"(datePublished|published_?[aA]t|publish(?:ed)?_?[dD]ate|pub_?[dD]ate|date|created_?[aA]t)":"([^"]{8,40})"'
)


def _payload(page: Page) -> Iterator[tuple[str, str, str, int]]:
    if not page.payload:
        return
    for name, value in _PAYLOAD_DATE.findall(page.payload)[:1]:
        yield "published", json.loads(f'"{value}"'), f"payload:{name}", 6


_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?!\d)")


def _order(page: Page, raws: list[str]) -> str:
    """The order of all-digit dates: the seed's; month first only where the page declares US English and another of its
    dates proves it, for "en-US" is also what software declares that nobody has set up."""
    if page.seed:
        return page.seed.selectors.date_order
    stated = (page.root.get("lang") or page.first_meta("og:locale") or "").replace("_", "-").lower()
    if stated != "en-us":
        return "DMY"
    numeric = [tuple(map(int, m.groups())) for raw in raws for m in _NUMERIC.finditer(raw[:400])]
    days = {tuple(map(int, m.groups())) for raw in [*raws, page.url] for m in _ISO_DAY.finditer(raw[:400])}
    if any(second > 12 >= first or (year, first, second) in days for first, second, year in numeric):
        return "MDY"
    unclear = [n for n in numeric if max(n[:2]) <= 12 and n[0] != n[1] and (n[2], n[1], n[0]) not in days]
    if unclear and not any(first > 12 for first, _, _ in numeric):
        page.warnings.append("published: day and month of {}/{}/{} can be read both ways".format(*unclear[0]))
    return "DMY"


def _parse(raw: str, page: Page, order: str) -> ParsedDate | None:
    languages = [page.language] if page.language else []
    text = even(raw)[:400]
    options: dict[str, Any] = {
        "zone": page.clock_zone,
        "captured": page.captured,
        "order": order,
        "languages": languages,
    }
    parsed = parse_moment(text, **options)
    if parsed and is_span(text, [parsed]):
        return None
    if parsed is None and len(text) <= LINE:
        found = find_dates(text, **options)
        if is_span(text, found):
            return None
        days = {item.day for item in found}
        parsed = next((f for f in found if f.precision is not Precision.DAY), found[0]) if len(days) == 1 else None
        if parsed is None and found:
            parsed = found[0]
    return parsed


def _guess(page: Page, found: list[When]) -> When | None:
    """The guess of a library where the page's own places say nothing: told as one, in source and warning."""
    day = guessed_day(page)
    if day is None:
        return None
    page.warnings.append("published: a guess (htmldate), no place of the page states it")
    found.append(When(ParsedDate(day, Precision.DAY, False, day.isoformat(), 0, 0), "htmldate", 10))
    return found[-1]


def _choose(found: list[When]) -> When | None:
    """The candidate of the best place; but the day in the address goes before a line in front of the headline that
    tells another one: there stand clocks, calendars and rates, too, and an address is made when an item is."""
    best = min(found, key=lambda w: w.rank, default=None)
    if best and best.above:
        stated = next((w for w in found if w.source == "url" and not _same_days(w, best)), None)
        agrees = any(_same_days(w, best) for w in found if not w.above)
        return stated if stated and not agrees else best
    return best


def _same_days(one: When, other: When) -> bool:
    return abs(one.parsed.day - other.parsed.day) <= timedelta(days=1)


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
    shown = [w.parsed for w in found if w is not best and w.rank <= _SHOWN]
    value = as_shown(best.parsed, shown, page.zone)
    if isinstance(value, datetime) and _is_midnight(best.parsed):
        value = value.date()  # a midnight that no other place confirms is how software writes a day
    if isinstance(value, datetime) and page.zone is None and not best.parsed.offset_stated:
        known = "that of the country in its address is assumed" if page.clock_zone else "no zone of the source is known"
        page.warnings.append(f"{kind}: the page states no offset, {known}")
    precision = best.parsed.precision if isinstance(value, datetime) else Precision.DAY
    offset = Offset.STATED if best.parsed.offset_stated else Offset.ASSUMED if page.clock_zone else Offset.NONE
    return Moment(
        value, even(best.parsed.raw), best.source, precision, offset if precision is not Precision.DAY else Offset.NONE
    )


def _is_midnight(parsed: ParsedDate) -> bool:
    value = parsed.value
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0)


def _same_minute(a: datetime | date, b: datetime | date) -> bool:
    return isinstance(a, datetime) and isinstance(b, datetime) and a.strftime("%F %R") == b.strftime("%F %R")


def _warn(page: Page, chosen: When, found: list[When]) -> None:
    other = next((w for w in found if (w.rank <= 5 or w.source == "url") and not _same_days(w, chosen)), None)
    if other:
        page.warnings.append(
            f"published: {chosen.source} says {chosen.parsed.day}, {other.source} says {other.parsed.day}"
        )
