"""What a home page says of its site: name, languages, platform, feeds, sitemaps. Pure; whoever reads pages that a site
sent does so in a process with limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from crawler.app.new_seed.look import Page
from crawler.discovery.base import absolute
from crawler.discovery.extent.words import phrases
from crawler.discovery.readers.html import content_type, parse
from crawler.extraction.dates.clocks.country_timezone import country_zone
from crawler.extraction.markup.dom import key
from crawler.extraction.page.masthead import section_names
from crawler.ids import canonical_url
from crawler.seeds.catalogue import is_country

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TITLE = 300  # characters
_MOST_NEWS = 6  # pages that may list news
_MOST_TEXTS = 9  # pieces of a link's words: the name of a section has few
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_GOVUZ = re.compile(r"/(?P<language>oz|uz|ru|en)/(?P<code>[a-z0-9_-]{2,40})(?:/news(?:/news)?)?/?")
_PLATFORMS = {
    "wordpress": ("wp-content/", "wp-includes/", 'content="wordpress', "api.w.org", "wp-sitemap"),
    "bitrix": ("/bitrix/",),
    "drupal": ('content="drupal', "/sites/default/files", "drupal-settings-json"),
    "joomla": ('content="joomla', "/media/jui/", "/media/system/js/"),
    "nextjs": ("__next_data__", "/_next/static"),
}
_NEWS = re.compile(
    r"news|press|media|novost|yangilik|xabar|khabar|actualit|notici|aktuel|nachricht|haber|publikats|blog|events?\b"
    r"|article|posts?\b",
    re.IGNORECASE,
)  # parts of addresses, as sites name them


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen on a home page."""

    title: str
    platform: str
    languages: dict[str, str]  # the site's code -> BCP 47
    language: str  # of this page, BCP 47; empty when it states none
    homes: dict[str, str]  # language -> home page in it
    feeds: tuple[str, ...]
    news: tuple[str, ...]  # pages that may list news


