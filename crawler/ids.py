"""Canonical addresses and stable ids. Pure functions; an id once published is never computed in another way."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that name the reader's way to a page, never the page: campaign marks and session ids.
_NOISE = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|dclid|msclkid|mc_cid|mc_eid|_openstat|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
# What stands as it is: RFC 3986's unreserved and reserved characters, and the sign of an escape.
_PLAIN = "-._~:/?#[]@!$&'()*+,;=%"
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The address that stands for all spellings of `url`: RFC 3986 section 6.2 case, port and dot-segment
    normalisation, without fragment, user info, campaign marks and session ids. Letters beyond ASCII are escaped as
    UTF-8 (RFC 3987 section 3.1), escapes in upper case. The order of the other query parameters is kept, since some
    servers depend on it.

    Raises ValueError when `url` is not an absolute http or https address.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"not an absolute http(s) address: {url!r}")
    host = parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"not a host name: {host!r}") from error
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _PATH_SESSION.sub("", _remove_dots(parts.path)) or "/"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _NOISE.fullmatch(k)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((scheme, netloc, _escaped(path), _escaped(query), ""))


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), quote(text, safe=_PLAIN))


def _remove_dots(path: str) -> str:
    if "/." not in path:
        return path
    out: list[str] = []
    for segment in path.split("/"):
        if segment == ".." and len(out) > 1:
            out.pop()
        elif segment not in (".", ".."):
            out.append(segment)
    if path.endswith(("/.", "/..")):
        out.append("")
    return "/".join(out)


def _short(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def article_id(source_id: str, document: str) -> str:
    """16 hex digits that name one document of one source for ever: from the source's own key of the document
    (its id and language, or its canonical address), never from its words."""
    return _short(source_id, document)


def story_id(source_id: str, story: str) -> str:
    """16 hex digits shared by the language versions of one item."""
    return _short(source_id, "story", story)


def text_sha256(text: str) -> str:
    """Hex SHA-256 of the canonical text: UTF-8 of the paragraphs joined by one line feed."""
    return hashlib.sha256(text.encode()).hexdigest()
