"""From a listing page, feed, sitemap or API answer to the links it holds. Pure: (payload, listing) -> links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.discovery.base import Account, Found, Listing, Unselected
    from crawler.discovery.dispatch import discover, fallback, start

__all__ = ["Account", "Found", "Listing", "Unselected", "discover", "fallback", "start"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: extraction asks modules of this room for addresses, and a worker has no use for the rest.
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415

        home = "dispatch" if name.islower() else "base"
        return getattr(import_module(f"crawler.discovery.{home}"), name)
    raise AttributeError(f"module 'crawler.discovery' has no attribute {name!r}")
