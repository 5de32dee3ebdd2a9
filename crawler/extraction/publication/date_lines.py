"""What a line of a page, bare or in an element, tells of the days of its item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html

from crawler.extraction.dates import may_tell_day, read_moment
from crawler.extraction.dates.days import FIGURE
from crawler.extraction.dates.relative import may_begin
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import BLOCKS, even, key, opening_of, text_of, word_count
from crawler.extraction.page.page import Page
from crawler.extraction.publication.date_roles import (
    is_day_of_an_act,
    is_of_a_document,
    is_of_an_act,
    is_sentence,
    tells_another_day,
    updated,
)
from crawler.extraction.publication.item_cards import LINE
from crawler.extraction.publication.labelled_days import labelled_days
from crawler.extraction.words import vocabulary

_HIDDEN = re.compile(r"display\s*:\s*none")
_DIGIT = re.compile(r"\d")
_WORDED = 25  # characters of a day that is told by words alone
_CAPTION = 6  # words that a line beside a picture has at most to be a date line
_MOST = 12  # elements in one that is a line
_RUNNING = frozenset("p li td blockquote b strong em i".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LABEL, _WORDS = 40, 4  # characters and words that the label of a date has at most, two words where no colon ends it
_GLUED = re.compile(r"(?<=\D\d{4})(?=\d{1,2}:\d{2})")  # "12.03.2026" and "14:30" in two elements with nothing between
_LONG_WORD = 4  # letters of one that is no preposition: "posted by A. Smith on"
_BARS = re.compile(r"\s+[|·•]\s+")
_ENDS = (".", "!", "?", "…")
_NOON = "T12:00:00Z"  # which Drupal writes behind a day that has no time
WEAK = 4  # added to the rank of a place that is believed last, and contradicts nothing
Told = tuple[str, str, str, int]  # published | modified, its words, line | time, rank


class DateLines:
    """The lines of one page. What words tell is found out once: the boxes around a line have the same."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._told: dict[str, tuple[Told, ...]] = {}
        self._may_tell: dict[str, bool] = {}

    def of(self, element: html.HtmlElement) -> Sequence[Told]:
        """What an element of few words tells: with a label in front of it, or by an attribute."""
        if element.tag == "time":
            return _of_time(self._page, element)
        text = self._page.short_text(element, LINE)
        if element.tag == "abbr":  # microformats: what machines read stands in the title, the moment of a day shown
            return *self.told(text), *self.told(even(element.get("title")))
        text = _GLUED.sub(" ", text) if ":" in text else text
        if not self._may_tell_day(text) or len(element) > _MOST:
            return ()  # most lines: no label makes these tell a day
        for changed in element.iter("span"):
            if _is_hidden_change(changed):
                if changed is element:
                    return (("modified", text, "line", 5),)
                text = even(text.replace(text_of(changed), " "))
        label = _label(self._page, element)
        found = self.told(f"{label} {text}" if label else text)
        return found if found and not _is_caption(self._page, element) else ()

    def told(self, text: str) -> tuple[Told, ...]:
        """What bare words tell."""
        if text not in self._told:
            self._told[text] = tuple(_told(self._page, text)) if self._may_tell_day(text) else ()
        return self._told[text]

    def _may_tell_day(self, text: str) -> bool:
        """True for a line with a date in figures, or of nothing but words for a day: most lines have none."""
        known = self._may_tell.get(text)
        if known is None:
            known = len(text) <= LINE and (
                may_tell_day(text, self._page.any_dates) if _has_digit(text) else _tells_day(self._page, text)
            )
            self._may_tell[text] = known
        return known


def _of_time(page: Page, element: html.HtmlElement) -> list[Told]:
    """What a <time> tells, by its attribute and its words."""
    if _in_sentence(page, element):
        return []
    shown, data = page.short_text(element, LINE), element.get("datetime") or ""
    if data.endswith(_NOON) and ":" not in shown:
        data = data.removesuffix(_NOON)
    parent = element.getparent()
    before = opening_of(parent, LINE).partition(shown)[0][-40:] if shown and parent is not None else ""
    if tells_another_day(before):
        return []
    is_update = updated(before) or updated(shown) or _is_updated(element)
    return [("modified" if is_update else "published", value, "time", 4) for value in (data, shown) if value]


