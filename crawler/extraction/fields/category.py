"""The section that a page files its article under: data for machines, a labelled line, the last crumb, or the words
beside the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.dates import read_dates
from crawler.extraction.fields.breadcrumbs import crumb_section
from crawler.extraction.fields.kind_lines import kind_alone, kind_in_kicker, kind_in_title
from crawler.extraction.fields.section_badges import (
    KINDS,
    NO_SECTION,
    badge_section,
    class_words,
    is_listed,
    kicker,
    named_section,
    scopes,
    section_after_date,
)
from crawler.extraction.fields.section_labels import labelled
from crawler.extraction.lines.boilerplate_phrases import is_label, is_share, labelled_section
from crawler.extraction.lines.person_names import labelled_names
from crawler.extraction.markup.dom import even, has_digit, key, text_of
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import strings
from crawler.extraction.words.vocabulary import vocabulary
from crawler.model import Candidate

_CATEGORY_CLASS = re.compile(
    r"(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?i:cats?|cates?|categor(?:y|ies|ia|ias|ie|ies)|rubri(?:[ck]a?|que|ken)|section-name|"
    r"kategori(?:ya|e|en|a|asi)?|turkum|ressort)(?:$|[-_\s]|(?<=[a-z])(?=[A-Z]))"
)
_CATEGORIES = ("cat", "rubri", "section-name", "kategori", "turkum", "ressort")  # one is in each name that it finds
_PARTS = frozenset("a span div p dd li".split())
_LINES = frozenset("p div span h3 h4 h5 small i em".split())
# The page of a section on the site, as its address says.
_SECTION_PAGE = re.compile(
    r"/(?:categor(?:y|ies|ia|ie)|rubri(?:cs?|ka?|que|ken)|kategori(?:ya|e|en|a)?|sections?)/[^/?#]", re.IGNORECASE
)
# How sites name it in meta tags; ColumnName is that of the standard for sites of authorities in China.
_META = ("article:section", "og:article:section", "section", "articlesection", "columnname", "parsely-section")
_OF_DATA = ("page-object", "meta", "jsonld", "microdata")
_NAME = 3  # words that the name of a section has at most
_LABEL = 40  # characters of what kind of text it is
_CODE = 3  # letters of a language's code in an address
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SIGNS = " /|#>»›·•-–—"  # that set a name off from others
_CLASSES = 200  # characters of class and id that are read
_NEAR = 200  # elements of a container that are looked at
_CELLS = 5  # of a row that holds date, section and counters
_DATES = vocabulary("published", "updated", "date_label")
_DATE_CATEGORY = re.compile(r"\s*[/|•·]\s*")


def category(page: Page, headline: html.HtmlElement | None, title: str = "") -> tuple[str | None, list[Candidate]]:
    """The section that the page files the article of this title under, and the place that told it: the first in the
    order of trust that says anything. Later places are not asked."""
    for source, words in _places(page, headline, title):
        name = even(words).strip(_SIGNS) if words else ""
        if name and source not in _OF_DATA:
            name = kind_alone(name, page) or name
        if name and key(name) != key(title) and (source in _OF_DATA or key(name) not in page.site_names):
            return name, [Candidate("category", name, words or "", source, chosen=True)]
    return None, []


def _places(page: Page, headline: html.HtmlElement | None, title: str) -> Iterator[tuple[str, str | None]]:
    yield "page-object", page.fields.category
    yield "meta", page.first_meta(*_META)
    yield "jsonld", next(iter(strings(page.article.get("articleSection"))), None) if page.article else None
    yield "microdata", next(_of_microdata(page), None)
    yield "label", labelled(page, headline)
    yield "link", next((text_of(a) for a in page.related("category")), None)
    yield "class", _classed(page, headline)
    yield "badge", badge_section(page, scopes(headline, 3), headline)
    yield "kind", named_section(page, page.blocks, headline, KINDS)
    yield "kind", _kind_by_date(page, headline)
    yield "kind", kind_in_kicker(page, headline)
    yield "kicker", kicker(page, headline)
    yield "crumb", crumb_section(page, title)
    yield "title", kind_in_title(page, title)
    yield "date line", _beside_date(page, headline)
    yield "date row", _in_date_row(page, headline)
    yield "line", named_section(page, page.blocks, headline)
    yield "behind date", section_after_date(page, scopes(headline, 2))
    yield "address", _of_address(page)


def _of_microdata(page: Page) -> Iterator[str]:
    for element in page.marked:
        is_section = "articleSection" in (element.get("itemprop"), element.get("property"))
        if is_section and element.tag != "meta" and not in_frame(element) and (text := text_of(element)):
            yield text


def _beside_date(page: Page, headline: html.HtmlElement | None) -> str | None:
    for scope in scopes(headline, 2):
        for number in page.within(scope):
            if page.tree.tags[number] not in _LINES or not 0 < page.tree.sizes[number] <= 100:
                continue
            element = page.tree.elements[number]
            text = page.short_text(element, 100) if len(element) <= 6 else ""
            if 8 < len(text) <= 100 and has_digit(text):
                parts = [part for part in _DATE_CATEGORY.split(text) if part]
                dated = [bool(read_dates(part, page.any_dates)) for part in parts]
                words = [p for p, d in zip(parts, dated, strict=True) if not d and not has_digit(p)]
                words = [labelled_section(w) or w for w in words if not labelled_names(w) and not is_share(w)]
                if any(dated) and len(words) == 1 and len(words[0]) <= 40:
                    return words[0]
    return None


def _parts(page: Page, scope: html.HtmlElement) -> Iterator[int]:
    """The numbers of the first elements of a container that may hold the name of a section."""
    return islice((number for number in page.within(scope) if page.tree.tags[number] in _PARTS), _NEAR)


def _short_parts(page: Page, scope: html.HtmlElement, most: int) -> Iterator[html.HtmlElement]:
    """Those of these elements that have words, and so many characters at most."""
    return (page.tree.elements[n] for n in _parts(page, scope) if 0 < page.tree.sizes[n] <= most)


def _is_of_category(names: str) -> bool:
    """Whether names of an element call it one of a category: most have the letters of none of the words."""
    small = names.lower()
    return any(map(small.__contains__, _CATEGORIES)) and _CATEGORY_CLASS.search(names[:_CLASSES]) is not None


def _classed(page: Page, headline: html.HtmlElement | None) -> str | None:
    """A short label near the headline that its class or the page it leads to names a category. A page says it of its
    own article; the crumbs tell its place on the site, which is often the same for all articles."""
    for scope in scopes(headline, 3):
        for number in _parts(page, scope):
            href = page.tree.get(number, "href")
            if "search" in href:
                continue  # a keyword, which leads to all that has it
            leads = page.tree.tags[number] == "a" and _SECTION_PAGE.search(href)
            if not leads and not _is_of_category(f"{page.tree.classes[number]} {page.tree.get(number, 'id')}"):
                continue
            element = page.tree.elements[number]
            text = _first_of(element, page)
            if _is_name(text) and not is_listed(element, page) and not in_frame(element):
                return text
    return None


def _of_address(page: Page) -> str | None:
    """The words of the link in the page's menu to the nearest page above this one: /news is above /news/2026/floods."""
    own = urlsplit(page.url)
    above: dict[str, str] = {}
    for link in page.tagged("a"):
        href = (link.get("href") or "").removeprefix(f"{own.scheme}://{own.netloc}")
        path = href.rstrip("/")
        is_above = href.startswith("/") and own.path.startswith(f"{path}/") and path != own.path.rstrip("/")
        if not is_above or len(path.rpartition("/")[2]) <= _CODE or path in above or not page.sizes.get(link):
            continue
        if in_frame(link) and _is_name(text := text_of(link)):
            above[path] = text
    return above[max(above, key=len)] if above else None


