"""Lines that are text because of where they stand: among the lines that are. In the boxes that hold the text, a line is
text unless a rule says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawler.extraction.article_text.questions import is_question
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import ends_article, is_label, is_pointer
from crawler.extraction.lines.calls_to_action import is_closing, is_invitation
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import SENTENCE_ENDS
from crawler.extraction.markup.line_places import boxes_of_facts
from crawler.extraction.markup.text_blocks import Block

_PARAGRAPH = 60  # characters of a line that is surely a paragraph
_SHARE = 0.15  # share of the text that makes an element one of its homes
_KIND = 0.5  # share of the text that makes boxes of one kind its homes
_LINKED = 0.5  # share of links from which a line outside lists is a pointer to something else
_OF_LINKS = 0.3  # share of links in a list from which it is one of links
_NEAR = 8  # lines around an entry of a list that are looked at
_STARTS = ("body", "heading")
_PLAIN = frozenset("p div".split())  # in which editors write; what a template adds has a class


def homes_of(draft: Draft) -> set[int]:
    """The elements that hold the text: each that holds much of it, and all boxes of the kind that holds most of it,
    into which advertisements or editors cut a text."""
    layout, sizes, kinds = draft.layout, Counter[int](), Counter[tuple[int, str]]()
    for n in draft.text:
        size = draft.blocks[n].size
        if size >= _PARAGRAPH or draft.prose[n]:
            sizes[layout.homes[n]] += size
            kinds.update(dict.fromkeys(layout.kinds(layout.homes[n]), size))
    total = sizes.total()
    held = {home for home, size in sizes.items() if size >= _SHARE * total}
    most = {kind for kind, size in kinds.items() if size > _KIND * total}
    if most:
        held |= {home for home in set(layout.homes) if not most.isdisjoint(layout.kinds(home))}
    return held | _component_boxes(draft, held)


def _component_boxes(draft: Draft, homes: set[int]) -> set[int]:
    """The boxes of several lines that stand in a home as those of its single paragraphs do, by tags and classes: a
    system that gives each component a box of its own gives it to a list with its heading, too."""
    layout = draft.layout
    classed = {boxes for boxes in draft.boxed if any(names for _, names in boxes)}
    if not classed:
        return set()
    return {home for home in set(layout.homes) - homes if layout.boxes_of(home, homes) in classed}


def between(draft: Draft) -> set[int]:
    """The lines between two of the text that belong to it: all in its homes, and in boxes between them quotations,
    headings right above a line of the text, sections that unfold, rows of tables and items of lists."""
    if not draft.text:
        return set()
    homes, taken = homes_of(draft), set(draft.text)
    facts = _fact_boxes(draft, homes)
    opens = next((n for n in draft.text if draft.prose[n]), draft.text[0])
    found = set()
    for n in range(draft.text[0] + 1, draft.text[-1]):
        block = draft.blocks[n]
        if n in taken or not block.key:
            continue
        if n < opens and not (_is_of_list(draft, n) or block.text.endswith(SENTENCE_ENDS)):
            continue  # dates, sections, counters
        is_among = (facts and facts[block.node] and block.place in _STARTS) or _is_at_home(draft, n, homes)
        is_among = is_among or draft.is_quoted(n) or _heads(draft, n, taken) or _is_preformatted(draft, n)
        if is_among and not _is_vetoed(block):
            found.add(n)
    return found | rows(draft, found | taken)


def _fact_boxes(draft: Draft, homes: set[int]) -> list[bool]:
    """For each element whether it stands in a box of facts that the text's homes hold: by its name, and without links;
    empty where there is none."""
    tree = draft.page.tree
    named = boxes_of_facts(tree)
    if not named:
        return []
    boxes = (n for n, names in enumerate(tree.classes) if names in named and tree.parents[n] in homes)
    return tree.marked(n for n in boxes if not tree.linked[n])


def _is_at_home(draft: Draft, n: int, homes: set[int]) -> bool:
    block, layout = draft.blocks[n], draft.layout
    if layout.homes[n] not in homes or block.place not in _STARTS:
        return False
    if layout.lists[block.node] >= 0 or layout.rows[block.node] >= 0:
        return True
    if layout.boxes(n) not in draft.boxed:
        component = layout.boxes_of(layout.homes[n], homes)
        if not component or component not in draft.boxed:
            return False
    return block.place == "heading" or block.size >= _PARAGRAPH or _is_like_text(draft, n)


def _is_like_text(draft: Draft, n: int) -> bool:
    """Whether a short line is a sentence, or is set as the sentences of the text are."""
    block = draft.blocks[n]
    if draft.prose[n] or (block.links < _LINKED and (block.element.tag, block.element.get("class")) in draft.styles):
        return True
    return not block.links and block.element.tag in _PLAIN and not block.element.get("class")


def _heads(draft: Draft, n: int, taken: set[int]) -> bool:
    """True for a heading or a question directly above a paragraph of the text, in whatever box of its own."""
    block, below = draft.blocks[n], draft.blocks[n + 1]
    is_prose = below.size >= _PARAGRAPH or draft.prose[n + 1]
    is_head = block.place == "heading" or is_question(draft, n)
    return is_head and block.links < _LINKED and is_prose and n + 1 in taken


def _is_preformatted(draft: Draft, n: int) -> bool:
    """True for a line of what is shown as it was typed (HTML, 4.4.3): a listing of code in boxes for its lines."""
    block = draft.blocks[n]
    return block.place == "body" and not block.links and draft.layout.typed[block.node] >= 0


def _is_vetoed(block: Block) -> bool:
    text = block.text
    return ends_article(text) or is_pointer(text) or is_closing(text) or is_label(text, set())


def rows(draft: Draft, text: set[int]) -> set[int]:
    """All lines of the rows of which one line is text: a row is text as a whole."""
    layout = draft.layout
    taken = {row for n in text if (row := layout.rows[draft.blocks[n].node]) >= 0}
    return {n for n, block in enumerate(draft.blocks) if layout.rows[block.node] in taken} - text


def around(draft: Draft) -> set[int]:
    """The lines in the text's homes in front of its first line and behind its last that are items of lists, rows or
    sentences, up to a label over other items."""
    if not draft.text:
        return set()
    homes = homes_of(draft)
    first, last = draft.text[0], draft.text[-1]
    return {
        *_run(draft, range(first - 1, draft.start - 1, -1), homes),
        *_run(draft, range(last + 1, len(draft.blocks)), homes),
    }


def _run(draft: Draft, numbers: range, homes: set[int]) -> Iterator[int]:
    heads: list[int] = []  # headings and short lines over sentences that may follow
    for n in numbers:
        block = draft.blocks[n]
        if ends_article(block.text) or (block.place == "heading" and block.element.tag == "h1"):
            return
        if not block.key or not _is_at_home(draft, n, homes) or _is_vetoed(block) or is_invitation(block.text):
            continue
        if block.place == "heading":
            heads.append(n)
        elif block.links < _LINKED and (
            _is_of_list(draft, n) or (draft.prose[n] and not _tells_when(block)) or block.text.endswith(SENTENCE_ENDS)
        ):
            yield from heads if numbers.step > 0 else ()
            yield n
            heads.clear()
        elif not block.links and not _tells_when(block):
            heads.append(n)  # a short line that stands between others of the text


def _tells_when(block: Block) -> bool:
    return is_dateline(block.text, None)


def _is_of_list(draft: Draft, n: int) -> bool:
    """Whether a line is an entry of a list or table of words: not of links, nor of facts about the article."""
    layout, node = draft.layout, draft.blocks[n].node
    row = layout.rows[node]
    holder = draft.page.tree.parents[row] if row >= 0 else layout.lists[node]
    if holder < 0 or draft.page.tree.linked[holder] > _OF_LINKS * draft.page.tree.sizes[holder]:
        return False
    entries = [m for m in range(n - _NEAR, n + _NEAR) if 0 <= m < len(draft.blocks)]
    entries = [m for m in entries if layout.inside(draft.blocks[m].node, holder)]
    return len(entries) > 1 and not any(_tells_when(draft.blocks[m]) for m in entries)
