"""Marks on a page that its listing goes on, for an entry that names no way there: a link to the next page or to page 2,
a button or attribute that scripts read, a pager that only forms follow. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.pager import is_offset, is_other_page, number_in
from crawler.discovery.extent.wordless import chooses_day, wordless_page
from crawler.discovery.extent.words import leads_on, names_all, names_archive, phrases, plain
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url

_MOST = 5_000  # elements of a kind on one page that are looked at
_TOLD = 160  # characters
_ANCESTORS = 4  # elements around a link in which a pager is looked for
_PAGER = re.compile(r"(?:^|[-_\s])(?:pager|paginat|paging|page-?(?:num|nav|link|item)|pages(?:\s|$)|nav-links)")
_SLIDES = re.compile(r"slick|swiper|carousel|slider|slide|owl-|glide|splide|calendar|datepicker|lightbox|gallery|modal")
_LOADS = re.compile(r"load-?_?more|more-?_?(?:news|posts|items|results|articles)|infinite-?_?scroll|ajax-?_?load")
_COUNTS = re.compile(r"data-(?:(?:max|total|last|num)[-_]?(?:num[-_]?)?pages?|pages?[-_]?(?:total|count|max|num))")
_TOTALS = re.compile(r"data-total(?:[-_]?(?:items|records|results|news|posts|count))?")
_LOADER = re.compile(r"pag[ei]|url|endpoint|api|limit|offset|load|list|feed|news")
_SCRIPTED = re.compile(  # `createPageHTML(20, 0, "index", "html")`, `"totalPages":12`, `var max_page = '12'`
    r"createPageHTML\(\s?(?P<made>\d{1,5})|"
    r"\b(?P<name>(?:total|max)_?pages?|page_?count|last_?page)\b\\?[\"']? ?[:=] ?\\?[\"']?(?P<said>\d{1,5})\b",
    re.IGNORECASE,
)
_AT_PAGE = re.compile(r"#!?/?(?:page|p)[=/-]?\d{1,5}")  # "#page=2", which scripts read
_PUSHES = re.compile(r"btn|button|more|load|next")
_ARROWS = re.compile(r"[»›>→❯▶⟩]{1,2}")
_NUMBER = re.compile(r"\d{1,6}")
_MOST_IN_ROW = 60  # links of a pager, or of a calendar, that are looked at
_MOST_PAGERS = 50  # of one page
_MOST_DAYS = 20  # links of figures in one table: more are a calendar's
_BUTTONS = (
    "//a | //button | //div[not(*)] | //span[not(*)] | //*[@role='button'] | //input[@type='submit' or @type='button']"
)


def further_page(tree: html.HtmlElement, base: str, here: str, skip: Collection[html.HtmlElement]) -> str:
    """What on a page leads to more of a listing, "" for nothing. `here` is its address, `skip` are links of items."""
    for marks in (_marked_next, _second_page, _attributes, _buttons, _page_one_of, _scripts, wordless_page):
        found = next(marks(tree, base, here, skip), "")
        if found:
            return found[:_TOLD]
    return ""


def every_item(tree: html.HtmlElement, base: str) -> str | None:
    """The address of a link that is called "all news" on a front page, which shows the newest; None for none. An item
    has no such name: a selector of items that is too wide finds that link too."""
    for link in tree.xpath("//a[@href]")[:_MOST]:
        words = words_of(link)
        if len(words) <= _TOLD and names_all(words):
            return _address(link, base)
    return None


def archive_page(tree: html.HtmlElement, base: str, here: str) -> str | None:
    """The address of a link in the body of a page that is called "archive" or "all news", and leads neither to this one
    nor to one above it; None for none."""
    own = urlsplit(canonical_url(here))
    for link in tree.xpath("//a[@href]")[:_MOST]:
        words = words_of(link)
        is_every = len(words) <= _TOLD and plain(words) in phrases("every")
        if not is_every and (len(words) > _TOLD or not (names_all(words) or names_archive(words))):
            continue
        url = _address(link, base)
        other = urlsplit(canonical_url(url)) if url else None
        is_above = other is not None and not other.query and own.path.startswith(other.path)
        if other is not None and other.netloc == own.netloc and not is_above and not _is_framed(link):
            return url
    return None


def _is_framed(link: html.HtmlElement) -> bool:
    return next(link.iterancestors("header", "nav", "footer", "aside", "select"), None) is not None


Skip = Collection[html.HtmlElement]


def _marked_next(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    for link in tree.xpath("//link[@rel and @href] | //a[@rel and @href]")[:_MOST]:
        if "next" in (link.get("rel") or "").lower().split() and not is_slide(link):
            yield str(link.get("href"))


def _second_page(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    """Links and buttons that are called 2: of this listing's address, or in a pager that scripts follow."""
    for link in tree.xpath("//a | //button | //li[@data-page] | //span[@data-page] | //div[@data-page]")[:_MOST]:
        is_second = number_in(words_of(link)) == 2 or is_offset(link, base)
        if link in skip or not is_second or is_slide(link) or is_disabled(link):
            continue
        url = _address(link, base)
        if url and chooses_day(url, here):
            continue
        if url and (is_other_page(url, here) or (is_pager(link) and is_of_list(url, here))):
            yield url
        elif url or _is_day(link):
            continue
        elif is_pager(link) or (_is_scripted(link) and _is_in_row(link)) or link.get("data-page") == "2":
            yield _told(link)


