"""What a seed says that cannot work as it is meant, though every key and type is right."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import parse_qsl, urlsplit

from crawler.ids import canonical_url
from crawler.model import Entry, EntryKind, Seed

_EVERYWHERE = {"kind", "url", "match", "language", "headers", "max_pages"}
_PAGED = {"page", "first_page"}
USED = {
    EntryKind.LISTING: {*_EVERYWHERE, *_PAGED, "links", "next"},
    EntryKind.FEED: {*_EVERYWHERE, *_PAGED},
    EntryKind.SITEMAP: {*_EVERYWHERE},
    EntryKind.WORDPRESS: {"kind", "url", "match", "language", "headers", "max_pages"},
}
"""The keys that a kind of entry reads; JSON entries read all that listings do not have to themselves."""
_ONLY_OF_LISTINGS = {"links"}


def seed_problems(seed: Seed) -> list[str]:
    """What is wrong, one line each, naming the key: keys that do nothing for the kind of their entry, entries on hosts
    that are not the source's, private hosts that `allow_private` does not name, and entries that overlap."""
    problems: list[str] = []
    for number, entry in enumerate(seed.entries):
        problems += _idle_keys(entry, f"entries.{number}")
    problems += _options(seed)
    problems += _hosts(seed)
    problems += _overlaps(seed)
    return problems


def _idle_keys(entry: Entry, key: str) -> Iterator[str]:
    stated = {name for name in Entry.__slots__ if getattr(entry, name) != _default(name)}
    used = USED.get(entry.kind, set(Entry.__slots__) - _ONLY_OF_LISTINGS)
    for name in sorted(stated - used):
        yield f"{key}.{name}: does nothing for an entry of kind {entry.kind.value}"
    if entry.first_page != 1 and entry.page is None and "first_page" in used:
        yield f"{key}.first_page: does nothing without {key}.page"
    if entry.kind is EntryKind.LISTING and entry.next and entry.page:
        yield f"{key}.page: does nothing where {key}.next leads on"


def _default(name: str) -> object:
    return getattr(_BLANK, name)


_BLANK = Entry(EntryKind.LISTING, "")


def _hosts(seed: Seed) -> Iterator[str]:
    home = _host(seed.homepage)
    known = {home, *(host.lower() for host in seed.crawl.hosts)}
    known |= {_host(value) for value in seed.options.values() if value.startswith("http")}
    addresses = [("homepage", seed.homepage)]
    addresses += [(f"entries.{n}.url", entry.url) for n, entry in enumerate(seed.entries)]
    addresses += [(f"options.{name}", value) for name, value in seed.options.items() if value.startswith("http")]
    for key, url in addresses:
        host = _host(url)
        if _is_private(host) and not _is_allowed(url, seed.crawl.allow_private):
            yield f'{key}: {host} is a private address; crawl.allow_private = ["{host}"] would allow it'
        if key.startswith("entries") and not any(_related(host, one) for one in known):
            yield f'{key}: {host} is not the host of {home}; crawl.hosts = ["{host}"] says that it is the source\'s too'


def _overlaps(seed: Seed) -> Iterator[str]:
    """Entries that read one place in one way: whatever they list is asked for by both, and counted once."""
    for (first, one), (second, other) in combinations(enumerate(seed.entries), 2):
        if _place(one) != _place(other):
            continue
        yield f"entries.{second}.url: the same place as entries.{first}.url, read in the same way"
        if one.language != other.language:
            yield f"entries.{second}.language: {other.language!r}, but entries.{first} says {one.language!r} of it"


def _place(entry: Entry) -> tuple[object, ...]:
    parts = urlsplit(canonical_url(entry.url))
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != entry.page)
    how = [str(getattr(entry, name)) for name in Entry.__slots__ if name not in _NO_PART_OF_A_PLACE]
    return (parts.netloc, parts.path.rstrip("/"), tuple(query), *how)


_NO_PART_OF_A_PLACE = frozenset({"url", "max_pages", "language", "page", "first_page", "next", "total_pages"})


def _options(seed: Seed) -> Iterator[str]:
    known = {"authority", "site", "api"} if seed.platform == "govuz" else set() if seed.entries else {"site"}
    for name in sorted(set(seed.options) - known):
        yield f"options.{name}: does nothing for the platform {seed.platform}" + (
            " with entries" if seed.entries else ""
        )


def _host(url: str) -> str:
    return urlsplit(canonical_url(url)).netloc


def _related(host: str, known: str) -> bool:
    """Whether two hosts are one but for a leading www., or one is below the other."""
    one, other = host.removeprefix("www."), known.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _is_private(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return False


def _is_allowed(url: str, allowed: tuple[str, ...]) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return bool({parts.hostname, f"{parts.hostname}:{port}", parts.netloc} & set(allowed))
