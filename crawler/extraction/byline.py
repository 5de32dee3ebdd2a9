"""Who wrote an article, as its readers see it: elements marked as the author's, and lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from crawler.extraction.blocks import Block
from crawler.extraction.labels import ends_article
from crawler.extraction.names import (
    is_aside,
    is_full,
    is_label_alone,
    labelled_names,
    names_in,
    shown_names,
    signature,
    signed_name,
)
from crawler.extraction.near import in_card
from crawler.extraction.page import FRAME, Page, in_frame
from crawler.extraction.tree import BLOCKS, SILENT, even, key, text_of

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_OF_AUTHOR = re.compile(
    r"by-?line\w*|author(?:s|name|names|list|link|links|line|info|title)?|autor(?:en|es|a|i|zy|name)?|auteurs?|autore|"
    r"verfasser(?:in)?|redakteur(?:in)?|reporters?|writers?|journalists?|muallif(?:lar)?|avtor|yazar|muhabir|forfatter|skribent|penulis"
)
# The page of a person on the site, as its address says: /author/anna-ivanova, /autoren/12, ?author=4.
_PROFILE = re.compile(
    r"(?:/(?:authors?|autor(?:en|es|as|i|zy|in)?|auteurs?|autore|journalists?|journalistes?|contributors?|columnists?|"
    r"byline|by|yazar(?:lar)?|muallif(?:lar)?|avtory?|forfatter|skribent|penulis)/[^/?#]|[?&]author(?:_name|id)?=)",
    re.IGNORECASE,
)
_OTHERS = frozenset("comment comments respond related recommended teaser teasers widget sidebar popular".split())
_BYLINE = 160  # characters of what can be a byline
_CARD = 300  # characters of the teaser of another item
_LINE = 120  # characters of a line that tells who wrote the text
_NEAR = 14  # lines behind the headline in which "By Anna Ivanova" is looked for
_LAST = 3  # and lines at the end of the page's text
_MOST = 8  # elements marked as the author's that are looked at
_BARS = re.compile(r"\s+[|/•·–—-]\s+")
_COLON = re.compile("[:：]")
_TOUCHING = re.compile(r"(?<=[^\s\x00])\x00+(?=[^\s\x00,.;])")
_MOST_KEPT = 60  # marked elements of one kind that are kept: a page may have thousands of comments


def marked_names(page: Page, headline: html.HtmlElement | None) -> tuple[str, ...]:
    """The names in the first element marked as the author's that holds any, and in its like beside it."""
    strong, weak = _candidates(page, headline)
    for element in islice(strong, _MOST):
        if names := _names_of(element, page, loose=True):
            return _with_like(element, names, strong, page)
    for element in islice(weak, _MOST):
        if names := _names_of(element, page, loose=False):
            return _with_like(element, names, weak, page)
    return ()


def _candidates(page: Page, headline: html.HtmlElement | None) -> tuple[list[html.HtmlElement], list[html.HtmlElement]]:
    """(elements marked as the author's by data attributes or the word "byline", those by a class or a link to the page
    of a person); each with those behind the headline first."""
    found: dict[tuple[bool, bool], list[html.HtmlElement]] = {}
    before = headline is not None
    for element, size in page.sizes.items():
        if element is headline:
            before = False
        if size > _BYLINE or element.tag in FRAME:
            continue
        classes = element.get("class")
        is_strong = (
            element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or (classes is not None and "byline" in classes.lower())
        )
        if is_strong or (size and ((classes and _of_author(classes)) or (element.tag == "a" and _is_profile(element)))):
            kept = found.setdefault((is_strong, before), [])
            if len(kept) < _MOST_KEPT:
                kept.append(element)
    strong = [*found.get((True, False), ()), *found.get((True, True), ())]
    weak = [*found.get((False, False), ()), *found.get((False, True), ())]
    strong = [e for e in strong if next(e.iterancestors("figure"), None) is None]  # a byline there is the picture's
    strong = [e for e in strong if not _is_beside_headline(e, headline, page)]
    strong.sort(key=_is_others)
    weak = [e for e in weak if not _is_others(e) and not in_frame(e) and not _is_listed(e, page)]
    return strong, [e for e in weak if not _is_beside_headline(e, headline, page)]


