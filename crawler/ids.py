"""Canonical addresses and stable ids. Pure functions; an id once published is never computed in another way."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from crawler.addresses import checked

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Campaign marks: they name the reader's way to a page, never the page.
_CAMPAIGN = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|dclid|msclkid|mc_cid|mc_eid|_openstat",
    re.IGNORECASE,
)
# Names that sessions have, and numbers of sittings and sections too: the value decides (`is_session`).
_SESSION_NAME = re.compile(
    r"phpsessid|jsessionid|aspsessionid\w*|(?:[a-z]{1,3}[_-]?)?sid|(?:\w+[_-])?sess(?:ion)?[_-]?(?:id|key)?|zenid|cftoken",
    re.IGNORECASE,
)
_SESSION_VALUE = re.compile(r"[A-Za-z0-9_,.!~*:-]{16,256}")
_UPPER_LETTERS = re.compile(r"[A-Z]{20,40}")  # ASP: ASPSESSIONIDQQABCDEF=LAAJGHNDJBKCBNPLGIDBBOLG
_FEWEST_TURNS = 4  # from letters to digits and back: a hash or a random number; "report2026onwater" has two
_TURN = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_PATH_SESSION = re.compile(r";(?P<name>\w+)=(?P<value>[^/?#;]*)|(?<=/)\(S\((?P<asp>[a-z0-9]{24})\)\)/")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
# What stands as it is: RFC 3986's unreserved and reserved characters, and the sign of an escape.
_PLAIN = "-._~:/?#[]@!$&'()*+,;=%"


def canonical_url(url: str, *, keep_sessions: bool = False) -> str:
    """The address that stands for all spellings of `url`: RFC 3986 section 6.2 case, port and dot-segment
    normalisation, without fragment, user info, campaign marks and session ids. Letters beyond ASCII are escaped as
    UTF-8 (RFC 3987 section 3.1), escapes in upper case. What is kept of the query are its bytes, in their order: some
    servers depend on it, and a query need not be UTF-8. A parameter is a session id by its name and its value's shape;
    `keep_sessions` keeps those that look like one, for links that differ nowhere else.

    Raises ValueError when `url` is not an absolute http or https address.
    """
    parts = urlsplit(checked(url).strip())
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
    path = _remove_dots(parts.path)
    path = (path if keep_sessions else _PATH_SESSION.sub(_without_session, path)) or "/"
    query = parts.query
    if "=" in query:
        query = "&".join(part for part in query.split("&") if not _is_noise(part, keep_sessions=keep_sessions))
    return urlunsplit((scheme, netloc, _escaped(path), _escaped(query), ""))


def is_session(name: str, value: str) -> bool:
    """Whether a parameter is a session id: named as one, and a long value in which letters and digits take turns as no
    word and no number does. `sid=101`, `session_id=41` and `sid=annual-report-2026` are none."""
    if not _SESSION_NAME.fullmatch(name):
        return False
    return bool(_SESSION_VALUE.fullmatch(value) and len(_TURN.findall(value)) >= _FEWEST_TURNS) or bool(
        _UPPER_LETTERS.fullmatch(value)
    )


def _is_noise(part: str, *, keep_sessions: bool) -> bool:
    name, _, value = (unquote_to_bytes(piece).decode("latin-1") for piece in part.partition("="))
    return bool(_CAMPAIGN.fullmatch(name)) or (not keep_sessions and is_session(name, value))


def _without_session(match: re.Match[str]) -> str:
    return "" if match["asp"] or is_session(match["name"], match["value"]) else match[0]


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
