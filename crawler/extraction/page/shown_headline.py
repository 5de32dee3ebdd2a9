"""Where a page shows its headline: the heading or line with the words of a title, and what stands apart from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html

from crawler.extraction.markup.dom import BLOCKS, key, length
from crawler.extraction.page.frame import in_frame

if TYPE_CHECKING:
    from crawler.extraction.page.page import Page

_ARTICLE = 500  # characters of words that an article holds, and the mere head of one does not
_HEADLINE = 15  # characters of the shortest line that is taken for a headline without being a heading
TITLED = re.compile(
    r"(?:^|[\s_-])(?i:(?:news|post|article|content|entry)?(?:title|headline|heading))(?:$|[\s_-])|"
    r"[a-z](?:Title|Headline|Heading)(?:$|[\s_-])"
)
_LONGEST = 250  # and of the longest
# The elements that can show a headline without being a heading, and those of them that set it in bold letters.
_LINES = frozenset("b strong font div p span td th caption legend dt center h5 h6".split())
_BOLD = frozenset("b strong h5 h6".split())
_LISTED = frozenset("li a ul ol".split())


def headline_element(page: Page, title: str) -> html.HtmlElement | None:
    """The element that shows the headline: the smallest heading whose words are the title's, or contain them."""
    wanted = key(title)
    if not wanted:
        return None
    same, holds = None, None
    for element in page.tagged("h1", "h2", "h3", "h4"):
        words = key(page.text_of(element))
        if words == wanted and (same is None or (element.tag == "h1" and same.tag != "h1")):
            same = element  # the main heading, though a menu that teases the article stands above it
            if element.tag == "h1":
                break
        if wanted in words and len(words) < 2 * len(wanted) + 20 and holds is None:
            holds = element
    found = same if same is not None else holds
    if found is None:  # the kicker in front of it stands in a place of its own
        found = next((h for h, t in page.headings if length(key(t)) >= 12 and wanted.endswith(key(t))), None)
    if found is None:
        found = next((e for e, text in page.bold_lines if key(text) == wanted), None)
    if found is None:  # where the main heading names the site or section
        found = line_saying(page, title)
    if found is None:  # data for machines may word it otherwise than the page does
        found = next((h for h, _ in page.headings if h.tag == "h1" and not in_frame(h)), None)
    return found


def other_articles(page: Page, headline: html.HtmlElement | None) -> frozenset[html.HtmlElement]:
    """The <article> elements of further items with a main heading each, which some sites load below their article;
    none where the headline stands in no <article>."""
    own = next(headline.iterancestors("article"), None) if headline is not None else None
    if own is None or page.sizes.get(own, 0) < _ARTICLE:
        return frozenset()
    chain = {own, *own.iterancestors()}
    found = (next(h.iterancestors("article"), None) for h in page.tagged("h1"))
    return frozenset(e for e in found if e is not None and e not in chain and own not in e.iterancestors("article"))


def line_saying(page: Page, words: str) -> html.HtmlElement | None:
    """The smallest element outside lists, links and frames whose words are these and nothing else."""
    wanted, limit = key(words), len(words) + 20
    least = len(wanted) / 3  # folding case may add letters
    for number, size in enumerate(page.tree.sizes):
        if not size or not least <= size <= limit or page.tree.tags[number] not in _LINES:
            continue
        element = page.tree.elements[number]
        if key(page.short_text(element, limit)) == wanted and not in_frame(element) and _fills_line(element):
            inner = (e for e in element.iterdescendants() if key(page.short_text(e, limit)) == wanted)
            return next((e for e in inner if e.tag in BLOCKS), element)
    return None


def bold_lines(page: Page) -> list[tuple[html.HtmlElement, str]]:
    """Lines that are bold, or marked as a title by a word of their class, outside lists, links and frames: how
    pages without headings show their headline."""
    found, tree = [], page.tree
    for number, (size, tag) in enumerate(zip(tree.sizes, tree.tags, strict=True)):
        if not 0 < size <= _LONGEST or tag not in _LINES:
            continue
        if tag not in _BOLD and not _is_titled(f"{tree.classes[number]} {tree.get(number, 'id')}"):
            continue
        element = tree.elements[number]
        text = page.short_text(element, _LONGEST)
        if length(text) >= _HEADLINE and not in_frame(element) and _fills_line(element):
            found.append((element, text))
    return found[:10]


def _is_titled(names: str) -> bool:
    """Whether a word of an element's names marks it as a title: most have the letters of none."""
    small = names.lower()
    return ("title" in small or "head" in small) and TITLED.search(names) is not None


def _fills_line(element: html.HtmlElement) -> bool:
    """Whether nothing stands on an element's line beside it, and it is no part of a list or link."""
    parent, behind = element.getparent(), element.getnext()
    if parent is None or any(ancestor.tag in _LISTED for ancestor in element.iterancestors()):
        return False
    if element.tag in BLOCKS:
        return True
    before = element.getprevious()
    lead = parent.text if before is None else before.tail
    alone = before is None or before.tag in BLOCKS or before.tag == "br"
    ends = behind is None or behind.tag in BLOCKS or behind.tag == "br"
    return alone and ends and not key(lead or "") and not key(element.tail or "")
