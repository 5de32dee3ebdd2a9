"""What stands around the links of a listing: the item that each belongs to, and whether the page is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import islice

from lxml import html

from crawler.discovery.markup.days import day_in

_HIGHEST = 6  # elements from a link up to its item
_MOST_PARTS = 300  # elements of an item: what has more is the page
_LONGEST = 600  # characters of an item: what is longer is the page
_MOST_BYTES = 2 << 20
_END = 4096  # bytes in which a whole page says that it ends
# Elements whose end tag HTML does not let an author leave out, and in which listings stand (WHATWG HTML, 13.1.2.4).
_CLOSED = frozenset("div ul ol table section article main a span nav script style".split())


def days_beside(
    links: Sequence[html.HtmlElement], languages: Sequence[str], order: str, latest: str
) -> Iterator[str | None]:
    """For each link the ISO day that its item shows, or None: a `time` element, or a date in words or figures in the
    largest element around the link that holds no link to another item, or in the element before that."""
    leads = _leads_to(links)
    known: dict[html.HtmlElement, str | None] = {}
    for link in links:
        item = _item_of(link, leads)
        before = item.getprevious()
        around = [item] if before is None or before in leads or not isinstance(before.tag, str) else [item, before]
        for element in around:
            if element not in known:  # links that lead to one address have one item
                known[element] = _day(element, languages, order, latest)
        yield next((known[element] for element in around if known[element]), None)


def item_elements(links: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    """For each link the largest element around it that holds no link to another item."""
    leads = _leads_to(links)
    return [_item_of(link, leads) for link in links]


def _leads_to(links: Sequence[html.HtmlElement]) -> dict[html.HtmlElement, str | None]:
    """The one address to which the links inside each element lead, None where they lead to several; elements without
    links are left out. One pass from the page's end to its beginning: what is inside comes before what is around."""
    leads: dict[html.HtmlElement, str | None] = {link: link.get("href") or "" for link in links}
    top = links[0].getroottree().getroot() if links else None
    for element in reversed(list(top.iter())) if top is not None else ():
        parent = element.getparent()
        if element in leads and parent is not None:
            leads[parent] = leads[element] if leads.get(parent, leads[element]) == leads[element] else None
    return leads


def _item_of(link: html.HtmlElement, leads: dict[html.HtmlElement, str | None]) -> html.HtmlElement:
    item = link
    for ancestor in islice(link.iterancestors(), _HIGHEST):
        if leads[ancestor] is None or ancestor.tag in ("body", "html"):
            break
        item = ancestor
    return item


def _day(element: html.HtmlElement, languages: Sequence[str], order: str, latest: str) -> str | None:
    parts = list(islice(element.iter(), _MOST_PARTS))
    for stated in (part for part in parts if part.tag == "time"):
        if day := day_in(stated.get("datetime") or "", (), "YMD", latest):
            return day
    if len(parts) == _MOST_PARTS:
        return None
    text = " ".join(element.itertext())
    return day_in(text, languages, order, latest) if len(text) <= _LONGEST else None


class _Depth(HTMLParser):
    """Counts elements that stand open."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in _CLOSED

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in _CLOSED


def is_cut(body: bytes) -> bool:
    """Whether a page breaks off: it does not say that it ends, and ends in a tag, or with elements open that only their
    end tags close."""
    end = body[-_END:].lower()
    if b"</html" in end or b"</body" in end:
        return False
    if end.rfind(b"<") > end.rfind(b">"):
        return True
    depth = _Depth()
    # Tags are ASCII in every charset that pages are served in; a larger page is not one of a listing.
    depth.feed(body.decode("latin-1") if len(body) <= _MOST_BYTES else "")
    return depth.depth > 0
