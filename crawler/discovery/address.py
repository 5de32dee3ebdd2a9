"""Addresses as they stand in pages, and as they go over the wire. Queries are bytes, which nobody rewrites."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from crawler.addresses import joined
from crawler.ids import canonical_url

# What goes over the wire as it stands, by nearly all links of the web: nothing in it is ever escaped.
PLAIN = re.compile(r"https?://[a-z0-9.-]{1,63}/(?:[\w/.~%!$&'()*+,;:=@-]*+)(?:\?[\w/.~%!$&()*+,;:=?@-]++)?", re.ASCII)
MAX_URL = 2_000  # characters; longer addresses are traps or mistakes


def absolute(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The absolute http(s) address of `href` on the page `base`, without user info and escaped as it goes over the
    wire, or None when it is none or too long. Letters of a query are escaped in the page's `encoding` (WHATWG URL, 4.4,
    query state)."""
    try:
        href = href.strip()
        if PLAIN.fullmatch(href) and not href.endswith(";") and ";?" not in href:  # else joining drops the sign
            return href if len(href) <= MAX_URL else None  # whatever the page, and most links of some sites
        url = joined(base, href).partition("#")[0]
        is_plain = PLAIN.fullmatch(url) is not None
        if not is_plain:
            url = _escaped(url, encoding) if urlsplit(url).scheme in ("http", "https") else ""
        url += "?" if href.endswith("?") and url and "?" not in url else ""  # `joined` drops an empty query
        if not is_plain:
            canonical_url(url)  # raises on a host or port that cannot be, also when only escaping has made it so
    except ValueError:
        return None
    return url if 0 < len(url) <= MAX_URL else None


def _escaped(url: str, encoding: str) -> str:
    from w3lib.url import safe_url_string  # noqa: PLC0415 - 30 ms, and most addresses are plain

    try:
        return safe_url_string(url, encoding=encoding)
    except (UnicodeError, LookupError):  # letters that the page's own encoding has not
        return safe_url_string(url)


def with_parameter(url: str, name: str, value: str) -> str:
    """`url` with the query parameter `name` set to `value`, in its place or behind the others, whose bytes stay."""
    parts = urlsplit(url)
    said = f"{quote(name, safe='[]')}={quote(value, safe='')}"
    out: list[str] = []
    for part in parts.query.split("&") if parts.query else ():
        if unquote_to_bytes(part.partition("=")[0].replace("+", " ")) != name.encode():
            out.append(part)
        elif said not in out:
            out.append(said)
    return urlunsplit(parts._replace(query="&".join(out if said in out else [*out, said])))


def route_of(href: str) -> str:
    """The fragment of an address where it names a page that only scripts draw (`#/news/7`, `#!news/7`); else ""."""
    fragment = href.partition("#")[2].strip()
    return fragment if fragment.startswith(("/", "!", "?")) else ""
