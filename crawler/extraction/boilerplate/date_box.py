"""The box by the headline that tells when an article was published, and the fields of its form beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import islice

from crawler.extraction.boilerplate.facts import FACTS, is_short_fact, tells_when
from crawler.extraction.dates import read_dates
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import LABEL
from crawler.extraction.lines.datelines import ends_like_sentence
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.text_blocks import STOPS, Block
from crawler.extraction.words import vocabulary

_LISTS = frozenset("ul ol dl table".split())
_META = re.compile(r"(?:^|[\s_-])(?:meta|metadata|byline|dateline)(?:$|[\s_-])", re.IGNORECASE)
_META_BOXES = 2
_JOINTS = 0.65  # share of such a sentence that is none of the words of fields: "Written by", "Posted in"
_LABELS = vocabulary("published", "updated", "document_dates")
_BETWEEN_NAMES = re.compile(r"\s*[|•·;,()]\s*|\s+[-–—/]\s+|[:：]\s*")
_BRACKETS = ("(", "（", "[")
_NAMES, _NAME_WORDS, _NAME = 6, 4, 40  # in a row with a day; words and letters of each
_FIRST = 3  # lines of a text among which such sentences stand, and letters of the words of a field


def in_date_box(draft: Draft) -> set[int]:
    """The short lines in the box that tells when it was published, by the headline: the office, the time that reading
    takes. What may be a standfirst is asked for later."""
    blocks, tree, start = draft.blocks, draft.page.tree, draft.start
    prose = [n for n in range(start, len(blocks)) if draft.prose[n] and blocks[n].place == "body"]
    prose = [n for n in prose if not tells_when(draft, n)]
    if not start or not prose:
        return set()
    taken = sorted({blocks[start - 1].node, *(blocks[n].node for n in prose)})  # what no such box holds
    lines = sorted(range(start, len(blocks)), key=lambda m: blocks[m].node)
    nodes = [blocks[m].node for m in lines]
    alike = cache(lambda holder, kind: _rows_alike(draft, holder, kind, range(start, prose[0])))
    found: set[int] = set()
    for n in range(start, prose[min(1, len(prose) - 1)]):
        if n - 1 > prose[0] and blocks[n - 1].place == "heading":
            continue  # the day of what a section of the text is about
        if n in found or not (tells_when(draft, n) or (n < prose[0] and _is_of_meta(draft, n))):
            continue
        box = at = blocks[n].node
        while (at := tree.parents[at]) > 0 and bisect_left(taken, at) == bisect_left(taken, tree.ends[at]):
            box = at
        inside = lines[bisect_left(nodes, box) : bisect_left(nodes, tree.ends[box])]
        if len(inside) > FACTS or any(blocks[m].size > LABEL or blocks[m].place == "heading" for m in inside):
            continue
        if any(is_deadline(draft, m, prose[0]) for m in inside):  # of a few lines: the words of many cost much
            continue
        is_list = any(tree.tags[at] in _LISTS for at in (box, tree.parents[box]))
        is_alone = not is_list and sum(tells_when(draft, m) for m in inside) == 1
        if n < prose[0] or (is_alone and _tells_own_day(draft, n)):
            found.update(inside)
            found |= alike(tree.parents[box], _kind(draft, box)) if n < prose[0] else set()
    return found


def is_deadline(draft: Draft, n: int, opening: int) -> bool:
    """Whether a line in the element that holds the first sentence, of number `opening`, tells a deadline or the day of
    an event: tenders and vacancies begin with such lines, and the box of the date stands outside the text."""
    homes = draft.layout.homes
    return homes[n] == homes[opening] and vocabulary("event_dates").opening(draft.blocks[n].text) is not None


def _tells_own_day(draft: Draft, n: int) -> bool:
    """Whether a line behind the first sentence tells the day of the article, or one behind a label for such, or signs
    a post quoted from elsewhere. Another day, or an hour, is of what the text is about: a deadline, a programme."""
    if not tells_when(draft, n):
        return False
    line, is_quoted = draft.blocks[n].text, draft.layout.quotes[draft.blocks[n].node] >= 0
    return is_quoted or _has_own_day(draft, line, [date.raw for date in read_dates(line, draft.page.any_dates)])


def _has_own_day(draft: Draft, line: str, days: list[str]) -> bool:
    return not draft.shown.isdisjoint(map(key, days)) or _LABELS.opening(line) is not None


def field_sentences(draft: Draft) -> set[int]:
    """Lines right behind the headline that say little else than the day and other fields."""
    return {n for n in draft.text[:_FIRST] if n < draft.start + FACTS and says_day_and_fields(draft, n)}


def says_day_and_fields(draft: Draft, n: int) -> bool:
    """Whether a line says little else than the day and other fields, as themes write them: "Written by Anna Ivanova on
    1 March. Posted in News", "8 March 2026 Administrator 45 views"."""
    block = draft.blocks[n]
    if block.size > 2 * LABEL or not any(map(str.isdigit, block.text)):
        return False
    days = [date.raw for date in read_dates(block.text, draft.page.any_dates)]
    return bool(days) and (
        _is_signed(draft, block, days) or _is_counted(block.text, days[0]) or _is_row(draft, block.text, days)
    )


