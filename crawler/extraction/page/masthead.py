"""Main headings that name the site or a section and no article, as many sites of authorities set them on every page:
the headline then is a lower heading, in front of the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import html

from crawler.extraction.markup.dom import even, key, text_of, word_count
from crawler.extraction.page.title_segments import ends_of, parts_of
from crawler.extraction.structured.jsonld import strings
from crawler.extraction.words import vocabulary

if TYPE_CHECKING:
    from crawler.extraction.page.page import Page

_MOST_WORDS = 8  # of the name of an authority
_HEADLINE = 3  # words that a headline has at least
_LINE = 15  # characters of a line marked as a title that is a headline
_PROSE = 80  # characters of a line that is surely text
_FEW = 10  # main headings, and footers, that are looked at: no page needs more
_NEAR = 400  # elements behind the heading among which the headline stands
_LOWER = frozenset("h2 h3 h4".split())


@cache
def section_names() -> frozenset[str]:
    """Keys of the words for a section of news: a heading of nothing else is no headline."""
    return frozenset(map(key, vocabulary("news_section").entries()))


def mastheads(page: Page) -> frozenset[str]:
    """Keys of main headings that are no headline. Each needs a proof: it is a link to the front page; or a lower
    heading stands between it and the text, and <title> or og:title has that beside it, or it is the word for a section,
    or the name of an authority that is the whole <title> and signs the page. Where there is no main heading, those of
    the next level are asked."""
    found: set[str] = set()
    for heading in (page.tagged("h1") or _first_headings(page))[:_FEW]:
        text = text_of(heading)
        if not text or word_count(text) > _MOST_WORDS:
            continue
        if _leads_home(heading, text, page):
            found.add(key(text))
            continue
        if _names_kind(text) and _is_named_elsewhere(text, page):
            found.add(key(text))
            continue
        below = _below(heading, page)
        if below and _is_masthead(text, below, page):
            found.add(key(text))
    return frozenset(found)


def _first_headings(page: Page) -> list[html.HtmlElement]:
    """The headings of the second level, and a lower one in front of them all: the name of the site over the page."""
    second, numbers = page.tagged("h2"), page.tree.numbers
    lower = [h[0] for tag in ("h3", "h4") if (h := page.tagged(tag))]
    first = min(lower, key=lambda h: numbers[h], default=None)
    is_above = first is not None and (not second or numbers[first] < numbers[second[0]])
    return [first, *second] if first is not None and is_above else second


def _is_masthead(text: str, below: str, page: Page) -> bool:
    words, lower = key(text), key(below)
    headlines = {key(t) for t in strings(page.article.get("headline"))} if page.article else set()
    if words in headlines:
        return False
    parts = [key(part) for part in parts_of(page.doc_title)]
    is_stated = words in map(key, page.meta.get("og:title", []))
    if not is_stated and ((words in parts and lower in parts) or lower in map(key, page.meta.get("og:title", []))):
        return True
    if words in section_names():
        return True
    if not is_stated and words not in key(page.doc_title) and lower in map(key, ends_of(page.doc_title)):
        return True  # "News in detail", over the headline that <title> has
    return words == key(page.doc_title) and vocabulary("institution").find(text) is not None and _signs(words, page)


def _names_kind(text: str) -> bool:
    """Whether a heading says what kind of text stands below it, and of whom: "Press release by the Ministry"."""
    return vocabulary("press_release").opening(text) is not None and vocabulary("institution").find(text) is not None


def _is_named_elsewhere(heading: str, page: Page) -> bool:
    """Whether <title> begins with a headline of other words, or a line of the page is marked as one."""
    first = next(iter(parts_of(page.doc_title)), "")
    of_title = word_count(first) >= _HEADLINE and vocabulary("institution").find(first) is None
    if of_title and key(heading) not in key(page.doc_title):
        return True
    return any(len(key(line)) >= _LINE for _, line in page.bold_lines)


def _signs(words: str, page: Page) -> bool:
    """Whether the page is signed with these words: in its footer, or by a link or a picture that leads to the front."""
    if any(words in key(text_of(footer)) for footer in page.tagged("footer")[:_FEW]):
        return True
    links = (a for a in page.tagged("a") if page.sizes[a] <= 2 * _PROSE and _is_front(a.get("href"), page))
    return any(words in key(f"{text_of(a)} {' '.join(i.get('alt') or '' for i in a.iter('img'))}") for a in links)


def _leads_home(heading: html.HtmlElement, text: str, page: Page) -> bool:
    link = next((a for a in heading.iter("a") if a.get("href")), None)
    link = link if link is not None else next((a for a in heading.iterancestors("a") if a.get("href")), None)
    if link is None or (link in heading.iterdescendants() and text_of(link) != text):
        return False
    return _is_front(link.get("href"), page)


def _is_front(address: str | None, page: Page) -> bool:
    """Whether a link leads from an inner page to the front page of the same host."""
    target, here = page.links.target(address or ""), page.links.target("")
    if target is None or here is None:
        return False
    return target.netloc == here.netloc and target.path in ("", "/") and here.path not in ("", "/") and not target.query


def _below(heading: html.HtmlElement, page: Page) -> str | None:
    """The first lower heading with the words of a headline behind a main one, if no text stands between them and it
    leads to no other item."""
    for element in islice(_following(heading), _NEAR):
        if element.tag in _LOWER and not any(a.get("href") for a in (*element.iter("a"), *element.iterancestors("a"))):
            text = text_of(element)
            if word_count(text) >= _HEADLINE:
                return text
        elif element.tag not in _LOWER and len(even(element.text if isinstance(element.tag, str) else "")) >= _PROSE:
            return None
    return None


def _following(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements behind one and outside it, in document order."""
    node: html.HtmlElement | None = element
    while node is not None:
        for sibling in node.itersiblings():
            yield from sibling.iter()
        node = node.getparent()
