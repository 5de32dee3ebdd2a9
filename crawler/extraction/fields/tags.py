"""What an article is about, in the site's own words: keywords in data, and the links and labelled lines under it."""

from __future__ import annotations

import re
from itertools import islice

from lxml import html

from crawler.extraction.lines.boilerplate_phrases import labelled_subjects
from crawler.extraction.markup.dom import even, key, text_of
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import strings

_META = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "citation_keywords", "dc.subject")
_COMMA = re.compile(r"[,;\uff0c\uff1b\u3001\u060c]")
# The page of a subject on the site, as its address says: /tags/water, /etiket/su, ?tag=water.
_SUBJECT_PAGE = re.compile(
    r"/(?:[Tt]ags?|hashtags?|etiket(?:ler)?|etiquet(?:te|a)s?|teg(?:lar|i)?|keywords?|schlagwort(?:e)?|mots-cles|"
    r"palabras-clave)/[^/?#]|[?&](?:tags?|tag_?id|tagged|keywords?|hashtag)(?:\[\])?=[^&]|"
    r"search\?[Ss]ubject(?:%3Alist|:list)?=[^&]",
)
_AROUND = frozenset("sidebar cloud popular trending related teaser teasers menu nav footer hot".split())
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WORDS, _LETTERS = 5, 50  # that a subject has at most
_MOST = 50


def tags(page: Page, headline: html.HtmlElement | None) -> tuple[str, ...]:
    """Keywords of the article, each once, in order."""
    found = list(page.fields.tags or ()) or list(page.meta.get("article:tag", []))
    if not found and page.article:
        found = [tag for text in strings(page.article.get("keywords")) for tag in _COMMA.split(text)]
    if not found and (keywords := page.first_meta(*_META)):
        found = _COMMA.split(keywords)
    if not found:  # rel="tag" (HTML Standard, 4.6.7.17): links to what the page is filed under
        found = [text_of(link) for link in page.related("tag") if "category" not in link.get("rel").lower().split()]
    found = found or _linked(page, headline) or _labelled(page, headline)
    return tuple({key(tag): even(tag).lstrip("#") for tag in found if key(tag)}.values())[:_MOST]


def _linked(page: Page, headline: html.HtmlElement | None) -> list[str]:
    """The words of the first group of links to pages of subjects behind the headline, outside the page's frame."""
    if headline is None:
        return []
    links = [
        a for a in page.tagged("a") if 0 < page.sizes.get(a, 0) <= _LETTERS and _is_subject_page(a.get("href") or "")
    ]
    if not links:
        return []
    places = {element: place for place, element in enumerate(page.sizes)}
    start = places.get(headline, 0)
    own = (a for a in links if places[a] > start and not _is_around(a) and _is_subject(text_of(a)))
    first = next(own, None)
    if first is None:
        return []
    box = _box(first)
    return [text_of(first), *(text_of(a) for a in islice(own, _MOST) if box is not None and _box(a) is box)]


def _box(link: html.HtmlElement) -> html.HtmlElement | None:
    """What holds the links of one group: each may stand in an item of its own."""
    holder = link.getparent()
    while holder is not None and len(holder) == 1 and holder.tag in ("li", "span", "div", "p", "b", "strong"):
        holder = holder.getparent()
    return holder


def _is_subject_page(href: str) -> bool:
    return not href.startswith("mailto:") and _SUBJECT_PAGE.search(href) is not None


def _is_subject(text: str) -> bool:
    return bool(key(text)) and len(text) <= _LETTERS and len(text.split()) <= _WORDS


def _is_around(link: html.HtmlElement) -> bool:
    """Whether a link stands in the page's frame, or in a box of subjects of the whole site."""
    for ancestor in link.iterancestors():
        classes = ancestor.get("class")
        if ancestor.tag in ("article", "main", "body"):
            break
        if classes and not _AROUND.isdisjoint(word.lower() for word in _WORD.findall(classes[:200])):
            return True
    return in_frame(link)


def _labelled(page: Page, headline: html.HtmlElement | None) -> list[str]:
    """The subjects in "Tags: water, rivers" on a line behind the headline."""
    inside = set(headline.iter()) if headline is not None else set()
    start = next((n for n, block in enumerate(page.blocks) if block.element in inside), 0)
    for block in page.blocks[start:]:
        words = labelled_subjects(block.text) if block.place not in ("frame", "caption") else None
        if words is None:
            continue
        links = [text_of(a) for a in islice(block.element.iter("a"), _MOST)]
        found = [text for text in links or map(even, _COMMA.split(words)) if _is_subject(text)]
        if found:
            return found
    return []
