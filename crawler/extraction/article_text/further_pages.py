"""An article that its site shows on several pages: the way to the next of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.extent.pager import is_other_page, number_in

_MOST_BEHIND = 3  # elements behind the text in which its pager is looked for
_MOST_LINKS = 400  # of one element
_LONGEST = 40  # characters of a pager's link
_NOT_ITS_OWN = re.compile(r"comment|repl(?:y|ies)|review|answer", re.IGNORECASE)
_COUNTS = re.compile(r"p(?:ages?|art|agen?_\d+|g)?$|start|offset", re.IGNORECASE)  # names of what chooses a page
_NEXT = re.compile(r"(?:^|[-_\s])next(?:$|[-_\s])", re.IGNORECASE)


def next_part(url: str, base: str, around: Iterable[html.HtmlElement]) -> str:
    """The address of the next page of the article at `url`, whose text is in the elements `around`; "" where there is
    none. A link among the text or right behind it leads there that has the article's own address but for what
    chooses a page, and is called 2, or marked as next. Pages of comments are none."""
    for element in chain.from_iterable((one, *_behind(one)) for one in around):
        for link in islice(element.iter("a"), _MOST_LINKS):
            href = link.get("href") or ""
            if not href or href.startswith("#") or not _may_lead_on(link):
                continue
            other = absolute(base, href)
            if other and not _NOT_ITS_OWN.search(other) and is_other_page(other, url) and _is_apart(other, url):
                return other
    return ""


def _behind(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (e for e in islice(element.itersiblings(), _MOST_BEHIND) if isinstance(e.tag, str))


def _may_lead_on(link: html.HtmlElement) -> bool:
    marks = f"{link.get('rel') or ''} {link.get('class') or ''}"
    if _NEXT.search(marks):
        return True
    words = ("".join(link.itertext()) if len(link) else link.text or "").strip()
    return len(words) <= _LONGEST and number_in(words) == 2


def _is_apart(other: str, url: str) -> bool:
    """Whether the number of the page is apart from the article's own: /news/12 is no page of /news/1, nor /news?id=2
    of /news?id=1."""
    stays = {name: value for name, value in parse_qsl(urlsplit(url).query) if not _COUNTS.match(name)}
    if stays.items() - parse_qsl(urlsplit(other).query):
        return False
    own, path = urlsplit(url).path.rstrip("/"), urlsplit(other).path.rstrip("/")
    return path == own or not path.removeprefix(re.sub(r"\.[a-z]{3,5}$", "", own))[:1].isalnum()
