"""What a page says of being one of several lists: a filter that is set, a tab that is chosen. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.archives import time_named
from crawler.discovery.extent.pager import is_other_page
from crawler.discovery.extent.words import phrases, plain
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url

_MOST = 300  # lists of choices, and boxes of tabs, of one page that are looked at
_MOST_CHOICES = 60  # of one of them
_LONGEST = 60  # characters of a choice
_OF_ALL = frozenset(("", "0", "-1", "*", "all", "any", "none", "null"))  # values of the choice that narrows nothing
_OF_ITS_OWN = re.compile(
    r"sort|order|lang|locale|size|limit|per.?page|count|rows|currenc|view|theme|font|calendar|page"
)
_TABS = re.compile(
    r"(?:^|[-_\s])(?:tabs?|tablist|tab-?(?:nav|list|menu)|pills|filters?|categories|rubrics|segments?)(?:$|[-_\s])"
)
_ACTIVE = re.compile(r"(?:^|[-_\s])(?:active|current|selected|on|is-?active)(?:$|[-_\s])")
_LEAST_WORDS = 4  # letters of a tab: fewer name languages
_UP = 3  # elements around a link that may be marked as the chosen one


def set_filter(tree: html.HtmlElement, url: str, languages: Sequence[str]) -> str:
    """A list of choices by which a page shows a part of its items though its address asks for none: a kind that is
    chosen where all could be, a year or month; "" for none."""
    asked = {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    for select in islice(tree.iter("select"), _MOST):
        names = " ".join(select.get(name) or "" for name in ("name", "id", "class")).lower()
        if (select.get("name") or "") in asked or _OF_ITS_OWN.search(names) or _is_elsewhere(select):
            continue
        options = list(islice(select.iter("option"), _MOST_CHOICES + 1))
        chosen = next((option for option in options if option.get("selected") is not None), None)
        if chosen is None or not 2 <= len(options) <= _MOST_CHOICES or not (words := words_of(chosen)):
            continue
        times = [time_named(words_of(option), languages) for option in options]
        if sum(time is None for time in times) <= 1 and len(set(times)) > 2 and time_named(words, languages):
            return f"its list of times is set to {words[:_LONGEST]!r}"
        if sum(time is not None for time in times) > 1:
            continue  # of times, and all of them are shown
        values = {(option.get("value", words_of(option)) or "").strip().lower() for option in options}
        if chosen.get("value", words).strip().lower() not in _OF_ALL and not values.isdisjoint(_OF_ALL):
            return f"its filter {select.get('name') or select.get('id') or ''!r} is set to {words[:_LONGEST]!r}"
    return _set_button(tree, asked) or _set_month(tree, asked)


def _set_button(tree: html.HtmlElement, asked: Collection[str]) -> str:
    """The same of buttons of which one is pressed at a time."""
    for chosen in islice(tree.xpath("//input[@type='radio' and @checked and @name]"), _MOST):
        name, value = chosen.get("name"), (chosen.get("value") or "").strip().lower()
        if name in asked or value in _OF_ALL or _OF_ITS_OWN.search(name.lower()) or _is_elsewhere(chosen):
            continue
        form = next(chosen.iterancestors("form"), tree)
        others = (other for other in islice(form.iter("input"), _MOST) if other.get("name") == name)
        if any((other.get("value") or "").strip().lower() in _OF_ALL for other in others):
            return f"its filter {name!r} is set to {value[:_LONGEST]!r}"
    return ""


def _set_month(tree: html.HtmlElement, asked: Collection[str]) -> str:
    """The same of a field for a month or a week (HTML Standard, 4.10.5.1.8 and 9), which has one from the beginning."""
    for field in islice(tree.iter("input"), _MOST):
        name, value = field.get("name") or field.get("id") or "", (field.get("value") or "").strip()
        is_of_time = (field.get("type") or "").lower() in ("month", "week")
        if is_of_time and value and name not in asked and not _is_elsewhere(field):
            return f"its list of times is set to {value[:_LONGEST]!r}"
    return ""


def other_tabs(tree: html.HtmlElement, base: str, here: str, skip: Collection[html.HtmlElement]) -> list[str]:
    """The addresses of the lists beside the one at `here` that tabs or filters lead to, of which that is chosen: by
    another value of a parameter, or another last part of the path. None where what is chosen is all of them."""
    boxes = tree.xpath("//*[@role='tablist' or @class]")
    named = (box for box in boxes if box.get("role") == "tablist" or _TABS.search((box.get("class") or "").lower()))
    for box in islice(named, _MOST):
        links = [link for link in islice(box.iter("a"), _MOST_CHOICES + 1) if link not in skip]
        letters = (sum(map(str.isalpha, words_of(link))) for link in links)
        if not 2 <= len(links) <= _MOST_CHOICES or any(count < _LEAST_WORDS for count in letters):
            continue
        chosen = [link for link in links if _is_chosen(link, base, here, box)]
        if len(chosen) != 1 or plain(words_of(chosen[0])) in phrases("every"):
            continue
        urls = (absolute(base, link.get("href") or "") for link in links if link not in chosen)
        found = list(dict.fromkeys(url for url in urls if url and _is_sister(url, here)))
        if found:
            return found
    return []


def _is_chosen(link: html.HtmlElement, base: str, here: str, box: html.HtmlElement) -> bool:
    href = (link.get("href") or "").strip()
    url = absolute(base, href) if href and not href.startswith("#") else None
    if url is not None:
        return canonical_url(url) == canonical_url(here)
    marks = (e.get("class") or "" for e in islice(_up(link, box), _UP))
    return link.get("aria-selected") == "true" or any(_ACTIVE.search(mark.lower()) for mark in marks)


def _up(link: html.HtmlElement, box: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield link
    for around in link.iterancestors():
        if around is box:
            return
        yield around


def _is_sister(url: str, here: str) -> bool:
    """Whether an address differs from this one in the values of its query, or in the last part of its path, alone."""
    own, other = urlsplit(canonical_url(here)), urlsplit(canonical_url(url))
    if own.netloc != other.netloc or (own.path, own.query) == (other.path, other.query):
        return False
    mine, theirs = (parse_qsl(parts.query, keep_blank_values=True) for parts in (own, other))
    if own.path == other.path:
        return bool(mine) and [name for name, _ in mine] == [name for name, _ in theirs]
    is_beside = own.path.rstrip("/").rpartition("/")[0] == other.path.rstrip("/").rpartition("/")[0]
    return is_beside and mine == theirs and not is_other_page(url, here)


def _is_elsewhere(element: html.HtmlElement) -> bool:
    """Whether a list of choices is of a calendar, or of the page's frame, such as a search of the whole site."""
    marks = (" ".join(e.get(name) or "" for name in ("class", "id")) for e in islice(element.iterancestors(), _UP))
    is_calendar = any("calendar" in mark.lower() or "datepicker" in mark.lower() for mark in marks)
    return is_calendar or next(element.iterancestors("header", "nav", "footer"), None) is not None
