"""What the row of an article tells of the address that its page calls its own (RFC 6596), beside its key. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row

_NAMED = re.compile(r"canonical: it names (?P<address>\S+), (?:which other articles name too|whose page was not read)")


def unread(address: str) -> str:
    """The warning of an article whose page names an address that nobody has read."""
    return f"canonical: it names {address}, whose page was not read"


def shared(address: str) -> str:
    """The warning of an article whose page names an address that pages of other articles name."""
    return f"canonical: it names {address}, which other articles name too"


def contradicted(address: str) -> str:
    """The warning of an article whose page names the address of an article that says something else."""
    return f"canonical: it names {address}, which says something else"


def published(address: str) -> str:
    """The warning of an article whose page names the address of another one, after both have been published."""
    return f"canonical: it names {address}, which is an article of its own"


def claim_of(row: Row) -> str | None:
    """The address that the page of an article calls its own, where it is not its key, and no page that was read speaks
    against it. None also where documents have other keys than addresses."""
    if not row["document"].startswith(("http://", "https://")):
        return None
    if row["url"] != row["document"]:
        return row["url"]
    found = next((m for w in cell_format.parse_array(row["warnings"]) if (m := _NAMED.fullmatch(w))), None)
    return found["address"] if found else None


def is_claim(warnings: Iterable[str], address: str) -> bool:
    """Whether warnings tell of an address that the page of their article names, and nobody has read."""
    return bool({unread(address), shared(address)} & {*warnings})


def without_claim(row: Row, address: str) -> str:
    """The cell `warnings` of an article of which a page at the address that it names was read."""
    return cell_format.array([w for w in cell_format.parse_array(row["warnings"]) if not is_claim([w], address)])
