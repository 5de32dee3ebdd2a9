"""Who wrote an article, as its readers see it: elements marked as the author's, and lines that say so."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from crawler.extraction.dates import read_dates
from crawler.extraction.dates.cldr_words import phrase, weekdays
from crawler.extraction.lines.person_names import is_aside, is_full, names_in, shown_names
from crawler.extraction.markup.dom import BLOCKS, SILENT, even, key, text_of
from crawler.extraction.markup.line_places import names_quotation
from crawler.extraction.page.frame import FRAME, in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.publication.item_cards import in_card
from crawler.extraction.words import vocabulary

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_OF_AUTHOR = re.compile(
    r"by-?line\w*|author(?:s|name|names|list|link|links|line|info|title)?|autor(?:en|es|a|i|zy|name)?|auteurs?|autore|"
    r"verfasser(?:in)?|redakteur(?:in)?|reporters?|writers?|journalists?|muallif(?:lar)?|avtor|yazar|muhabir|forfatter|skribent|penulis"
)
_MAY_TELL = re.compile(  # in each of these words and in those of signs, however it begins
    "uthor|ut(?:or|eur)|yline|YLINE|y-line|y_line|erfasser|edakteur|eporter|riter|ournalist|uallif|vtor|azar|uhabir|"
    "orfatter|kribent|enulis|user|person|pencil"
)
# The page of a person on the site, as its address says: /author/anna-ivanova, /autoren/12, ?author=4.
_PROFILE = re.compile(
    r"(?:/(?:[Aa]uthors?|[Aa]utor(?:en|es|as|i|zy|in)?|auteurs?|autore|journalists?|journalistes?|contributors?|columnists?|"
    r"byline|by|yazar(?:lar)?|muallif(?:lar)?|avtory?|forfatter|skribent|penulis)/[^/?#]|[?&]author(?:_name|id)?=)",
)
_COMMENTS = frozenset("comment comments respond replies".split())
_OTHERS = _COMMENTS | frozenset("related recommended teaser teasers widget sidebar popular".split())
_RDFA = ("author", "schema:author")
_SIGNS = frozenset("i span".split())
_SIGN_OF_PERSON = frozenset("user author person pencil".split())
_BYLINE = 160  # characters of what can be a byline
_NAME = 60  # and of a link that is a name
_CARD = 300  # characters of the teaser of another item
_MOST = 8  # elements marked as the author's that are looked at
_BARS = re.compile(r"\s+[|/•·–—-](?:\s+|$)")
_NUMBER = re.compile(r"(?<=[^\W\d_])\s+\d.*$")  # "Anna Ivanova 5 min read"
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
    tree = page.tree
    own = tree.numbers.get(headline, len(tree.tags)) if headline is not None else 0
    linked = {link for link in page.tagged("a", "link") if link.get("rel") == "author"}
    # Microdata and RDFa.
    marked = {e for e in page.marked if "author" in (e.get("itemprop") or "").split() or e.get("property") in _RDFA}
    said = {tree.numbers[element] for element in marked | linked}
    for number, (size, tag, classes) in enumerate(zip(tree.sizes, tree.tags, tree.classes, strict=True)):
        if size > _BYLINE:
            continue
        of_author = _of_author(classes) if classes else ""
        is_said = number in said
        if not of_author and not is_said and tag != "a":
            continue  # as most elements
        before, element = number < own, tree.elements[number]
        is_strong = is_said or of_author == "byline"
        if size:
            is_weak = of_author == "author" or (size <= _NAME and tag == "a" and _is_profile(element))
        else:
            is_weak = of_author == "sign" and not before and tag in _SIGNS
        if (is_strong or is_weak) and tag not in FRAME:
            kept = found.setdefault((is_strong, before), [])
            if len(kept) < _MOST_KEPT:
                kept.append(element)
    strong = [*found.get((True, False), ()), *found.get((True, True), ())]
    weak = [*found.get((False, False), ()), *found.get((False, True), ())]
    strong = [e for e in strong if next(e.iterancestors("figure"), None) is None]  # a byline there is the picture's
    strong = [e for e in strong if not is_beside_headline(e, headline, page)]
    strong = [e for e in strong if not _is_among(e, _COMMENTS)]
    strong.sort(key=lambda e: _is_among(e, _OTHERS))
    weak = [e for e in weak if not _is_among(e, _OTHERS) and not in_frame(e) and not _is_listed(e, page)]
    return strong, [e for e in weak if not is_beside_headline(e, headline, page)]


@lru_cache(maxsize=4096)
def _of_author(classes: str) -> str:
    """What class names say: "byline", "author", "sign" (for a person, as sets of icons name it: "fa fa-user"), ""."""
    if not _MAY_TELL.search(classes):
        return ""  # as nearly all class names; to ask word by word takes eight times as long
    if "byline" in classes.lower():
        return "byline"
    words = [word.lower() for word in _WORD.findall(classes[:200])]
    if any(map(_OF_AUTHOR.fullmatch, words)):
        return "" if names_quotation(classes) else "author"
    return "" if _SIGN_OF_PERSON.isdisjoint(words) else "sign"


def _behind(sign: html.HtmlElement) -> str:
    """The words behind a sign: bare ones, or those of the next element."""
    bare, following = even(sign.tail), sign.getnext()
    return bare or (text_of(following) if following is not None else "")


def _is_profile(element: html.HtmlElement) -> bool:
    return element.tag == "a" and _PROFILE.search(element.get("href") or "") is not None


def _is_among(element: html.HtmlElement, words: frozenset[str]) -> bool:
    """Whether a class around an element has one of the words: those for comments, and for teasers of other items."""
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main", "body"):
            return False
        classes = ancestor.get("class")
        if classes and not words.isdisjoint(word.lower() for word in _WORD.findall(classes[:200])):
            return True
    return False


def is_beside_headline(element: html.HtmlElement, headline: html.HtmlElement | None, page: Page) -> bool:
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
        own = page.short_text(element, _CARD) or _behind(element)
        beside = page.short_text(item, _CARD).replace(own, "", 1)
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
    inner = [e for e in inside if e.get("itemprop") == "name" or e.get("property") in ("name", "schema:name")]
    stated = [e.get("content") or "" for e in inner if e.tag == "meta"]
    if names := names_in(stated):
        return names
    if not page.sizes.get(element):
        behind = _behind(element) if element.tag in _SIGNS else ""
        return names_in(name for part in segments(behind, page)[:1] for name in shown_names(part) if is_full(name))
    inner = inner or [e for e in inside if page.sizes.get(e) and (e.get("rel") == "author" or _is_profile(e))]
    pieces = [(kind, part) for e in inner or [element] for kind, text in _pieces(e) for part in segments(text, page)]
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


def segments(text: str, page: Page) -> list[str]:
    """The parts of a line between bars and dates, without words that lead to a date: "Anna Ivanova on", "published"."""
    if any(map(str.isdigit, text)):
        for date in read_dates(text, page.any_dates):
            text = text.replace(date.raw, " | ")
    parts = (_without_on(_NUMBER.sub("", part)).strip(" ,|") for part in _BARS.split(text))
    return [part for part in parts if key(part)]


def _without_on(text: str) -> str:
    words = text.rstrip().removesuffix(",").rsplit(maxsplit=1)
    if text.rstrip().endswith(",") and len(words) > 1 and phrase(words[1]) in weekdays():  # "on Wed, 03/04/2026"
        text = words[0]
    for words_of_days in (vocabulary("published", "updated"), vocabulary("day_prepositions")):
        start = words_of_days.ending(text := text.rstrip(" :"))
        if start and text[start - 1].isspace():
            return text[:start]
    return text
