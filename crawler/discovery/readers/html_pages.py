"""How a listing in HTML goes on: the following page by link or by number, and what its page says of its extent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import html
from lxml.cssselect import CSSSelector

from crawler.discovery.address import absolute, route_of
from crawler.discovery.base import Found, Listing, found_behind, missing_page, numbered_page, page_behind, sized
from crawler.discovery.extent.archives import offered_years, other_archives
from crawler.discovery.extent.frame import frame_of
from crawler.discovery.extent.further import archive_page, every_item, further_page, is_disabled
from crawler.discovery.extent.loaders import loads_more
from crawler.discovery.extent.narrowed import other_tabs, set_filter
from crawler.discovery.extent.page_data import total_in_data
from crawler.discovery.extent.pager import last_named, number_in, numbered_links, onward_first, value_of
from crawler.discovery.extent.sections import sections_on
from crawler.discovery.extent.totals import stated_total
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url
from crawler.model import Entry, Seed

_MOST_WAYS = 100  # links that may lead to the following page
# Attributes that hold the address of the following page for a script: of htmx, and as sites call them.
_ADDRESSES = ("hx-get", "data-hx-get", "data-url", "data-href", "data-next-url", "data-next", "data-link", "formaction")
# Attributes by which scripts know what to load, besides these.
_SCRIPTS_READ = (*_ADDRESSES, "onclick", "data-page", "data-cursor", "data-offset")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing in HTML: its tree, the address that links are relative to, the links of its items."""

    tree: html.HtmlElement
    url: str
    base: str
    links: Sequence[html.HtmlElement]
    days: Sequence[str | None]
    encoding: str
    latest: str  # ISO day of tomorrow, when it was fetched


def gone_on(found: Found, page: Page, listing: Listing, seed: Seed) -> Found:
    """The same page with what follows it, and with what it says of its extent."""
    entry, skip = listing.entry, set(page.links)
    if not found.links:
        return _empty(replace(found, frame=frame_of(page.tree, page.links)), listing)
    total = stated_total(page.tree, page.links, found.account.seen, is_first=listing.page == 1)
    total = max(total, total_in_data(page.tree, found.account.seen))
    years = {day[:4] if day else "" for day in page.days} if page.days else {""}
    found = replace(found, years=frozenset(years))
    if listing.page == 1 and not entry.max_pages:
        told, notes = _narrowed(page, listing, seed)
        found = replace(found.with_problems(*told), notes=(*found.notes, *notes))
        languages = _languages(page, seed)
        offered = offered_years(page.tree, page.base, skip, languages, page.latest) if _is_only(entry, seed) else ()
        found = replace(found, offered=frozenset(offered))
    found = replace(found, total=total, frame=frame_of(page.tree, page.links) if listing.page == 1 else ())
    following, problem = _next(page, sized(listing, found.account.seen))
    if following:
        named = last_named(page.tree, page.base, following[0].url, skip, entry.page)
        following = tuple(replace(one, named=max(listing.named, named)) for one in following)
        told, notes = _miscounted(page, listing, following[0].url)
        found, problem = replace(found, notes=(*found.notes, *notes)), (*problem, *told)
    elif not problem and entry.next and listing.page > 1:
        named = last_named(page.tree, page.base, page.url, skip)
        last = replace(listing, named=max(listing.named, named))
        problem = (missing_page(last, "next", "leads nowhere"),) if last.named > last.page else ()
    elif not entry.next and listing.page == 1 and not entry.max_pages:
        found = replace(found, further=tuple(_further(page, listing, seed)))
    return found.with_next(*following).with_problems(*found_behind(listing), *problem)


def _empty(found: Found, listing: Listing) -> Found:
    """A page that shows no item: the end of a counted listing, unless the page behind it shows some."""
    is_behind = listing.entry.page and listing.page > 1 and not found.problems and not found.account.seen
    return found.with_next(page_behind(listing, "shows nothing") if is_behind else None)


def _further(page: Page, listing: Listing, seed: Seed) -> list[str]:
    """What to tell of a page that shows more than its entry leads to. Pages that other entries read are no more."""
    skip = set(page.links)
    more = further_page(page.tree, page.base, page.url, skip) or loads_more(page.tree, page.base, page.url)
    if more and not _is_read(absolute(page.base, more), seed):
        return [f"it goes on at {more}, and no `next` or `page` leads there"]
    if canonical_url(page.url) == canonical_url(seed.homepage) and (every := every_item(page.tree, page.base)):
        return [] if _is_read(every, seed) else [f"it goes on at {every}, and no `next` or `page` leads there"]
    if (every := archive_page(page.tree, page.base, page.url)) and not _is_read(every, seed):
        return [f"it goes on at {every}, and no `next` or `page` leads there"]
    items = [url for link in page.links if (url := absolute(page.base, link.get("href") or ""))]
    sections = sections_on(page.tree, page.base, page.url, items, skip)
    if unread := [url for url in sections if not _is_read(url, seed)]:
        return [f"it shows items of sections whose own pages no entry reads, such as {unread[0]}"]
    if not _is_only(listing.entry, seed):
        return []  # by year or letter: which of them the entries read is not known
    languages = _languages(page, seed)
    archive = other_archives(page.tree, page.base, skip, page.days, languages, page.latest)
    return [f"{archive}, and no `next` or `page` leads there"] if archive else []


