"""Lines that stand in an article's place and are not its text: the headline again, date lines, counters, share labels,
other items, a second copy. Judged by where a line stands on the page and by its form, never by site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import html

from crawler.extraction.body.related_items import by_article, contacts, contents, lists_of_items, pointers
from crawler.extraction.lines.boilerplate_phrases import LABEL, ends_article, is_dateline, is_label
from crawler.extraction.lines.calls_to_action import is_closing, is_invitation
from crawler.extraction.markup.dom import key, length
from crawler.extraction.markup.text_blocks import Block, behind, is_column, is_prose, outside_lists, places_of

_COOKIES = re.compile(r"\bcookies?\b|файл\w* cookie|куки", re.IGNORECASE)
_FIRST = 3  # lines among which the headline may come once more
_LISTS = frozenset("ul ol dl table".split())
_MUCH = 0.3  # share of the sentences of a page that stand in one element
_OFFICE = re.compile(r"^[^:]{2,20}:\s")  # "From: Ministry of Rivers"
_NAMED = 0.3  # share of such a line that is a link
_FACTS = 8  # lines of a list that tells of the article, not of what it is about


def prune(
    lines: list[str],
    blocks: list[Block],
    headline: html.HtmlElement | None,
    *,
    shown: Iterable[str | None],
    url: str = "",
) -> list[str]:
    """`lines` without what is not text. `shown` are the words of other fields (title, date line, category), which a
    page repeats on lines of their own. Each rule must leave a share of the characters, 0.4 to 0.7: one that would leave
    less is wrong here, and cuts nothing."""
    repeated = {key(text) for text in shown if text}
    title = key(" ".join(headline.itertext())) if headline is not None else ""
    repeated.add(title)
    start, end = _bounds(blocks, headline)
    running = {b.key for b in blocks if b.place in ("body", "heading")}
    after = _only_in(blocks[end:], blocks[start:end])
    linked = {b.key for b in blocks if b.links > 0.8 and b.place != "heading" and len(b.text) > 3}
    mostly_links = {b.key for b in blocks if b.links > 0.5}
    own = {b.key for b in blocks}
    pairs = [(line, key(line)) for line in lines]
    pairs = [(line, k) for line, k in pairs if not (len(title) >= 8 and title in k and k != title and k not in own)]
    pairs = [pair for n, pair in enumerate(pairs) if n > _FIRST or not _is_headline(pair[1], repeated)]
    kept = [(line, key(line)) for line in first_copy([line for line, _ in pairs if not is_label(line, repeated)])]
    rules = (
        (_only_in(blocks[:start], blocks[start:]), 0.5),
        (_facts(blocks[start:]), 0.5),
        (after, 0.4),  # the lines of a footer may be as long as a short text
        ({b.key for b in blocks if b.place == "frame"} - running, 0.5),
        ({b.key for b in blocks if b.place in ("side", "caption")} - running, 0.6),
        *((keys, 0.6) for keys in by_article(blocks, headline, {k for _, k in kept})),
        (linked & after, 0.5),
        (pointers(blocks, url) | lists_of_items(blocks, url) | contents(blocks), 0.7),
        (contacts(blocks), 0.7),
        (_boxed_invitations([line for line, _ in kept], blocks), 0.7),
    )
    # Links to elsewhere are no text that would be worth keeping.
    sizes = {k: 0 if k in mostly_links else length(line) for line, k in kept}
    for rule, share in rules:
        fewer = [pair for pair in kept if pair[1] not in rule]
        if len(fewer) < len(kept) and sum(sizes[k] for _, k in fewer) >= share * sum(sizes[k] for _, k in kept):
            kept = fewer
    return _trim(_without_last_labels(kept, blocks), blocks[end].key if end < len(blocks) else None)


def _is_headline(line: str, repeated: set[str]) -> bool:
    """True for a first line that is a headline with a kicker in front of it, or one without its kicker."""
    return any(
        (len(text) >= 20 and line.endswith(text) and len(line) <= len(text) + 60)
        or (len(line) >= 15 and text.endswith(line))
        for text in repeated
    )


def _bounds(blocks: list[Block], headline: html.HtmlElement | None) -> tuple[int, int]:
    """(first line behind the headline, first line of what follows the article)."""
    start = (behind(blocks, headline) or 0) if headline is not None else 0
    for end in (i for i in range(start, len(blocks)) if ends_article(blocks[i].text)):
        if _is_end(blocks, start, end):
            return start, end
    return start, len(blocks)


def _is_end(blocks: list[Block], start: int, end: int) -> bool:
    """False for a label inside the text: much of what follows stands in the same place as the text before it, or the
    label is one of a box in that place, and a sentence follows the box."""
    before = [b for b in blocks[start:end] if b.links < 0.3 and b.place == "body"]
    behind = [b for b in blocks[end:] if b.links < 0.3]
    places = {place for b in before if is_prose(b.text) for place in places_of(b.element)}
    within = sum(b.size for b in before)
    holders = {b.element.getparent() for b in before if is_prose(b.text)}
    is_boxed = blocks[end].element.getparent() not in holders and not holders.isdisjoint(
        blocks[end].element.iterancestors()
    )
    if is_boxed and any(b.element.getparent() in holders and is_prose(b.text) for b in behind):
        return False
    goes_on = sum(b.size for b in behind if is_prose(b.text) and not places.isdisjoint(places_of(b.element)))
    return within >= sum(b.size for b in behind) / 4 and goes_on <= 0.15 * within


def _boxed_invitations(lines: list[str], blocks: list[Block]) -> set[str]:
    """Keys of the lines inside a text that ask something of the reader and stand in a box between its sentences; those
    behind the last sentence are judged with what else stands at the end."""
    sentences = [n for n, line in enumerate(lines) if is_prose(line) and not is_closing(line)]
    asking = {key(line) for line in lines[: sentences[-1] if sentences else 0] if is_invitation(line)}
    if not asking:
        return set()
    holders = {b.element.getparent() for b in blocks if b.place == "body" and b.key not in asking and is_prose(b.text)}
    boxed = (b for b in blocks if b.key in asking and b.element.getparent() not in holders)
    return {b.key for b in boxed if not holders.isdisjoint(b.element.iterancestors())}


def _facts(blocks: list[Block]) -> set[str]:
    """Keys of the lines of short lists between the headline and the text that tell when it was published: the office,
    the section and the number of readers stand beside the date."""
    first = next((n for n, b in enumerate(blocks) if b.place == "body" and is_prose(b.text)), 0)
    lists: dict[html.HtmlElement, list[Block]] = {}
    for block in blocks[:first]:
        holder = next((e for e in block.element.iterancestors() if e.tag in _LISTS), None)
        if holder is not None:
            lists.setdefault(holder, []).append(block)
    text = set(blocks[first].element.iterancestors()) if first else set()  # a table may hold the whole page
    linked = (b for b in blocks[:first] if b.links > _NAMED and b.size <= LABEL and b.element.tag in ("p", "div"))
    return {b.key for b in linked if _OFFICE.match(b.text)} | {
        block.key
        for holder, its in lists.items()
        if holder not in text and len(its) <= _FACTS and all(block.size <= LABEL for block in its)
        if 1 <= sum(is_dateline(block.text, None, None) for block in its) <= 2
        for block in its
    }


def _without_last_labels(pairs: list[tuple[str, str]], blocks: list[Block]) -> list[tuple[str, str]]:
    """Lines up to the last that is not both short and apart from the places where sentences stand: behind a text come
    its category, its source, and what the site asks of its readers."""
    prose = [b for b in blocks if b.place == "body" and b.links < 0.5 and is_prose(b.text) and not is_closing(b.text)]
    if not prose:
        return pairs  # a text of short lines: nothing tells where it ends
    places = {place for b in prose for e in {b.element, outside_lists(b.element)} for place in places_of(e)}
    weight: Counter[html.HtmlElement | None] = Counter()
    for b in prose:
        outer = outside_lists(b.element)
        weight[outer if is_column(outer) else outer.getparent()] += b.size
    around = {element for element, size in weight.items() if size > _MUCH * weight.total()}
    last = {b.key: b for b in blocks}
    end = len(pairs)
    while end > 1 and (block := last.get(pairs[end - 1][1])) is not None:
        if block.size > LABEL or not places.isdisjoint(places_of(block.element)):
            break
        if any(ancestor in around for ancestor in block.element.iterancestors()):
            break
        end -= 1
    return pairs[:end]


def _only_in(there: list[Block], elsewhere: list[Block]) -> set[str]:
    return {b.key for b in there} - {b.key for b in elsewhere}


def first_copy(lines: list[str]) -> list[str]:
    """Lines without a second copy of the whole (desktop and mobile): long lines that all come again in a row."""
    counts = Counter(key(line) for line in lines if length(line) >= LABEL)
    twice = {k for k, n in counts.items() if n > 1}
    if not twice or len(twice) < 0.6 * len(counts):
        return lines
    seen: set[str] = set()
    kept = []
    for line in lines:
        words = key(line)
        if words not in seen:
            kept.append(line)
        seen.add(words)
    return kept


def _trim(pairs: list[tuple[str, str]], end: str | None) -> list[str]:
    """Lines up to the label over other items, given by its key, without a cookie notice at the end."""
    found = [n for n, (_, words) in enumerate(pairs) if n and words == end]
    lines = [line for line, _ in pairs[: found[-1] if found else None]]
    while len(lines) > 1 and _COOKIES.search(lines[-1]) and len(lines[-1]) < 400:
        lines = lines[:-1]
    return lines
