"""Years, months, days and letters that a page offers to choose from, and of which it shows no item. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.pager import is_other_page, number_in
from crawler.discovery.extent.words import names_of_lists, phrases
from crawler.discovery.markup.days import FIRST_YEAR, month_of
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url

_MOST = 5_000  # elements of a kind on one page that are looked at
_MOST_YEARS = 40  # more are years of birth
_MOST_TIMES = 500  # of one list
_FEWEST_LETTERS = 8
_LONGEST = 30  # characters of a link to a month
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[-/.]?)(?P<month>[01]?\d)(?P=sign)(?P<day>[0-3]?\d)(?!\d)")
_LAST_DAY = 31
_FIGURES = re.compile(r"\d+")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[年月년월]")
_ANY = "any year"
_COUNT = re.compile(r"\(\d+\)")


def other_archives(
    tree: html.HtmlElement,
    base: str,
    skip: Collection[html.HtmlElement],
    days: Sequence[str | None],
    languages: Sequence[str],
    latest: str,
) -> str:
    """What an archive that a page offers to choose from holds and the page does not show: years and months before
    `latest` of which no item is, or other letters; "" for nothing. `days` are those of the items: where only some are
    known, nothing of years is told; where none is, those that other pages of the listing hold. `skip` are links that
    are items."""
    if days and not any(days):
        years = {time for time in _in_links(tree, base, skip, languages, own=True) if not time.startswith(_ANY)}
        years |= _in_buttons(tree, languages)
        if 1 < len(years) + 1 <= _MOST_YEARS and years:
            return f"it offers lists of {', '.join(sorted(years)[-3:])} on other pages"
    elif days and None not in days:
        shown = {day[:length] for day in days if day for length in (4, 7)}
        shown |= {f"{_ANY}{day[4:7]}" for day in days if day}
        offered = _in_selects(tree, languages) | _in_links(tree, base, skip, languages)
        offered |= _in_buttons(tree, languages)
        years = {time[:4] for time in offered}
        times = sorted(t for t in offered if f"{FIRST_YEAR}" <= t <= latest or t.startswith(_ANY))
        missing = [time for time in times if time not in shown]
        if not missing or len(years) > _MOST_YEARS:
            missing = sorted(day for day in _in_calendars(tree, base, skip) if day <= latest and day not in days)
        if missing:
            return f"it offers lists of {', '.join(missing[-3:])}, of which no item is"
    letters = _letters(tree, base, skip)
    return f"it offers lists by letter, such as {letters[1]}" if len(letters) >= _FEWEST_LETTERS else ""


def _in_calendars(tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement]) -> set[str]:
    """The days (ISO) of links that are called by a figure and lead to what the listing has of that day."""
    days: set[str] = set()
    for link in tree.xpath("//a[@href]")[:_MOST]:
        number = number_in(words_of(link)) if link not in skip else None
        url = absolute(base, link.get("href")) if number and number <= _LAST_DAY else None
        is_below = url and canonical_url(_DATE.sub("", url)).rstrip("/") == canonical_url(base).rstrip("/")
        if url and (is_below or is_other_page(url, base)):
            told = (match.group("year", "month", "day") for match in _DATE.finditer(url))
            days |= {f"{year}-{int(month):02}-{int(day):02}" for year, month, day in told if int(day) == number}
    return days


def _in_selects(tree: html.HtmlElement, languages: Sequence[str]) -> set[str]:
    """The years, or years and months, of lists to choose from."""
    times: set[str] = set()
    for select in tree.xpath("//select")[:_MOST]:
        words = (words_of(option) for option in islice(select.iter("option"), _MOST_TIMES))
        found = {time for word in words if (time := time_named(word, languages)) and not time.startswith(_ANY)}
        times |= found if len(found) > 1 and len({time[:4] for time in found}) <= _MOST_YEARS else set()
    return times


def offered_years(
    tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement], languages: Sequence[str], latest: str
) -> frozenset[str]:
    """The years before `latest` that a page offers to choose from."""
    times = _in_selects(tree, languages) | _in_links(tree, base, skip, languages, own=True)
    years = {time[:4] for time in times | _in_buttons(tree, languages) if not time.startswith(_ANY)}
    return (
        frozenset(year for year in years if f"{FIRST_YEAR}" <= year <= latest)
        if len(years) <= _MOST_YEARS
        else frozenset()
    )


def _in_buttons(tree: html.HtmlElement, languages: Sequence[str]) -> set[str]:
    """The years, or years and months, that buttons and elements with such data for scripts are called by: two or more
    of them."""
    elements = tree.xpath("//button | //*[@data-year or @data-month]")[:_MOST]
    words = (words_of(e) for e in elements if next(e.iterancestors("select"), None) is None)
    found = {time for word in words if (time := time_named(word, languages)) and not time.startswith(_ANY)}
    return found if len(found) > 1 else set()


def _in_links(
    tree: html.HtmlElement,
    base: str,
    skip: Collection[html.HtmlElement],
    languages: Sequence[str],
    *,
    own: bool = False,
) -> set[str]:
    """The years and months (ISO, without a year where none is said) of links that are called by them and nothing else:
    where several addresses of one shape are, or the address is that of another page of the listing; only there with
    `own`."""
    shapes: dict[str, dict[str, str]] = defaultdict(dict)
    times: set[str] = set()
    for time, url in _named_times(tree, base, skip, languages):
        if is_other_page(url, base) or _is_beside(url, base, time):
            times.add(time)
        elif not own and not time.startswith(_ANY):
            shapes[_FIGURES.sub("0", canonical_url(url))][url] = time
    return times | {time for urls in shapes.values() if len(urls) > 1 for time in urls.values()}


def lists_of_years(tree: html.HtmlElement, base: str, languages: Sequence[str]) -> dict[str, str]:
    """The addresses of the lists of other years that a page at `base` leads to, by year: other pages of it, or files
    beside it."""
    found = ((time, url) for time, url in _named_times(tree, base, (), languages) if len(time) == len("2026"))
    return {time: url for time, url in found if is_other_page(url, base) or _is_beside(url, base, time)}


def _named_times(
    tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement], languages: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """(time, address) of the links that are called by a year or month and nothing else, and lead elsewhere."""
    for link in tree.xpath("//a[@href]")[:_MOST]:
        time = time_named(words_of(link), languages) if link not in skip else None
        url = absolute(base, link.get("href")) if time and not link.get("href").startswith("#") else None
        if time and url and canonical_url(url) != canonical_url(base):
            yield time, url


def _is_beside(url: str, here: str, time: str) -> bool:
    """Whether the list of a year is a file beside that of the newest one: `2025.html` beside `index.html`."""
    (one_host, one), (host, own) = ((p.netloc, p.path.rpartition("/")) for p in map(urlsplit, (url, here)))
    stem, own_stem = (_FIGURES.sub("", _ENDING.sub("", path[2])).strip("-_") for path in (one, own))
    return (one_host, one[0]) == (host, own[0]) and time[:4] in one[2] and stem in ("", own_stem)


def time_named(words: str, languages: Sequence[str]) -> str | None:
    """The year, or year and month, that words name and nothing else but what is listed: "2025", "March 2025 (12)",
    "2025年3月", "News of 2025"."""
    words = _COUNT.sub(" ", _HAN.sub(" ", _with_figures(words)))
    years = _YEAR.findall(words)
    if len(words) > _LONGEST or len(years) > 1:
        return None
    rest = words.replace(years[0], " ") if years else words
    said = phrases("year") | names_of_lists() if years else phrases("year")
    others = [word for word in _WORD.findall(rest.casefold()) if word not in said]
    figures = _FIGURES.findall(rest)
    months = [month_of(word, languages) for word in others] + [_month_in(figure) for figure in figures]
    if None in months or len(months) > 1 or (not years and not others):
        return None
    month = f"-{months[0]:02}" if months else ""
    return (years[0] if years else _ANY) + month


def _month_in(figure: str) -> int | None:
    return int(figure) if len(figure) <= 2 and 1 <= int(figure) <= 12 else None


def _with_figures(words: str) -> str:
    """Words on one line, figures of other scripts as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in " ".join(words.split()))


def _letters(tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement]) -> list[str]:
    """The addresses of links that are called by one letter each."""
    found: dict[str, str] = {}
    for link in tree.xpath("//a[@href]")[:_MOST]:
        words, href = words_of(link), link.get("href").strip()
        if len(words) == 1 and words.isalpha() and link not in skip and not href.startswith("#"):
            url = absolute(base, href)
            if url and canonical_url(url) != canonical_url(base):
                found.setdefault(words, url)
    return list(dict.fromkeys(found.values()))