def _first_of(element: html.HtmlElement, page: Page) -> str:
    """The words of a small element; of several names, which stand in elements of their own or between blank lines of
    the source (so TYPO3 writes them), the first."""
    whole = page.short_text(element, 120)
    inner = [part for part in element if "label" not in (part.get("class") or "")]
    parts = [text for part in inner if (text := page.short_text(part, 120))]
    if len(inner) < len(element) and len(parts) == 1:  # behind its label
        return parts[0]
    links = [text for part in inner if part.tag == "a" and (text := page.short_text(part, 120))]
    if len(links) == 1 and inner[0].tag != "a" and parts[0] != links[0]:  # behind a label that no class names
        return links[0]
    if len(parts) > 1 and whole.startswith(parts[0]):
        return parts[0]
    first = even(_BLANK_LINE.split((element.text or "").lstrip(), maxsplit=1)[0])
    is_apart = bool(first) and _BLANK_LINE.search((element.text or "").lstrip())
    return first if is_apart and whole.startswith(first) else whole


def _kind_by_date(page: Page, headline: html.HtmlElement | None) -> str | None:
    """What kind of text it is, in a row with its date and the office."""
    for scope in scopes(headline, 2):
        for element in _short_parts(page, scope, _LABEL):
            text, row = page.short_text(element, _LABEL), element.getparent()
            if not text or not KINDS.is_whole(text) or row is None or is_listed(element, page):
                continue
            if any(_is_date(text_of(e), page) for e in islice(row, _CELLS) if page.short_text(e, _LABEL)):
                return text
    return None


def _in_date_row(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The one other cell of the date's row. Where several such rows stand, they are a list of other items, with a short
    headline beside each date."""
    for scope in scopes(headline, 3):
        rows: list[str] = []
        for element in _short_parts(page, scope, 120):
            text = page.short_text(element, 120)
            if not text or is_listed(element, page) or is_label(text, set()):
                continue
            if _DATES.is_whole(text) or not class_words(element).isdisjoint(NO_SECTION):
                continue
            is_headline = element.tag == "a" and len(text.split()) >= _NAME  # of another item, beside its date
            if not is_headline and _shares_row_with_date(element, page):
                rows.append(text)
        if rows:
            is_only = len(rows) == 1 and _is_name(rows[0]) and len(rows[0].split()) <= _NAME
            return rows[0] if is_only else None
    return None


def _is_name(text: str) -> bool:
    return (2 if text[:1] >= "\u2e80" else 3) <= len(text) <= 40 and not any(c.isdigit() or c in ":：.!?" for c in text)


def _shares_row_with_date(element: html.HtmlElement, page: Page) -> bool:
    """True when one sibling of an element is a date, and the others say nothing else than how often a page was seen."""
    parent = element.getparent()
    if parent is None or not page.short_text(parent, 100):
        return False
    if len(parent) == 1 and not even(element.tail):  # "24.11.2026, 10:05 <span>Society</span>"
        return _is_date(even(parent.text), page)
    if not 2 <= len(parent) <= _CELLS:
        return False
    others = [text for sibling in parent if sibling is not element and (text := text_of(sibling))]
    dates = [text for text in others if _is_date(text, page)]
    return len(dates) == 1 and all(text in dates or is_label(text, set()) or text.isdigit() for text in others)


def _is_date(text: str, page: Page) -> bool:
    found = read_dates(text, page.any_dates)
    return len(found) == 1 and len(text) <= len(found[0].raw) + 2
