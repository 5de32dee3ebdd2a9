"""Lines that tell of the article and are none of it: the headline again, words of other fields, days of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.labels.label import Label
from crawler.extraction.lines.boilerplate_phrases import LABEL, is_label
from crawler.extraction.lines.datelines import ends_like_sentence, is_dateline
from crawler.extraction.lines.fact_lines import tells_changes
from crawler.extraction.markup.dom import has_digit, length
from crawler.extraction.markup.text_blocks import STOPS

_ADDRESS = re.compile(r"(?:[^:：]{1,30}[:：]\s*)?(?P<address>https?://[^\s\[\]]+)")
_LAST, _SHORTER = 3, 4  # lines at the end of a text that may tell it, and characters that a short address may have more
_LONG = 300  # characters of a line with an address
_PIECE = 12  # letters of a day, month or year on a line of its own
_BRACKET_ENDS = (")", "）")
_FIRST = 3  # lines among which the headline may come once more
_LISTS = frozenset("ul ol dl table".split())
_PARTS = frozenset("thead tbody tfoot".split())
_OFFICE = re.compile(r"^[^:]{2,20}:\s")  # "From: Ministry of Rivers"
_FILE_SIZE = re.compile(r"[A-Za-z]{2,5}\W{0,4}\d[\d.,]{0,6}\s?[^\W\d]{1,6}")  # "PDF – 214 ko", under its link
_BRACKETS = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_FILE_LABEL = re.compile(r"^(?:[^\W\d]+\s){0,2}[^\W\d]+\s?[:：]\s")
_NAMED = 0.3  # share of such a line that is a link
_COUNT = re.compile(r"[\d\s.,\u00a0\u202f]{1,12}(?:[kKmM]|тыс\.?|ming)?")
_BEFORE = 3  # elements in a line that may be the picture: a number among many elements is none
_ICONS = frozenset("i svg img span".split())
_OF_READERS = re.compile(r"eye|view|visit|read|like|heart|thumb|comment|hit", re.IGNORECASE)
_ALL_LINKED = 0.8  # share of a line in links that is nothing else
FACTS = 8  # lines of a list that tells of the article, not of what it is about


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
        if is_label(draft.blocks[n].text, draft.shown) and (rows[draft.blocks[n].node] < 0 or not in_table(draft, n))
    }


def date_in_pieces(draft: Draft) -> set[int]:
    """Lines that together say the words of another field and nothing else: day, month and year each in a box."""
    blocks = draft.blocks
    short = [n for n in draft.text[: FACTS + _FIRST] if len(blocks[n].key) <= _PIECE]
    runs = ([n, n + 1, n + 2][:size] for n in short for size in (2, 3) if set(range(n, n + size)) <= set(short))
    return {n for run in runs if "".join(blocks[m].key for m in run) in draft.shown for n in run}


def in_table(draft: Draft, n: int) -> bool:
    """Whether a line is of a table of several rows: its cells are no labels of the page."""
    row, layout = draft.layout.rows[draft.blocks[n].node], draft.layout
    beside = {layout.rows[draft.blocks[m].node] for m in draft.text if abs(m - n) < 30}
    table = _table_of(draft, row)
    return any(other not in (-1, row) and _table_of(draft, other) == table for other in beside)


def _table_of(draft: Draft, row: int) -> int:
    """The table that a row is of, be it in a head or body of it."""
    tree, parent = draft.page.tree, draft.page.tree.parents[row]
    return tree.parents[parent] if tree.tags[parent] in _PARTS else parent


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
        if holder in text or len(its) > FACTS or any(blocks[n].size > LABEL for n in its):
            continue
        if 1 <= sum(is_dateline(blocks[n].text, None) for n in its) <= 2:
            found.update(its)
    return {n + draft.start for n in found} | _rows_of_headline(draft)


def before_date(draft: Draft) -> set[int]:
    """The short lines between a standfirst and the line that tells when it was published, where the text follows that:
    the office, the author. Without a standfirst, several short lines: names and offices of those who publish it."""
    blocks, start = draft.blocks, draft.start
    dated = next((n for n in range(start, min(start + FACTS, len(blocks))) if _is_date(draft, n)), start)
    front = [n for n in range(start, dated) if draft.prose[n]]
    if not start or len(front) > 1 or not any(draft.prose[dated + 1 : dated + 1 + _FIRST]):
        return set()
    short = {n for n in range(front[0] + 1 if front else start, dated) if is_short_fact(draft, n)}
    return short if front or len(short) >= _FIRST else set()


def _is_date(draft: Draft, n: int) -> bool:
    block = draft.blocks[n]
    return tells_when(draft, n) or (block.key in draft.shown and has_digit(block.text))


def is_short_fact(draft: Draft, n: int) -> bool:
    block = draft.blocks[n]
    is_line = block.place == "body" and block.size <= LABEL and not block.text.endswith((*STOPS, ":", "："))
    return is_line and draft.layout.lists[block.node] < 0 and draft.layout.rows[block.node] < 0


def _rows_of_headline(draft: Draft) -> set[int]:
    """The rows of the table that tells the headline in one of them ("Title: ..."), up to the text: boards set the whole
    article into one table."""
    blocks, start, rows, tree = draft.blocks, draft.start, draft.layout.rows, draft.page.tree
    head = rows[blocks[start - 1].node] if start else -1
    if start and head < 0:  # a row of one cell is none of a table of words
        own = blocks[start - 1].node
        around = (n for n in (own, *islice(tree.around(own), _FIRST)) if tree.sizes[n] == tree.sizes[own])
        head = next((n for n in around if tree.tags[n] == "tr"), -1)
    if head < 0:
        return set()
    table = _table_of(draft, head)
    inside = takewhile(lambda n: blocks[n].node < tree.ends[table], range(start, len(blocks)))
    found = list(takewhile(lambda n: rows[blocks[n].node] >= 0 and not draft.prose[n], inside))
    return set(found) if len({rows[blocks[n].node] for n in found}) <= FACTS else set()


def tells_when(draft: Draft, n: int) -> bool:
    line = draft.blocks[n].text
    if line.endswith(_BRACKET_ENDS) or ends_like_sentence(line):
        return False  # "(adopted by the council on 12 March 2026)" is of an act
    return draft.blocks[n].size <= LABEL and is_dateline(line, None)


def own_address(draft: Draft) -> set[int]:
    """Lines that tell the address of the page itself, behind a label or none, as print versions do."""
    own = urlsplit(draft.page.url)
    name = own.path.rstrip("/").rpartition("/")[2]
    lines = (
        (n, _ADDRESS.fullmatch(draft.blocks[n].text)) for n in draft.text if name and draft.blocks[n].size <= _LONG
    )
    found = {n: urlsplit(line["address"]) for n, line in lines if line}
    last = set(draft.text[-_LAST:])  # a short address of the page, which leads on
    return {
        n
        for n, at in found.items()
        if at.netloc.removeprefix("www.") == own.netloc.removeprefix("www.")
        and (at.path.rstrip("/").endswith(f"/{name}") or (n in last and len(at.path) < len(own.path) + _SHORTER))
    }


def changes(draft: Draft) -> set[int]:
    return {n for n in draft.text if tells_changes(draft.blocks[n].text)}


def over_fields(draft: Draft) -> set[int]:
    """Labels directly over the words of another field ("Category", "Tags"): over a fact, a day, or links alone, that
    are none of the text."""
    text, blocks = set(draft.text), draft.blocks
    fields = {n for n, (label, _) in draft.labels.items() if label is Label.FACT}
    fields |= {n + 1 for n in text if n + 1 < len(blocks) and n + 1 not in text and _heads_field(draft, n)}
    over = {n for n in draft.text if n + 1 in fields and draft.blocks[n].size <= LABEL / 2}
    over = {n for n in over if not has_digit(draft.blocks[n].text)}
    return {n for n in over if draft.blocks[n].place == "body" and not draft.blocks[n].text.endswith(STOPS)}


def _heads_field(draft: Draft, n: int) -> bool:
    """Whether a line is the first of a box that holds nothing else than the values of a field."""
    blocks, tree, at = draft.blocks, draft.page.tree, draft.blocks[n].node
    while at >= 0 and tree.ends[at] <= blocks[n + 1].node:
        at = tree.parents[at]
    if n and blocks[n - 1].node >= at:
        return False
    inside = list(takewhile(lambda m: blocks[m].node < tree.ends[at], range(n + 1, min(len(blocks), n + FACTS))))
    return len(inside) < FACTS - 1 and all(_is_field(draft, m) for m in inside)


def _is_field(draft: Draft, n: int) -> bool:
    """Whether a line outside the text is nothing but a day, or the names that another field links to."""
    block = draft.blocks[n]
    return tells_when(draft, n) or (block.size <= LABEL / 2 and block.links > _ALL_LINKED and block.place == "body")


def files_behind(draft: Draft) -> set[int]:
    """The last lines of the text that are links to files, with their sizes: these are its attachments."""
    found: set[int] = set()
    page = draft.page
    for n in reversed(draft.text[1:]):
        block = draft.blocks[n]
        if n - 1 in draft.text[1:] and _FILE_SIZE.fullmatch(block.text) and _leads_to_file(draft, n - 1):
            found.add(n)
            continue
        named = length(_FILE_LABEL.sub("", _BRACKETS.sub("", block.text)))  # "Attached files: list.pdf (120 KB)"
        links = page.tree.within(block.node, "a") if block.links * block.size > _ALL_LINKED * named else ()
        if not links or not all(map(page.links.file, links)):
            break
        found.add(n)
    return found


def counts_beside_icons(draft: Draft) -> set[int]:
    """Numbers alone on a line, beside an empty element for a picture of an eye, a heart, a thumb: of readers, and of
    those who like it."""
    lines = [n for n in draft.text if has_digit(draft.blocks[n].text) and _COUNT.fullmatch(draft.blocks[n].text)]
    return {n for n in lines if any(map(_is_icon, _around(draft.blocks[n].element)))}


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from islice(element, _BEFORE)
    if (before := element.getprevious()) is not None:
        yield before


def _is_icon(element: html.HtmlElement) -> bool:
    marks = f"{element.get('class') or ''} {element.get('src') or ''} {element.get('alt') or ''}"
    is_empty = element.tag in _ICONS and not any(words.strip() for words in islice(element.itertext(), _BEFORE))
    return is_empty and _OF_READERS.search(marks) is not None


def _leads_to_file(draft: Draft, n: int) -> bool:
    """Whether a line is nothing but links to files."""
    block, page = draft.blocks[n], draft.page
    links = page.tree.within(block.node, "a") if block.links > _ALL_LINKED else ()
    links = links or [node for node in page.tree.around(block.node) if page.tree.tags[node] == "a"][:1]
    return bool(links) and all(map(page.links.file, links))
