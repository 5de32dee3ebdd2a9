"""Where the text of an article stands that its page does not hold: in a frame, on a page behind a link that says so, or
with a script that brings it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import SplitResult, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.extraction.article_text.further_pages import next_part
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import even, key, length
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import strings
from crawler.extraction.words import vocabulary
from crawler.model import GOES_ON

_THIN = 300  # characters of a text behind which there may be more; a longer one with a frame in it is whole
_CLOSED = (
    1500  # characters of a text of which a rest may be kept for subscribers; a longer one is whole for the most part
)
_DOOR = 200  # characters of a line that says so
_CUT = ("…", "...", "[…]", "[...]", "……")  # the end of a text that goes on
_MOST_BEHIND = 3  # elements behind a text in which a link leads on
_MOST_LINKS = 400  # of one element
_LONGEST = 60  # characters of a link that says that the text goes on
_FEWEST_PIXELS = 60  # of a frame that readers see
_FRAMES = ("iframe", "frame", "object", "embed")
# What else sites show in frames of their own, by what its address, id or class says.
_NO_TEXT = re.compile(
    r"map|video|player|audio|radio|banner|captcha|login|sign-?in|comment|counter|widget|share|search|chat|weather|"
    r"calendar|vote|poll|survey|subscri|newsletter|form|analytic|\bads?\b|advert|gallery|slide|album|photo|chart|graph|"
    r"dashboard|embed(?!/?$)|social|cookie|consent|rates?\b|currency|timer|google|translate",
    re.IGNORECASE,
)
_ASIDE = ("noscript", "textarea", "template")
_SENTENCES = 100  # characters: more than a label, a name or a token of a form
_MEDIA = ("img", "amp-img", "picture", "video", "audio", "figure", "svg", "canvas")


def says_nothing(lines: Sequence[str], page: Page) -> bool:
    """Whether lines tell when, and nothing else: a page without a text of its own has no other."""
    return bool(lines) and all(is_dateline(line, page.zone) for line in lines)


def rest_elsewhere(
    page: Page, lines: Sequence[str], scope: Sequence[html.HtmlElement], around: Sequence[html.HtmlElement]
) -> list[str]:
    """Warnings that lines are, or may be, a part of the article: where it goes on, that a button without an address
    brings its rest, that the rest is kept for subscribers (schema.org's isAccessibleForFree, or words on the page), or
    that a short text breaks off. `scope` holds the text, `around` the article."""
    if following := next_part(page.url, page.base, scope) or goes_on_at(page, lines, around):
        return [f"{GOES_ON}at {following}, which is not read"]
    size = sum(map(length, lines))
    if not lines or size >= _CLOSED:
        return []
    if size < _THIN and any(map(_says_so, _buttons(around))):
        return [f"{GOES_ON}behind a button that tells no address"]
    if _is_closed(page):
        return ["text: its rest is kept for subscribers; it may be a part"]
    if size < _THIN and lines[-1].endswith(_CUT):
        return ["text: it breaks off; it may be a part"]
    return []


def _is_closed(page: Page) -> bool:
    stated = page.article.get("isAccessibleForFree", True) if page.article else True
    if stated is False or [word.lower() for word in strings(stated)] == ["false"]:
        return True
    doors = vocabulary("paywall")
    return any(block.size <= _DOOR and doors.is_whole(block.text) for block in page.blocks)


def goes_on_at(page: Page, lines: Sequence[str], around: Iterable[html.HtmlElement]) -> str:
    """The address at which a short text in the elements `around` goes on: that of a frame of the same site, of what a
    button "Read the rest" loads, or of the one link with nothing but such words; "" where there is none."""
    if sum(map(length, lines)) >= _THIN:
        return ""
    elements = list(around)
    return _frame(page, elements) or _loaded(page, elements) or _full_text(page, elements)


def brought_by(page: Page, around: Iterable[html.HtmlElement]) -> str:
    """What brings the text of a page without any, in words, "" for nothing: a frame of the same site, an element that
    browsers do not show as text, or a script, where an empty element stands for what it fills, and the page shows no
    picture or film instead."""
    elements = list(around)
    if address := _frame(page, elements):
        return f"its text stands in a frame: {address}"
    for element in chain.from_iterable(one.iter(*_ASIDE) for one in elements):
        if length("".join(element.itertext())) >= _SENTENCES and not in_frame(element):
            return f"its text stands in <{element.tag}>"
    if any(next(element.iter(*_MEDIA), None) is not None for element in elements):
        return ""
    empty = [element for one in elements for element in one.iter("div", "section") if _is_empty(element)]
    held = any(len(value) >= _SENTENCES for element in empty for value in element.values())
    return "its text is brought by a script" if held or (empty and page.tagged("script")) else ""


def _frame(page: Page, elements: Iterable[html.HtmlElement]) -> str:
    own = urlsplit(page.url)
    for element in chain.from_iterable(one.iter(*_FRAMES) for one in elements):
        named = element.get("src") or element.get("data") or element.get("data-src") or ""
        address = absolute(page.base, named) if named else None
        if address is None or in_frame(element) or _is_small(element) or page.links.file_of(element):
            continue
        parts = urlsplit(address)
        marks = " ".join((parts.path, parts.query, element.get("id") or "", element.get("class") or ""))
        if _is_of_site(parts, own) and not _NO_TEXT.search(marks):
            return address
    return ""


def _loaded(page: Page, elements: Sequence[html.HtmlElement]) -> str:
    if not any(map(_says_so, _buttons(elements))):
        return ""
    for element in chain.from_iterable(one.iter("div", "section", "button", "a") for one in elements):
        for name, value in element.items():
            if name.startswith("data-") and value.startswith(("/", "http://", "https://")):
                return absolute(page.base, value) or ""
    return ""


def _buttons(elements: Iterable[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """What does something when pressed, and leads to no address."""
    for one in elements:
        for element in one.iter("button", "a"):
            href = (element.get("href") or "").strip()
            if not href.strip("#") or href.lower().startswith("javascript:"):
                yield element


def _full_text(page: Page, elements: Iterable[html.HtmlElement]) -> str:
    own, found = urlsplit(page.url), dict[str, None]()
    for element in chain.from_iterable((one, *_behind(one)) for one in elements):
        for link in islice(element.iter("a"), _MOST_LINKS):
            address = absolute(page.base, link.get("href") or "")
            if address and not in_frame(link) and _says_so(link) and not page.links.file_of(link):
                found[address] = None
    if len(found) != 1:  # several lead to several items
        return ""
    (address,) = found
    parts = urlsplit(address)
    is_other = (parts.path, parts.query) != (own.path, own.query)
    return address if is_other and _is_of_site(parts, own) and parts.path.strip("/") else ""


def _says_so(link: html.HtmlElement) -> bool:
    words = even("".join(islice(link.itertext(), 20)))  # also of a button, whose words are no text
    return 0 < len(words) <= _LONGEST and vocabulary("reads_on").is_whole(words)


def _behind(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (e for e in islice(element.itersiblings(), _MOST_BEHIND) if isinstance(e.tag, str))


def _is_of_site(parts: SplitResult, own: SplitResult) -> bool:
    theirs, ours = (host.netloc.lower().removeprefix("www.") for host in (parts, own))
    return parts.scheme in ("http", "https") and (theirs == ours or theirs.endswith(f".{ours}"))


def _is_small(element: html.HtmlElement) -> bool:
    sizes = (element.get(name, "").removesuffix("px") for name in ("width", "height"))
    small = any(size.isdigit() and int(size) < _FEWEST_PIXELS for size in sizes)
    return small or element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def _is_empty(element: html.HtmlElement) -> bool:
    """Whether an element with a name stands there for what is to come."""
    is_named = any(name in ("id", "class") or name.startswith("data-") for name in element.attrib)
    return is_named and len(element) == 0 and not key(element.text or "")
