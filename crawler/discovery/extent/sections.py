"""Sections of which a listing's page shows the newest items each, and whose own pages hold the others. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.ids import canonical_url

_MOST = 5_000  # links of one page that are looked at
_FEWEST = 2  # sections, and items of one of them


def sections_on(
    tree: html.HtmlElement, base: str, here: str, items: Sequence[str], skip: Collection[html.HtmlElement]
) -> list[str]:
    """The addresses of the sections that a page at `here` is made of; none for a list of its own. `items` are the
    addresses of its items in their order, `skip` their links.

    A section is the folder of several items that stand together, to which a link leads. Where items of several folders
    stand mixed, as the newest of all do, such links only choose among them."""
    folders = [_folder(url) for url in items]
    own = _folder(here)
    found: dict[str, str] = {}
    for link in tree.xpath("//a[@href]")[:_MOST]:
        url = absolute(base, link.get("href") or "") if link not in skip else None
        folder = _folder(url) if url else ""
        if url and not urlsplit(url).query and not own.startswith(folder) and _stand_together(folder, folders):
            found.setdefault(folder, url)
    return list(found.values()) if len(found) >= _FEWEST else []


def _folder(url: str) -> str:
    """Host and path of an address, with a slash behind it."""
    parts = urlsplit(canonical_url(url))
    return f"{parts.netloc}{parts.path.rstrip('/')}/"


def _stand_together(folder: str, items: Sequence[str]) -> bool:
    """Whether several of the items are in a folder, and no other stands between them."""
    inside = [number for number, item in enumerate(items) if item.startswith(folder) and item != folder]
    return len(inside) >= _FEWEST and inside[-1] - inside[0] == len(inside) - 1
