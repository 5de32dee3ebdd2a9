"""The number of items that a listing in HTML says it has: "1-10 of 243", "Всего: 243". Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice

from lxml import html

from crawler.discovery.extent.words import phrases
from crawler.discovery.markup.words import words_of

_MOST = 20_000  # elements of one page that are looked at
_MOST_CHARACTERS = 400  # of such a line with its blanks
_LONGEST = 80  # characters of a line that tells a total
_ANCESTORS = 3  # elements around such a line, the last of which holds an item
_FRAME = frozenset({"header", "footer", "nav", "aside", "select", "option", "script", "style"})
_NUMBER = r"(\d{1,3}(?:[ .,'’]\d{3})+|\d{1,7})"
_FIGURES = re.compile(_NUMBER)
_PAIR = ("shown", "total")
_HEADINGS = frozenset(("h1", "h2", "h3"))
_COUNTED = re.compile(rf"[^\d()]{{3,60}}\({_NUMBER}\)")  # "News (243)"
_TO = "to|through|bis|à|al?|até|do|til|tot|t/m|до|по|ile"  # between the first and the last number shown
# "共48条 1/8页", "全48件", "총 48건": a count of items by the word for counting such things.
_COUNTED_CJK = re.compile(
    rf"(?:共|总计|總計|全|合計|총|전체)\s?{_NUMBER}\s?(?:条|條|篇|项|項|个|個|则|則|件|笔|筆|건|개)"
)


def stated_total(tree: html.HtmlElement, items: Collection[html.HtmlElement], shown: int, *, is_first: bool) -> int:
    """The number of items that a page says its listing has, 0 where it says none. A line of its own is read that tells
    which of how many are shown, where those are as many as the `shown` ones, or the number under a word for a total,
    where an item stands close by and no other figures do: counters of visitors are no totals. `items` are the links of
    the items; `is_first`: the page is the listing's first."""
    holders = {up for item in items for up in item.iterancestors()} | set(items)
    best = 0
    for line, element in _lines(tree, holders):
        best = max(best, _of_range(line, shown, is_first=is_first), _of_shown(line, shown) if is_first else 0)
        if element.tag in _HEADINGS and (match := _COUNTED.fullmatch(line)) and _is_beside(element, holders):
            best = max(best, _value(match[1]))
        if (match := _COUNTED_CJK.search(line)) and _is_beside(element, holders):
            best = max(best, _value(match[1]))
        match = _labelled().fullmatch(line.casefold())
        if match and _is_beside(element, holders) and not _is_counter(element, holders):
            best = max(best, _value(match["before"] or match["behind"]))
    return best


def _lines(tree: html.HtmlElement, holders: Collection[html.HtmlElement]) -> Iterator[tuple[str, html.HtmlElement]]:
    """The short texts of a page that hold a figure and no item, with the element of each. Linear in the page."""
    body = tree.find("body")
    elements = list(islice((body if body is not None else tree).iter(), _MOST))
    lengths = dict.fromkeys(elements, 0)
    for element in reversed(elements):  # what is inside comes before what is around
        lengths[element] += len(element.text or "")
        if (parent := element.getparent()) in lengths:
            lengths[parent] += lengths[element] + len(element.tail or "")
    left: set[html.HtmlElement] = set()
    for element in elements:
        is_item = element.tag in ("a", "li") and element in holders
        if element.getparent() in left or not isinstance(element.tag, str) or element.tag in _FRAME or is_item:
            left.add(element)
        elif element not in holders and lengths[element] <= _MOST_CHARACTERS:
            line = words_of(element)
            if len(line) <= _LONGEST and _FIGURES.search(line):
                yield line, element


def _of_range(line: str, shown: int, *, is_first: bool) -> int:
    """The total of a line such as "1-10 of 243", 0 where it is none, or of other items than are shown."""
    for match in _ranges().finditer(line.casefold()):
        first, last, total = (_value(part) for part in match.groups())
        if last - first + 1 == shown and total >= last and (first == 1 or not is_first):
            return total
    return 0


def _of_shown(line: str, shown: int) -> int:
    """The total of a line such as "6 of 243 shown", 0 where it is none."""
    figures = [_value(number) for number in _FIGURES.findall(line)]
    match = _parts().search(line.casefold()) if len(figures) == len(_PAIR) and figures[0] == shown > 1 else None
    return figures[1] if match and figures[1] >= shown else 0


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)\d{{1,7}} ?(?:[^\W\d_]{{1,20}} ){{0,2}}(?:{_any_of('of')}) ?{_NUMBER}")


@cache
def _ranges() -> re.Pattern[str]:
    joined = rf"(?:[^\W\d_]{{1,20}} ){{0,2}}(?:{_any_of('of')}|/)"
    return re.compile(rf"(\d{{1,7}})(?: ?[-–—−‐~～] ?| (?:{_TO}) )(\d{{1,7}}) ?{joined} ?{_NUMBER}(?!\d)")


@cache
def _labelled() -> re.Pattern[str]:
    words = _any_of("total")
    before = rf"(?:{words}) ?[:=\-–—]? ?(?P<before>{_NUMBER})"
    return re.compile(rf"\W{{0,5}}(?:{before}|(?P<behind>{_NUMBER}) ?(?:{words}))\W{{0,5}}")


def _any_of(kind: str) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases(kind), key=lambda words: (-len(words), words)))


def _value(words: str) -> int:
    return int("".join(c for c in words if c.isdigit()))


def _is_beside(element: html.HtmlElement, holders: Collection[html.HtmlElement]) -> bool:
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]  # boxes around one line make it no nearer
    ups = list(element.iterancestors())[:_ANCESTORS]
    return any(up in holders for up in ups) and not any(up.tag in _FRAME for up in element.iterancestors())


def _is_counter(element: html.HtmlElement, holders: Collection[html.HtmlElement]) -> bool:
    """Whether other short lines with figures stand beside one: a counter of visitors, or of facts."""
    beside = [one for one in (element.getprevious(), element.getnext()) if one is not None and one not in holders]
    lines = (words_of(one) for one in beside if isinstance(one.tag, str))
    return any(len(line) <= _LONGEST and _FIGURES.search(line) and not _is_pager(line) for line in lines)


def _is_pager(line: str) -> bool:
    """Whether a line holds the numbers of pages: figures that follow one another."""
    numbers = [_value(n) for n in _FIGURES.findall(line)]
    return len(numbers) > 1 and numbers[0] <= 2 and sorted(numbers) == numbers
