"""Dates that a reader sees near the headline: lines, bare or in elements, and <time>; those of other items left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html

from crawler.extraction.dates import may_tell_day, read_moment
from crawler.extraction.markup.dom import BLOCKS, even, key, opening_of, text_of, word_count
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.publication.date_roles import (
    is_day_of_an_act,
    is_of_an_act,
    is_sentence,
    is_todays,
    tells_another_day,
    updated,
)
from crawler.extraction.words import vocabulary

_CARD = 300  # characters of the teaser of another item
_NUMBER_BEHIND = re.compile(r"(?:\s\w+)?\s*(?::\s*)?\d")  # "Published on: 12.03.2026"
_DIGIT = re.compile(r"\d")
_WORDED = 25  # characters of a day that is told by words alone
_CAPTION = 6  # words that a line beside a picture has at most to be a date line
LINE = 120  # characters of a line that is about a date
_DATED = tuple("time p div span h1 h2 h3 h4 h5 small b strong em i dd td li br".split())
_RUNNING = frozenset("p li td blockquote b strong em i".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LABEL, _WORDS = 40, 4  # characters and words that the label of a date has at most, two words where no colon ends it
_GLUED = re.compile(r"(?<=\D\d{4})(?=\d{1,2}:\d{2})")  # "12.03.2026" and "14:30" in two elements with nothing between
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|respond)(?:$|[\s_-])", re.IGNORECASE)
_WORDLESS = frozenset("time br".split())  # may tell a date by an attribute, or by the words behind it
_CARDS = frozenset("li a aside nav footer table form".split())


class Place(NamedTuple):
    """Words of a page that can tell a date, and where they stand."""

    kind: str  # published | modified
    raw: str
    source: str
    rank: int  # smaller is better
    above: bool = False  # in front of the headline
    of_link: bool = False  # beside a headline to click on
    machine: bool = False  # written for machines: no reader sees it


_WEAK = 4  # added to the rank of a place that is believed last, and contradicts nothing


def near_headline(page: Page, headline: html.HtmlElement) -> Iterator[Place]:
    """Lines and <time> elements in the container of the headline, nearest first; dates of other items, which stand in
    lists, links and asides, are not looked at."""
    distance = 0
    scope = headline
    for level in range(4):
        parent = scope.getparent()
        if parent is None or parent.tag == "html" or (parent.tag == "body" and scope is not headline):
            break
        above = True
        yield from (Place(*line) for line in _text_line(page, even(parent.text)))
        for element in parent.iter(*_DATED):
            if distance > 400:
                break
            distance += 1
            above = above and element is not headline
            if element.tag not in _WORDLESS and element is not headline and not 0 < page.sizes.get(element, 0) <= LINE:
                continue  # most elements: none of the questions below is asked of them
            if (element.tag == "h1" and element is not headline) or _is_within(element, scope, headline):
                continue
            if element is not headline and element.tag not in _WORDLESS and not len(element) and _is_silent(element):
                continue
            bare = element is headline or element.tag == "br"
            lines = list(_bare_line(page, element) if bare else _line(page, element))
            if not lines or in_card(page, element, parent):
                continue
            if above and is_todays(page, element, parent):
                continue
            # Far above the headline stand clocks and tickers, and beside a link the date of what it leads to: the last
            # to believe, and no contradiction.
            of_link = _dates_link(page, element, parent)
            weak = _WEAK if (above and level >= 2) or of_link else 0
            attribute = element.get("datetime") if element.tag == "time" else None
            for kind, raw, source, rank in lines:
                yield Place(kind, raw, source, rank + weak, above, of_link, raw == attribute)
        scope = parent


def _line(page: Page, element: html.HtmlElement) -> Iterator[tuple[str, str, str, int]]:
    if element.tag == "time":
        if _in_sentence(element):
            return
        shown, data = text_of(element), element.get("datetime") or ""
        around = opening_of(element.getparent(), LINE) if element.getparent() is not None else ""
        before = around.partition(shown)[0][-40:] if shown else ""
        is_update = updated(before) or updated(shown) or _is_updated(element)
        kind = "modified" if is_update else "published"
        if tells_another_day(before):
            return
        for value in (data, shown):
            if value:
                yield kind, value, "time", 4
        return
    lines = list(_text_line(page, _labelled(page, element))) if len(element) <= 12 else []
    if lines and not _is_caption(page, element):
        yield from lines


def _is_updated(time: html.HtmlElement) -> bool:
    """True for the class that hAtom gives to the time of the last change, where it is not that of publication, too."""
    classes = (time.get("class") or "").lower().split()
    return "updated" in classes and "published" not in classes


def _labelled(page: Page, element: html.HtmlElement) -> str:
    """The words of an element; of a description (HTML Standard, 4.4.9) with those of its term in front, of a date with
    the label in front of it that says that it is another day than that of publication."""
    text = _GLUED.sub(" ", page.short_text(element, LINE))
    if not _may_tell_day(page, text):
        return ""  # most lines: no label makes these tell a day
    term = element.getprevious() if element.tag == "dd" else None
    label = page.short_text(term, LINE) if term is not None and term.tag == "dt" else _label(page, element)
    return f"{label} {text}" if label else text


def _label(page: Page, element: html.HtmlElement) -> str:
    """The few words directly in front of an element, on its line or in the element before it, or the one before its
    parent, where they say so: "Updated:", "Deadline"."""
    holder = element.getparent()
    if element.getprevious() is None and holder is not None and not even(holder.text):
        element = holder  # <div>Updated</div><div><span>12.03.2026</span></div>
    before, parent = element.getprevious(), element.getparent()
    words = even(before.tail if before is not None else parent.text if parent is not None else "")
    if not words and before is not None and before.tag not in _HEADINGS:
        words = page.short_text(before, _LABEL)
    if (
        not words
        or len(words) > _LABEL
        or _has_digit(words)
        or len(words.split()) > (_WORDS if words[-1] == ":" else 2)
    ):
        return ""
    names = {key(text) for _, text in page.headings}  # a headline about an update, in the crumbs above the date
    return words if key(words) not in names and (updated(words) or tells_another_day(words)) else ""


def _bare_line(page: Page, element: html.HtmlElement) -> Iterator[tuple[str, str, str, int]]:
    """The words behind a line break or the headline that stand in no element of their own."""
    yield from _text_line(page, even(_behind(element)))


def _text_line(page: Page, text: str) -> Iterator[tuple[str, str, str, int]]:
    if len(text) > LINE or not _may_tell_day(page, text):
        return
    if is_sentence(text) or tells_another_day(text):
        return
    labelled = vocabulary("published").opening(text) is not None
    if not labelled and is_day_of_an_act(page, text):
        return
    rank = (4 if labelled else 5) + (_WEAK if is_of_an_act(text) else 0)
    word = updated(text)
    if word and _has_digit(text[: word[0]]) and _has_digit(text[word[1] :]):  # "05.03.2026, updated 06.03.2026"
        yield "published", text[: word[0]], "line", rank
        yield "modified", text[word[0] :], "line", rank
    else:
        yield ("modified" if word else "published"), text, "line", rank


def _is_caption(page: Page, element: html.HtmlElement) -> bool:
    """True for words in a figure, or of several words beside nothing but a picture: their date is the picture's."""
    if any(ancestor.tag == "figure" for ancestor in [element, *element.iterancestors()]):
        return True
    holders = (e for e in (element, element.getparent()) if e is not None and 0 < page.sizes.get(e, 0) <= LINE)
    return any(e.find(".//img") is not None for e in holders) and word_count(text_of(element)) > _CAPTION


