"""Lines of a page that belong to other items than its article: teasers, lists of links, pointers inside the text.
Judged by the elements that they stand in and by where their links lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice, takewhile
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.discovery.media import ATTACHMENTS
from crawler.extraction.lines.boilerplate_phrases import LABEL, ends_article, is_pointer
from crawler.extraction.markup.dom import SENTENCE_ENDS, key, text_of, word_count
from crawler.extraction.markup.text_blocks import Block, is_alone, is_prose

_LIST = 3  # entries of a list of other items
_DEEP = 12  # boxes in boxes
_CARD = 10  # lines of a visiting card
_PAGES = frozenset("html body main article".split())
_REACHED = re.compile(
    r"\S@\S+\.\w{2,}|(?:\+|\(|\b0)(?:[\s()-]*\d){9,}|"
    r"(?:тел|тлф|телефон|tel|telefon|teléfono|téléphone|telefone|phone|fax|факс|電話|电话|전화|هاتف|تلفن)\w*\W{0,5}\+?\(?\d",
    re.IGNORECASE,
)
_CONTENTS = 2  # entries of a table of contents
_LINKED = 0.4  # share of links in such an entry: it may have a kicker in front
_ANNOUNCEMENT = 30  # characters in front of the colon of a line that says no more than where to read on


def by_article(blocks: list[Block], headline: html.HtmlElement | None, kept: set[str]) -> tuple[set[str], set[str]]:
    """(keys of lines that stand only in <article> elements without the headline: teasers and comments are such (HTML
    Standard, 4.3.2); keys of those that stand only behind the <article> that holds most of the lines `kept`, and in
    none)."""
    homes = list(_articles(blocks))
    own = set(headline.iterancestors("article")) if headline is not None else set()
    inside: set[str] = set()
    outside: set[str] = set()
    sizes: Counter[html.HtmlElement | None] = Counter()
    for block, home in zip(blocks, homes, strict=True):
        (outside if home is None or home in own else inside).add(block.key)
        sizes[home] += len(block.text) if block.key in kept else 0
    main = max(sizes, key=sizes.__getitem__, default=None)
    if main is None:
        return inside - outside, set()
    end = max(n for n, home in enumerate(homes) if home is main)
    behind = {block.key for n, block in enumerate(blocks) if n > end and homes[n] is None}
    return inside - outside, behind - {block.key for n, block in enumerate(blocks) if n <= end or homes[n] is not None}


def _articles(blocks: list[Block]) -> Iterator[html.HtmlElement | None]:
    """For each line the smallest <article> around it."""
    parent, home = None, None
    for block in blocks:
        above = block.element.getparent()
        if above is None or above is not parent:
            parent, home = above, next(block.element.iterancestors("article"), None)
        yield home


def pointers(blocks: list[Block], url: str) -> set[str]:
    """Keys of lines that only point to another item of the same site: "Read more: ..." and lines that are one link,
    save those that a line ending in a colon announces."""
    found: set[str] = set()
    host, announced, labelled = urlsplit(url).hostname or "", False, False
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        whole = block.links > 0.95 and block.place in ("body", "heading")
        pointer = (
            ((block.links > 0 or block.size <= LABEL) and is_pointer(block.text))
            or (following is not None and following.links > 0.95 and ends_article(block.text))
            or (block.links > _LINKED and block.place == "body" and _announces(block, url, host))
        )
        if pointer or (whole and (labelled or (not announced and _leads_to_item(block, url, host)))):
            found.add(block.key)
        labelled = pointer or (labelled and whole)
        announced = block.text.endswith(":") or (announced and whole)
    return found | set(_over_nothing(blocks, found))


def _over_nothing(blocks: list[Block], gone: set[str]) -> Iterator[str]:
    """Keys of the headings, and of the bold lines that serve for such, between which only lines that are `gone`
    stand."""
    over: Block | None = None
    for n, block in enumerate(blocks):
        is_head = block.place == "heading" or (block.size <= LABEL and is_bold(block.element))
        if block.place not in ("body", "heading"):
            continue  # a box between a heading and its text says nothing of what the heading stands over
        if block.key in gone:
            if n and blocks[n - 1].key not in gone:
                before = blocks[n - 1]
                is_label = before.place == "heading" or is_bold(before.element)
                over = before if is_label and not before.text.endswith((*SENTENCE_ENDS, ":")) else None
            continue
        ends = over is not None and (is_head or block.element.getparent() is not over.element.getparent())
        if over is not None and ends and over.size <= LABEL and over.element.tag != "h1":
            yield over.key
        over = None


def is_bold(element: html.HtmlElement) -> bool:
    """Whether all words of an element are in bold type."""
    inner = next(iter(element), None)  # to ask for the element's length would count all its children
    return (
        inner is not None
        and inner.tag in ("b", "strong")
        and inner.getnext() is None
        and not (element.text or "").strip()
        and not (inner.tail or "").strip()
    )


def lists_of_items(blocks: list[Block], url: str) -> set[str]:
    """Keys of the entries of lists that link each to another item of the same site, and of the headings over them; not
    of a list that a line ending in a colon announces."""
    host = urlsplit(url).hostname or ""
    found: set[str] = set()
    for places in _entries(blocks).values():
        listed = [blocks[n] for n in places]
        over = blocks[places[0] - 1] if places[0] else None
        if len(listed) < _LIST or (over is not None and over.text.endswith(":")):
            continue
        if all(block.links > _LINKED and _leads_to_item(block, url, host) for block in listed):
            found.update(block.key for block in listed)
            found.update({over.key} if over is not None and over.place == "heading" else ())
    return found - {block.key for block in blocks if block.links < _LINKED and block.place != "heading"}


def contents(blocks: list[Block]) -> set[str]:
    """Keys of the entries of lists that all lead to places on this page, and of the labels over them ("On this page");
    none that stands elsewhere too, as a heading does to which an entry leads."""
    found: set[int] = set()
    for items, places in _entries(blocks).items():
        if len(places) < _CONTENTS or not all(blocks[n].links > 0.9 for n in places):
            continue
        links = [a.get("href") or "" for a in items.iter("a")]
        if all(link.startswith("#") and link != "#" for link in links):
            over = places[0] - 1
            is_label = over >= 0 and blocks[over].size <= LABEL and not is_prose(blocks[over].text)
            found.update(places, {over} if is_label and blocks[over].element.tag != "h1" else ())
    elsewhere = {block.key for n, block in enumerate(blocks) if n not in found}
    return {blocks[n].key for n in found} - elsewhere


def contacts(blocks: list[Block]) -> set[str]:
    """Keys of the lines of boxes that tell how to reach somebody: a heading over a few short lines, one of them with a
    number to call or an address to write to, and no sentence."""
    found: set[str] = set()
    for n, block in enumerate(blocks):
        box = block.element.getparent()
        if block.place != "heading" or block.element.tag == "h1" or box is None:
            continue
        flat = box.tag in _PAGES or (n > 0 and _stands_in(box, blocks[n - 1]))  # then it reaches to the next heading
        inside = list(takewhile(partial(_stands_in, box), blocks[n + 1 : n + _CARD + 2]))
        inside = list(takewhile(_is_no_heading, inside)) if flat else inside
        if not 1 <= len(inside) <= _CARD or any(b.size > LABEL or b.text.endswith(SENTENCE_ENDS) for b in inside):
            continue
        if any(_REACHED.search(b.text) for b in inside):
            found.update((block.key, *(b.key for b in inside)))
    return found - {block.key for block in blocks if block.size > LABEL}


def _stands_in(box: html.HtmlElement, block: Block) -> bool:
    return box in islice(block.element.iterancestors(), _DEEP)


def _is_no_heading(block: Block) -> bool:
    return block.place == "body"


def _entries(blocks: list[Block]) -> dict[html.HtmlElement, list[int]]:
    """The lines of each list of a page's text, by their numbers."""
    entries: dict[html.HtmlElement, list[int]] = {}
    for n, block in enumerate(blocks):
        if block.place == "body" and (items := next(block.element.iterancestors("ul", "ol"), None)) is not None:
            entries.setdefault(items, []).append(n)
    return entries


def _announces(block: Block, url: str, host: str) -> bool:
    """True for a few words with a colon and nothing behind them but a link to another item of the site: "On this
    subject: ...", in whatever language."""
    label, colon, rest = block.text.replace("：", ":").partition(":")
    if not colon or len(label) > _ANNOUNCEMENT or not _leads_to_item(block, url, host):
        return False
    if block.element.tag == "li" and not is_alone(block.element):
        return False  # the entries of a list are judged together
    links = [a for a in block.element.iter("a") if a.get("href")]
    return len(links) == 1 and key(text_of(links[0])) == key(rest)


def _leads_to_item(block: Block, url: str, host: str) -> bool:
    if word_count(block.text) < 4 or block.text.endswith("."):
        return False
    link = next((a for a in block.element.iter("a") if a.get("href")), None)
    link = link if link is not None else next((a for a in block.element.iterancestors("a") if a.get("href")), None)
    if link is None:
        return False
    try:
        target = urlsplit(urljoin(url, link.get("href") or ""))
    except ValueError:
        return False
    if (target.path, target.query) == urlsplit(url)[2:4]:
        return False  # a heading that can be linked to
    return target.hostname == host and target.path.rpartition(".")[2].lower() not in ATTACHMENTS