def is_of_list(url: str, here: str) -> bool:
    """Whether the address of a link in a pager has the path of the listing, and another query, in which a parameter of
    the listing is missing: scripts put it back (`?pageIndex=2` on `/list.do?bbsId=B1`)."""
    one, other = urlsplit(url), urlsplit(here)
    return (one.netloc, one.path) == (other.netloc, other.path) and bool(one.query) and one.query != other.query


def _attributes(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    for mark in tree.xpath("//@*[starts-with(name(), 'data-')]")[:_MOST]:
        name, value = str(mark.attrname), str(mark).strip()
        number = _NUMBER.fullmatch(value)
        is_total = _TOTALS.fullmatch(name) and _is_loader(mark.getparent())
        floor = 1 if _COUNTS.fullmatch(name) else max(1, len(skip)) if is_total else None
        if (value and name.startswith("data-next")) or (number and floor is not None and int(value) > floor):
            yield f"{name}={value[:100]!r}"
    for element in tree.xpath("//*[@hx-get or @data-hx-get]")[:_MOST]:
        target = element.get("hx-get") or element.get("data-hx-get") or ""
        url, trigger = absolute(base, target), element.get("hx-trigger") or ""
        if url and (is_other_page(url, here) or "revealed" in trigger or "intersect" in trigger):
            yield f"hx-get={target!r}"


def _buttons(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    """Links and buttons that are called, in words or by class, what leads to the next page or loads more."""
    items = {_address(link, base) for link in skip}
    for element in tree.xpath(_BUTTONS)[:_MOST]:
        is_box = element.tag in ("div", "span")
        if element in skip or is_disabled(element) or is_slide(element) or (is_box and not _is_button(element)):
            continue
        words = words_of(element) or _said_otherwise(element)
        url = _address(element, base)
        is_here = bool(url and is_other_page(url, here))
        marks = _marks(element)
        if (
            (is_here and plain(words) in phrases("every"))
            or (leads_on(words) and (not url or is_here or is_pager(element)))
            or _LOADS.search(marks)
            or ("next" in marks and (is_here or is_pager(element)))
            or (_ARROWS.fullmatch(words) and is_here and url not in items)
        ):
            yield url or _told(element)


def _said_otherwise(element: html.HtmlElement) -> str:
    """What a button without words is called: by its value, its label or its picture."""
    picture = next(element.iter("img"), None)
    alt = picture.get("alt") if picture is not None else None
    return element.get("value") or element.get("aria-label") or alt or element.get("title") or ""


def _scripts(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    """Numbers of pages in scripts and in the data that they draw a page from."""
    for script in tree.iter("script"):
        for match in _SCRIPTED.finditer(script.text or ""):
            if int(match["made"] or match["said"]) > 1:
                yield repr(" ".join(match[0].split()))


def _page_one_of(tree: html.HtmlElement, base: str, here: str, skip: Skip) -> Iterator[str]:
    """Pagers that say "1 of 12"."""
    joined = "|".join(re.escape(word) for word in sorted(phrases("of"), key=len, reverse=True))
    pattern = re.compile(rf"\b1\s*(?:{joined}|/)\s*(\d{{1,5}})\b", re.IGNORECASE)
    named = (element for element in tree.xpath("//*[@class or @id]")[:_MOST] if _PAGER.search(_marks(element)))
    for element in islice(named, _MOST_PAGERS):
        words = words_of(element)
        match = pattern.search(words) if 0 < len(words) <= _TOLD else None
        if match and int(match[1]) > 1:
            yield repr(match[0])


def is_disabled(element: html.HtmlElement) -> bool:
    """Whether a link, or the item of a list that it stands in, is marked as leading nowhere: on a last page."""
    marks = [e.get("class") or "" for e in (element, element.getparent()) if e is not None]
    is_marked = any(word in mark.lower() for mark in marks for word in ("disabled", "inactive"))
    is_hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")
    return is_marked or is_hidden or element.get("aria-disabled") == "true" or element.get("disabled") is not None


def _address(element: html.HtmlElement, base: str) -> str | None:
    href = (element.get("href") or "").strip()
    return absolute(base, href) if href and not href.startswith("#") else None


def _marks(element: html.HtmlElement) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "role", "aria-label")).lower()


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    for number, ancestor in enumerate(element.iterancestors(), 1):
        if number > _ANCESTORS or ancestor.tag in ("body", "html"):
            return
        yield ancestor


def is_pager(element: html.HtmlElement) -> bool:
    """Whether an element is a pager by its names, or stands in one."""
    return any(_PAGER.search(_marks(e)) for e in _around(element))


def is_slide(element: html.HtmlElement) -> bool:
    """Whether an element is of what shows one after another: pictures, days of a calendar."""
    return any(_SLIDES.search(_marks(e)) for e in _around(element))


def _is_button(element: html.HtmlElement) -> bool:
    """Whether a box is a button by its class and its words."""
    return bool(_PUSHES.search(_marks(element))) and leads_on(element.text or "")


def _is_scripted(element: html.HtmlElement) -> bool:
    href = (element.get("href") or "").lower()
    return href.startswith("javascript:") or element.get("onclick") is not None or _AT_PAGE.fullmatch(href) is not None


def _is_in_row(element: html.HtmlElement) -> bool:
    """Whether the script of a 2 speaks of pages, or 1 or 3 stands beside it, which are no addresses either: in its own
    box, or in the one around that. Counts of likes and comments are no pages."""
    if "page" in f"{element.get('href')} {element.get('onclick')}".lower():
        return True
    boxes = list(element.iterancestors())[:2]
    others = (e for box in boxes for e in islice(box.iter("a", "button", "span", "strong", "b"), _MOST_IN_ROW))
    return any(number_in(words_of(e)) in (1, 3) for e in others if e.tag != "a" or _is_scripted(e))


def _is_loader(element: html.HtmlElement) -> bool:
    """Whether an element has data for a script that loads lists: not the number of votes beside a rating."""
    names = " ".join(str(name) for name in element.attrib)
    return bool(_LOADER.search(names) or _LOADER.search(_marks(element)))


def _is_day(element: html.HtmlElement) -> bool:
    """Whether a figure stands in a table with those of a whole month."""
    table = next(element.iterancestors("table"), None)
    links = islice(table.iter("a"), _MOST_IN_ROW) if table is not None else ()
    return sum(number_in(words_of(link)) is not None for link in links) > _MOST_DAYS


def _told(element: html.HtmlElement) -> str:
    """How a link or button that no address tells is called."""
    words = words_of(element) or element.get("value") or element.get("class") or ""
    return repr((element.get("href") or "").strip() if _is_scripted(element) and element.get("href") else words[:60])
