"""How far a listing's own page numbers reach: what tells an end from a page that is missing. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.markup.words import words_of
from crawler.ids import canonical_url

_NUMBER = re.compile(r"\d+")
_BEHIND = re.compile(r"/?(?:[\w-]{1,20}[/=:_-])?\d{1,4}/?|[_.-]\d{1,4}")
_ENDING = re.compile(r"\.[a-z]{3,5}$")
_OFFSET = re.compile(r"(?:^|_)(?:debut|d[eé]but|start|offset|from|skip|begin|first)(?:$|_|:)", re.IGNORECASE)
_MOST_LINKS = 5_000  # of one page that are looked at
_HIGHEST = 9_999
_LONGEST_WORDS = 24  # characters: "Go to page 12"


def number_in(words: str) -> int | None:
    """The page that a link's words name, in the figures of any script: "2", "Page 2", "第2页"; None for none."""
    words = " ".join(words.split())
    if len(words) > _LONGEST_WORDS:
        return None
    numbers = _NUMBER.findall(words)
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) <= len(str(_HIGHEST)) else None


def numbered_links(
    tree: html.HtmlElement, base: str, like: str, skip: Collection[html.HtmlElement], parameter: str | None = None
) -> Iterator[tuple[int, str]]:
    """(number, address) of the links that name other pages of the listing of which `like` is one: their address is the
    same but for figures, or they set the `parameter` that counts pages. `skip` are links that are items."""
    shape, path = _shape(like), urlsplit(like).path
    for link in tree.xpath("//a[@href]")[:_MOST_LINKS]:
        words = words_of(link)
        number = number_in(words)
        if number is None or link in skip:
            continue
        url = absolute(base, link.get("href") or "")
        if url is None:
            continue
        is_page = _shape(url) == shape or (
            parameter is not None and urlsplit(url).path == path and value_of(url, parameter) is not None
        )
        is_bare = len(words) == len(str(number))
        if is_page and (is_bare or {str(number), str(number - 1)} & set(_NUMBER.findall(unquote(url)))):
            yield number, url


def last_named(
    tree: html.HtmlElement, base: str, like: str, skip: Collection[html.HtmlElement], parameter: str | None = None
) -> int:
    """The highest page that links name in their words, 0 when none does; as `numbered_links`. Links that are called by
    the items that they pass over (0, 8, 16) name no pages."""
    named = dict(numbered_links(tree, base, like, skip, parameter))
    steps = [b - a for a, b in itertools.pairwise(sorted(named))]
    if steps and min(steps) > 1 and 2 not in named and any(_passes_over(url, number) for number, url in named.items()):
        return 0
    return max(named, default=0)


def _passes_over(url: str, number: int) -> bool:
    return any(value == str(number) and _OFFSET.search(name) for name, value in parse_qsl(urlsplit(url).query))


def is_offset(link: html.HtmlElement, base: str) -> bool:
    """Whether a link is called by the number of items that its address passes over, as the pagers of SPIP are:
    `?debut_articles=10` is called 10."""
    number, url = number_in(words_of(link)), absolute(base, link.get("href") or "")
    return bool(url and number and _passes_over(url, number))


def value_of(url: str, parameter: str) -> str | None:
    """The value of a query parameter, None where it is missing."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return next((value for name, value in pairs if name == parameter), None)


def _shape(url: str) -> str:
    return _NUMBER.sub("0", canonical_url(url))


def onward_first(urls: Sequence[str], here: str) -> list[str]:
    """`urls` that may be the following page, the likeliest first: those that are `here` with a higher number, the
    nearest first, then others in their order, then those with a lower one, which lead back."""
    own, shape = _numbers(here), _shape(here)

    def rank(url: str) -> tuple[int, list[int]]:
        numbers = _numbers(url)
        if _shape(url) != shape or numbers == own:
            return 1, []
        return (0, numbers) if numbers > own else (2, [-n for n in numbers])

    return sorted(urls, key=rank)


def _numbers(url: str) -> list[int]:
    return [int(digits[:18]) for digits in _NUMBER.findall(canonical_url(url))]


def is_other_page(url: str, here: str) -> bool:
    """Whether an address is the listing's own but for what chooses the page: in the query, whose other parameters stay,
    or behind the path: `?page=2&lang=en`, `/page/2/`, `/2`, `/index_2.html`."""
    own, other = urlsplit(canonical_url(here)), urlsplit(canonical_url(url))
    if own.netloc != other.netloc:
        return False
    if own.path.rstrip("/") == other.path.rstrip("/"):
        mine, theirs = (set(parse_qsl(parts.query, keep_blank_values=True)) for parts in (own, other))
        names = {name for name, _ in theirs}
        return bool(theirs - mine) and all(name in names for name, _ in mine) and len(mine - theirs) <= 1
    start, longer = (_ENDING.sub("", parts.path).rstrip("/") for parts in (own, other))
    return longer.startswith(start) and _BEHIND.fullmatch(longer.removeprefix(start)) is not None
