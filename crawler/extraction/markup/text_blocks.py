"""A page as the sequence of its lines: what stands where, how much of it is links, and in what kind of place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml import html

from crawler.extraction.markup.dom import BLOCKS, SENTENCE_ENDS, SILENT, even, key, length, sizes_of
from crawler.extraction.markup.image_captions import is_caption

_FRAME = frozenset("nav footer aside form dialog menu".split())
_MAY_HOLD_ALL = _FRAME - {"nav", "menu", "footer"}  # a menu of more words than a short notice has is still a menu
_CAPTION = frozenset("figcaption figure".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol li dl dt dd table tbody tr td".split())
_LINES = ("br", "p", "div", "table")
_OUTER = frozenset("html body main article".split())  # themes write all features of a page into the classes of these
# Words that people everywhere put into class names of what stands beside a text. Whole words: "xabar" holds "bar".
_BESIDE = frozenset(
    "related recommended recommendation recommendations newsletter subscribe subscription comments cookie cookies "
    "consent gdpr breadcrumb breadcrumbs sidebar share sharing social promo promotion advert advertisement ads "
    "sponsored disclaimer copyright byline author authors authorbox bio ad modal popup popover tooltip toast "
    "footer".split()
)
_UNDER_PICTURE = frozenset("caption captions figcaption credit credits photographer".split())
_DIALOGS = frozenset("dialog alertdialog tooltip".split())
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# The names that style sheets in common use (Bootstrap, Tailwind, WordPress, HTML5 Boilerplate) give to what they hide
# or keep for screen readers, and those by which they show it again on wide screens.
_HIDING = frozenset("hidden d-none is-hidden visually-hidden visuallyhidden sr-only screen-reader-text".split())
_SHOWN = re.compile(r"(?:[a-z0-9]{2,7}:|d-(?:sm|md|lg|xl|xxl)-)(?:block|flex|grid|inline|table|contents|not-sr-only)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST = 0.4  # share of the running text that nothing beside the text has
_PAGE = 0.7  # share of a page's words that no frame beside the text has: old systems put each page into one form
_CAPTIONED = 200  # characters of a line that can be a caption
_POLL = 400  # characters of a question with its answers
_RUNNING = 40  # characters of a line that counts as running text
PROSE = 80  # characters of a line that is surely text
_SHORT_PROSE = 30  # characters of a sentence
STOPS = (*SENTENCE_ENDS, ")", "）")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page: its words, the share of them inside links, and the element that holds it."""

    text: str
    size: int  # characters, as an alphabet would need them
    key: str
    links: float  # 0 to 1
    element: html.HtmlElement
    place: str  # body | heading | frame (menus, footers) | side (by its class beside the text) | caption


def is_prose(line: str) -> bool:
    """True for a line that is a sentence, by its length or by its end."""
    return (size := length(line)) >= PROSE or (size >= _SHORT_PROSE and line.endswith(STOPS))


def page_blocks(root: html.HtmlElement, sizes: Mapping[html.HtmlElement, int] | None = None) -> list[Block]:
    """All lines of a page in document order, those of menus and footers included. `sizes` are `sizes_of(root)`, where
    somebody has them already."""
    sizes = sizes_of(root) if sizes is None else sizes
    around = {e for e in root.iter(*_MAY_HOLD_ALL) if sizes[e] > _PAGE * sizes[root]} | panels(root)
    blocks = list(_blocks(root, sizes, around))
    misnamed = _misnamed(blocks)
    if misnamed:
        blocks = list(_blocks(root, sizes, around | misnamed))
    return _without_polls(root, _checked(blocks), sizes)


def _blocks(
    root: html.HtmlElement, sizes: Mapping[html.HtmlElement, int], around: Set[html.HtmlElement]
) -> Iterator[Block]:
    """The lines of a page, where the elements `around` it say nothing of what is inside them."""
    words: list[tuple[str, bool]] = []
    for kind, node, place, text in _walk(root, sizes, around):
        if kind != "break":
            if words or not text.isspace():
                words.append((text, kind == "link"))
            continue
        if not words:
            continue
        line = even(words[0][0] if len(words) == 1 else "".join(word for word, _ in words))
        if line:
            total = linked = 0
            for word, is_link in words:
                size = len(word.strip())
                total += size
                linked += size if is_link else 0
            captions = place == "body" and len(line) <= _CAPTIONED and is_caption(node, sizes, total)
            yield Block(line, length(line), key(line), linked / (total or 1), node, "side" if captions else place)
        words.clear()


def panels(root: html.HtmlElement) -> set[html.HtmlElement]:
    """The elements that a heading unfolds (WAI-ARIA, accordion pattern): text, though nobody sees them at first."""
    controls = [e for e in root.iter("span", "a") if e.get("aria-expanded") and e.get("aria-controls")]
    heads = [e for e in controls if any(a.tag in _HEADINGS for a in islice(e.iterancestors(), 2))]
    if not heads:
        return set()
    wanted = {name for e in heads for name in e.get("aria-controls", "").split()}
    return {e for e in root.iter("div", "section", "dd", "ul") if e.get("id") in wanted}


def behind(blocks: Sequence[Block], headline: html.HtmlElement) -> int | None:
    """The place of the first line behind the headline; None where no line shows it. Crumbs may have its words too."""
    inside, title = set(headline.iter()), key(" ".join(headline.itertext()))
    shown = next((n + 1 for n, block in enumerate(blocks) if block.element in inside), None)
    same = [n for n, block in enumerate(blocks) if block.key == title] if shown is None else []
    around = set(headline.iterancestors()) if len(same) > 1 else set()
    return shown or next((n + 1 for n in same if blocks[n].element in around), None) or (same[0] + 1 if same else None)


