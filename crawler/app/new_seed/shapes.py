"""What the links of a page have in common: where headlines are listed, how the list goes on, what articles' addresses
look like. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from crawler.discovery.base import PAGE, absolute
from crawler.discovery.extent.further import is_of_list, is_pager
from crawler.discovery.extent.pager import is_offset, is_other_page, number_in
from crawler.discovery.extent.words import leads_on
from crawler.extraction.markup.dom import length
from crawler.ids import canonical_url
from crawler.seeds.limits import MAX_PATTERN

_FEWEST = 3  # links of one shape that make a list
_HEADLINE = 15  # characters that a headline has in the mean
_FRAME = frozenset({"nav", "header", "footer", "aside"})
_PLAIN = re.compile(r"-?[_a-zA-Z][_a-zA-Z-]*")  # a class that needs no escape, and counts nothing
_FOLDER = re.compile(r"/[^/?]+(?=/)")
_MADE = re.compile(
    r"createPageHTML\(\s?(\d{1,5})\s?,\s?\d{1,5}\s?,\s?[\"']([\w.-]{1,80})[\"']\s?,\s?[\"'](\w{1,8})[\"']"
)
_FIRST_PAGES = {"1": 0, "2": 1}  # what a link to the second page says -> the number of the first


@dataclass(frozen=True, slots=True)
class LinkList:
    """A list of links of one shape."""

    css: str
    urls: tuple[str, ...]
    weight: float  # how much it looks like a list of headlines


def link_lists(tree: Any, base: str, site: str, *, fewest: int = _FEWEST) -> list[LinkList]:
    """The lists of a page, of `fewest` links at least, the likeliest list of articles first. `site` is the host that
    links must stay on."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for link in tree.iter("a"):
        if link.get("href") and not any(map(_is_frame, link.iterancestors())):
            groups[_path(link)].append(link)
    found = []
    for links in groups.values():
        urls = list(dict.fromkeys(filter(None, (_target(link, base, site) for link in links))))
        texts = [length(" ".join(link.text_content().split())) for link in links]
        if len(urls) < fewest or sum(texts) / len(texts) < _HEADLINE or not _alike(urls, fewest):
            continue
        css = _selector(tree, links)
        if css:
            found.append(LinkList(css, tuple(urls), len(urls) * min(sum(texts) / len(texts), 80)))
    return sorted(found, key=lambda its: (-its.weight, its.css))


def _is_frame(element: Any) -> bool:
    """Whether an element is of the frame of a page; the head of an item of a list is none."""
    if element.tag not in _FRAME:
        return False
    return element.tag not in ("header", "footer") or next(element.iterancestors("article", "li"), None) is None


def paging(tree: Any, base: str) -> dict[str, Any]:
    """The keys of an entry that say how a list goes on: `next`, or `page` and `first_page`; empty for one that ends."""
    for link in [*tree.iter("link"), *tree.iter("a")]:
        if "next" in (link.get("rel") or "").lower().split() and link.get("href"):
            return {"next": "[rel~='next']"}
    pages = [(link, url) for link in tree.iter("a") if (url := _other_page(link, base))]
    numbered: Counter[tuple[str, int]] = Counter()
    mine = dict(parse_qsl(urlsplit(base).query))
    for link, url in pages:
        if number_in(link.text_content()) != 2 or urlsplit(url).path.rstrip("/") != urlsplit(base).path.rstrip("/"):
            continue
        for name, value in parse_qsl(urlsplit(url).query):
            if value in _FIRST_PAGES and mine.get(name) != value:
                numbered[name, _FIRST_PAGES[value]] += 1
    if numbered:
        (name, first), _ = numbered.most_common(1)[0]
        return {"page": name} if first == 1 else {"page": name, "first_page": first}
    return _next_link(tree, base, [link for link, _ in pages]) or _in_script(tree)


def _in_script(tree: Any) -> dict[str, Any]:
    """`page` and `first_page` of a list whose pager a script of TRS, a system of Chinese governments, writes:
    `createPageHTML(20, 0, "index", "html")` leads to index_1.html, the second page."""
    for script in tree.iter("script"):
        if (match := _MADE.search(script.text or "")) and int(match[1]) > 1:
            return {"page": f"{match[2]}_{PAGE}.{match[3]}", "first_page": 0}
    return {}


def _other_page(link: Any, base: str) -> str | None:
    """The address of another page of the list at `base` to which a link leads, None for other links."""
    url = absolute(base, link.get("href") or "")
    if url is None or canonical_url(url) == canonical_url(base):
        return None
    return url if is_other_page(url, base) or (is_pager(link) and is_of_list(url, base)) else None


