"""Lines of a page that belong to other items than its article: teasers, lists of links, pointers inside the text.
Judged by the elements that they stand in and by where their links lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from lxml import html

from crawler.discovery.subresources.files import ATTACHMENTS
from crawler.extraction.labels.draft import Draft
from crawler.extraction.lines.boilerplate_phrases import LABEL, ends_article, is_pointer
from crawler.extraction.markup.dom import SENTENCE_ENDS, key, text_of, word_count
from crawler.extraction.markup.text_blocks import Block, is_alone
from crawler.extraction.page.page import Page
from crawler.extraction.words import vocabulary

_LIST = 3  # entries of a list of other items
_DEEP = 12  # boxes in boxes
_SHOWN = ("body", "heading")
_CHANNEL = 200  # characters of a line that leads to a channel of the site
_CHANNELS = re.compile(
    r"\s*(?:https?:)?//(?:news\.google\.[a-z.]+/|(?:www\.)?whatsapp\.com/channel/|chat\.whatsapp\.com/)"
)
_TEASERS, _MOSTLY = 2, 0.7  # lines under the heading of teasers, and share of links in them
_CONTENTS = 2  # entries of a table of contents
_WHOLLY = 0.9  # share of links in a line that is one
_LINKED = 0.4  # share of links in such an entry: it may have a kicker in front
_ARROWS = (">>", "»", "→", "➔", "➜", "›")  # behind a link that leads on
_ANNOUNCEMENT = 30  # characters in front of the colon of a line that says no more than where to read on


def other_articles(draft: Draft) -> set[int]:
    """Lines in <article> elements without the headline: teasers and comments are such (HTML Standard, 4.3.2)."""
    articles, tree = draft.layout.articles, draft.page.tree
    own: set[int] = {-1}
    at = draft.page.tree.numbers[draft.headline] if draft.headline is not None else -1
    while at >= 0:
        own.add(at)
        at = tree.parents[at]
    return {n for n, block in enumerate(draft.blocks) if articles[block.node] not in own}


def behind_article(draft: Draft) -> set[int]:
    """Lines behind the <article> that holds most of the text, in none."""
    sizes: Counter[int] = Counter()
    homes = [draft.layout.articles[block.node] for block in draft.blocks]
    for n in draft.text:
        sizes[homes[n]] += draft.blocks[n].size
    main = max(sizes, key=sizes.__getitem__, default=None)
    end = max((n for n, home in enumerate(homes) if home == main), default=len(homes))
    return {n for n in range(end + 1, len(homes)) if homes[n] < 0}


def pointers(draft: Draft) -> set[int]:
    """Lines that only point to another item of the same site: "Read more: ..." and lines that are one link,
    save those that a line ending in a colon announces."""
    found: set[int] = set()
    blocks, page = draft.blocks, draft.page
    announced = labelled = False
    if not draft.text:
        return found
    start = draft.text[0]
    while start > 0 and blocks[start].links > _WHOLLY:
        start -= 1  # what is one link goes on with what the line above it announces
    for n, (block, following) in enumerate(zip(blocks[start:], [*blocks[start + 1 :], None], strict=True), start):
        whole = block.links > 0.95 and block.place in _SHOWN
        pointer = (
            ((block.links > 0 or block.size <= LABEL) and is_pointer(block.text))
            or (block.links > _LINKED and block.text.endswith(_ARROWS) and "«" not in block.text)
            or (following is not None and following.links > 0.95 and ends_article(block.text))
            or (block.links > _LINKED and block.place == "body" and _announces(block, page))
            or (block.links > _LINKED and _names_next(block, page))
        )
        if pointer or (whole and (labelled or (not announced and _leads_to_item(block, page)))):
            found.add(n)
        elif n > draft.text[-1] and block.place in _SHOWN:
            break  # what stands behind says nothing of the text
        labelled = pointer or (labelled and whole)
        announced = block.text.endswith(":") or (announced and whole)
    return found | set(_over_nothing(blocks, found))


def _over_nothing(blocks: list[Block], gone: set[int]) -> Iterator[int]:
    """The headings, and of the bold lines that serve for such, between which only lines that are `gone`
    stand."""
    over: int | None = None
    for n, block in enumerate(blocks):
        if block.place not in _SHOWN:
            continue  # a box between a heading and its text says nothing of what the heading stands over
        if n in gone:
            if n and n - 1 not in gone:
                before = blocks[n - 1]
                is_label = before.place == "heading" or is_bold(before.element)
                over = n - 1 if is_label and not before.text.endswith((*SENTENCE_ENDS, ":")) else None
            continue
        if over is not None:
            head = blocks[over]
            is_head = block.place == "heading" or (block.size <= LABEL and is_bold(block.element))
            ends = is_head or block.element.getparent() is not head.element.getparent()
            if ends and head.size <= LABEL and head.element.tag != "h1":
                yield over
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


def lists_of_items(draft: Draft) -> set[int]:
    """The entries of lists that link each to another item of the same site, and the headings over them; not a list that
    a line ending in a colon announces."""
    blocks, found = draft.blocks, set[int]()
    for places in draft.layout.entries.values():
        over = blocks[places[0] - 1] if places[0] else None
        if len(places) < _LIST or (over is not None and over.text.endswith((":", "："))):
            continue
        if all(blocks[n].links > _LINKED and _leads_to_item(blocks[n], draft.page) for n in places):
            found.update(places, {places[0] - 1} if over is not None and over.place == "heading" else ())
    return found


def channels(draft: Draft) -> set[int]:
    """Short lines of the text that link to the site's channel on a news or chat service."""
    blocks = draft.blocks
    tree, short = draft.page.tree, [n for n in draft.text if blocks[n].links > 0 and blocks[n].size <= _CHANNEL]
    links = {n: tree.within(blocks[n].node, "a") for n in short}
    return {n for n, its in links.items() if any(_CHANNELS.match(tree.get(a, "href")) for a in its)}


