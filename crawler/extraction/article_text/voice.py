"""Which lines of a page trafilatura takes for the text, on a tree that was made safe for it. Its only home.

trafilatura matches parts of class names ("bar", "meta", "tags" ...) and deletes elements with their words, so what
surely holds the article is freed of such names first, and inline elements that it would delete are unwrapped."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Any

from lxml import etree, html

from crawler.extraction.markup.dom import drop, even, key
from crawler.extraction.markup.flat_tree import FlatTree
from crawler.extraction.markup.text_blocks import Block, panels
from crawler.extraction.page.page import Page

# Beyond, our own reading: its walks over much in one place take minutes. Of 400 real pages the largest had 4,200.
_MANY_ELEMENTS = 30_000
_UNWRAP = ("time", "noindex", "label", "output", "ruby", "rb", "rt", "rp")
_PARAGRAPH = 120  # characters of a cell of several lines that is no entry of a table
_SHORT = 40  # characters of a line that counts as running text
# What it never reads text from; without it, each of its many walks over the page is shorter.
_NEVER = "head script style svg iframe template link meta canvas audio video object embed".split()
# What it drops with its words: cut before, where no running text stands inside, and made a div where most of it does.
_DROPS = frozenset("nav footer aside form fieldset menu dialog button select map figure center label".split())
_CUT = _DROPS - {"figure", "center", "label", "fieldset"}
_WHOLE = 0.9  # share of the running text that the smallest element around the article holds
# Says what becomes of an element's twin in the copy, while the copy is made. In capitals: no parsed page has it.
_MARK = "FATE"
_MARKED = etree.XPath(f"descendant-or-self::*[@{_MARK}]")
# Parts of names by which it discards an element; by other names ("article-body") it finds the text.
_HIDING = ("hidden", "aria-hidden", "style")
_NAMED = ("class", "id", "role")
_DISCARDED = re.compile(
    r"\bad\b|ad-|ads|author|attachment|banner|bar|blurred|bread|button|byline|caption|comment|consent|cookie|elated|embed|"
    r"expand|footer|hidden|hide|icon|image|infinite|infos|menu|message|meta|modal|more-on|nav|newsletter|next-|nfoline|"
    r"obfuscated|options|overlay|paid|permission|popular|premium|print|promo|rating|reply|shar|slide|social|stories|"
    r"syndication|tag|teaser|timestamp|trending|user|viewport|viral|widget|yin",
    re.IGNORECASE,
)
_SURE, _MOST_PARTS = 20, 0.7  # letters that say which line of a page it is; share of a line that was taken
_MENU = 0.5  # share of words in links of what is no text where it stands outside that element


def trafilatura_voice(page: Page, blocks: list[Block], others: Set[html.HtmlElement] = frozenset()) -> set[int]:
    """The numbers of the lines that trafilatura takes for the text; nothing of the `others`, elements that hold other
    articles. Empty where it is not asked: a page of very many elements.

    Its comparison with other readers is never asked: half of its time, quadratic in blocks, and a process that asks it
    once reads the function words of a hundred languages, which takes as long as twenty pages. Of pages of nothing but
    short lines it fuses all words by itself: what stands around them is told by our own reading then."""
    if len(page.tree.elements) > _MANY_ELEMENTS:
        return set()
    running = [b for b in blocks if b.place == "body" and b.links < 0.3 and b.size >= _SHORT]
    weight = weights(page.tree, running)
    read = _read(_prepared(page, weight, others))
    if len(read) == 1 and (whole := key(read[0])) and sum(b.key in whole for b in blocks) > 1:
        return set()  # it found no text and gave all words of the page
    return _shown(read, blocks)


def _shown(lines: list[str], blocks: list[Block]) -> set[int]:
    """The numbers of the blocks that these lines are, or are parts of. A reader may fuse lines, or split one."""
    of_lines = [key(line) for line in lines]
    keys = {*of_lines, *(key(cell) for line in lines if " | " in line for cell in line.split(" | "))}
    whole, at = "\n".join(of_lines), 0
    found: set[int] = set()
    for n, block in enumerate(blocks):
        if not block.key:
            continue
        if len(block.key) >= _SURE:
            place = whole.find(block.key, at)
            place = place if place >= 0 else whole.find(block.key, 0, at + len(block.key))
            if place >= 0:
                at = place
            elif not (_has_parts(block.key, whole)):
                continue
            found.add(n)
        elif block.key in keys:
            found.add(n)
    return found


def _has_parts(words: str, whole: str) -> bool:
    """Whether nearly all of a line was taken, if in other words for its notes or in pieces."""
    starts = range(0, len(words) - _SURE + 1, _SURE)
    missing = len(starts) - math.ceil(_MOST_PARTS * len(starts))  # parts that may be
    for start in starts:
        missing -= words[start : start + _SURE] not in whole
        if missing < 0:
            return False
    return True


@cache
def _options() -> Any:
    """What is asked of trafilatura: made once, since it reads a file of settings with an interpreter of its own for
    each of them, a fiftieth of the time of a short page."""
    import logging  # noqa: PLC0415 - see below

    from trafilatura.settings import Extractor  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told by our own rows
    return Extractor(
        fast=True,
        comments=False,
        tables=True,
        dedup=False,  # its memory is the process's: answers would depend on the order of pages
        with_metadata=False,
        output_format="txt",  # else it writes the body out as text, which nobody reads
    )


def _read(tree: html.HtmlElement) -> list[str]:
    from trafilatura import bare_extraction  # noqa: PLC0415 - half of what a process costs to start
    from trafilatura.settings import Document  # noqa: PLC0415

    document = bare_extraction(tree, options=_options())
    if not isinstance(document, Document) or document.body is None:
        return []
    return [line for line in map(even, _lines(document.body)) if line]


def weights(tree: FlatTree, lines: Iterable[Block]) -> list[int]:
    """The characters of these lines in each element."""
    weight = [0] * len(tree.elements)
    for line in lines:
        weight[line.node] += line.size
    for number in range(len(weight) - 1, 0, -1):  # what is inside comes before what holds it
        weight[tree.parents[number]] += weight[number]
    return weight


def holder(weight: list[int], share: float) -> int:
    """The smallest element that holds more than this share (over half) of all that is weighed."""
    return max((n for n, amount in enumerate(weight) if amount > share * weight[0]), default=0)


def _prepared(page: Page, weight: list[int], others: Set[html.HtmlElement]) -> html.HtmlElement:
    """A copy of the page: without what is never read, and with class and id blank on every element that holds most of
    the running text and would be discarded by them."""
    elements = page.tree.elements
    held = {elements[n] for n, amount in enumerate(weight) if amount > 0.5 * weight[0]}
    cut = {elements[n] for n, tag in enumerate(page.tree.tags) if tag in _CUT and not weight[n]}
    for element in (cut | others | _menus(page, holder(weight, _WHOLE))) - held:
        element.set(_MARK, "cut")
    for element in held | {elements[n] for n in panels(page.tree)}:
        element.set(_MARK, "text")
    tree = _copied(page.root)
    etree.strip_attributes(page.root, _MARK)
    for twin in _MARKED(tree):
        if twin.get(_MARK) == "cut":
            drop(twin)
            continue
        del twin.attrib[_MARK]
        for name in _HIDING:
            twin.attrib.pop(name, None)
        if any(_DISCARDED.search(twin.get(name) or "") for name in _NAMED):
            for name in _NAMED:
                twin.attrib.pop(name, None)
        if twin.tag in _DROPS:
            twin.tag = "div"
    etree.strip_elements(tree, *_NEVER, with_tail=False)
    etree.strip_tags(tree, *_UNWRAP)
    return tree


def _copied(root: html.HtmlElement) -> html.HtmlElement:
    """A copy of a page, without its head where it has one body: there stand long scripts, and no text."""
    if [child.tag for child in root if child.tag != "head"] != ["body"]:
        return copy.deepcopy(root)
    tree = root.makeelement(root.tag, dict(root.attrib))
    tree.append(copy.deepcopy(root[-1] if root[-1].tag == "body" else root.find("body")))
    return tree


def _menus(page: Page, container: int) -> set[html.HtmlElement]:
    """The largest elements outside the one that holds the text that are mostly links."""
    tree, spine, at = page.tree, {container}, container
    while (at := tree.parents[at]) >= 0:
        spine.add(at)
    return {
        tree.elements[n]
        for n, parent in enumerate(tree.parents)
        if parent in spine and n not in spine and parent != container and tree.linked[n] > _MENU * tree.sizes[n]
    }


_BREAKS = frozenset("p head item quote list table div fw lb code main body ab list".split())


def _lines(body: etree._Element) -> Iterator[str]:
    buffer: list[str] = []
    stack: list[tuple[etree._Element, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in _BREAKS and buffer:
                yield "".join(buffer)
                buffer.clear()
            if node is not body and node.tail:
                buffer.append(node.tail)
            continue
        stack.append((node, True))
        if tag in _BREAKS and buffer:
            yield "".join(buffer)
            buffer.clear()
        if tag == "row":
            yield from _row(node)
            continue
        if node.text:
            buffer.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    if buffer:
        yield "".join(buffer)


def _row(row: etree._Element) -> Iterator[str]:
    cells = [even(" ".join(cell.itertext())) for cell in row.iter("cell")]
    parts = (sum(1 for _ in cell.iter("lb", "p", "list")) for cell in row.iter("cell"))
    is_layout = any(n and len(cell) >= _PARAGRAPH for cell, n in zip(cells, parts, strict=True))
    if len(cells) > 1 and not is_layout and all(len(cell) < 300 for cell in cells):
        yield " | ".join(filter(None, cells))
    else:
        for cell in row.iter("cell"):
            yield from _lines(cell)