def _may_tell_day(page: Page, text: str) -> bool:
    """True for a line with a date in figures, or of nothing but words for a day: most lines with figures have none."""
    return may_tell_day(text, page.any_dates) if _has_digit(text) else _tells_day(page, text)


def _tells_day(page: Page, text: str) -> bool:
    """True for a line of nothing but "yesterday" or "an hour ago"."""
    if not 0 < len(text) <= _WORDED:
        return False
    parsed = read_moment(text, page.any_dates)
    return parsed is not None and len(parsed.raw) >= len(text.strip(" .,|"))


def _is_silent(leaf: html.HtmlElement) -> bool:
    """Whether the bare words of an element surely tell no day: seen without a look at what stands around it."""
    text = leaf.text or ""
    return len(text) > 2 * _WORDED and not _has_digit(text)


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _in_sentence(time: html.HtmlElement) -> bool:
    """True for a date among many other words of its line: it is what they tell of, and no date line."""
    parent = time.getparent()
    if parent is None or parent.tag not in _RUNNING:
        return False
    words = len(even(_beside(time))) + len(text_of(time))
    return words > LINE / 2 and words > 4 * len(text_of(time))


def _behind(element: html.HtmlElement) -> str:
    """The words behind an element, up to the end of their line."""
    words = [element.tail or ""]
    for sibling in element.itersiblings():
        if sibling.tag in BLOCKS or sibling.tag == "br":
            break
        words += ["" if sibling.tag == "a" else text_of(sibling), sibling.tail or ""]  # a link tells of other items
    return " ".join(words)