def _narrowed(page: Page, listing: Listing, seed: Seed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(problems, notes) where a page shows one of several lists: a part by a filter that the entry does not ask for, or
    the list of one of several tabs, of which no entry reads another."""
    if not _is_only(listing.entry, seed):
        return (), ()  # which of them the entries read is not known
    where = "say so in the entry's url if no more is wanted"
    told = set_filter(page.tree, page.url, _languages(page, seed))
    problems = (f"{listing.key}.url: {told}, and it shows no others ({where})",) if told else ()
    tabs = other_tabs(page.tree, page.base, page.url, set(page.links))
    first = f", such as {tabs[0]}" if tabs else ""
    return problems, (f"{len(tabs)} lists stand beside this one, which no entry reads{first}",) if tabs else ()


def _languages(page: Page, seed: Seed) -> tuple[str, ...]:
    """The languages in which a page may name months: those of the seed, and that which the page states."""
    stated = (page.tree.get("lang") or "").strip()
    return (*seed.languages.values(), *([stated] if stated.replace("-", "").isalnum() else ()))


def _is_only(entry: Entry, seed: Seed) -> bool:
    """Whether no other entry of the seed is of the kind of this one."""
    return sum(other.kind is entry.kind for other in seed.entries) == 1


def _is_read(url: str | None, seed: Seed) -> bool:
    return url is not None and canonical_url(url) in {canonical_url(entry.url) for entry in seed.entries}


def _miscounted(page: Page, listing: Listing, following: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(problems, notes) where the pager of a first page counts from another number than the entry: by one too high a
    page is missed, by one too low the first is read twice."""
    entry = listing.entry
    if not entry.page or entry.next or listing.page > 1:
        return (), ()
    links = numbered_links(page.tree, page.base, following, set(page.links), entry.page)
    values = [(number, value_of(url, entry.page) or "") for number, url in links if number > 1]
    firsts = {int(value) - number + 1 for number, value in values if value.isdigit()}
    if firsts not in ({0}, {1}) or entry.first_page in firsts:
        return (), ()
    told = f"first_page: by the links to its pages the first has the number {min(firsts)}, not {entry.first_page}"
    return ((f"{listing.key}.{told}",), ()) if min(firsts) < entry.first_page else ((), (told,))


def _next(page: Page, listing: Listing) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
    """(what the following page may be, what is wrong with the way to it). Where a selector finds the links to all
    pages, or those back and on, the run takes the first that it has not read."""
    selector = listing.entry.next
    if selector is None:
        counted = numbered_page(listing)
        return (counted,) if counted else (), ()
    elements = CSSSelector(selector, translator="html")(page.tree)
    urls = [_address(element, page) for element in elements[:_MOST_WAYS] if not _is_first(element, listing)]
    others = [url for url in urls if url and canonical_url(url) != canonical_url(listing.url)]
    if others:
        ways = onward_first(others, listing.url)
        return tuple(replace(listing, url=url, page=listing.page + 1) for url in ways), ()
    where = f"{listing.key}.next: {selector!r}"
    if not elements and listing.page == 1:
        return (), (f"{where} finds nothing on the first page: a second one would not be found",)
    scripted = [e for e in elements if not is_disabled(e) and _leads_by_script(e)]
    if scripted:
        return (), (f"{where} finds a link that only scripts follow: {scripted[0].get('href') or ''!r}",)
    return (), ()


def _is_first(element: html.HtmlElement, listing: Listing) -> bool:
    """Whether a link leads to the first page, on which it stands: pagers give that another address (`/page/1/`)."""
    return listing.page == 1 and number_in(words_of(element)) == 1


def _address(element: html.HtmlElement, page: Page) -> str | None:
    """The address that a link leads to, or that it holds for a script."""
    href = (element.get("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return absolute(page.base, href, page.encoding)
    held = [value for name in _ADDRESSES if "/" in (value := element.get(name) or "") or value.startswith("?")]
    return absolute(page.base, held[0], page.encoding) if held and not is_disabled(element) else None


def _leads_by_script(element: html.HtmlElement) -> bool:
    href = (element.get("href") or "").strip().lower()
    marks = [name for name, value in element.attrib.items() if name in _SCRIPTS_READ and value.strip()]
    return href.startswith("javascript:") or bool(marks) or bool(route_of(href)) or element.tag == "button"
