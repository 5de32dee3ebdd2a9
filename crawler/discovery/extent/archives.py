"""Years, months and letters that a page offers to choose from, and of which its items show none. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.days import FIRST_YEAR, month_of
from crawler.ids import canonical_url

_MOST = 5_000  # elements of a kind on one page that are looked at
_MOST_YEARS = 40  # more are years of birth
_FEWEST_LETTERS = 8
_LONGEST = 30  # characters of a link to a month
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_COUNT = re.compile(r"\(\d+\)")


def other_archives(
    tree: html.HtmlElement,
    base: str,
    skip: Collection[html.HtmlElement],
    days: Sequence[str | None],
    languages: Sequence[str],
    latest: str,
) -> str:
    """What an archive that a page offers to choose from holds and the page does not show: years before `latest` of
    which no item is, or other letters; "" for nothing. `days` are those of the items: where one is not known, its year
    is not, and no year is told. `skip` are links that are items."""
    shown = {day[:4] for day in days if day}
    if days and None not in days:
        offered = _in_selects(tree) | _in_links(tree, base, skip, languages)
        years = sorted(year for year in offered if f"{FIRST_YEAR}" <= year <= latest[:4])
        missing = [year for year in years if year not in shown]
        if missing and len(years) <= _MOST_YEARS:
            return f"it offers the years {', '.join(missing[-3:])}, of which no item is"
    letters = _letters(tree, base, skip)
    return f"it offers lists by letter, such as {letters[1]}" if len(letters) >= _FEWEST_LETTERS else ""


def _in_selects(tree: html.HtmlElement) -> set[str]:
    years: set[str] = set()
    for select in tree.xpath("//select")[:_MOST]:
        words = (" ".join("".join(option.itertext()).split()) for option in select.iter("option"))
        found = {word for word in words if _YEAR.fullmatch(word)}
        years |= found if len(found) > 1 and len(found) <= _MOST_YEARS else set()
    return years


def _in_links(
    tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement], languages: Sequence[str]
) -> set[str]:
    """The years of links that are called by a year, or a month of one, where several addresses of one shape are."""
    shapes: dict[str, dict[str, str]] = defaultdict(dict)
    for link in tree.xpath("//a[@href]")[:_MOST]:
        year = _year_named("".join(link.itertext()), languages) if link not in skip else None
        url = absolute(base, link.get("href")) if year and not link.get("href").startswith("#") else None
        if year and url and canonical_url(url) != canonical_url(base):
            shapes[_FIGURES.sub("0", canonical_url(url))][url] = year
    return {year for urls in shapes.values() if len(urls) > 1 for year in urls.values()}


def _year_named(words: str, languages: Sequence[str]) -> str | None:
    words = _COUNT.sub(" ", " ".join(words.split()))
    years = _YEAR.findall(words)
    if len(words) > _LONGEST or len(years) != 1:
        return None
    rest = words.replace(years[0], " ")
    others, figures = _WORD.findall(rest), _FIGURES.findall(rest)
    is_month = all(month_of(word, languages) for word in others) and len(others) + len(figures) <= 1
    return years[0] if is_month else None


def _letters(tree: html.HtmlElement, base: str, skip: Collection[html.HtmlElement]) -> list[str]:
    """The addresses of links that are called by one letter each."""
    found: dict[str, str] = {}
    for link in tree.xpath("//a[@href]")[:_MOST]:
        words, href = "".join(link.itertext()).strip(), link.get("href").strip()
        if len(words) == 1 and words.isalpha() and link not in skip and not href.startswith("#"):
            url = absolute(base, href)
            if url and canonical_url(url) != canonical_url(base):
                found.setdefault(words, url)
    return list(dict.fromkeys(found.values()))