@lru_cache(maxsize=4096)
def _of_author(classes: str) -> bool:
    return any(_OF_AUTHOR.fullmatch(word.lower()) for word in _WORD.findall(classes[:200]))


def _is_profile(element: html.HtmlElement) -> bool:
    return element.tag == "a" and _PROFILE.search(element.get("href") or "") is not None


def _is_others(element: html.HtmlElement) -> bool:
    """Whether an element belongs to comments or to a teaser of another item, by the class names around it."""
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main", "body"):
            return False
        classes = ancestor.get("class")
        if classes and not _OTHERS.isdisjoint(word.lower() for word in _WORD.findall(classes[:200])):
            return True
    return False


def _is_beside_headline(element: html.HtmlElement, headline: html.HtmlElement | None, page: Page) -> bool:
    """Whether an element stands in a small box with the headline of another item to click on."""
    holders = [e for e in islice(element.iterancestors(), 2) if page.sizes.get(e, 0) <= _CARD]
    if element in page.teasers or not any(e in page.teasers for e in holders):
        return False
    return headline is None or all(e not in holders for e in headline.iterancestors())


def _is_listed(element: html.HtmlElement, page: Page) -> bool:
    """Whether an element belongs to one item of a list, with its headline beside the name."""
    parent = element.getparent()
    if any(e.tag == "a" for e in element.iterancestors()):
        return True
    item = next(element.iterancestors("li"), None)
    if item is not None:
        beside = page.short_text(item, _CARD).replace(page.short_text(element, _CARD), "", 1)
        if (key(beside) and not is_aside(beside)) or page.sizes.get(item, 0) > _CARD:
            return True
    return parent is not None and in_card(page, parent, None)


def _with_like(
    element: html.HtmlElement, names: tuple[str, ...], others: list[html.HtmlElement], page: Page
) -> tuple[str, ...]:
    """`names` and those in elements of the same kind in the same byline: several authors stand side by side."""
    around = [e for e in islice(element.iterancestors(), 2) if page.sizes.get(e, 0) <= 2 * _BYLINE]
    kind = (element.tag, element.get("class"), element.get("rel"), element.get("itemprop"))
    found = dict.fromkeys(names)
    for other in others:
        same = (other.tag, other.get("class"), other.get("rel"), other.get("itemprop")) == kind
        if same and other is not element and any(e in around for e in islice(other.iterancestors(), 2)):
            found.update(dict.fromkeys(_names_of(other, page, loose=" " not in names[0])))
    return names_in(found)


def _names_of(element: html.HtmlElement, page: Page, *, loose: bool) -> tuple[str, ...]:
    """The names that an element shows: in its first piece that holds any, and in further pieces of the same kind.
    `loose`: one that is no full name, when the element says nothing else."""
    inside = list(islice(element.iterdescendants(), _BYLINE))
    if len(inside) == _BYLINE:
        return ()
    inner = [e for e in inside if e.get("itemprop") == "name"]
    stated = [e.get("content") or "" for e in inner if e.tag == "meta"]
    if names := names_in(stated):
        return names
    if not page.sizes.get(element):
        return ()
    inner = inner or [e for e in inside if page.sizes.get(e) and (e.get("rel") == "author" or _is_profile(e))]
    pieces = [piece for e in inner or [element] for piece in _pieces(e)]
    chosen: list[str] = []
    kind: tuple[str, str] | None = None
    for piece_kind, text in pieces:
        if kind not in (None, piece_kind) or is_aside(text):
            continue
        shown = shown_names(text)
        if any(map(is_full, shown)):
            chosen += shown
            kind = piece_kind
        elif kind is None:
            break  # what comes behind an account's name is no name
    if chosen:
        return names_in(chosen)
    words = [text for _, text in pieces if not is_aside(text)]
    if len(words) != 1 or len(words[0].split()) > 3:
        return ()
    address = next((key(e.get("href") or "") for e in [element, *inside] if _is_profile(e)), "")
    return tuple(name for name in names_in(words) if loose or key(name) in address)