def _beside(element: html.HtmlElement) -> str:
    """The words of the line around an inline element: a cell may hold the whole page."""
    before = []
    for sibling in element.itersiblings(preceding=True):
        before.append(sibling.tail or "")
        if sibling.tag in BLOCKS or sibling.tag == "br":
            break
        before.append(text_of(sibling))
    else:
        parent = element.getparent()
        before.append((parent.text or "") if parent is not None else "")
    return " ".join([*reversed(before), _behind(element)])


def _is_within(element: html.HtmlElement, scope: html.HtmlElement, headline: html.HtmlElement) -> bool:
    """True for what was looked at in a smaller scope already."""
    return scope is not headline and scope in element.iterancestors()


def in_card(page: Page, element: html.HtmlElement, top: html.HtmlElement | None) -> bool:
    row = next((e for e in (element, *element.iterancestors()) if e.tag == "tr"), None)
    in_facts = row is not None and _states_date(page, row)
    for ancestor in [element, *element.iterancestors()]:
        if ancestor is top:
            return False
        is_fact = ancestor.tag == "li" and (
            not _lists_items(page, ancestor.getparent()) or _states_date(page, ancestor)
        )
        is_own = ancestor.tag == "a" and "bookmark" in (ancestor.get("rel") or "").lower().split()  # to this very page
        if ancestor.tag in _CARDS and not (is_fact or is_own or (ancestor.tag == "table" and in_facts)):
            return True
        if _COMMENTS.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
    return in_frame(element)


def _dates_link(page: Page, element: html.HtmlElement, top: html.HtmlElement) -> bool:
    """True for a date in a short piece of page that is mostly a headline to click on."""
    for holder in (element, element.getparent()):
        if holder is None or holder is top:
            break
        if 0 < page.sizes.get(holder, 0) <= _CARD and holder in page.teasers:
            return True
    return False


def _lists_items(page: Page, items: html.HtmlElement | None) -> bool:
    """False for a list without links that could be headlines: date, section and counter stand in such lists too."""
    return items is None or items in page.teasers


def _states_date(page: Page, item: html.HtmlElement) -> bool:
    """True for "Date: 12.03.2026" in a list or table of facts about the page, beside its author and its subjects."""
    text = page.short_text(item, LINE)
    changed = updated(text)
    label = vocabulary("published", "date_label").opening(text)
    starts = (label is not None and _NUMBER_BEHIND.match(text, label) is not None) or (
        changed is not None and changed[0] == 0
    )
    return starts and next(item.iter("a"), None) is None


def lone_times(page: Page) -> Iterator[Place]:
    """The only <time> of a page without a headline that could be found."""
    times = [t for t in page.tagged("time") if not in_card(page, t, None)]
    if len(times) == 1:
        yield Place("published", times[0].get("datetime") or text_of(times[0]), "time", 9)
