"""Ways to other pages of a listing that no words name: ranges ("8-14"), figures of Rome, dots, pictures of arrows, an
icon on a button, a field for a number. Their addresses tell: those of the listing itself but for one figure. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.pager import is_other_page
from crawler.discovery.markup.words import words_of

_MOST = 5_000  # elements of a kind on one page that are looked at
_RANGE = re.compile(r"(\d{1,5})\s*(?:[-–—‒~…]|\.\.+)\s*(\d{1,5})")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_POINTS_ON = re.compile(r"arrow|next|right|forward|more|older", re.IGNORECASE)
# Parameters of a list that show it otherwise, or a part of it, and not its next page.
_LOOKS = re.compile(
    r"view|mode|layout|type|display|style|theme|skin|font|size|contrast|lang|locale|sort|order|dir|limit|per_?page|print|"
    r"ima?ge?|photo|slide|day|month|year|date|rss|share|cat|rubric|tag|section|filter|(?:^|_)id$",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:^|[_-])(?:day|date|month|year|jour|dia|tag|kun|den)(?:$|[_-])", re.IGNORECASE)
_COUNTS_PAGES = re.compile(r"(?:p|pg|page|pagen(?:_\d+)?|page_?(?:num(?:ber)?|no|index)?|current_?page)", re.IGNORECASE)
_COUNTS_ITEMS = re.compile(
    r"(?:[osnk]|start|limitstart|from|offset|skip|begin|pos|first|part|seite|pagina|sahifa|debut.*)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_TOLD = 60  # characters
_FEWEST = 3  # addresses of one kind that only a figure tells apart: dots below a list


def wordless_page(tree: html.HtmlElement, base: str, here: str, skip: Collection[html.HtmlElement]) -> Iterator[str]:
    """The addresses, or the marks, of such ways on the page at `here`; `skip` are the links of its items."""
    dots: dict[str, None] = {}
    items = {_figures_out(url) for link in skip if (url := absolute(base, link.get("href") or ""))}
    for link in islice(tree.iter("a"), _MOST):
        url = absolute(base, link.get("href") or "") if link.get("href") and link not in skip else None
        if url is None or not _is_other_by_figure(url, here):
            continue
        words = words_of(link)
        if _is_range(words) or (words and _ROMAN.fullmatch(words)):
            yield url
        elif _figures_out(url) in items or not _counts(url, here):
            continue  # an item's picture, or the arrow behind its headline; a vote, a city of the weather
        elif not words and _is_picture_of_arrow(link):
            yield url
        elif not any(char.isalnum() for char in words) and next(link.iter("img", "svg", "picture"), None) is None:
            dots[url] = None
    yield from list(dots)[-1:] if len(dots) >= _FEWEST else ()
    yield from _choices(tree, base, here)
    yield from _fields(tree, base, here)
    yield from _icons(tree)


def chooses_day(url: str, here: str) -> bool:
    """Whether an address of a listing chooses a day, month or year of it: "2" in a calendar is no page."""
    new = _new_pairs(url, here)
    return len(new) == 1 and _TIMES.search(new[0][0]) is not None


def _new_pairs(url: str, here: str) -> list[tuple[str, str]]:
    """The parameters of an address that the one of the listing has not, or has with other values."""
    own = parse_qsl(urlsplit(here).query)
    return [pair for pair in parse_qsl(urlsplit(url).query) if pair not in own]


def _is_other_by_figure(url: str, here: str) -> bool:
    """Whether an address is the listing's but for one figure, which is no other view of it."""
    if not is_other_page(url, here):
        return False
    own, other, new = urlsplit(here), urlsplit(url), _new_pairs(url, here)
    if other.path.rstrip("/") != own.path.rstrip("/"):
        return not new
    return len(new) == 1 and new[0][1].isdecimal() and not _LOOKS.search(new[0][0])


def _counts(url: str, here: str) -> bool:
    """Whether what is new in an address is called as pages or items are counted, or stands in its path."""
    names = [name for name, _ in _new_pairs(url, here)]
    return all(_COUNTS_PAGES.fullmatch(name) or _COUNTS_ITEMS.fullmatch(name) for name in names)


def _figures_out(url: str) -> str:
    return _DIGITS.sub("0", url)


def _is_range(words: str) -> bool:
    """Whether words are the first and last number of a page's items: "8-14"; spans of years are none."""
    match = _RANGE.fullmatch(words)
    return match is not None and 1 < int(match[1]) < int(match[2]) and not len(match[1]) == len(match[2]) == len("2026")


def _is_picture_of_arrow(link: html.HtmlElement) -> bool:
    pictures = islice(link.iter("img", "svg", "i", "use"), 5)
    names = (" ".join(str(value) for value in picture.attrib.values()) for picture in pictures)
    return any(_POINTS_ON.search(name) for name in names)


def _choices(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Lists of numbers to choose from whose values are addresses of the listing."""
    for select in islice(tree.iter("select"), _MOST):
        options = list(islice(select.iter("option"), _MOST))
        words = [words_of(option) for option in options]
        if len(words) < 2 or words != [str(number) for number in range(1, len(words) + 1)]:
            continue
        value = (options[1].get("value") or "").strip()
        url = absolute(base, value) if "/" in value or value.startswith("?") else None
        if url and is_other_page(url, here):
            yield url


def _fields(tree: html.HtmlElement, base: str, here: str) -> Iterator[str]:
    """Forms in which the number of a page is typed, and that say how many there are."""
    for field in islice(tree.iter("input"), _MOST):
        most = (field.get("max") or "").strip()
        if (
            most.isdecimal()
            and int(most[:9]) > 1
            and _COUNTS_PAGES.fullmatch(field.get("name") or field.get("id") or "")
        ):
            yield f"a field for a page up to {most[:9]}"


def _icons(tree: html.HtmlElement) -> Iterator[str]:
    """Buttons without words that hold the number of the second page."""
    for button in islice(tree.iter("button", "a", "div", "span"), _MOST):
        if button.get("data-page") == "2" and not words_of(button):
            yield f"data-page='2' of {button.get('class') or button.tag!r}"[:_TOLD]
