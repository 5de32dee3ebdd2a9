"""The kind of text that a page calls its article in words with more beside them: a kicker with number and sender
("Press release No. 61/2026", "Pressmeddelande från ..."), or a part of <title> ("Headline | Press releases | Site")."""

from __future__ import annotations

import re

from lxml import html

from crawler.extraction.dates import read_dates
from crawler.extraction.fields.section_badges import KINDS, SECTIONS
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import SENTENCE_ENDS, key
from crawler.extraction.markup.text_blocks import behind
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.page.title_segments import parts_of
from crawler.extraction.words import vocabulary

_PUBLISHED = vocabulary("published")
_LINES = (3, 3)  # lines in front of and behind the headline
_LONGEST = 120  # characters of a kicker
_LINKED = 0.5  # share of a line in links that leads elsewhere
# "Nr. 061/2026", "№ 12", "12/26-a", and what sets it off
_NUMBER = re.compile(r"\W{0,4}(?:[^\W\d]{1,6}\W{0,3})?\d[\w./-]{0,20}[\s|,·•–—-]*")
# "from the Department", "des Ministeriums": a short word in small letters, then a name
_SENDER = re.compile(r"\s+(?:[^\W\d_]{1,6}\s+){1,3}\S")
_NUMBER_WORD = re.compile(r"\s+(?:no|number|id)$", re.IGNORECASE)


def kind_in_kicker(page: Page, headline: html.HtmlElement | None) -> str | None:
    """The kind at the beginning of a line by the headline that goes on with a number, a sender, or the day."""
    start = behind(page.blocks, headline) if headline is not None else None
    if start is None:
        return None
    blocks = page.blocks
    near = [*range(start - 2, max(-1, start - 2 - _LINES[0]), -1), *range(start, min(len(blocks), start + _LINES[1]))]
    for n in near:
        block = blocks[n]
        if n >= start and block.is_prose:
            return None  # the text begins
        if block.size > _LONGEST or block.links > _LINKED or block.place not in ("body", "heading", "caption"):
            continue
        if (kind := kind_alone(block.text, page)) and not in_frame(block.element):
            return kind
    return None


def kind_alone(words: str, page: Page) -> str | None:
    """The kind of text that words begin with, without number, sender and day; None where they are something else."""
    end = KINDS.opening(words)
    if end is None or not _goes_on(words[end:], page):
        return None
    return _NUMBER_WORD.sub("", words[:end]).strip(" :,|–—-")


def _goes_on(rest: str, page: Page) -> bool:
    """Whether words behind a kind of text are its number, its day, or who sends it."""
    if not key(rest) or rest.endswith(SENTENCE_ENDS) or _PUBLISHED.opening(rest) is not None:
        return False  # a labelled day is another field of the row
    numbered = _NUMBER.match(rest)
    behind_number = rest[numbered.end() :] if numbered else rest.lstrip(" |,·•–—-:")
    if numbered and not key(behind_number):
        return True
    if is_dateline(behind_number, page.zone) or (numbered and read_dates(behind_number, page.any_dates)):
        return True
    sender = _SENDER.match(rest)
    return sender is not None and sender[0][:-1].islower() and sender[0][-1].isupper()


def kind_in_title(page: Page, title: str) -> str | None:
    """The name of a section of news between a headline and the name of the site in <title>."""
    whole = page.doc_title
    rest = whole.removeprefix(title) if whole.startswith(title) else whole.removesuffix(title)
    parts = [part for part in parts_of(rest) if key(part)]
    if rest == whole or len(parts) < len(("section", "site")):
        return None
    return next((part for part in parts if SECTIONS.is_whole(part)), None)