def _pieces(element: html.HtmlElement) -> list[tuple[tuple[str, str], str]]:
    """The words of a small element, apart where lines and links begin and end, and where inline elements stand without
    a blank between; each with tag and class of what holds it."""
    parts: list[tuple[tuple[str, str], list[str]]] = [(("", ""), [])]
    holders: list[tuple[str, str]] = []

    def begin() -> None:
        parts.append((holders[-1], []))

    for event, node in etree.iterwalk(element, events=("start", "end")):
        apart = node.tag in BLOCKS or node.tag in ("a", "br")
        if event == "start":
            if apart:
                holders.append((str(node.tag), node.get("class") or ""))
                begin()
            parts[-1][1].append("" if node.tag in SILENT else f"\x00{node.text or ''}")
        else:
            if apart:
                holders.pop()
                if holders:
                    begin()
                else:
                    parts.append((("", ""), []))
            parts[-1][1].append("" if node is element else f"\x00{node.tail or ''}")
    split = ((kind, _TOUCHING.sub("\n", "".join(words)).replace("\x00", "")) for kind, words in parts)
    lines = ((kind, even(line)) for kind, text in split for line in text.split("\n"))
    return [(kind, line) for kind, line in lines if key(line)]


def line_names(page: Page, headline: html.HtmlElement | None, blocks: list[Block]) -> tuple[str, ...]:
    """The names in a line that says who wrote the text: by a label, an office or a signature at the right; or by the
    word for "by", right behind the headline or at the very end."""
    own = _own_lines(headline, blocks)
    label = False
    for number, block in enumerate(own):
        if len(block.text) > _LINE:
            label = False
            continue
        if names := shown_names(block.text) if label else _behind_label(block):
            return names_in(names)
        label = is_label_alone(block.text)
        at_end = number < _NEAR or number >= len(own) - _LAST
        told = next(filter(None, (_told(part, at_end=at_end) for part in _parts_of(block, page))), [])
        if not told and at_end and number and _is_at_right(block.element):
            told = signature(block.text)
        if told and not _is_beside_headline(block.element, headline, page):
            return names_in(told)
    return ()


def _told(words: str, *, at_end: bool) -> list[str]:
    signed = signed_name(words)
    return [signed] if signed else labelled_names(words) if at_end or _COLON.search(words) else []


def _parts_of(block: Block, page: Page) -> Iterator[str]:
    """A line; its parts between bars; and the words of its inline elements: rows of date, source and author."""
    yield block.text
    parts = _BARS.split(block.text)
    if len(parts) > 1:
        yield from parts
    for element in islice(block.element, _MOST):
        if element.tag in ("span", "em", "i", "b", "strong", "a", "small") and (
            text := page.short_text(element, _LINE)
        ):
            yield text


def _is_at_right(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    classes = (element.get("class") or "").lower().split()
    return "text-align:right" in style or (element.get("align") or "").lower() == "right" or "text-right" in classes


def _behind_label(block: Block) -> list[str]:
    """The names behind a label that an element of its own sets off: "<b>Author</b> Anna Ivanova"."""
    if not len(block.element):
        return []
    first = block.element[0]
    if even(block.element.text) or not is_label_alone(text_of(first)):
        return []
    return shown_names(block.text.removeprefix(text_of(first)))


def _own_lines(headline: html.HtmlElement | None, blocks: list[Block]) -> list[Block]:
    """The lines behind the headline up to the label over other items, without captions and menus."""
    inside = set(headline.iter()) if headline is not None else set()
    start = next((n + 1 for n, block in enumerate(blocks) if block.element in inside), 0)
    end = next((n for n in range(start, len(blocks)) if ends_article(blocks[n].text)), len(blocks))
    return [block for block in blocks[start:end] if block.place not in ("frame", "caption")]