def _without_polls(root: html.HtmlElement, blocks: list[Block], sizes: Mapping[html.HtmlElement, int]) -> list[Block]:
    """Blocks, with those of polls taken for the page's frame: small boxes of answers to choose among."""
    choices = [e for e in root.iter("input") if (e.get("type") or "").lower() == "radio"]
    held = Counter(ancestor for choice in choices for ancestor in choice.iterancestors())
    boxes = {next((e for e in choice.iterancestors() if held[e] > 1), None) for choice in choices}
    polls = {box for box in boxes if box is not None and sizes[box] <= _POLL}
    if not polls:
        return blocks
    inside = (not polls.isdisjoint((b.element, *b.element.iterancestors())) for b in blocks)
    return [replace(b, place="frame") if within else b for b, within in zip(blocks, inside, strict=True)]


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
    running = [b for b in blocks if b.links < 0.3 and b.size >= _RUNNING and b.place not in ("frame", "caption")]
    text = {b.key for b in running if b.place != "side"}  # its second copy, for print or phones, is none
    return sum(b.size for b in running), [b for b in running if b.place == "side" and b.key not in text]


def _misnamed(blocks: list[Block]) -> set[html.HtmlElement]:
    """The elements that would put much of the text beside the text: a page may name what holds it all "sidebar"."""
    total, beside = _weighed(blocks)
    if sum(b.size for b in beside) <= _MOST * total:
        return set()
    weight: Counter[html.HtmlElement] = Counter()
    for block in beside:
        for element in (block.element, *block.element.iterancestors()):
            weight[element] += block.size
    heavy = (element for element, size in weight.items() if size > _MOST * total)
    return {element for element in heavy if _place(element, str(element.tag), "body") == "side"}


def _checked(blocks: list[Block]) -> list[Block]:
    """Blocks, with what class names say forgotten where many elements would put much of the text beside the text."""
    total, beside = _weighed(blocks)
    if sum(b.size for b in beside) <= _MOST * total:
        return blocks
    return [replace(b, place=_place_by_tag(b.element)) if b.place == "side" else b for b in blocks]


def _place_by_tag(element: html.HtmlElement) -> str:
    return "heading" if element.tag in _HEADINGS else "body"


_NEXT = {"frame": 4, "caption": 3, "side": 2, "heading": 1, "body": 0}  # an inner place changes only a weaker outer one


def _place(node: html.HtmlElement, tag: str, outer: str) -> str:
    if tag in ("article", "main") and outer != "side":
        return "body"
    place = "frame" if tag in _FRAME else "caption" if tag in _CAPTION else "heading" if tag in _HEADINGS else ""
    if not place and tag not in _OUTER:
        place = _by_class(node.get("class") or "", node.get("id") or "")
        place = place or ("side" if _is_unseen(node.get("hidden"), node.get("role"), node.get("style")) else "")
    return place if place and _NEXT[place] > _NEXT[outer] else outer


def _is_unseen(hidden: str | None, role: str | None, style: str | None) -> bool:
    """True for what a page shows only when something happens: hidden elements and dialogs (HTML, WAI-ARIA)."""
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or role in _DIALOGS
        or (style is not None and _NOT_DISPLAYED.search(style) is not None)
    )


@lru_cache(maxsize=4096)
def _by_class(classes: str, identity: str) -> str:
    words = {word.lower() for word in _WORD.findall(f"{classes[:200]} {identity[:80]}")}
    if words & _UNDER_PICTURE:
        return "caption"
    names = classes.split()
    hides = not _HIDING.isdisjoint(names) and not any(map(_SHOWN.match, names))
    return "side" if hides or words & _BESIDE else ""


def _walk(
    root: html.HtmlElement, sizes: Mapping[html.HtmlElement, int], around: Set[html.HtmlElement]
) -> Iterator[tuple[str, html.HtmlElement, str, str]]:
    """("word" or "link", element, place, text) and ("break", element that ends or is interrupted, its place, "") in
    document order; the elements `around` the page are no frames. Iterative: pages nest deeper than Python's stack."""
    stack = [(root, False, False, root, "body", "body")]
    while stack:
        node, closing, in_link, holder, holder_place, place = stack.pop()
        tag = node.tag
        is_block = tag in BLOCKS
        wordless = is_block and not sizes[node]  # only breaks a line
        if closing or wordless or not isinstance(tag, str) or tag in SILENT:
            if wordless:
                yield "break", holder, holder_place, ""
            elif closing and is_block:
                yield "break", node, place, ""
            elif closing and tag == "br":
                yield "break", holder, holder_place, ""
            if node.tail and node is not root:
                yield "link" if in_link else "word", holder, holder_place, node.tail
            continue
        children = node.getchildren()
        inner = _place(node, tag, place) if (is_block or children) and node not in around else place
        stack.append((node, True, in_link, holder, holder_place, inner))
        if is_block:
            yield "break", holder, holder_place, ""
        inner_link = in_link or tag == "a"
        inner_holder, inner_place = (node, inner) if is_block else (holder, holder_place)
        if node.text:
            yield "link" if inner_link else "word", inner_holder, inner_place, node.text
        children.reverse()
        for child in children:
            stack.append((child, False, inner_link, inner_holder, inner_place, inner))
