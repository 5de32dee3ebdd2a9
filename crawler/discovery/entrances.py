"""The front pages of a source and the pages that its seed names: where sites send those who ask for what is gone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin

from crawler.ids import canonical_url
from crawler.model import Seed

_SEEDS = 256  # of which a worker keeps the answer


def addresses_named(seed: Seed) -> tuple[str, ...]:
    """The addresses that a seed names: its home page, its options, its entries and what they ask for one article."""
    named = [seed.homepage, *seed.options.values(), *(entry.url for entry in seed.entries)]
    return (*named, *(entry.detail for entry in seed.entries if entry.detail))


def with_roots(addresses: Iterable[str]) -> frozenset[str]:
    """The canonical forms of addresses, and of the front pages of their hosts."""
    web = (url for url in addresses if url.startswith("http"))
    return frozenset(canonical_url(form) for url in web for form in (url, urljoin(url, "/")))


def is_entrance(url: str, seed: Seed) -> bool:
    """True for an address that leads to a front page or a page that the seed names; False for what is no address."""
    try:
        return canonical_url(url) in _entrances(addresses_named(seed))
    except ValueError:
        return False


@lru_cache(maxsize=_SEEDS)
def _entrances(named: tuple[str, ...]) -> frozenset[str]:
    return with_roots(named)
