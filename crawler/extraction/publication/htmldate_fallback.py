"""The last resort for a date: what htmldate finds in the marks of a page that nothing else could be read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from lxml import etree, html

from crawler.extraction.dates import read_dates
from crawler.extraction.markup.dom import drop, has_digit
from crawler.extraction.page.page import Page
from crawler.extraction.publication.date_places import MODIFIED_META
from crawler.extraction.publication.date_roles import is_span, tells_another_day, updated
from crawler.extraction.publication.item_cards import CARD, LINE, is_comment

_FIRST, _LAST = datetime(1995, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001  (htmldate compares naive days)


_MONTHS = 12
_FIGURE = re.compile(r"\d")
_NO_DAY = frozenset("class id style href src srcset width height".split())  # attributes that are not read for one
_FEW = 3  # elements in a line
_LINES = ("p", "div", "span", "td", "tr", "li", "dd", "small", "em", "b", "strong", "time", "h2", "h3", "h4")


def guessed_day(page: Page, order: str) -> date | None:
    """The day that htmldate takes for the one of publication, else None; never later than the day after the capture.
    What the page's own header, menus and footer say is not shown to it: there stand clocks and the site's last update;
    nor are lines that tell of a change, a deadline or an event, nor what is of other items: the objects of scripts, of
    which the page's own has been read by now, and what stands aside, in cards and comments. `order` is the order of the
    page's figures: the library reads all in one of its own.

    Its thorough search is off: that one takes any date of the text. Its bounds are always given, or it would ask this
    machine's clock. The tree is copied, since htmldate removes parts of it.
    """
    from htmldate import find_date  # noqa: PLC0415 - 50 ms, and one page in seven asks it

    last = _LAST
    if page.captured is not None:
        captured = page.captured if page.captured.tzinfo else page.captured.replace(tzinfo=UTC)
        last = captured.astimezone(page.zone or UTC).replace(tzinfo=None) + timedelta(days=1)
    tree = deepcopy(page.root)
    twins = list(tree.iter(etree.Element))
    for number in sorted({*_of_another_day(page), *_of_other_items(page)}):
        drop(twins[number])
    for element in list(tree.iter("header", "nav", "footer", "aside")):
        is_fact = element.tag == "aside" and next(element.iter("a"), None) is None
        if not is_fact and not any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors()):
            drop(element)
    for element in list(tree.iter("script", "meta")):
        if element.tag != "meta" or _names_change(element):
            drop(element)
    found = find_date(
        tree,
        extensive_search=False,
        original_date=True,
        url=page.url,
        min_date=_FIRST,
        max_date=last,
    )
    day = date.fromisoformat(found) if found else None
    return day if day and _is_stated(page, day, order) else None


def _of_another_day(page: Page) -> Iterator[int]:
    """The lines that tell of a change, a deadline, an event or a span of days, in their words or an attribute."""
    tree = page.tree
    stated = (values for name, values in tree.attributes.items() if name not in _NO_DAY)
    figured = sorted({number for values in stated for number, value in values.items() if _FIGURE.search(value)})
    for number in sorted(number for tag in _LINES for number in tree.tagged(tag)):
        if not 0 < tree.sizes[number] <= LINE:
            continue
        words = tree.text(number)
        has_figure = _FIGURE.search(words) is not None
        if not has_figure and bisect_left(figured, number) == bisect_left(figured, tree.ends[number]):
            continue  # most: no date can be read from these
        element = tree.elements[number]
        if len(element) > _FEW or _only_holds(element):
            continue  # what it holds is asked itself: boxes in boxes would be read as often as they are deep
        if element.tag == "dd" and (term := tree.before(number)) >= 0:
            words = f"{tree.text(term)} {words}"
        if len(words) <= LINE and (_is_changed(words) or tells_another_day(words) or _is_span(page, words)):
            yield number


def _of_other_items(page: Page) -> Iterator[int]:
    """The times beside headlines to click on and of comments."""
    for time in page.tagged("time"):
        around = takewhile(lambda box: page.sizes.get(box, 0) <= CARD, time.iterancestors())
        if any(box in page.teasers for box in around) or any(map(is_comment, time.iterancestors())):
            yield page.tree.numbers[time]


def _names_change(meta: html.HtmlElement) -> bool:
    return (meta.get("property") or meta.get("name") or "").lower() in MODIFIED_META


def _is_changed(words: str) -> bool:
    changed = updated(words)
    return changed is not None and not has_digit(words[: changed[0]])


def _is_stated(page: Page, day: date, order: str) -> bool:
    """Whether the page states the whole day somewhere: the library makes one up of a month, of an era's year, and of
    figures that are part of more."""
    forms = [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day:%d.%m.%Y}"]
    if order == "DMY" or day.day > _MONTHS:
        forms.append(f"{day:%d-%m-%Y}")
    year, reader = str(day.year), replace(page.dates, order=order)
    lines = [block.text for block in page.blocks if year in block.text]
    if _has_figures(page.url, forms) or any(_has_figures(line, forms) for line in lines):
        return True
    if any(found.day == day for line in lines for found in read_dates(line, reader)):
        return True
    return _has_figures(html.tostring(page.root, encoding="unicode"), forms)  # in an attribute, or a script


def _has_figures(text: str, forms: Iterable[str]) -> bool:
    """Whether a text has one of these, and no figure beside it. What it has at all is found at the speed of bytes."""
    return any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text) for form in forms if form in text)


def _is_span(page: Page, words: str) -> bool:
    return is_span(words, read_dates(words, page.dates))


def _only_holds(element: html.HtmlElement) -> bool:
    """Whether an element has no words but those of one other that may be a line."""
    inner = next(iter(element), None)
    if inner is None or inner.tag not in _LINES or inner.getnext() is not None:
        return False
    return not (element.text or "").strip() and not (inner.tail or "").strip()
