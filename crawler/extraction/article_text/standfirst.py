"""The standfirst: the sentence or two between headline and body that every tool tends to lose.

It is looked for in two ways that do not depend on a site: a line between the headline and the first line of the body
that reads like prose; and a line of the page that says what the page's own description says."""

from __future__ import annotations

import re
from collections import Counter

from crawler.extraction.boilerplate.date_box import says_day_and_fields
from crawler.extraction.dates import read_dates
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.lines.calls_to_action import is_closing
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import SENTENCE_ENDS, even, key, length, word_count
from crawler.extraction.markup.text_blocks import Block, outside_lists, places_of
from crawler.extraction.page.page import Page
from crawler.extraction.page.shown_headline import TITLED
from crawler.extraction.structured.jsonld import strings

_MIN, _MAX = 30, 900  # characters
_SENTENCE = re.compile(r"\)\s*$|\w+\s+\w+\s+\w+\s+\w+\s+\w+\s+\w+")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|lead|leader|lede|leadin|leadtext|intro|introtext|introduction|ingress|preamble|perex|anons|anonce|"
    r"chapo|chapeau|accroche|sapo|manchet|vorspann|teaser-text|abstract|ozet|spot|bevezeto|sommario|occhiello|entradilla|"
    r"bajada|copete|bajante|gravata|linha-fina|linhafina|olho|zajawka|lid|deck|dek|sub-?title|sub-?head(?:ing|line)?|"
    r"sous-?titre|untertitel|unterzeile|sottotitolo|subt[ií]tulo|podnaslov|podtitul|podtytu[lł]|underrubrik|undertittel)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONG = 50  # characters of a line that is one without a full stop at its end
_FULL_STOPS = (".", "!", "…", "。", "।", "۔", "።", "։", "။", "។")
_POINT = 4  # words of a point of a list over a text
_NAME = 8  # letters of a name that says who is meant
_TOGETHER = 0.6  # share of a text's lines that stand in one place
_NEAR = 30  # lines behind the headline among which it stands


def description(page: Page) -> str | None:
    """What the page says it is about, in data for machines."""
    texts = strings(page.article.get("description")) if page.article else []
    text = page.first_meta("og:description", "description", "twitter:description") or next(iter(texts), None)
    return even(text) or None


def find_standfirst(draft: Draft) -> list[int]:
    """The lines of the standfirst that the page shows and the text lacks, in order; often none."""
    page, blocks, text, start = draft.page, draft.blocks, set(draft.text), draft.start
    if not start or not text:
        return []
    have = {blocks[n].key for n in text}
    first = next((n for n in range(start, len(blocks)) if n in text and blocks[n].size >= _MIN), None)
    about = key(description(page) or "")
    found = [n for n in _subtitle(blocks, start, page) if n not in text and blocks[n].key not in have | draft.shown]
    told: list[int] = []
    for n in range(start, min(first if first is not None else start + 12, start + _NEAR, len(blocks))):
        block = blocks[n]
        if n in text or block.key in have or n in found:
            continue
        if not _may_be(block, draft.shown) or says_day_and_fields(draft, n) or _tells_of_author(draft, n):
            found += [n] if _is_short_subtitle(draft, n) else []
            continue
        if _says(block.key, about):
            told.append(n)
            found.append(n)
        elif (
            block.place in ("body", "heading")
            and not _is_apart(block)
            and (_is_prose(block, page) or _is_short_subtitle(draft, n))
        ):
            found.append(n)
    if told:  # then others are notices, captions and boxes, save what stands beside it or beside the text
        around = {blocks[n].element.getparent() for n in (*told, *([first] if first is not None else []))}
        found = [n for n in found if n in told or blocks[n].element.getparent() in around]
    return found if sum(len(blocks[n].text) for n in found) <= _MAX else found[:1]


def lead(draft: Draft) -> str | None:
    """The first of the text's lines, where the page sets it apart from the others, which stand together."""
    blocks = draft.blocks
    if len(draft.text) < 2 or not _MIN <= blocks[draft.text[0]].size <= _MAX:
        return None
    if _is_named(draft, draft.text[0]):
        return blocks[draft.text[0]].text
    places: Counter[object] = Counter()
    others = [n for n in draft.text[1:] if blocks[n].size >= _MIN]
    for n in others:
        places.update(set(places_of(outside_lists(blocks[n].element))))
    if not others or any(place in places for place in places_of(outside_lists(blocks[draft.text[0]].element))):
        return None
    return blocks[draft.text[0]].text if max(places.values(), default=0) > _TOGETHER * len(others) else None


def find_points(draft: Draft) -> list[int]:
    """The items of a list without links between headline and text, in order: what press offices set over a release as
    its points. None where one of them is a label, a day or a word or two."""
    start, first = draft.start, draft.text[0] if draft.text else 0
    if not start < first <= start + _NEAR:
        return []
    lists = [places for places in draft.layout.entries.values() if start <= places[0] and places[-1] < first]
    return [n for places in lists if len(places) > 1 and all(_is_point(draft, n) for n in places) for n in places]


def _is_point(draft: Draft, n: int) -> bool:
    block = draft.blocks[n]
    told = word_count(block.text) >= _POINT and block.size <= _MAX and not block.links
    return told and not is_label(block.text, draft.shown) and not read_dates(block.text, draft.page.any_dates)


def _is_named(draft: Draft, n: int) -> bool:
    """Whether the class of a line, or of the box that holds it alone, is a name that style sheets and content systems
    give to a standfirst."""
    tree, at = draft.page.tree, draft.blocks[n].node
    boxes = [at] + [tree.parents[at]] * (tree.sizes[tree.parents[at]] == tree.sizes[at])
    return any(_NAMES.search(tree.classes[box]) for box in boxes if box > 0)


def _tells_of_author(draft: Draft, n: int) -> bool:
    """Whether a line begins with an author's name: who that is, in a card by the headline."""
    words = draft.blocks[n].key
    return any(len(name) >= _NAME and words.startswith(name) for name in draft.names)


def _is_short_subtitle(draft: Draft, n: int) -> bool:
    """Whether a line of a few words without a full stop is a standfirst by its class."""
    block = draft.blocks[n]
    is_line = block.place in ("body", "heading") and block.size <= _LONG and not block.links
    is_named = is_line and word_count(block.text) >= _POINT and _is_named(draft, n) and not _is_apart(block)
    told = is_named and (is_label(block.text, draft.shown) or is_closing(block.text))
    return is_named and not told and not read_dates(block.text, draft.page.any_dates)


def _subtitle(blocks: list[Block], start: int, page: Page) -> list[int]:
    """The lines of a lower heading right behind the headline that stands over no text of its own."""
    first = blocks[start] if start < len(blocks) else None
    if first is None or first.place != "heading" or first.size < _MIN or first.links > 0.3 or _is_apart(first):
        return []
    end = next((n for n in range(start, len(blocks)) if blocks[n].element is not first.element), len(blocks))
    follows = blocks[end] if end < len(blocks) else None
    if follows is None or follows.place == "heading" or (follows.place == "body" and _is_prose(follows, page)):
        return []
    return [] if read_dates(first.text, page.any_dates) else list(range(start, end))


def _may_be(block: Block, shown: set[str]) -> bool:
    return (
        _MIN <= block.size <= _MAX
        and block.links < 0.3
        and block.place not in ("frame", "caption", "side")
        and not is_label(block.text, shown)
        and not is_closing(block.text)
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
    dates = read_dates(block.text, page.any_dates)
    return not (dates and (block.size < 90 or is_dateline(block.text, page.zone)))
