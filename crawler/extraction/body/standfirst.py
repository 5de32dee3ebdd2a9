"""The standfirst: the sentence or two between headline and body that every tool tends to lose.

It is looked for in two ways that do not depend on a site: a line between the headline and the first line of the body
that reads like prose; and a line of the page that says what the page's own description says."""

from __future__ import annotations

import re
from collections import Counter

from lxml import html

from crawler.extraction.dates import read_dates
from crawler.extraction.lines.boilerplate_phrases import is_dateline, is_label
from crawler.extraction.markup.dom import SENTENCE_ENDS, even, key, length, word_count
from crawler.extraction.markup.text_blocks import Block, behind, outside_lists, places_of
from crawler.extraction.page.page import TITLED, Page
from crawler.extraction.structured.jsonld import strings

_MIN, _MAX = 30, 900  # characters
_SENTENCE = re.compile(r"\)\s*$|\w+\s+\w+\s+\w+\s+\w+\s+\w+\s+\w+")
_LONG = 50  # characters of a line that is one without a full stop at its end
_FULL_STOPS = (".", "!", "…", "。", "।", "۔", "።", "։", "။", "។")
_TOGETHER = 0.6  # share of a text's lines that stand in one place
_NEAR = 30  # lines behind the headline among which it stands


def description(page: Page) -> str | None:
    """What the page says it is about, in data for machines."""
    texts = strings(page.article.get("description")) if page.article else []
    text = page.first_meta("og:description", "description", "twitter:description") or next(iter(texts), None)
    return even(text) or None


def find_standfirst(
    page: Page, blocks: list[Block], headline: html.HtmlElement | None, lines: list[str], shown: set[str]
) -> list[str]:
    """The lines of the standfirst that the page shows and `lines` lacks, in order; often none."""
    if headline is None or not lines:
        return []
    start = behind(blocks, headline)
    if start is None:
        return []
    have = {key(line) for line in lines}
    first = next((i for i in range(start, len(blocks)) if blocks[i].key in have and blocks[i].size >= _MIN), None)
    about = key(description(page) or "")
    found = [block for block in _subtitle(blocks, start, page) if block.key not in have | shown]
    told: list[Block] = []
    for block in blocks[start : min(first if first is not None else start + 12, start + _NEAR)]:
        if block.key in have or not _may_be(block, shown) or block in found:
            continue
        if _says(block.key, about):
            told.append(block)
            found.append(block)
        elif block.place in ("body", "heading") and not _is_apart(block) and _is_prose(block, page):
            found.append(block)
    if told:  # then others are notices, captions and boxes, save what stands beside it or beside the text
        around = {b.element.getparent() for b in (*told, *([blocks[first]] if first is not None else []))}
        found = [b for b in found if b in told or b.element.getparent() in around]
    texts = [block.text for block in found]
    return texts if sum(map(len, texts)) <= _MAX else texts[:1]


def lead(blocks: list[Block], lines: list[str]) -> str | None:
    """The first of the text's lines, where the page sets it apart from the others, which stand together."""
    if len(lines) < 2 or not _MIN <= length(lines[0]) <= _MAX:
        return None
    its = {b.key: outside_lists(b.element) for b in reversed(blocks) if b.place in ("body", "heading")}
    first = its.get(key(lines[0]))
    others = [e for line in lines[1:] if length(line) >= _MIN and (e := its.get(key(line))) is not None]
    if first is None or not others:
        return None
    places = Counter(place for element in others for place in set(places_of(element)))
    if any(place in places for place in places_of(first)):
        return None
    return lines[0] if max(places.values(), default=0) > _TOGETHER * len(others) else None


def _subtitle(blocks: list[Block], start: int, page: Page) -> list[Block]:
    """The lines of a lower heading right behind the headline that stands over no text of its own."""
    first = blocks[start] if start < len(blocks) else None
    if first is None or first.place != "heading" or first.size < _MIN or first.links > 0.3 or _is_apart(first):
        return []
    end = next((n for n in range(start, len(blocks)) if blocks[n].element is not first.element), len(blocks))
    follows = blocks[end] if end < len(blocks) else None
    if follows is None or follows.place == "heading" or (follows.place == "body" and _is_prose(follows, page)):
        return []
    return [] if read_dates(first.text, page.dates) else blocks[start:end]


def _may_be(block: Block, shown: set[str]) -> bool:
    return (
        _MIN <= block.size <= _MAX
        and block.links < 0.3
        and block.place not in ("frame", "caption", "side")
        and not is_label(block.text, shown)
    )


def _is_apart(block: Block) -> bool:
    """True for a heading that calls itself a headline, and for what readers must unfold to see."""
    if block.place == "heading" and TITLED.search(block.element.get("class") or ""):
        return True
    return any(ancestor.tag == "details" for ancestor in block.element.iterancestors())


def _says(words: str, about: str) -> bool:
    if length(words) < 20 or length(about) < 20:
        return False
    short, long = sorted((words, about.rstrip(".…")), key=len)
    return short[:60] == long[:60] or short in long


def _is_prose(block: Block, page: Page) -> bool:
    """True for a line of words: long enough for a sentence, and not a line about time, people or files."""
    if block.size < (_MIN if block.text.endswith(_FULL_STOPS) else _LONG) or not (
        _SENTENCE.search(block.text) or block.text.endswith(SENTENCE_ENDS) or word_count(block.text) >= 6
    ):
        return False
    dates = read_dates(block.text, page.dates)
    return not (dates and (block.size < 90 or is_dateline(block.text, page.zone, page.captured)))