def _switcher(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    """(language, home page) of links that say so by `hreflang`, or whose whole path is the code of a language and whose
    words are its code or name: /hr/ is Croatian only where it says so."""
    for link in tree.iter("a"):
        target = absolute(url, link.get("href") or "")
        if target is None or urlsplit(target).netloc != urlsplit(url).netloc:
            continue
        path, stated = urlsplit(target).path.strip("/"), (link.get("hreflang") or "").strip()
        words = _letters("".join(link.itertext()))
        if _TAG.fullmatch(stated) and path.split("/")[0].casefold() == stated.casefold():
            yield stated, target
        elif re.fullmatch("[a-z]{2,3}", path) and words[:2] in _begins(path):
            yield path, target


def _letters(words: str) -> str:
    """Words in lower case without what some write otherwise: the apostrophes of Uzbek have five code points."""
    return "".join(letter for letter in words.casefold() if unicodedata.category(letter) in ("Ll", "Lo"))


def _begins(code: str) -> set[str]:
    """The first two letters of the code of a language and of its own name in its scripts (CLDR); empty for no code."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 35 ms that sites with hreflang do not need

    names = {code}
    for tag in (code, f"{code}_Latn", f"{code}_Cyrl", f"{code}_Arab"):
        with suppress(UnknownLocaleError, ValueError):
            names.add(_letters(Locale.parse(tag).language_name or ""))
    return {name[:2] for name in names} if len(names) > 1 else set()


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page says."""

    facts: Facts
    portal: dict[str, str]  # the options of the platform govuz; empty elsewhere


def facts_of(tree: Any, url: str, body: bytes) -> Facts:
    """The facts of a home page."""
    stated = (tree.get("lang") or "").strip()
    language = stated if _TAG.fullmatch(stated) else ""
    homes = {}
    feeds = []
    for link in tree.iter("link"):
        relation, target = (link.get("rel") or "").lower().split(), absolute(url, link.get("href") or "")
        if "alternate" not in relation or target is None:
            continue
        tag = (link.get("hreflang") or "").strip()
        if _TAG.fullmatch(tag) and tag.lower() != "x-default":
            homes[tag] = target
        elif (link.get("type") or "").lower() in _FEEDS and "comments" not in target:
            feeds.append(target)
    homes = homes or dict(_switcher(tree, url))
    languages = dict.fromkeys([language or "en", *homes])
    words = "".join(sign if sign.isprintable() else " " for sign in tree.findtext(".//title") or "")
    title = " ".join(words.split())[:_LONGEST_TITLE] or urlsplit(url).netloc
    return Facts(
        title, platform_of(body), {tag: tag for tag in languages}, language, homes, tuple(dict.fromkeys(feeds)),
        tuple(_news_links(tree, url)),
    )  # fmt: skip


def tree_of(page: Page) -> Any:
    """The tree of a page; None for anything else."""
    return parse(page.payload.body, page.url, content_type(page.payload)) if "html" in page.mime else None


def facts_in(page: Page) -> Facts | None:
    """The facts of a home page in another language."""
    tree = tree_of(page)
    return None if tree is None else facts_of(tree, page.url, page.payload.body)


def home_of(page: Page, robots: str) -> Home | None:
    """What is read on the first page that is looked at; None for what is no page."""
    tree = parse(page.payload.body, page.url, content_type(page.payload))
    if tree is None:
        return None
    hrefs = [link.get("href") or "" for link in tree.iter("a")]
    facts = facts_of(tree, page.url, page.payload.body + robots.encode("utf-8", "replace"))
    return Home(facts, govuz_options(page.url, hrefs) or {})


def platform_of(body: bytes) -> str:
    """The platform whose marks stand in a page; generic where none does."""
    text = body[:500_000].decode("utf-8", "replace").lower()
    return next((name for name, marks in _PLATFORMS.items() if any(mark in text for mark in marks)), "generic")


def govuz_options(url: str, hrefs: list[str]) -> dict[str, str] | None:
    """The options of the platform govuz, where an address or the links of its page are those of that portal."""
    parts = urlsplit(url)
    match = _GOVUZ.fullmatch(parts.path)
    listing = re.compile(r"/(?:oz|uz|ru|en)/([a-z0-9_-]{2,40})/news/(?:news|view/\d+)/?")
    targets = filter(None, (absolute(url, href) for href in hrefs))
    codes = {found[1] for target in targets if (found := listing.fullmatch(urlsplit(target).path))}
    code = match["code"] if match and match["code"] in codes else next(iter(codes)) if len(codes) == 1 else ""
    if not code:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    own = {} if parts.netloc == "gov.uz" else {"site": origin, "api": origin}
    return {"authority": code, **own}


def sitemaps_of(robots: str) -> list[str]:
    """The sitemaps that a robots.txt names (sitemaps.org)."""
    return re.findall(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", robots)[:5]


def zone_of(url: str, country: str) -> str | None:
    """The time zone of the country of an id, or of the host; None where it has several, or is unknown."""
    zone = country_zone(f"http://x.{country}/") or country_zone(url)
    return str(zone.key) if zone else None


def default_id(url: str) -> str:
    """<country>.<slug> from an address: the country of its host, xx where that is none."""
    parts = urlsplit(url)
    labels = (parts.hostname or "site").removeprefix("www.").split(".")
    is_number = labels[-1].isdigit() or len(labels) == 1
    country = labels[-1].lower() if not is_number and is_country(labels[-1].lower()) else "xx"
    segments = [part for part in parts.path.split("/") if re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_-]{2,30}", part)]
    slug = (segments[-1] if segments else "site") if is_number else labels[0]
    return f"{country}.{re.sub(r'[^a-z0-9]+', '-', slug.lower()).strip('-') or 'site'}"


def _news_links(tree: Any, url: str) -> list[str]:
    """Pages that may list news, the likeliest first: those that links call so ("News", "Все новости") and whose address
    says so too, those that are called so, those whose address alone says so."""
    sections = section_names() | {key(words) for words in phrases("all")}
    found: dict[str, tuple[bool, bool]] = {}
    for link in tree.iter("a"):
        target = absolute(url, link.get("href") or "")
        if target is None or canonical_url(target) == canonical_url(url):
            continue
        segments = [part for part in urlsplit(target).path.split("/") if part]
        named = key("".join(islice(link.itertext(), _MOST_TEXTS)) or link.get("title") or "") in sections
        is_item = any(character.isdigit() for character in segments[-1]) if segments else True
        addressed = not is_item and len(segments) <= 4 and _NEWS.search(segments[-1]) is not None
        if named or addressed:
            before = found.get(target, (False, False))
            found[target] = (named or before[0], addressed)
    ranked = sorted(found, key=lambda its: (-sum(found[its]), not found[its][0], len(its), its))
    return ranked[:_MOST_NEWS]
