"""Who wrote an article: the places where pages say so, asked one after the other until one names somebody else than the
site itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.fields.byline_markup import marked_names
from crawler.extraction.fields.byline_text import line_names
from crawler.extraction.lines.person_names import is_full, is_name, names_in
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page
from crawler.extraction.structured.jsonld import PAGES, people, types_of
from crawler.extraction.words import vocabulary
from crawler.model import Candidate

_META = (
    "author article:author og:article:author dc.creator dcterms.creator dc.contributor parsely-author sailthru.author "
    "cxenseparse:author citation_author mrf:authors authors byl creator"
).split()
_INSTITUTION = vocabulary("institution")
_HOST = 3  # letters from which the first label of a host is a name


def authors(
    page: Page, headline: html.HtmlElement | None, blocks: list[Block]
) -> tuple[tuple[str, ...], list[Candidate]]:
    """Names as printed, each once, and what the places that were asked say: the page object, JSON-LD, meta tags, a
    marked byline, a line that says who wrote it, up to the first that names somebody else than the site; the site's own
    name where nobody is named."""
    if page.fields.authors:
        names = names_in(page.fields.authors)
        return names, [_named("page-object", names, chosen=True)]
    found: list[tuple[str, tuple[str, ...]]] = []
    for source, names, by_person in _places(page, headline, blocks):
        if source == "line" and any(not _is_site(n, page) and not _is_login(n) for _, known in found for n in known):
            continue  # an office or agency that data name goes before any line of the page
        own = tuple(name for name in names if not _is_site(name, page))
        if source == "jsonld" and own:  # a list states each as an author; in the words of a line it is where one works
            own = tuple(name for name in names if key(name) not in page.own_names)
        elif found or len(own) < len(names):  # beside or behind the site's name: people, not its town or its agency
            own = tuple(name for name in own if is_full(name) and is_name(name))
        if by_person and any(not _is_login(name) for name in own):
            return own, [*(_named(*other) for other in found), _named(source, own, chosen=True)]
        if names:
            found.append((source, own or names))
    found.sort(key=lambda pair: all(_is_site(name, page) for name in pair[1]))
    chosen = next(iter(found), ("", ()))
    return chosen[1], [_named(*pair, chosen=pair is chosen) for pair in found]


def _places(
    page: Page, headline: html.HtmlElement | None, blocks: list[Block]
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """(place, the names there, whether they may be people's)"""
    names, by_person = _stated(page)
    yield "jsonld", names, by_person
    for name in _META:
        if name in page.meta:
            names = names_in(page.meta[name])
            if names and _INSTITUTION.find(names[0]) is not None:  # a reader sees who wrote it in the byline
                yield "meta", tuple(dict.fromkeys(page.meta[name])), False
            else:
                yield "meta", names, True
    yield "meta", names_in(_card_authors(page)), True
    yield "byline", marked_names(page, headline), True
    yield "line", line_names(page, headline, blocks), True


def _named(source: str, names: tuple[str, ...], *, chosen: bool = False) -> Candidate:
    return Candidate("authors", "; ".join(names), "; ".join(names), source, chosen)


def _is_site(name: str, page: Page) -> bool:
    """Whether a name is the site's own: as it states it, its address, or what begins with the name in the address."""
    words = key(name)
    if words in page.site_names or words in page.own_names:
        return True
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    label = host.partition(".")[0]
    parts = name.split()
    first, initials = key(parts[0]), "".join(part[0] for part in parts).casefold()
    if len(label) >= _HOST and first == label and (" " in name or name.isupper()):
        return True  # "BBC News"
    return initials == label


def _is_login(name: str) -> bool:
    """Whether a name is one word in small letters: the account that entered the article, or the sign of an agency."""
    return " " not in name and name.islower() and name.isascii()


def _stated(page: Page) -> tuple[tuple[str, ...], bool]:
    """(the names in JSON-LD of the article, or where it has none, of the page; False where all are organisations')."""
    items = [page.article] if page.article else []
    items += [item for item in page.jsonld if types_of(item) & PAGES]
    for item in items:
        for name in ("author", "creator"):
            if names := names_in(people(item.get(name), page.jsonld)):
                return names, not _are_organisations(item[name])
    return (), True


def _are_organisations(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(one, dict) and "Organization" in " ".join(types_of(one)) for one in values)


def _card_authors(page: Page) -> list[str]:
    """Who wrote it by the labelled lines of a card for social networks, as WordPress's most common plug-in writes them:
    twitter:label1 "Written by", twitter:data1 the name."""
    for number in "12":
        if vocabulary("written_by", "author").is_whole(page.first_meta(f"twitter:label{number}") or ""):
            return page.meta.get(f"twitter:data{number}", [])[:1]
    return []
