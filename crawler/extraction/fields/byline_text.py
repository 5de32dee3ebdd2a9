"""Who wrote an article by a line that says so: a label, an office behind a name, the word for "by", a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.extraction.fields.byline_markup import is_beside_headline, segments
from crawler.extraction.lines.boilerplate_phrases import ends_article
from crawler.extraction.lines.person_names import (
    is_label_alone,
    is_plain_signature,
    labelled_names,
    names_in,
    shown_names,
    signature,
    signed_name,
)
from crawler.extraction.markup.dom import even, text_of
from crawler.extraction.markup.text_blocks import Block, behind
from crawler.extraction.page.page import Page
from crawler.extraction.words.vocabulary import vocabulary

_LINE = 120  # characters of a line that tells who wrote the text
_NEAR = 14  # lines behind the headline in which "By Anna Ivanova" is looked for
_LAST = 3  # and lines at the end of the page's text
_INLINE = frozenset("span em i b strong a small".split())
_LABEL = 30  # characters of the word for "author"
_SMALL_HEADINGS = frozenset("az kaa kk ky tg tk uz".split())
_MOST = 8  # inline elements of a line that are looked at
_LABELS = vocabulary(
    "author", "writers", "source", "editor", "published", "updated", "photo", "views", "category_label"
)
_AUTHOR = vocabulary("author", "writers", "written_by")
_WRITTEN = vocabulary("written_by")
_BYLINE = 80  # characters of a byline that stands inside a text
_OVER = 2  # lines above the headline that may hold date and author
_LABELLED = 2  # labels of a line of several fields
_COLON = re.compile("[:：]")
_MAY_TELL = re.compile("[:：기자記者]")


def line_names(page: Page, headline: html.HtmlElement | None, blocks: list[Block]) -> tuple[str, ...]:
    """The names in a line that says who wrote the text: by a label, an office or a signature at the right; or by the
    word for "by", right behind the headline or at the very end."""
    own = _own_lines(headline, blocks)
    label = False
    for number, block in enumerate(own):
        if len(block.text) > _LINE:
            label = False
            continue
        if names := shown_names(block.text) if label else _behind_label(block, page):
            return names_in(names)
        label = _is_label(block)
        at_end = number < _NEAR or number >= len(own) - _LAST
        at_end = at_end or _begins_byline(block.text)
        if not at_end and not _MAY_TELL.search(block.text):
            continue
        told = next(filter(None, (_told(part, at_end=at_end) for part in _parts_of(block, page))), [])
        if (
            not told
            and number
            and _may_sign(
                block, at_end=at_end, is_last=number >= len(own) - _LAST, language=page.root.get("lang") or ""
            )
        ):
            told = signature(block.text)
        if told and not is_beside_headline(block.element, headline, page):
            return names_in(told)
    return _above(page, headline, blocks)


def _above(page: Page, headline: html.HtmlElement | None, blocks: list[Block]) -> tuple[str, ...]:
    """The names in a line with a date right above the headline: "Published 7 August 2026 by Anna Ivanova"."""
    start = behind(blocks, headline) if headline is not None else None
    for block in blocks[max(0, start - 1 - _OVER) : start - 1] if start else ():
        parts = segments(block.text, page) if len(block.text) <= _LINE and block.place == "body" else []
        if parts and parts != [block.text] and (told := next(filter(None, map(labelled_names, parts)), None)):
            return names_in(told)
    return ()


def _begins_byline(line: str) -> bool:
    """Whether a short line begins with "written by" or its like, wherever it stands in the text."""
    if len(line) > _BYLINE or (end := _WRITTEN.opening(line)) is None:
        return False
    return " " in line[:end].strip()


def _told(words: str, *, at_end: bool) -> list[str]:
    signed = signed_name(words)
    return [signed] if signed else labelled_names(words) if at_end or _COLON.search(words) else []


def _parts_of(block: Block, page: Page) -> Iterator[str]:
    """A line; its parts between bars and dates; and the words of its inline elements: rows of date, source, author."""
    yield from _labelled_parts(block.text)
    yield block.text
    parts = segments(block.text, page)
    if len(parts) > 1 or (parts and parts[0] != block.text):
        yield from parts
    for element in islice(block.element, _MOST):
        if element.tag in _INLINE and (text := page.short_text(element, _LINE)):
            yield text


def _labelled_parts(line: str) -> list[str]:
    """The parts of a line with several labels that say who wrote it: "Source: River Daily Author: An Li Editor: ...";
    nothing for a line with one label."""
    starts = [start for start, end in _LABELS.spans(line) if line[end : end + 1] in (":", "：")]
    if len(starts) < _LABELLED:
        return []
    parts = [line[start:end].strip(" |·,;　") for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
    return [part for part in parts if _AUTHOR.opening(part) is not None]


def _may_sign(block: Block, *, at_end: bool, is_last: bool, language: str) -> bool:
    """Whether a line stands where names sign a text: at the right; or in bold or italics at its end, where capital
    letters tell names, as in languages that begin no other words of a heading with them."""
    if at_end and _is_at_right(block.element):
        return True
    only = block.element[0] if is_last and len(block.element) == 1 else None
    is_set_off = only is not None and only.tag in ("b", "strong", "em", "i") and even(text_of(only)) == block.text
    return is_set_off and (is_plain_signature(block.text) or language.lower().split("-")[0] in _SMALL_HEADINGS)


def _is_at_right(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").lower().split()
    return "text-align:right" in style or (element.get("align") or "").lower() == "right" or "text-right" in classes


def _behind_label(block: Block, page: Page) -> list[str]:
    """The names behind a label that an element of its own sets off: "<b>Author</b> Anna Ivanova"."""
    first = next(iter(block.element), None)
    if first is None or not 0 < page.sizes.get(first, 0) <= _LABEL:
        return []
    if even(block.element.text) or not is_label_alone(text_of(first)):
        return []
    return shown_names(block.text.removeprefix(text_of(first)))


def _is_label(block: Block) -> bool:
    """Whether a line is a label for who wrote the text; one that is a link is an entry of a list of contents."""
    return not block.links and is_label_alone(block.text)


def _own_lines(headline: html.HtmlElement | None, blocks: list[Block]) -> list[Block]:
    """The lines behind the headline up to the label over other items, without captions and menus."""
    inside = set(headline.iter()) if headline is not None else set()
    start = next((n + 1 for n, block in enumerate(blocks) if block.element in inside), 0)
    end = next((n for n in range(start, len(blocks)) if ends_article(blocks[n].text)), len(blocks))
    own = blocks[start:end]
    labelled = map(_is_label, own[:-1])  # a box in the margin is the article's by its label
    shown = [False, *labelled]
    return [
        block
        for n, block in enumerate(own)
        if block.place not in ("frame", "caption") or shown[n] or (n + 1 < len(own) and shown[n + 1])
    ]
