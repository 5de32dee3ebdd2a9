"""What a listing's page shows of articles and the entry's `links` does not find: the lead story above the list, every
second row, a second list, a row that only a script opens or that leads nowhere. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import html

from crawler.addresses import mask_url
from crawler.discovery.address import absolute
from crawler.discovery.base import Unselected
from crawler.discovery.extent.page_data import in_data
from crawler.discovery.extent.pager import is_other_page, number_in
from crawler.discovery.extent.words import leads_on
from crawler.discovery.markup.surroundings import item_elements
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url

_MOST = 5_000  # links of one page that are looked at
_MOST_BEFORE = 3  # elements before a block in which its heading is looked for
_FEWEST_LETTERS = 8  # of a headline
_REPORT = 60  # letters of a row that is a report of its own
_FEWEST_ITEMS = 2  # that show how items are addressed, or make a list
_LEAST_SHARE = 0.2  # of the items, of one way to address them
_SLUG_WORDS, _SLUG_LENGTH = 4, 25
_DIGITS = re.compile(r"\d+")
_HASH = re.compile(r"(?=[^\d]*\d)[0-9a-f-]{16,}")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_WORD = re.compile(r"[^\W_]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "summary")
_FRAME = frozenset({"aside", "nav", "header", "footer", "form", "select"})
_BESIDE = re.compile(
    r"(?:^|[-_\s])(?:aside|side-?bar|widget|related|similar|popular|most|trend|recommend|menu|nav|navbar|breadcrumbs?|"
    r"footer|header|banner|tags?|ticker|promo|pager|pagination|archives?)(?:$|[-_\s])"
)
_OPENED_BY_SCRIPTS = frozenset(
    "onclick data-url data-href data-link data-target-url data-id ng-click v-on:click @click wire:click".split()
)

Shape = tuple[str, ...]


def shape_of(url: str) -> Shape | None:
    """How an address is made, host left out: its parts with figures as `#` and what is written from a headline as `*`;
    None for one without such parts, which says nothing of others."""
    parts = urlsplit(canonical_url(url))
    path = [_kind(part) for part in unquote(parts.path).strip("/").split("/")]
    pairs = (part.partition("=") for part in unquote(parts.query).split("&") if part)
    query = sorted(f"{name}={_kind(value)}" for name, _, value in pairs)
    shape = (*path, "?", *query)
    return shape if any("#" in part or "*" in part for part in shape) else None


def _kind(part: str) -> str:
    bare = _ENDING.sub("", part.lower())
    if len(_WORD.findall(bare)) >= _SLUG_WORDS or len(bare) >= _SLUG_LENGTH or _HASH.fullmatch(bare):
        return "*" + part.lower()[len(bare) :]
    return _DIGITS.sub("#", part.lower())


def common_shapes(urls: Collection[str]) -> frozenset[Shape]:
    """How the items of a page are addressed: each way that several of them share."""
    counts = Counter(shape for url in urls if (shape := shape_of(url)))
    least = max(_FEWEST_ITEMS, _LEAST_SHARE * len(urls))
    return frozenset(shape for shape, n in counts.items() if n >= least)


def unselected(
    tree: html.HtmlElement,
    base: str,
    here: str,
    links: Sequence[html.HtmlElement],
    urls: Collection[str],
    encoding: str = "utf-8",
) -> tuple[Unselected, ...]:
    """The documents that a page links to with the words of a headline, or names in its data for scripts, whose
    addresses are made as those of its items, `urls`, and that are none of them. `links` are the links of the items,
    `here` is the address of the page, and `base` what its links are relative to."""
    shapes = common_shapes(urls)
    if not shapes:
        return ()
    chosen, holders = {_document(url) for url in urls}, {up for link in links for up in link.iterancestors()}
    found: dict[str, tuple[str, html.HtmlElement]] = {}
    mine = set(links)
    for link in islice(tree.iter("a"), _MOST):
        if link in mine or not link.get("href") or not _is_headline(link):
            continue
        url = absolute(base, link.get("href") or "", encoding)
        if url is None or shape_of(url) not in shapes or _is_pager(link, url, here):
            continue
        if (document := _document(url)) not in chosen:
            found.setdefault(document, (url, link))
    named = islice(in_data(tree, base, urls), _MOST)
    are_like_pages = any(is_other_page(url, here) for url in urls)  # items are counted below the listing: /news/12
    data = {
        _document(url): url
        for url in named
        if shape_of(url) in shapes and (are_like_pages or not is_other_page(url, here))
    }
    in_scripts = [(document, url) for document, url in data.items() if document not in chosen and document not in found]
    blocks = {document: _block(link, holders) for document, (_, link) in found.items()}
    headed = {block for block, n in Counter(blocks.values()).items() if n > 1 and _has_heading(block, holders)}
    return tuple(
        Unselected(document, url, is_beside=blocks[document] in headed or _is_in_frame(link, blocks[document]))
        for document, (url, link) in found.items()
    ) + tuple(Unselected(document, url, is_beside=False) for document, url in in_scripts)


def _document(url: str) -> str:
    return mask_url(canonical_url(url))


def _is_headline(link: html.HtmlElement) -> bool:
    words = words_of(link) or link.get("title") or link.get("aria-label") or ""
    if not words:  # a picture that leads there, as in a row of slides
        words = next((said for image in islice(link.iter("img"), 2) if (said := image.get("alt") or "")), "")
    return sum(c.isalpha() for c in words[:400]) >= _FEWEST_LETTERS and not leads_on(words)


def _is_pager(link: html.HtmlElement, url: str, here: str) -> bool:
    """Whether a link leads to another page of the listing at the address `here`: "Page 2"."""
    return number_in(words_of(link)) is not None and is_other_page(url, here)


def _block(link: html.HtmlElement, holders: Collection[html.HtmlElement]) -> html.HtmlElement:
    """The largest element around a link in which no item stands."""
    block = link
    for ancestor in link.iterancestors():
        if ancestor in holders:
            break
        block = ancestor
    return block


def _is_in_frame(link: html.HtmlElement, block: html.HtmlElement) -> bool:
    """Whether a link stands in the frame of the page, which its block or something in that says by its tag or name."""
    for element in (link, *link.iterancestors()):
        if element.tag in _FRAME or _BESIDE.search(f"{element.get('class', '')} {element.get('id', '')}".lower()):
            return True
        if element is block:
            break
    return False


def _has_heading(block: html.HtmlElement, holders: Collection[html.HtmlElement]) -> bool:
    """Whether a heading that is no headline stands in a block, or between it and the items before it."""
    before: list[html.HtmlElement] = []
    for element in islice(block.itersiblings(preceding=True), _MOST_BEFORE):
        if element in holders:
            break
        before.append(element)
    headings = (heading for element in (block, *before) for heading in element.iter(*_HEADINGS))
    return any(not _is_linked(heading) and words_of(heading) for heading in headings)


def _is_linked(heading: html.HtmlElement) -> bool:
    return next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None


def rows_without_address(links: Sequence[html.HtmlElement]) -> Iterator[tuple[html.HtmlElement, bool]]:
    """The rows of a list that have no address, and whether a script opens them; the others say all that they have to
    say where they stand. They are of the kind of rows that hold `links`, which are the links of its items, and beside
    them. A row in which `links` finds nothing but a link to `#` is one."""
    rows = dict(zip(links, item_elements(links), strict=True))
    held = {row for link, row in rows.items() if _is_address(link)}
    lists = Counter(row.getparent() for row in held)
    for holder in (holder for holder, n in lists.items() if holder is not None and n >= _FEWEST_ITEMS):
        kinds = {(row.tag, row.get("class")) for row in held if row.getparent() is holder}
        for row in islice(holder, _MOST):
            if row in held or (row.tag, row.get("class")) not in kinds or any(map(_is_address, row.iter("a"))):
                continue
            if _is_headline(row) and _is_opened_by_scripts(row):
                yield row, True
            elif _says_all(row):
                yield row, False


def _is_address(link: html.HtmlElement) -> bool:
    href = (link.get("href") or "").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:"))


def _is_opened_by_scripts(row: html.HtmlElement) -> bool:
    """Whether a row has a mark for a script."""
    marks = (name in element.attrib for element in islice(row.iter(), _MOST) for name in _OPENED_BY_SCRIPTS)
    scripted = ((link.get("href") or "").strip().lower().startswith("javascript:") for link in row.iter("a"))
    return any(marks) or any(scripted)


def _says_all(row: html.HtmlElement) -> bool:
    """Whether a row has the words of a short report and a figure, as its day has: not the heads of columns, the name of
    a month between the rows, or an advertisement."""
    words = words_of(row)[:4_000]
    is_head = next(row.iter("th", "form", "iframe", "ins", "script"), None) is not None
    return not is_head and sum(map(str.isalpha, words)) >= _REPORT and any(map(str.isdigit, words))
