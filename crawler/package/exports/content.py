"""What the copies of a package are made of: its tables, their rows, and what its descriptor says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.errors import NotFound
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.exports import query
from crawler.package.tables.cell_format import clean
from crawler.package.tables.tables import Row, Table, tables
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Content:
    """The tables of a copy, in the order of the descriptor, and their rows, each in the order of its table."""

    tables: tuple[Table, ...]
    read: Callable[[Table], Iterator[Row]]
    head: Mapping[str, Any]  # the descriptor, or one that says the same of other rows

    @property
    def said(self) -> dict[str, str]:
        """What the descriptor says of the package, for copies that have no descriptor: title, version, licence ..."""
        return said(self.head)


def current(workspace: Workspace) -> Content:
    """The package as it stands. In a copy, articles say themselves when they were last confirmed. Raises NotFound where
    there is no package."""
    head = read_descriptor(workspace)
    if head is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    its = (query.articles_with_confirmation() if one.name == "articles" else one for one in tables().values())

    def read(table: Table) -> Iterator[Row]:
        return query.articles(workspace) if table.name == "articles" else query.rows(workspace, table.name)

    return Content(tuple(its), read, head)


def said(head: Mapping[str, Any]) -> dict[str, str]:
    """What the head of a descriptor says, as words without structure."""
    words = {name: head.get(name) for name in ("title", "description", "version", "created", "as_of", "homepage")}
    words["doi"] = head.get("id")
    words["licence"] = next((its.get("name") for its in head.get("licenses", ()) if isinstance(its, dict)), None)
    people = [its for its in head.get("contributors", ()) if isinstance(its, dict) and its.get("title")]
    for name, role in (("creators", "creator"), ("contact", "contact")):
        its = [one for one in people if role in one.get("roles", ())]
        words[name] = "; ".join(
            " ".join(str(one[key]) for key in ("title", "path", "email") if key in one) for one in its
        )
    return {name: clean(value) for name, value in words.items() if isinstance(value, str) and value}