def heads_of_teasers(draft: Draft) -> set[int]:
    """The headings between which and the next of their level, or the end, stand links to other items and none of the
    text."""
    blocks, text, found = draft.blocks, draft.text, set[int]()
    for n, m in zip(text, [*text[1:], None], strict=bool(text)):
        level = _level(blocks[n])
        under = blocks[n + 1 : n + 1 + _DEEP if m is None else m]
        if not level or level == 1 or len(under) < _TEASERS or (m is not None and not 0 < _level(blocks[m]) <= level):
            continue
        linked = sum(b.size for b in under if b.links > _WHOLLY)
        if linked > _MOSTLY * sum(b.size for b in under):
            found.add(n)
    return found


def _level(block: Block) -> int:
    """The level of a heading, 0 for another line."""
    tag = block.element.tag
    return int(tag[1]) if block.place == "heading" and len(tag) == 2 and tag[1].isdigit() else 0


def contents(draft: Draft) -> set[int]:
    """The entries of lists that all lead to places on this page, and the labels over them ("On this page")."""
    blocks = draft.blocks
    found: set[int] = set()
    for items, places in draft.layout.entries.items():
        if len(places) < _CONTENTS or not all(blocks[n].links > _WHOLLY for n in places):
            continue
        tree = draft.page.tree
        links = [tree.get(a, "href") for a in tree.within(items, "a")]
        if all("#" in link[:-1] and link.rpartition("#")[0] in ("", draft.page.url) for link in links):
            over = places[0] - 1
            is_label = over >= 0 and blocks[over].size <= LABEL and not blocks[over].is_prose
            found.update(places, {over} if is_label and blocks[over].element.tag != "h1" else ())
    return found


def _announces(block: Block, page: Page) -> bool:
    """True for a few words with a colon and nothing behind them but a link to another item of the site: "On this
    subject: ...", in whatever language."""
    label, colon, rest = block.text.replace("：", ":").partition(":")
    if not colon or len(label) > _ANNOUNCEMENT or not _leads_to_item(block, page):
        return False
    if block.element.tag == "li" and not is_alone(block.element):
        return False  # the entries of a list are judged together
    links = [a for a in block.element.iter("a") if a.get("href")]
    return len(links) == 1 and key(text_of(links[0])) == key(rest)


def _names_next(block: Block, page: Page) -> bool:
    """True for the word for the next or the previous item, and nothing behind it but a link to one: "Next  ...".
    The two may touch: an element of its own sets the word apart."""
    links = page.tree.within(block.node, "a")
    title = page.text_of(page.tree.elements[links[0]]) if len(links) == 1 else ""
    return bool(title) and vocabulary("next_item").is_whole(block.text.removesuffix(title) or title)


def _leads_to_item(block: Block, page: Page) -> bool:
    if word_count(block.text) < 4 or block.text.endswith("."):
        return False
    tree, own = page.tree, page.links.target("")
    around = (n for n in tree.around(block.node) if tree.tags[n] == "a")
    links = (tree.get(n, "href") for n in chain(tree.within(block.node, "a"), around))
    target = page.links.target(next(filter(None, links), ""))
    if target is None or own is None or target[2:4] == own[2:4]:
        return False  # a heading that can be linked to, or no address
    return target.hostname == own.hostname and target.path.rpartition(".")[2].lower() not in ATTACHMENTS
