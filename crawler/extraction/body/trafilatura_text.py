"""The text of an article by trafilatura, on a tree that was made safe for it. trafilatura's only home.

trafilatura matches parts of class names ("bar", "meta", "tags" ...) and deletes elements with their words, so what
surely holds the article is freed of such names first, and inline elements that it would delete are unwrapped."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator, Set

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extraction.body.split_joined_lines import in_order, unfused
from crawler.extraction.markup.dom import drop, even
from crawler.extraction.markup.paragraphs import paragraphs
from crawler.extraction.markup.text_blocks import Block, panels
from crawler.extraction.page.page import Page

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told by our own rows

# Beyond, our own reading: its walks over much in one place take minutes. Of 400 real pages the largest had 4,200.
_MANY_ELEMENTS = 30_000
_PARTS = frozenset("table tbody thead tfoot tr td ul ol dl li p".split())
_UNWRAP = ("time", "noindex", "label", "output", "ruby", "rb", "rt", "rp")
_PARAGRAPH = 120  # characters of a cell of several lines that is no entry of a table
_SHORT = 40  # characters of a line that counts as running text
# What it never reads text from; without it, each of its many walks over the page is shorter.
_NEVER = "head script style svg iframe template link meta canvas audio video object embed".split()
# What it drops with its words: cut before, where no running text stands inside, and made a div where most of it does.
_DROPS = frozenset("nav footer aside form fieldset menu dialog button select map figure center label".split())
_CUT = _DROPS - {"figure", "center", "label", "fieldset"}
_MAIN = 0.5  # share of it that the element around a short notice holds, beside lines of footers
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
_MENU = 0.5  # share of words in links of what is no text where it stands outside that element


def trafilatura_lines(page: Page, blocks: list[Block], others: Set[html.HtmlElement] = frozenset()) -> list[str]:
    """The lines that trafilatura takes for the text: paragraphs, headings, list items, rows with " | "; nothing of the
    `others`, elements that hold other articles.

    Its comparison with other readers, half of its time and quadratic in blocks, is asked only on pages of nothing but
    short lines, which it fuses by itself. No other page was better for it, with our own reading of lines behind it."""
    if len(page.sizes) > _MANY_ELEMENTS:
        return paragraphs(_around(page, blocks))
    running = [b for b in blocks if b.place == "body" and b.links < 0.3 and b.size >= _SHORT]
    tree = _prepared(page, running, others)
    read = _read(tree, page.url, fast=bool(running))
    lines = in_order(unfused(read, blocks), blocks)
    if len(read) == 1 and len(lines) > 1:
        # It found no text and gave all words of the page: those around most running text are what is worth reading.
        inside = set((_weighed(page, running, _MAIN)[2] if running else page.root).iter())
        return [b.text for b in blocks if b.element in inside and b.links < 0.5 and b.place in ("body", "heading")]
    return lines


def _read(tree: html.HtmlElement, url: str, *, fast: bool) -> list[str]:
    document = bare_extraction(
        tree,
        url=url,
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        deduplicate=False,  # its memory is the process's: answers would depend on the order of pages
        fast=fast,
        output_format="txt",  # else it writes the body out as text, which nobody reads
    )
    if not isinstance(document, Document) or document.body is None:
        return []
    return [line for line in map(even, _lines(document.body)) if line]


def _weighed(
    page: Page, lines: list[Block], share: float = _WHOLE
) -> tuple[dict[html.HtmlElement, int], int, html.HtmlElement]:
    """(the characters of these lines in each element that holds any, how many they are in all, the smallest element
    that holds more than this share of them)."""
    weight: dict[html.HtmlElement, int] = {}
    for line in lines:
        for element in (line.element, *line.element.iterancestors()):
            weight[element] = weight.get(element, 0) + line.size
    total = sum(line.size for line in lines)
    most = [element for element, amount in weight.items() if amount > share * total]  # each inside the next
    outer = {element.getparent() for element in most}
    return weight, total, next((element for element in most if element not in outer), page.root)


def _around(page: Page, blocks: list[Block]) -> html.HtmlElement:
    """The smallest element that holds nearly all words of a page but its links, and the text beside a table that is
    most of it."""
    _, _, holder = _weighed(page, [b for b in blocks if b.place == "body" and b.links < 0.3])
    return next((e for e in (holder, *holder.iterancestors()) if e.tag not in _PARTS), page.root)


def _prepared(page: Page, running: list[Block], others: Set[html.HtmlElement]) -> html.HtmlElement:
    """A copy of the page: without what is never read, and with class and id blank on every element that holds most of
    the running text and would be discarded by them."""
    weight, total, container = _weighed(page, running)
    text = {element for element, amount in weight.items() if amount > 0.5 * total}
    cut = {element for element in page.tagged(*_CUT) if element not in weight}
    unfolded = {page.tree.elements[n] for n in panels(page.tree)}
    for element in (cut | others | _menus(page, container)) - text:
        element.set(_MARK, "cut")
    for element in text | unfolded:
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


def _menus(page: Page, container: html.HtmlElement) -> set[html.HtmlElement]:
    """The largest elements outside the one that holds the text that are mostly links."""
    spine = set(container.iterancestors())
    beside = (child for element in spine for child in element if child is not container and child not in spine)
    return {e for e in beside if sum(page.sizes[link] for link in e.iter("a")) > _MENU * page.sizes[e]}


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
