"""Lines that stand in the place of an article and are not its text: the headline again, date lines, counters, share
labels, other items, a second copy. Each rule judges where a line stands on the page and its form, never the site; it
has a name, a label, and the share of the text that it must leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from lxml import html

from crawler.extraction.labels import related
from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from crawler.extraction.lines.boilerplate_phrases import LABEL, ends_article, is_dateline, is_label
from crawler.extraction.lines.calls_to_action import is_closing, is_invitation
from crawler.extraction.lines.fact_lines import tells_changes
from crawler.extraction.markup.dom import SENTENCE_ENDS, length
from crawler.extraction.markup.text_blocks import STOPS, Block, is_column, is_prose, outside_lists, places_of

_COOKIES = re.compile(r"\bcookies?\b|файл\w* cookie|куки", re.IGNORECASE)
_CONSENT = re.compile(r"cookie|consent|gdpr|privacy", re.IGNORECASE)
_MOST = 0.6  # share of a text that one box holds
_FIRST = 3  # lines among which the headline may come once more
_LISTS = frozenset("ul ol dl table".split())
_MUCH = 0.3  # share of the sentences of a page that stand in one element
_OFFICE = re.compile(r"^[^:]{2,20}:\s")  # "From: Ministry of Rivers"
_NAMED = 0.3  # share of such a line that is a link
_FACTS = 8  # lines of a list that tells of the article, not of what it is about
_LINKS = 0.8  # share of links in a line that is one
_COPY = 0.6  # share of the long lines that come twice where a page shows its text twice


class Rule(NamedTuple):
    """Which lines are no text, what they are, and the share of the text that must be left."""

    name: str
    label: Label
    least: float
    lines: Callable[[Draft], set[int]]


def prune(draft: Draft) -> None:
    """Takes out of the text what is not text."""
    for rule in RULES:
        draft.drop(rule.lines(draft), rule.label, rule.name, rule.least)
    _drop_end(draft)


def _asks_consent(draft: Draft) -> set[int]:
    """Lines of boxes about cookies that bear such a name, or hold a button."""
    tree, found = draft.page.tree, set[int]()
    buttons = [n for n, tag in enumerate(tree.tags) if tag == "button"]
    for block in draft.blocks:
        if block.links > _NAMED or not _COOKIES.search(block.text):
            continue
        box = tree.parents[block.node] if tree.tags[block.node] not in ("div", "section", "aside") else block.node
        is_named = _CONSENT.search(f"{tree.elements[box].get('class') or ''} {tree.elements[box].get('id') or ''}")
        if is_named or any(box < n < tree.ends[box] for n in buttons):
            found.update(m for m, other in enumerate(draft.blocks) if box <= other.node < tree.ends[box])
    behind = (draft.blocks[n] for n in range(draft.start, len(draft.blocks)) if draft.start and n not in found)
    spared = any(b.place == "body" and b.links < _NAMED and b.text.endswith(SENTENCE_ENDS) for b in behind)
    return found if spared else set()


def _repeats_headline(draft: Draft) -> set[int]:
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


def _says_fields(draft: Draft) -> set[int]:
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


def _second_copy(draft: Draft) -> set[int]:
    """The second copy of the whole (desktop and mobile): most long lines come again, or several in a row."""
    long = [n for n in draft.text if draft.blocks[n].size >= LABEL]
    first = {draft.blocks[n].key: n for n in reversed(long)}
    again = [i for i, n in enumerate(draft.text) if first.get(draft.blocks[n].key, n) != n]
    twice = {draft.blocks[draft.text[i]].key for i in again}
    in_row = len(again) > 1 and again[-1] - again[0] < len(again)
    if not twice or not (in_row or len(twice) >= _COPY * len(first)):
        return set()
    seen = Counter(draft.blocks[n].key for n in draft.text)
    late = {n for i, n in enumerate(draft.text) if i >= again[0] and seen[draft.blocks[n].key] > 1}
    return late - {min(m for m in draft.text if draft.blocks[m].key == draft.blocks[n].key) for n in late}


def _above(draft: Draft) -> set[int]:
    return set(range(draft.start))


def _behind(draft: Draft) -> set[int]:
    return set(range(_end(draft), len(draft.blocks)))


def _of_place(*places: str) -> Callable[[Draft], set[int]]:
    def lines(draft: Draft) -> set[int]:
        return {n for n, b in enumerate(draft.blocks) if b.place in places and not draft.is_quoted(n)}

    return lines


def _changes(draft: Draft) -> set[int]:
    return {n for n in draft.text if tells_changes(draft.blocks[n].text)}


def _links_behind(draft: Draft) -> set[int]:
    linked = {n for n, b in enumerate(draft.blocks) if b.links > _LINKS and b.place != "heading" and len(b.text) > 3}
    return linked & _behind(draft)


def _pointers(draft: Draft) -> set[int]:
    return related.pointers(draft) | related.lists_of_items(draft) | related.contents(draft)


def _end(draft: Draft) -> int:
    """The number of the first line of what follows the article."""
    if draft.end is None:
        blocks, start = draft.blocks, draft.start
        labels = (n for n in range(start, len(blocks)) if ends_article(blocks[n].text))
        draft.end = next((n for n in labels if _is_end(blocks, start, n)), len(blocks))
    return draft.end


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


def _boxed_invitations(draft: Draft) -> set[int]:
    """Lines inside a text that ask something of the reader and stand in a box between its sentences; those behind the
    last sentence are judged with what else stands at the end."""
    blocks = draft.blocks
    sentences = [n for n in draft.text if is_prose(blocks[n].text) and not is_closing(blocks[n].text)]
    last = sentences[-1] if sentences else 0
    asking = {n for n in draft.text if n < last and is_invitation(blocks[n].text)}
    if not asking:
        return set()
    holders = {
        b.element.getparent()
        for n, b in enumerate(blocks)
        if b.place == "body" and n not in asking and is_prose(b.text)
    }
    boxed = {n for n in asking if blocks[n].element.getparent() not in holders}
    return {n for n in boxed if not holders.isdisjoint(blocks[n].element.iterancestors())}


def _facts(draft: Draft) -> set[int]:
    """The lines of short lists between the headline and the text that tell when it was published: the office, the
    section and the number of readers stand beside the date."""
    blocks = draft.blocks[draft.start :]
    first = next((n for n, b in enumerate(blocks) if b.place == "body" and is_prose(b.text)), 0)
    lists: dict[html.HtmlElement, list[int]] = {}
    second = next((n for n, b in enumerate(blocks) if n > first and b.place == "body" and is_prose(b.text)), first)
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
        if 1 <= sum(is_dateline(blocks[n].text, None, None) for n in its) <= 2:
            found.update(its)
    return {n + draft.start for n in found}


def _drop_end(draft: Draft) -> None:
    """Labels behind the text, up to the last line that is not both short and apart from the places where sentences
    stand: its category, its source, what the site asks of its readers. Then the label over other items, if it is left,
    with what follows, and a cookie notice."""
    blocks, end = draft.blocks, _end(draft)
    draft.drop(_over_fields(draft), Label.FACT, "a label over another field")
    draft.drop(_last_labels(draft), Label.FACT, "a label behind the text")
    if end in draft.text[1:]:
        draft.drop(range(end, len(blocks)), Label.RELATED, "behind a label over other items")
    while len(draft.text) > 1 and _COOKIES.search(line := blocks[draft.text[-1]].text) and length(line) < 400:
        draft.drop(draft.text[-1:], Label.NOTICE, "a notice about cookies at the end")


def _comments(draft: Draft) -> set[int]:
    """Lines behind the box that holds most of the text, where a line about a date stands between: what readers wrote,
    each with a name and a day, and boxes that tell when the page was changed."""
    homes, blocks = draft.layout.homes, draft.blocks
    sizes: Counter[int] = Counter()
    for n in draft.text:
        sizes[homes[n]] += blocks[n].size
    main, size = max(sizes.items(), key=lambda pair: pair[1], default=(-1, 0))
    if not size or size < _MOST * sizes.total():
        return set()
    last = max(n for n in draft.text if homes[n] == main)
    if last == draft.text[-1]:
        return set()
    dated = next((n for n in range(last + 1, len(blocks)) if is_dateline(blocks[n].text, None, None)), len(blocks))
    return {n for n in draft.text if n > dated and homes[n] != main}


def _over_fields(draft: Draft) -> set[int]:
    """Labels directly over the words of another field ("Category", "Tags")."""
    fields = {n for n, (label, _) in draft.labels.items() if label is Label.FACT}
    over = {n for n in draft.text if n + 1 in fields and draft.blocks[n].size <= LABEL / 2}
    over = {n for n in over if not any(map(str.isdigit, draft.blocks[n].text))}
    return {n for n in over if draft.blocks[n].place == "body" and not draft.blocks[n].text.endswith(STOPS)}


def _last_labels(draft: Draft) -> set[int]:
    blocks = draft.blocks
    if len(draft.text) < 2 or blocks[draft.text[-1]].size > LABEL:
        return set()
    own = (b for b, is_sentence in zip(blocks, draft.prose, strict=True) if is_sentence and b.place == "body")
    prose = [b for b in own if not is_closing(b.text)]
    if not prose:
        return set()  # a text of short lines: nothing tells where it ends
    places = {place for b in prose for e in {b.element, outside_lists(b.element)} for place in places_of(e)}
    weight: Counter[html.HtmlElement | None] = Counter()
    for b in prose:
        outer = outside_lists(b.element)
        weight[outer if is_column(outer) else outer.getparent()] += b.size
    around = {element for element, size in weight.items() if size > _MUCH * weight.total()}
    found: set[int] = set()
    for n in reversed(draft.text[1:]):
        block = blocks[n]
        if block.size > LABEL or not places.isdisjoint(places_of(block.element)) or n in draft.added:
            break
        if any(ancestor in around for ancestor in block.element.iterancestors()):
            break
        found.add(n)
    return found


RULES = (
    Rule("a notice about cookies", Label.NOTICE, 0.0, _asks_consent),
    Rule("the headline again", Label.HEADLINE, 0.0, _repeats_headline),
    Rule("the words of another field", Label.FACT, 0.0, _says_fields),
    Rule("a second copy", Label.REPEAT, 0.0, _second_copy),
    Rule("in front of the headline", Label.NAVIGATION, 0.5, _above),
    Rule("facts about the article", Label.FACT, 0.5, _facts),
    # The lines of a footer may be as long as a short text.
    Rule("behind a label over other items", Label.RELATED, 0.4, _behind),
    Rule("in a frame of the page", Label.NAVIGATION, 0.5, _of_place("frame")),
    Rule("beside the text, by its class or under a picture", Label.BESIDE, 0.6, _of_place("side", "caption")),
    Rule("in another article", Label.OTHER_ARTICLE, 0.6, related.other_articles),
    Rule("behind the article", Label.OUTSIDE, 0.6, related.behind_article),
    Rule("tells when the page was changed", Label.FACT, 0.5, _changes),
    Rule("a link behind the article", Label.RELATED, 0.5, _links_behind),
    Rule("behind a date behind the text", Label.COMMENT, 0.6, _comments),
    Rule("points to another item", Label.RELATED, 0.7, _pointers),
    Rule("leads to a channel of the site", Label.NOTICE, 0.7, related.channels),
    Rule("tells how to reach somebody", Label.CONTACT, 0.7, related.contacts),
    Rule("asks something of readers, in a box", Label.NOTICE, 0.7, _boxed_invitations),
)