def _next_link(tree: Any, base: str, pages: Sequence[Any]) -> dict[str, Any]:
    """`next` by what is called so, in words or by class, else by the links of all pages, of which a crawl takes the
    first that it has not read. `pages` are links to other pages of the list."""
    named = [link for link in pages if leads_on(link.text_content())]
    by_class = [css for link in tree.iter("a") if link.get("href") and (css := _next_class(link))]
    numbered = [link for link in pages if number_in(link.text_content())]
    if not any(number_in(link.text_content()) == 2 or is_offset(link, base) for link in numbered):
        numbered = []  # years, days
    for css in (*by_class, *(_selector(tree, links, most=len(pages)) for links in (named[:1], numbered) if links)):
        if css:
            return {"next": css}
    return {}


def _next_class(link: Any) -> str:
    """A selector by the class of a link, or of what it stands in, that says next; empty for other links."""
    for element in (link, link.getparent()) if link.getparent() is not None else (link,):
        named = [c for c in (element.get("class") or "").split() if "next" in c.lower() and _PLAIN.fullmatch(c)]
        if named:
            return f"{element.tag}.{named[0]}" + ("" if element is link else " a")
    return ""


def shape(url: str) -> str:
    """What the addresses of one kind of page share, as a regular expression of their path: numbers are any number, the
    last part is anything."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    kept = [re.sub(r"\d+", r"\\d+", re.escape(segment)) for segment in segments[:-1]]
    path = "/".join(["", *kept, r"[^/?#]+"]) if segments else "/"
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return path + (r"/?\?" + ".*".join(f"{re.escape(name)}=" for name in names) if names else r"/?$")


def of_articles(urls: Sequence[str], known: Iterable[str]) -> tuple[str | None, int]:
    """(a regular expression for the articles among the addresses of a sitemap, how many it takes): those shaped as
    articles that are `known` from other lists; without any, the commonest shape, if most have it."""
    counts = Counter(map(shape, urls))
    wanted = {shape(url) for url in known} & counts.keys()
    tails = {_tail(its) for its in wanted}
    wanted |= {its for its in counts if _tail(its) in tails and r"\d" in _tail(its)}  # other languages, other years
    if not wanted and counts:
        best, count = counts.most_common(1)[0]
        wanted = {best} if count >= max(_FEWEST, 0.6 * len(urls)) else set()
    every = _within(sorted(wanted, key=lambda its: (-counts[its], its)))
    if not every:
        return None, 0
    pattern = every[0] if len(every) == 1 else f"(?:{'|'.join(every)})"
    return r"^https?://[^/]+" + pattern, sum(counts[its] for its in every)


def _within(patterns: Sequence[str]) -> list[str]:
    """The first of `patterns` that one pattern of a seed can hold, sorted."""
    kept: list[str] = []
    for pattern in patterns:
        if sum(map(len, kept)) + len(kept) + len(pattern) < MAX_PATTERN - 40:
            kept.append(pattern)
    return sorted(kept)


def _tail(pattern: str) -> str:
    return "/".join(pattern.split("/")[-4:]) if pattern.count("/") > 3 else pattern


def _alike(urls: Sequence[str], fewest: int) -> bool:
    """Whether most addresses have as many folders, whatever those are called: sections of news have one each."""
    counts = Counter(_FOLDER.sub("/*", shape(url)) for url in urls)
    return counts.most_common(1)[0][1] >= max(fewest, len(urls) // 2)


def _target(link: Any, base: str, site: str) -> str | None:
    url = absolute(base, link.get("href"))
    if url is None or urlsplit(url).netloc.removeprefix("www.") != site.removeprefix("www."):
        return None
    return None if canonical_url(url) == canonical_url(base) else url


def _path(link: Any) -> str:
    """Tags and classes from a link upwards: the same for the items of a list."""
    steps = [_step(link)] + [_step(up) for up in link.iterancestors() if isinstance(up.tag, str)]
    return " ".join(steps)


def _step(element: Any) -> str:
    names = [name for name in (element.get("class") or "").split() if _PLAIN.fullmatch(name)]
    return str(element.tag) + "".join(f".{name}" for name in names[:1])


def _selector(tree: Any, links: Sequence[Any], *, most: int = 0) -> str:
    """The shortest selector by class or tag that finds these links and next to nothing else, or `most` in all; empty
    when none does."""
    wanted = {id(link) for link in links}
    ups = [up for up in links[0].iterancestors() if isinstance(up.tag, str)][:6]
    named = [_step(up) for up in ups if "." in _step(up)]
    mine = _step(links[0])
    last = _step(ups[0]) if ups else ""
    tries = [mine] if "." in mine else []
    for step in named:
        tries += [f"{step} {mine}", f"{step} {last} > {mine}", f"{step} > {mine}"]
    tries += [f"main {last} > {mine}", f"main {mine}", f"{last} > {mine}"]
    for css in tries:
        try:
            found = {id(link) for link in CSSSelector(css, translator="html")(tree)}
        except SelectorError:
            continue
        if wanted <= found and len(found) <= max(most, 1.25 * len(wanted)):
            return css
    return ""
