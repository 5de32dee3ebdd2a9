"""The section that a page shows on a line of its own by the headline: a badge, what its class calls a kicker, the name
of a section of news, or the words beside the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.extraction.dates import read_dates
from crawler.extraction.lines.boilerplate_phrases import is_byline, is_label
from crawler.extraction.lines.person_names import labelled_names
from crawler.extraction.markup.dom import even, key
from crawler.extraction.markup.text_blocks import Block, behind
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.page.title_segments import parts_of
from crawler.extraction.words.vocabulary import Vocabulary, vocabulary

SECTIONS = vocabulary("news_section", "press_release")
_PUBLISHED = vocabulary("published")
KINDS = vocabulary("press_release")
_BACK = vocabulary("back")
_INSTITUTION = vocabulary("institution")
_DATES = vocabulary("published", "updated", "date_label", "event_dates")
# Names that style sheets and content systems give to the short line over a headline.
_BADGE = frozenset(
    "badge badges kicker overline eyebrow topline tagline pretitle supertitle suptitle surtitle uppertitle toptitle "
    "roofline dachzeile antetitulo volanta chapeu cintillo sobretitulo surtitre occhiello chip pill label "
    "topic rubric rubrik section type kind flag theme ribbon".split()
)
NO_SECTION = frozenset(
    "author authors byline source place location city region views view counter share print comment comments time date "
    "reading read logo brand site sitename lang language button btn back backlink return "
    "minister ministers person persons people speaker speakers".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_OFFICE = 80  # characters of the name of an office
_NAME = 40  # characters of the name of a section
_WORDS = 4
_NEAR = 200  # elements of a container that are looked at
_LINES = (4, 4)  # lines before and behind the headline
_LISTED = frozenset("li nav aside footer ul".split())
_INLINE = ("span", "a", "div", "p", "em", "small", "b", "strong", "i", "li", "dd", "td")


def is_section_name(text: str) -> bool:
    """Whether a line can be the name of a section: a few words without digits or the end of a sentence."""
    least = 2 if text[:1] >= "\u2e80" else 3
    return (
        least <= len(text) <= _NAME
        and len(text.split()) <= _WORDS
        and not any(c.isdigit() or c in ":：.!?。" for c in text)
        and not is_label(text, set())
        and not _DATES.is_whole(text)
        and _INSTITUTION.find(text) is None
    )


def scopes(headline: html.HtmlElement | None, count: int) -> Iterator[html.HtmlElement]:
    """The nearest containers of the headline below <body>."""
    scope = headline.getparent() if headline is not None else None
    for _ in range(count):
        if scope is None or scope.tag in ("body", "html"):
            return
        yield scope
        scope = scope.getparent()


def is_listed(element: html.HtmlElement, page: Page) -> bool:
    """Whether an element is part of a list of other items, or of the page's frame. A list without links that could be
    headlines may be the row of date, section and counter."""
    lists = [e for e in [element, *element.iterancestors()] if e.tag in _LISTED]
    return any(e.tag not in ("li", "ul") or e in page.teasers or in_frame(e) for e in lists)


def badge_section(page: Page, around_it: Iterator[html.HtmlElement], headline: html.HtmlElement | None) -> str | None:
    """The words of the element nearest in front of or behind the headline whose class calls it a badge or kicker."""
    around = {headline, *headline.iterancestors()} if headline is not None else set()
    for scope in around_it:
        for element in islice(scope.iter(*_INLINE), _NEAR):
            words = class_words(element)
            if "--type-" in (element.get("class") or ""):
                words.discard("type")  # Drupal's word for what kind of component an element is
            is_named = not words.isdisjoint(_BADGE) or ("tag" in words and element.getnext() is headline is not None)
            if element in around or not is_named or not words.isdisjoint(NO_SECTION):
                continue
            if "label" in words and len(words) > 1 and element.getnext() not in (None, headline):
                continue  # the name of a field or fact, not its value
            labels = [child for child in element if "label" in class_words(child)]
            if labels and len(element) != len(labels) + 1:
                continue
            shown = next((child for child in element if child not in labels), element) if labels else element
            text = page.short_text(shown, _NAME)
            if text and (is_section_name(text) or SECTIONS.is_whole(text)) and not _is_elsewhere(element, page):
                return text
    return None


def kicker(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The name in front of the headline in a box that holds these two and nothing else."""
    if headline is None or headline.getnext() is not None:
        return None
    box, before = headline.getparent(), headline.getprevious()
    if box is None or before is None or before.tag not in _INLINE:
        return None
    text = page.short_text(before, _NAME)
    alone = bool(text) and page.sizes.get(box, 0) == page.sizes.get(before, 0) + page.sizes.get(headline, 0)
    is_link_back = class_words(before) & NO_SECTION or _BACK.is_whole(text)
    return text if alone and not is_link_back and is_section_name(text) and not _is_elsewhere(before, page) else None


