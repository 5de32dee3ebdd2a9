"""The places of a site that may list its articles, each tried on paper: what it lists, and how it would be declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.app.new_seed.api_place import api_entry
from crawler.app.new_seed.facts import Facts, facts_in, sitemaps_of, tree_of
from crawler.app.new_seed.look import Looker, Page
from crawler.app.new_seed.shapes import LinkList, link_lists, of_articles, paging
from crawler.discovery import Listing, discover
from crawler.discovery.extent.archives import lists_of_years
from crawler.discovery.extent.further import archive_page, every_item
from crawler.discovery.extent.sections import sections_on
from crawler.model import Entry, EntryKind
from crawler.seeds import parse_seed

_FEEDS = ("feed/", "rss.xml", "rss", "feed.xml", "atom.xml", "news/rss/")
_ENDLESS = 10_000  # what a place that can be paged through counts as, before all that shows its newest items only
_PAGED = 50  # pages that a list with a next page is taken to have
_MOST_SECTIONS = 8  # whose pages are looked at
_MOST_LISTS = 6  # pages that are looked at for lists
_FEWEST = 2  # links of a list on a page that is called news
_INNER = 3  # sitemaps of an index that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """One way to declare where articles are listed: an entry for each language that has such a place."""

    words: str  # what it is, for a person
    entries: tuple[Mapping[str, Any], ...]  # keys of [[entries]]
    shown: int  # articles that were seen on it
    reach: int  # how much of the site it can be expected to reach
    urls: tuple[str, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class _Site:
    """What is known of a site when its places are sought."""

    looker: Looker
    home: Page
    homes: Mapping[str, Page]  # language -> home page in it
    facts: Mapping[str, Facts | None]  # of these; None for what is no page, or costs too much
    found: Mapping[str, Page]


@dataclass(frozen=True, slots=True)
class _Shown:
    """Lists of headlines on one page."""

    lists: tuple[LinkList, ...]
    paging: dict[str, Any]
    sections: tuple[str, ...] = ()  # their pages, where the likeliest list is made of the newest of each
    every: str | None = None  # the page that a link to all news leads to
    years: tuple[str, ...] = ()  # the lists of other years


def places_of(looker: Looker, home: Page, facts: Facts) -> list[Place]:
    """The places of a site, the most promising first."""
    homes = {facts.language: home}
    others = {tag: url for tag, url in facts.homes.items() if tag != facts.language}
    found = looker.pages([*others.values(), *facts.news, *_feeds_of(home.url, facts), *_wordpress(home, facts)])
    homes |= {tag: found[url] for tag, url in list(others.items())[:4] if url in found}
    seen = {tag: facts if page is home else _facts(looker, page) for tag, page in homes.items()}
    more = [its for tag, its in seen.items() if its and homes[tag] is not home]
    found |= looker.pages([url for its in more for url in (*its.feeds[:1], *its.news[:2])])
    site = _Site(looker, home, homes, seen, found)
    feeds = list(_feeds(site))
    lists = list(_lists(site))
    known = [url for place in (*feeds, *lists) for url in place.urls]
    if not (feeds or lists) and (api := api_entry(looker, home)):
        return [Place("API", (api[0],), api[1], _ENDLESS)]
    every = [*_wordpress_places(site), *feeds, *lists, *_sitemaps(looker, home, known)]
    return sorted(every, key=lambda place: (-place.reach, -place.shown, place.words))


def _feeds_of(url: str, facts: Facts) -> list[str]:
    base = url if url.endswith("/") else f"{url}/"
    return [*facts.feeds] or [urljoin(base, name) for name in _FEEDS]


def _wordpress(home: Page, facts: Facts) -> list[str]:
    return [_posts(home.url)] if facts.platform == "wordpress" else []


def _posts(url: str) -> str:
    return f"{url.split('?', maxsplit=1)[0].rstrip('/')}/wp-json/wp/v2/posts"


def _facts(looker: Looker, page: Page) -> Facts | None:
    return looker.read(Facts, page, lambda: facts_in(page))


def _listed(looker: Looker, page: Page, entry: Mapping[str, Any]) -> list[str]:
    """What `listed` gives, in a process with limits."""
    return looker.read(list[str], page, lambda: listed(page, entry)) or []


def listed(page: Page, entry: Mapping[str, Any]) -> list[str]:
    """The addresses that an entry would find on a page, and the inner sitemaps of an index behind them."""
    of = Entry(EntryKind(entry["kind"]), **{k: v for k, v in entry.items() if k not in ("kind", "language")})
    seed = parse_seed(_BLANK, seed_id="xx.look", path="seeds new")
    found = discover(page.payload, Listing(of, page.url), seed)
    return [link.url for link in found.links] or [listing.url for listing in found.next]


_BLANK = (
    'title = { en = "A" }\nhomepage = "https://a.example/"\nplatform = "drupal"\ntimezone = "UTC"\n'
    '[languages]\nen = "en"\n'
)


def _wordpress_places(site: _Site) -> Iterator[Place]:
    found, address = site.found, _posts(site.home.url)
    if address in found and "json" in found[address].mime:
        entry = {"kind": "wordpress", "url": site.home.url.split("?")[0]}
        urls = _listed(site.looker, found[address], {**entry, "page": "page", "article": "link"})
        if urls:
            yield Place("WordPress REST", (entry,), len(urls), _ENDLESS * 2, tuple(urls))


def _feeds(site: _Site) -> Iterator[Place]:
    own, found = {}, site.found
    for tag, page in site.homes.items():
        facts = site.facts[tag]
        stated = facts.feeds if facts else ()
        candidates = stated or (_feeds_of(page.url, facts) if facts and page is site.home else ())
        its = next((url for url in candidates if url in found and _is_xml(found[url])), None)
        if its and (urls := _listed(site.looker, found[its], {"kind": "feed", "url": its})):
            own[tag] = (its, urls)
    if own:
        entries = _by_language({tag: {"kind": "feed", "url": url} for tag, (url, _) in own.items()})
        urls = [url for _, its in own.values() for url in its]
        yield Place("feed", entries, len(urls), len(urls), tuple(urls))


def _lists(site: _Site) -> Iterator[Place]:
    """Lists of headlines: on the pages for news, and on the home page."""
    home, facts = (
        site.home,
        next((its for tag, its in site.facts.items() if its and site.homes[tag] is site.home), None),
    )
    seen = {home.url: home, **site.found}
    waiting = [*(facts.news if facts else ()), home.url]
    for url in waiting:  # which grows: a page may lead to that of all news
        page = seen.get(url)
        if page is None:
            continue
        # The page of a month may list two.
        fewest = {} if url == home.url else {"fewest": _FEWEST}
        languages = tuple(tag for tag in (facts.language if facts else None,) if tag)
        shown = site.looker.read(_Shown, page, partial(lists_on, page, languages, **fewest)) or _Shown((), {})
        if shown.every and shown.every not in waiting and len(waiting) < _MOST_LISTS:
            seen |= site.looker.pages([shown.every])
            waiting.append(shown.every)
        for links in shown.lists:
            entry = {"kind": "listing", "url": page.url, "links": links.css, **shown.paging}
            more = (*shown.sections, *shown.years)
            entries = [entry, *_in_other_languages(entry, site), *_of_sections(entry, more, site)]
            # A front page shows the newest only, and lists of services beside them.
            is_front = url == home.url and not shown.paging
            reach = 1 if is_front else len(links.urls) * (_PAGED if shown.paging else 1)
            yield Place(f"list of links at {page.url}", tuple(entries), len(links.urls), reach, links.urls)


def lists_on(page: Page, languages: Sequence[str] = (), **fewest: int) -> _Shown:
    """The two likeliest lists of headlines on a page (`fewest` as `link_lists` has it), and how they go on."""
    tree = tree_of(page)
    if tree is None:
        return _Shown((), {})
    lists, way = tuple(link_lists(tree, page.url, urlsplit(page.url).netloc, **fewest)[:2]), paging(tree, page.url)
    sections = sections_on(tree, page.url, page.url, lists[0].urls, ()) if lists and not way else []
    years = lists_of_years(tree, page.url, languages) if lists else {}
    every = every_item(tree, page.url) or archive_page(tree, page.url, page.url)
    return _Shown(lists, way, tuple(sections), every, tuple(url for _, url in sorted(years.items(), reverse=True)))


def _of_sections(entry: Mapping[str, Any], sections: Sequence[str], site: _Site) -> Iterator[Mapping[str, Any]]:
    """The same list on the pages of sections, each with the way on that it shows."""
    for url, page in site.looker.pages(sections[:_MOST_SECTIONS]).items():
        if _listed(site.looker, page, {**entry, "url": url}):
            shown = site.looker.read(_Shown, page, partial(lists_on, page))
            yield {**entry, "url": url, **(shown.paging if shown else {})}


def _in_other_languages(entry: Mapping[str, Any], site: _Site) -> Iterator[Mapping[str, Any]]:
    """The same list on the pages of other languages: where the selector finds links there too."""
    seen = {entry["url"]}
    for tag, page in site.homes.items():
        facts = site.facts[tag] if page is not site.home else None
        if facts is None:
            continue
        for url in [*facts.news, page.url]:
            other = site.found.get(url)
            if other and other.url not in seen and _listed(site.looker, other, {**entry, "url": other.url}):
                seen.add(other.url)
                yield {**entry, "url": other.url, "language": tag}
                break


def _sitemaps(looker: Looker, home: Page, known: Sequence[str]) -> Iterator[Place]:
    named = looker.read(list[str], home, lambda: sitemaps_of(looker.robots)) or [urljoin(home.url, "/sitemap.xml")]
    for address, page in looker.pages(named).items():
        if not _is_xml(page):
            continue
        entry = {"kind": "sitemap", "url": address}
        urls = _listed(looker, page, entry)
        inner = [url for url in urls if url.split("?")[0].endswith((".xml", ".xml.gz", ".gz"))]
        if inner and len(inner) == len(urls):
            pages = looker.pages(sorted(inner, key=lambda url: ("post" not in url and "news" not in url, url))[:_INNER])
            urls = [url for its in pages.values() for url in _listed(looker, its, entry)]
        pattern, count = of_articles(urls, known)
        if pattern:
            below = tuple(url for url in urls if url in set(known)) or tuple(urls)
            yield Place("sitemap", ({**entry, "match": pattern},), count, max(count, _PAGED), below)


def _is_xml(page: Page) -> bool:
    return page.payload.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and "html" not in page.mime


def _by_language(entries: Mapping[str, Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Entries with their language stated where there are several."""
    if len(entries) == 1:
        return tuple(entries.values())
    unlike: dict[str, Mapping[str, Any]] = {}
    for tag, entry in entries.items():
        unlike.setdefault(entry["url"], {**entry, "language": tag} if tag else entry)
    return tuple(unlike.values())
