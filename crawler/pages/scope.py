"""Which addresses of a shared site are a source's: its hosts, and its section of them. Pure.

A portal of many authorities has one section for each, below one folder. That a site is cut so is told by the seed: its
home page stands in a folder, and all of its entries on that host below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from crawler.address_patterns import is_match
from crawler.addresses import checked
from crawler.model import Seed

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_FRONT = re.compile(r"(?:index|default|home|main)(?:\.[a-z]{2,5})?", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?://[^/?#]{1,300}+(?![^/?#])")
_COMMON = ("robots.txt", "favicon.ico")


class Scope:
    """What of the web a seed declares to be its source's."""

    def __init__(self, seed: Seed) -> None:
        self._languages = {code.lower() for code in (*seed.languages, *seed.languages.values())}
        self._matches = [entry.match for entry in seed.entries if entry.match]
        named = [seed.homepage, *seed.options.values(), *(entry.url for entry in seed.entries)]
        named += [entry.detail for entry in seed.entries if entry.detail]
        named += [f"//{host}" for host in seed.crawl.hosts]
        self._hosts = {_host(urlsplit(address)) for address in named if "//" in address} - {""}
        home = urlsplit(seed.homepage)
        self._home = _host(home)
        section = self.segments(home.path)
        while section and _FRONT.fullmatch(section[-1]):
            section = section[:-1]
        entries = [parts for parts in (urlsplit(entry.url) for entry in seed.entries) if _host(parts) == self._home]
        is_cut = bool(entries) and all(_begins(self.segments(parts.path), section) for parts in entries)
        self._section = section if is_cut else ()

    def on_hosts(self, url: str) -> bool:
        """Whether `url` is on a host of the source, or below one; a leading www. makes no difference."""
        try:
            host = _host_of(url)
        except ValueError:
            return False
        return host in self._hosts or any(host.endswith(f".{own}") for own in self._hosts)

    def in_section(self, url: str) -> bool:
        """Whether `url` is in the source's part of a site that is cut into sections; True where it is not cut, and
        where the address tells nothing of a section. An address that an entry's `match` fits is the source's."""
        if not self._section:
            return True
        parts = urlsplit(checked(url))
        if _host(parts) != self._home or any(is_match(match, url) for match in self._matches):
            return True
        path, folder = self.segments(parts.path), self._section[:-1]
        if not path or path[-1] in _COMMON:
            return True
        return path[: len(folder)] != folder or _begins(path, self._section)

    def segments(self, path: str) -> tuple[str, ...]:
        """The folders of a path in lower case, without one of a language at its beginning."""
        parts = tuple(part for part in unquote(path).lower().split("/") if part)
        is_language = bool(parts) and (parts[0] in self._languages or _LANGUAGE.fullmatch(parts[0]))
        return parts[1:] if is_language else parts


def _begins(path: Sequence[str], section: Sequence[str]) -> bool:
    """Whether a path is in a section, or is a file beside it that has its name (`/ministry.atom`)."""
    last = len(section) - 1
    if last < 0:
        return True
    if len(path) <= last or tuple(path[:last]) != tuple(section[:last]):
        return False
    return path[last] == section[last] or path[last].startswith(f"{section[last]}.")


def _host_of(url: str) -> str:
    """The host of `url`, as `_host`. Raises ValueError."""
    if (found := _AUTHORITY.match(url)) and url.isascii():  # nothing behind it has a say, and a site has many pages
        return _host_at(found[0])
    return _host(urlsplit(checked(url)))


@lru_cache(maxsize=1024)
def _host_at(authority: str) -> str:
    return _host(urlsplit(authority))


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").removeprefix("www.")
