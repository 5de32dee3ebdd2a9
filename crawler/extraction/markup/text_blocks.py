"""A page as the sequence of its lines: what stands where, how much of it is links, and in what kind of place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import html

from crawler.extraction.markup.dom import SENTENCE_ENDS, key, measure_for
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.image_captions import is_caption
from crawler.extraction.markup.line_places import FRAME, HEADINGS, places_of_elements, said_places

_MAY_HOLD_ALL = FRAME - {"nav", "menu", "footer"}  # a menu of more words than a short notice has is still a menu
_LISTS = frozenset("ul ol li dl dt dd table tbody tr td".split())
_LINES = ("br", "p", "div", "table")
_MOST = 0.5  # share of the running text that nothing beside the text has
_PAGE = 0.7  # share of a page's words that no frame beside the text has: old systems put each page into one form
_HALF, _RUNNING_LINKS = 0.5, 0.3  # share of the running text that a form around an article holds; of links in it
_LONG_TEXT, _NEARLY_ALL = 600, 0.8  # characters of running text in a menu around an article, its share of a page's
_CAPTIONED = 200  # characters of a line that can be a caption
_POLL = 400  # characters of a question with its answers
_BY_NAME = ("side", "caption")  # places that names of elements tell
_RUNNING = 40  # characters of a line that counts as running text
PROSE = 80  # characters of a line that is surely text
_SHORT_PROSE = 30  # characters of a sentence
STOPS = (*SENTENCE_ENDS, ")", "）")


class Block(NamedTuple):
    """One line of a page: its words, the share of them inside links, and the element that holds it."""

    text: str
    size: int  # characters, as an alphabet would need them
    key: str
    links: float  # 0 to 1
    element: html.HtmlElement
    place: str  # body | heading | frame (menus, footers) | side (by its class beside the text) | caption
    node: int = -1  # the number of the element in the page's arrays

    @property
    def is_prose(self) -> bool:
        """True for a line that is a sentence, by its length or by its end."""
        return self.size >= PROSE or (self.size >= _SHORT_PROSE and self.text.endswith(STOPS))


def page_blocks(tree: FlatTree) -> list[Block]:
    """All lines of a page in document order, those of menus and footers included."""
    most, running = _PAGE * tree.sizes[0], _running(tree)
    around = {n for tag in _MAY_HOLD_ALL for n in tree.tagged(tag) if tree.sizes[n] > most}
    around |= {n for n in tree.tagged("form") if running[n] > _HALF * running[0]}
    around |= panels(tree) | _unclosed(tree, running)
    around |= {n for n in tree.tagged("menu") if 2 * tree.linked[n] < tree.sizes[n]}
    said = said_places(tree)
    blocks = _blocks(tree, places_of_elements(tree, said, around))
    if misnamed := _misnamed(tree, blocks, said):
        blocks = _blocks(tree, places_of_elements(tree, said, around | misnamed))
    return _without_polls(tree, _checked(blocks))


def _unclosed(tree: FlatTree, running: list[int]) -> set[int]:
    """The menus and footers around the article, whose end tags are missing: they hold the main heading and nearly all
    running text, and much of it."""
    least = max(_LONG_TEXT, _NEARLY_ALL * running[0])
    return {
        n
        for tag in ("nav", "menu", "footer")
        for n in tree.tagged(tag)
        if running[n] > least and any(tree.sizes[head] for head in tree.within(n, "h1"))
    }


def _running(tree: FlatTree) -> list[int]:
    """The characters of running text in each element."""
    found = [0] * len(tree.elements)
    for node, _, _, total, linked in tree.lines:
        found[node] += total if total >= PROSE and linked < _RUNNING_LINKS * total else 0
    return tree.sums(found)


def _blocks(tree: FlatTree, places: list[str]) -> list[Block]:
    """The lines of a page, each with the place of the element that holds it."""
    blocks, elements, size_of = [], tree.elements, measure_for(tree.words)
    for node, first, last, total, linked in tree.lines:
        if line := tree.line(first, last):
            place = places[node]
            if place == "body" and len(line) <= _CAPTIONED and is_caption(tree, node, total):
                place = "side"
            blocks.append(Block(line, size_of(line), key(line), linked / (total or 1), elements[node], place, node))
    return blocks


def panels(tree: FlatTree) -> set[int]:
    """The elements that a heading unfolds (WAI-ARIA, accordion pattern): text, though nobody sees them at first."""
    wanted: set[str] = set()
    for n in tree.having("aria-controls"):
        if tree.tags[n] not in ("span", "a", "div") or not tree.get(n, "aria-expanded"):
            continue
        is_headed = any(tree.tags[a] in HEADINGS for a in islice(tree.around(n), 2))
        if is_headed or any(tree.within(n, tag) for tag in sorted(HEADINGS)):
            wanted.update(tree.get(n, "aria-controls").split())
    named = tree.having("id") if wanted else ()
    found = {n for n in named if tree.tags[n] in ("div", "section", "dd", "ul") and tree.get(n, "id") in wanted}
    return {n for n in found if 2 * tree.linked[n] < tree.sizes[n]}  # no menu that unfolds


def behind(blocks: Sequence[Block], headline: html.HtmlElement) -> int | None:
    """The place of the first line behind the headline; None where no line shows it. Crumbs may have its words too."""
    inside, title = set(headline.iter()), key(" ".join(headline.itertext()))
    shown = next((n + 1 for n, block in enumerate(blocks) if block.element in inside), None)
    same = [n for n, block in enumerate(blocks) if block.key == title] if shown is None else []
    around = set(headline.iterancestors()) if len(same) > 1 else set()
    return shown or next((n + 1 for n in same if blocks[n].element in around), None) or (same[0] + 1 if same else None)


def _without_polls(tree: FlatTree, blocks: list[Block]) -> list[Block]:
    """Blocks, with those of polls taken for the page's frame: small boxes of answers to choose among."""
    choices = [n for n in tree.tagged("input") if tree.get(n, "type").lower() == "radio"]
    if not choices:
        return blocks
    held: Counter[int] = Counter()
    for number in choices:
        while (number := tree.parents[number]) >= 0:
            held[number] += 1
    boxes = set()
    for number in choices:
        while (number := tree.parents[number]) >= 0 and held[number] < 2:
            pass
        if number >= 0 and tree.sizes[number] <= _POLL:
            boxes.add(number)
    inside = {n for box in boxes for n in range(box, tree.ends[box])}
    return [b._replace(place="frame") if b.node in inside else b for b in blocks] if inside else blocks


