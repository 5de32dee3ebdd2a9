"""What belongs to another item of a page: its date stands in a card, a list, a link or a comment."""

from __future__ import annotations

import re

from lxml import html

from crawler.extraction.page.frame import in_frame, tells_of_article
from crawler.extraction.page.page import Page
from crawler.extraction.publication.date_roles import updated
from crawler.extraction.words import vocabulary

LINE = 120  # characters of a line that is about a date
CARD = 300  # characters of the teaser of another item
_NUMBER_BEHIND = re.compile(r"(?:\s\w+)?\s*(?::\s*)?\d")  # "Published on: 12.03.2026"
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|respond)(?:$|[\s_-])", re.IGNORECASE)
# The address of all items of a day, month or year, to which themes link an item's date: /2026/03/05/
_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
# What an item has beside its text, in schema.org's microdata.
_TYPES = re.compile(r"schema\.org/(?:\w*Comments?|\w*Event|ImageObject|VideoObject|AudioObject)\b")
CARDS = frozenset("li a aside nav footer form".split())


def in_card(page: Page, element: html.HtmlElement, top: html.HtmlElement | None) -> bool:
    """Whether an element stands in a card, below `top` or the whole page."""
    row = next((e for e in (element, *element.iterancestors()) if e.tag == "tr"), None)
    in_facts = row is not None and _states_date(page, row)
    for ancestor in [element, *element.iterancestors()]:
        if ancestor is top:
            return False
        if is_card(page, ancestor) or (ancestor.tag == "table" and not in_facts) or is_comment(ancestor):
            return True
    return in_frame(element)


def is_card(page: Page, element: html.HtmlElement) -> bool:
    """Whether an element is, by itself, the card, the entry, the link or the frame of other items."""
    if element.tag not in CARDS:
        return False
    if element.tag == "li":
        return _lists_items(page, element.getparent()) and not _states_date(page, element)
    return not (_leads_to_own(element) if element.tag == "a" else tells_of_article(element))


def is_comment(element: html.HtmlElement) -> bool:
    """Whether an element holds what readers said, or an event or a film beside the text, by its class or its type."""
    if _COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return True
    return _TYPES.search(element.get("itemtype") or "") is not None


def _leads_to_own(link: html.HtmlElement) -> bool:
    """True for a link to the page itself (HTML Standard, 4.6.7.3), or to all items of a day."""
    is_page = "bookmark" in (link.get("rel") or "").lower().split()
    return is_page or _ARCHIVE.search(link.get("href") or "") is not None


def dates_link(page: Page, element: html.HtmlElement, top: html.HtmlElement) -> bool:
    """True for a date in a short piece of page that is mostly a headline to click on."""
    for holder in (element, element.getparent()):
        if holder is None or holder is top:
            break
        if 0 < page.sizes.get(holder, 0) <= CARD and holder in page.teasers:
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