def _is_row(draft: Draft, line: str, days: list[str]) -> bool:
    """Whether a line has the day of the article, or one behind a label, and else short names beside it: places,
    offices, the kind of text. "Ministry of Health | 14 October 2026 | Statement"."""
    if not _has_own_day(draft, line, days):
        return False
    if ends_like_sentence(line) or line.startswith(_BRACKETS):
        return False  # what stands in brackets under the title of an act tells who adopted it
    for day in days:
        if line.partition(day)[2].lstrip()[:1] in (":", "："):
            return False  # the heading of what happened on it
        line = line.replace(day, "|", 1)
    names = [name for name in _BETWEEN_NAMES.split(line) if any(map(str.isalpha, name))]
    return len(names) <= _NAMES and all(len(name.split()) <= _NAME_WORDS and len(name) <= _NAME for name in names)


def _is_signed(draft: Draft, block: Block, days: list[str]) -> bool:
    """Whether a line begins as a byline, and days, names and the words of other fields are much of it."""
    left = block.key
    for words in (*map(key, days), *draft.names, *(words for words in draft.shown if len(words) > _FIRST)):
        left = left.replace(words, "", 1)
    return len(left) <= _JOINTS * len(block.key) and vocabulary("written_by", "by").opening(block.text) is not None


def _is_counted(line: str, day: str) -> bool:
    """Whether a line begins with its day, and tells how often the page was read."""
    return line.startswith(day) and not line.endswith(STOPS) and vocabulary("views").find(line) is not None


def _rows_alike(draft: Draft, holder: int, kind: tuple[str, str], near: range) -> set[int]:
    """The short lines of the boxes of one tag and first class in an element: fields of one form, a label and a value
    each."""
    tree, blocks = draft.page.tree, draft.blocks
    found: set[int] = set()
    for n in near if kind[1] else ():
        at = blocks[n].node
        while tree.parents[at] > holder:
            at = tree.parents[at]
        if tree.parents[at] == holder and _kind(draft, at) == kind and is_short_fact(draft, n):
            found.add(n)
    return found


def _kind(draft: Draft, node: int) -> tuple[str, str]:
    """An element's tag and the first of its classes; the others say how it is set."""
    tree = draft.page.tree
    return tree.tags[node], next(iter(tree.classes[node].split()), "")


def _is_of_meta(draft: Draft, n: int) -> bool:
    """Whether the class of a line, or of a box around it, is what content systems call the facts about an article."""
    tree, at = draft.page.tree, draft.blocks[n].node
    classes = [tree.elements[node].get("class") or "" for node in (at, *islice(tree.around(at), _META_BOXES))]
    return any(_META.search(names) for names in classes)
