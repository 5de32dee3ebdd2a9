"""What a site calls itself: names that are no headline, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.markup.dom import key, text_of, word_count
from crawler.extraction.structured.jsonld import strings

_NAME = 4  # words that the name of a site has at most
_LABEL, _SHORT = 3, 6  # letters of the part of an address that names the site: of the shortest, and of short ones

if TYPE_CHECKING:
    from crawler.extraction.page.page import Page


def stated_names(page: Page) -> set[str]:
    """Keys of the names in data for machines, and of the words of links to the front page."""
    stated, applications = page.meta.get("og:site_name", []), page.meta.get("application-name", [])
    if stated:  # some pages give their own title as the application's name
        titles = {key(title) for title in (page.doc_title, *page.meta.get("og:title", []))}
        applications = [name for name in applications if key(name) not in titles]
    publishers = [name for item in page.jsonld for name in strings(item.get("publisher"))]
    return {key(name) for name in [*stated, *applications, *_logos(page), *publishers] if name}


def address_names(page: Page) -> set[str]:
    """Keys of the names in the site's address, and those that the seed gives it."""
    seeded = page.seed.title.values() if page.seed else ()
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    last = ".".join(host.split(".")[-2:])
    return {key(name) for name in [*seeded, host, last, host.split(".")[0]] if name}


def names_host(name: str, page: Page) -> bool:
    """Whether a few words are the name of the site by its address: "BBC News" of bbc.co.uk, "The Washington Post"."""
    labels = (urlsplit(page.url).hostname or "").removeprefix("www.").split(".")[:-1]
    label, words = key(max(labels, key=len, default="")), key(name)
    if not _LABEL <= len(label) <= len(words) or word_count(name) > _NAME:
        return False
    return words.startswith(label) or (len(label) > _SHORT and label in words)


def _logos(page: Page) -> list[str]:
    """The words of links to the front page, of the site or of its version in the page's language."""
    here = urlsplit(page.url)
    first = here.path.split("/")[1] if here.path.count("/") > 1 else ""
    fronts = {"", f"/{first}"} if len(first) == 2 else {""}
    site = {"", f"//{here.netloc}", f"{here.scheme}://{here.netloc}"}
    homes = {start + front for start in site for front in fronts}
    links = ((a, a.get("href") or "//") for a in page.tagged("a"))
    return [text_of(a) for a, href in links if href != "//" and href.rstrip("/") in homes]