def is_alone(element: html.HtmlElement) -> bool:
    """Whether an element is the only one in its parent. To ask for the parent's length would count all its children."""
    return element.getprevious() is None and element.getnext() is None


def places_of(element: html.HtmlElement) -> Iterator[html.HtmlElement | tuple[html.HtmlElement | None, str, str]]:
    """What the paragraphs of one text share: the element around them, or where it comes in several boxes of one kind,
    the element around those with their tag and class."""
    parent = element.getparent()
    if is_column(element):
        yield element
    elif parent is not None:
        yield parent
        if parent.get("class") or is_alone(element):
            yield parent.getparent(), str(parent.tag), parent.get("class") or ""


def is_column(element: html.HtmlElement) -> bool:
    """True for a cell of a table that holds several lines: tables serve for the layout of pages too."""
    return element.tag == "td" and next(element.iter(*_LINES), None) is not None


def outside_lists(element: html.HtmlElement) -> html.HtmlElement:
    """The element itself, or the list that it is an item of, or stands in one. A column of the page is no item."""
    holder = element.getparent()
    if element.tag in ("p", "div") and holder is not None and holder.tag in ("li", "dd"):
        element = holder
    while element.tag in _LISTS and not is_column(element):
        parent = element.getparent()
        if parent is None or parent.tag not in _LISTS:
            break
        element = parent
    return element


def _weighed(blocks: list[Block]) -> tuple[int, list[Block]]:
    """(characters of running text, the lines of it that stand beside the text)."""
    running = [b for b in blocks if b.links < 0.3 and b.size >= _RUNNING and b.place != "frame"]
    captions = sum(b.size for b in running if b.place == "caption")
    if captions <= _MOST * sum(b.size for b in running):
        running = [b for b in running if b.place != "caption"]
    text = {b.key for b in running if b.place not in _BY_NAME}  # its second copy, for print or phones, is none
    return sum(b.size for b in running), [b for b in running if b.place in _BY_NAME and b.key not in text]


def _misnamed(tree: FlatTree, blocks: list[Block], said: Mapping[int, str]) -> set[int]:
    """The elements that would put much of the text beside the text: a page may name what holds it all "sidebar"."""
    total, beside = _weighed(blocks)
    if sum(b.size for b in beside) <= _MOST * total:
        return set()
    weight = [0] * len(tree.elements)
    for block in beside:
        weight[block.node] += block.size
    return {n for n, size in enumerate(tree.sums(weight)) if size > _MOST * total and said.get(n) in _BY_NAME}


def _checked(blocks: list[Block]) -> list[Block]:
    """Blocks, with what class names say forgotten where many elements would put much of the text beside the text."""
    total, beside = _weighed(blocks)
    if sum(b.size for b in beside) <= _MOST * total:
        return blocks
    return [b._replace(place=_place_by_tag(b.element)) if b.place == "side" else b for b in blocks]


def _place_by_tag(element: html.HtmlElement) -> str:
    return "heading" if element.tag in HEADINGS else "body"
