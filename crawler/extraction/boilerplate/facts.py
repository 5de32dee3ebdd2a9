"""Lines that tell of the article and are none of it: the headline again, words of other fields, days of changes."""

from __future__ import annotations

import re

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from crawler.extraction.lines.boilerplate_phrases import LABEL, is_dateline, is_label
from crawler.extraction.lines.fact_lines import tells_changes
from crawler.extraction.markup.text_blocks import STOPS

_FIRST = 3  # lines among which the headline may come once more
_LISTS = frozenset("ul ol dl table".split())
_OFFICE = re.compile(r"^[^:]{2,20}:\s")  # "From: Ministry of Rivers"
_NAMED = 0.3  # share of such a line that is a link
_FACTS = 8  # lines of a list that tells of the article, not of what it is about


def repeats_headline(draft: Draft) -> set[int]:
    """Lines that hold the headline among other words, and first lines that are one with a kicker, or without."""
    title = draft.title
    near = {n for n in draft.text[: _FIRST + 1] if _is_headline(draft.blocks[n].key, draft.shown | {title})}
    return near | {n for n in draft.text if title and draft.blocks[n].key == title}


def _is_headline(line: str, repeated: set[str]) -> bool:
    """True for a first line that is a headline with a kicker in front of it, or one without its kicker."""
    return any(
        (len(text) >= 20 and line.endswith(text) and len(line) <= len(text) + 60)
        or (len(line) >= 15 and text.endswith(line))
        for text in repeated
    )


def says_fields(draft: Draft) -> set[int]:
    rows = draft.layout.rows
    return {
        n
        for n in draft.text
        if is_label(draft.blocks[n].text, draft.shown) and (rows[draft.blocks[n].node] < 0 or not _in_table(draft, n))
    }


def _in_table(draft: Draft, n: int) -> bool:
    """Whether a line is of a table of several rows: its cells are no labels of the page."""
    row, layout = draft.layout.rows[draft.blocks[n].node], draft.layout
    beside = {layout.rows[draft.blocks[m].node] for m in draft.text if abs(m - n) < 30}
    parent = draft.page.tree.parents[row]
    return any(other not in (-1, row) and draft.page.tree.parents[other] == parent for other in beside)


def facts(draft: Draft) -> set[int]:
    """The lines of short lists between the headline and the text that tell when it was published: the office, the
    section and the number of readers stand beside the date."""
    blocks = draft.blocks[draft.start :]
    first = next((n for n, b in enumerate(blocks) if b.place == "body" and b.is_prose), 0)
    lists: dict[html.HtmlElement, list[int]] = {}
    second = next((n for n, b in enumerate(blocks) if n > first and b.place == "body" and b.is_prose), first)
    for n, block in enumerate(blocks[:second]):
        if n >= first and block.element.tag not in ("dt", "dd"):
            continue
        holder = next((e for e in block.element.iterancestors() if e.tag in _LISTS), None)
        if holder is not None:
            lists.setdefault(holder, []).append(n)
    text = set(blocks[first].element.iterancestors()) if first else set()  # a table may hold the whole page
    linked = [n for n, b in enumerate(blocks[:first]) if b.links > _NAMED and b.size <= LABEL]
    found = {n for n in linked if blocks[n].element.tag in ("p", "div") and _OFFICE.match(blocks[n].text)}
    for holder, its in lists.items():
        if holder in text or len(its) > _FACTS or any(blocks[n].size > LABEL for n in its):
            continue
        if 1 <= sum(is_dateline(blocks[n].text, None) for n in its) <= 2:
            found.update(its)
    return {n + draft.start for n in found}


def changes(draft: Draft) -> set[int]:
    return {n for n in draft.text if tells_changes(draft.blocks[n].text)}


def over_fields(draft: Draft) -> set[int]:
    """Labels directly over the words of another field ("Category", "Tags")."""
    fields = {n for n, (label, _) in draft.labels.items() if label is Label.FACT}
    over = {n for n in draft.text if n + 1 in fields and draft.blocks[n].size <= LABEL / 2}
    over = {n for n in over if not any(map(str.isdigit, draft.blocks[n].text))}
    return {n for n in over if draft.blocks[n].place == "body" and not draft.blocks[n].text.endswith(STOPS)}