def named_section(
    page: Page, blocks: list[Block], headline: html.HtmlElement | None, names: Vocabulary = SECTIONS
) -> str | None:
    """A line by the headline that is the name of a section of news, or of a kind of text, and stands in no menu."""
    start = behind(blocks, headline) if headline is not None else None
    if start is None:
        return None
    near = [*range(start - 2, max(-1, start - 2 - _LINES[0]), -1), *range(start, min(len(blocks), start + _LINES[1]))]
    for n in near:
        block = blocks[n]
        if n > start and blocks[n - 1].is_prose:
            return None  # behind the text other items begin
        box = block.element.getparent()
        beside = [blocks[k] for k in (n - 1, n + 1) if 0 <= k < len(blocks) and blocks[k].element.getparent() is box]
        if block.place not in ("body", "heading", "caption") or len(block.text) > _NAME:
            continue
        if not names.is_whole(block.text):
            continue
        if _BACK.is_whole(block.text):
            continue  # "All news" leads to the others
        if block.links > 0.7 and any(other.links > 0.7 for other in beside):
            continue
        if not in_frame(block.element):
            return str(block.text)
    return None


def section_after_date(page: Page, around_it: Iterator[html.HtmlElement]) -> str | None:
    """The words of the element right behind the date, or in front of it, where that is the first by the headline."""
    for scope in around_it:
        for element in islice(scope.iter("span", "time", "div", "p", "em", "small", "i", "b", "li", "td"), _NEAR):
            text = page.short_text(element, 60)
            label = _PUBLISHED.opening(text) or 0
            if not text or not _is_date(text[label:].lstrip(" :："), page) or _is_elsewhere(element, page):
                continue
            around = (element.getnext(), element.getprevious())
            kinds = [e for e in around if e is not None and SECTIONS.is_whole(page.short_text(e, _NAME))]
            for beside in (*kinds, *around):
                name = _beside(page, element, beside) if beside is not None else None
                # A row of labelled facts has others beside the date, unless that stands between the office and it.
                if name and (not label or KINDS.is_whole(name) or any(_is_office(page, e) for e in around)):
                    return name
            return None
    return None


def _beside(page: Page, date: html.HtmlElement, beside: html.HtmlElement) -> str | None:
    parent = date.getparent()
    classes = class_words(beside) | (class_words(parent) if parent is not None else set())
    if beside.tag not in _INLINE or not classes.isdisjoint(NO_SECTION - {"date", "time"}):
        return None
    between = even(date.tail if beside is date.getnext() else beside.tail).strip("|/·•-–—, ")
    text = page.short_text(beside, _NAME)
    is_name = (
        bool(text) and not between and len(text.split()) < _WORDS and (is_section_name(text) or KINDS.is_whole(text))
    )
    return (
        text
        if is_name and not labelled_names(text) and not is_byline(text, set()) and not _is_elsewhere(beside, page)
        else None
    )


def _is_office(page: Page, element: html.HtmlElement | None) -> bool:
    text = page.short_text(element, _OFFICE) if element is not None else ""
    if not text or _INSTITUTION.find(text) is not None:
        return bool(text)
    return key(text) in page.site_names or key(text) in map(key, parts_of(page.doc_title))


def _is_date(text: str, page: Page) -> bool:
    found = read_dates(text, page.any_dates)
    return len(found) == 1 and len(text) <= len(found[0].raw) + 2


def class_words(element: html.HtmlElement) -> set[str]:
    return {word.lower() for word in _WORD.findall((element.get("class") or "")[:200])}


def _is_elsewhere(element: html.HtmlElement, page: Page) -> bool:
    """Whether an element is part of a list of other items, or of the page's frame."""
    return in_frame(element) or any(
        ancestor.tag in ("nav", "aside", "footer") or (ancestor.tag in ("li", "ul") and ancestor in page.teasers)
        for ancestor in (element, *element.iterancestors())
    )
