"""The sort key of an address in an index: SURT, as the field's tools make it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache

# A blank ends the key in a line of an index, and a line feed the line.
_LONGEST = 1 << 14  # characters of an address that is transformed: the library's time grows with their square
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


# Addresses in which nothing is escaped, empty, a folder's dot, an odd form of an IP address, or a user's name: most.
# The library takes eighty microseconds for one, a third of what it costs to index a capture.
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_REGULAR = re.compile(
    rf"(?P<scheme>https?)://(?:(?P<name>(?:[a-z0-9-]++\.)++[a-z]++)|(?P<ip>{_OCTET}(?:\.{_OCTET}){{3}}))"
    r"(?P<port>:[1-9]\d{0,3})?(?P<path>(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*+)*+/?)(?:\?(?P<query>[A-Za-z0-9_=&.-]++))?",
    re.ASCII,
)
_WWW = re.compile(r"www\d*\.", re.ASCII)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_SESSION = ("sid", "sessionid", "cfid")  # in queries from which the library may take the name of a session


def surt_key(url: str) -> str:
    """The Sort-friendly URI Reordering Transform of `url`, or `url` itself where it is no address, or longer than any
    that readers can ask for (16,384 characters); blanks escaped.

    pywb, cdxj-indexer and OpenWayback look captures up by the same key.
    """
    if (regular := _of_regular(url)) is not None:
        return regular
    try:
        key = _transform()(url) if len(url) <= _LONGEST else url
    except (ValueError, UnicodeError):
        key = url
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02x}", key)


def _of_regular(url: str) -> str | None:
    """The key that the library makes of an address of the usual form; None for others."""
    found = _REGULAR.fullmatch(url) if len(url) <= _LONGEST else None
    if found is None:
        return None
    host, port, path, query = found["ip"], found["port"] or "", found["path"].lower(), (found["query"] or "").lower()
    if any(word in query for word in _SESSION):
        return None
    if host is None:
        name = found["name"]
        host = name[www.end() :] if (www := _WWW.match(name)) else name
    port = "" if port == _DEFAULT_PORTS[found["scheme"]] else port
    if query:
        query = "?" + "&".join(sorted(query.split("&"), key=lambda argument: argument.split("=", 1)))
    path = path.removesuffix("/") or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){path}{query}"


@cache
def _transform() -> Callable[[str], str]:
    # Loaded when the first key is made: it brings requests and tldextract along, a third of a second. Its patterns
    # stand in plain strings, of which Python 3.12 and later complain to whoever runs the command first.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        from surt import surt  # noqa: PLC0415
    transform: Callable[[str], str] = surt
    return transform
