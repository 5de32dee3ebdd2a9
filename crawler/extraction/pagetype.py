"""What a page is, before anything is taken from it: an article, or one of the things that only look like one."""

from __future__ import annotations

import re

from lxml import html

from crawler.extraction.blocks import Block
from crawler.extraction.labels import ends_article
from crawler.extraction.page import Page
from crawler.extraction.tree import key, word_count
from crawler.model import Reason, Rejection

_NOT_FOUND = re.compile(
    r"^\W*(?:(?:error|ошибка|xato\w*|хато\w*|қате|ката)?\W*(?:404|410)\b.*|"
    r"(?:the )?(?:page|document|news|article)\s+(?:was |is )?(?:not found|does(?: not|n't) exist).*|not found|"
    r"(?:страница|документ|новость|материал)\s+(?:не\s+найден\w*|не существует|удал[её]н\w*).*|"
    r"(?:sahifa|hujjat|xabar)\s+topilmadi.*|(?:саҳифа|ҳужжат|хабар)\s+топилмади.*|бет табылмады.*|барак табылган жок.*)\W*$",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|verify you are (?:a )?human|are you a robot|"
    r"access denied|ddos[- ]guard|доступ (?:запрещ[её]н|ограничен)|проверка браузера|один момент",
    re.IGNORECASE,
)
_FEW = 600  # characters of running text under which a strange title decides
_PARAGRAPH = 80  # characters
_NOTICE = 200  # characters under a headline that no teaser has
_NEAR = 8  # lines between a headline and its text: date, section, counters, the words of share buttons


def refuse(page: Page, blocks: list[Block], title: str | None) -> Rejection | None:
    """Why the page cannot be an article, or None. Each answer rests on what the page shows, not on its address."""
    running = sum(len(b.text) for b in blocks if b.place == "body" and b.links < 0.5 and len(b.text) >= 40)
    names = [t for t in (title, page.doc_title, *(text for _, text in page.headings[:2])) if t]
    if any(_CHALLENGE.search(name) for name in names) and running < _FEW:
        return Rejection(Reason.BLOCKED, "a page that asks whether a person is there")
    if any(_NOT_FOUND.match(name) for name in names) and running < _FEW:
        return Rejection(Reason.NO_VERSION, f"says it is not there: {names[0][:80]!r}")
    if title and key(title) in page.site_names and running < _FEW and not page.article:
        return Rejection(Reason.NO_VERSION, "its title is only the name of the site")
    if _is_listing(page, blocks, running):
        return Rejection(Reason.LISTING, "many links and hardly any text of its own")
    return None


def _is_listing(page: Page, blocks: list[Block], running: int) -> bool:
    """True for a page of links: most of its words stand in links, and it does not claim to be an article."""
    if page.article or "article:published_time" in page.meta or page.first_meta("og:type") == "article":
        return False
    main = [b for b in _own_part(page, blocks) if b.place != "frame"]
    linked = sum(len(b.text) for b in main if b.links > 0.7)
    teasers = sum(1 for b in main if b.links > 0.7 and len(b.text) >= 30)
    return teasers >= 5 and linked > 1.5 * running and not _has_long_text(blocks) and not _opens_text(page, blocks)


def _opens_text(page: Page, blocks: list[Block]) -> bool:
    """Whether enough words without links follow a line of several words that <title> begins or ends with, before any
    link to another item: a notice on a page full of links."""
    title = key(page.doc_title)
    start = next((n for n, b in enumerate(blocks) if _names(b, title)), None)
    size = 0
    for block in blocks[start + 1 : start + 1 + _NEAR] if start is not None else ():
        if block.links > 0.7 and len(block.text) >= 30:
            break
        size += len(block.text) if block.place == "body" and block.links < 0.1 else 0
    return size >= _NOTICE


def _names(block: Block, title: str) -> bool:
    """Whether a line is the headline that <title>, given by its key, tells: a link only where it is a heading."""
    words = block.key
    return (
        (block.place == "heading" or (block.place == "body" and block.links < 0.5))
        and word_count(block.text) >= 4
        and len(words) >= 12
        and (title.startswith(words) or title.endswith(words))
    )


def _has_long_text(blocks: list[Block]) -> bool:
    """Whether one element holds several paragraphs: the teasers of a listing stand each in a card of its own."""
    sizes: dict[html.HtmlElement, list[int]] = {}
    for block in blocks:
        parent = block.element.getparent()
        if block.place == "body" and block.links < 0.3 and len(block.text) >= _PARAGRAPH and parent is not None:
            sizes.setdefault(parent, []).append(len(block.text))
    return any(len(found) >= 3 and sum(found) >= _FEW for found in sizes.values())


def _own_part(page: Page, blocks: list[Block]) -> list[Block]:
    """The lines above the label over other items, where a heading that <title> begins with stands above it too: a short
    notice is often followed by more words of links than it has itself."""
    end = next((i for i, b in enumerate(blocks) if b.place != "frame" and ends_article(b.text)), None)
    if end is None or ends_article(page.doc_title):
        return blocks
    named = any(b.place == "heading" and page.names_page(b.text) for b in blocks[:end])
    return blocks[:end] if named else blocks