def _is_updated(element: html.HtmlElement) -> bool:
    """True for the class that hAtom gives to the time of the last change, where it is not that of publication, too."""
    classes = (element.get("class") or "").lower().split()
    return "updated" in classes and "published" not in classes


def _is_hidden_change(element: html.HtmlElement) -> bool:
    """True for the moment of the last change that themes write for machines and keep from readers (hAtom)."""
    return _is_updated(element) and _HIDDEN.search(element.get("style") or "") is not None


def _label(page: Page, element: html.HtmlElement) -> str:
    """The few words directly in front of an element, on its line or in the element before it, or the one before its
    parent, where they say so: "Updated:", "Deadline"."""
    if element.tag == "dd" and (term := element.getprevious()) is not None and term.tag == "dt":
        return page.short_text(term, LINE)  # of a description (HTML Standard, 4.4.9)
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


def _told(page: Page, text: str) -> Iterator[Told]:
    if is_sentence(text):
        return
    parts = labelled_days(text)
    if any(kind == "published" and read_moment(part, page.any_dates) for kind, part in parts):
        for kind, part in parts:
            if kind != "other":
                rank = 4 + (WEAK if kind == "document" or is_of_an_act(part) else 0)
                yield "modified" if kind == "modified" else "published", part, "line", rank
        return
    if tells_another_day(text):
        yield from (("published", part, "line", 5) for part in _days_beside(page, text)[:1])
        return
    labelled = vocabulary("published").opening(text) is not None
    if not labelled and is_day_of_an_act(page, text):
        return
    rank = (4 if labelled else 5) + (WEAK if is_of_an_act(text) or is_of_a_document(text) else 0)
    word = updated(text)
    if word and not labelled and text.endswith(_ENDS) and _has_words_around(text):
        return
    if word and _has_digit(text[: word[0]]) and _has_digit(text[word[1] :]):  # "05.03.2026, updated 06.03.2026"
        yield "published", text[: word[0]], "line", rank
        yield "modified", text[word[0] :], "line", rank
    else:
        yield ("modified" if word else "published"), text, "line", rank


def _days_beside(page: Page, text: str) -> list[str]:
    """The parts of a line between bars that are a date and nothing else, beside one that tells of another day:
    "3 Nov 2026 | Event: City Hall, 18 Nov"."""
    parts = _BARS.split(text)
    return [
        part for part in parts if is_dateline(part, page.zone) and not tells_another_day(part) and not updated(part)
    ]


def _has_words_around(text: str) -> bool:
    """Whether running words that are no label stand in front of the first figure, or a word there and such behind the
    last: "The council renews the rule of 3 May", "Act 3 May, last amended on 4 May, lapses"."""
    first, *_, last = _DIGIT.split(text)
    words = first.split()
    return (len(words) > 1 and _runs(words)) or (bool(words) and _runs(last.split()))


def _runs(words: list[str]) -> bool:
    return any(word.islower() and len(word) >= _LONG_WORD for word in words)


def _is_caption(page: Page, element: html.HtmlElement) -> bool:
    """True for words in a figure, or of several words beside nothing but a picture: their date is the picture's."""
    if any(ancestor.tag == "figure" for ancestor in [element, *element.iterancestors()]):
        return True
    holders = (e for e in (element, element.getparent()) if e is not None and 0 < page.sizes.get(e, 0) <= LINE)
    return any(e.find(".//img") is not None for e in holders) and word_count(text_of(element)) > _CAPTION


def _tells_day(page: Page, text: str) -> bool:
    """True for a line of nothing but "yesterday" or "an hour ago"."""
    if not 0 < len(text) <= _WORDED:
        return False
    if not FIGURE.search(text) and not may_begin(text, page.any_dates.languages):
        return False
    parsed = read_moment(text, page.any_dates)
    return parsed is not None and len(parsed.raw) >= len(text.strip(" .,|"))


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _in_sentence(page: Page, time: html.HtmlElement) -> bool:
    """True for a date among many other words of its line: it is what they tell of, and no date line."""
    parent = time.getparent()
    if parent is None or parent.tag not in _RUNNING:
        return False
    own = len(page.short_text(time, LINE))
    words = len(even(_beside(time))) + own
    return words > LINE / 2 and words > 4 * own


def behind(element: html.HtmlElement) -> str:
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
    return " ".join([*reversed(before), behind(element)])
