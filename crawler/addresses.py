"""Addresses as browsers form them, and what a credential in one is: the user info that stands before its host.

Read by the rules of browsers (WHATWG URL Standard, 4.4), since those decide what an odd address leads to: back-slashes
are slashes, blanks around and line ends inside do not count, the last `@` before the path ends the user info. Whatever
is written down of an address goes through this module. Linear in the length of what is read, and pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

# Where an authority begins: behind a scheme of the web, whose slashes browsers do not count; behind any other scheme
# and two slashes; and behind two slashes at the beginning of a word, as in a redirect without a scheme.
_SCHEME = rb"(?:https?|ftp|wss?):"
_OWN = re.compile(rb"[\x00-\x20]*(" + _SCHEME + rb"[/\\]*|[a-z][a-z0-9+.-]*://|[/\\]{2}[/\\]*)", re.IGNORECASE)
_NESTED = re.compile(rb"(" + _SCHEME + rb"[/\\]{2}[/\\]*|://)", re.IGNORECASE)
_IN_TEXT = re.compile(rb"(" + _SCHEME + rb"[/\\]*|://|(?<![^\x00-\x20\"'`<>(\[{=,;:|])[/\\]{2}[/\\]*)", re.IGNORECASE)
_WEB_BEGIN = re.compile(_SCHEME + rb"|[/\\]", re.IGNORECASE)
_ENDS = {  # of an authority: (whether its scheme is one of the web, whether it stands in a text)
    (True, False): re.compile(rb"[/\\?#]"),
    (False, False): re.compile(rb"[/?#]"),
    (True, True): re.compile(rb"[/\\?#\x00-\x20\"`<>]"),
    (False, True): re.compile(rb"[/?#\x00-\x20\"`<>]"),
}
_BLANK = re.compile(rb"[\x00-\x20\"`<>]")
_LINE_ENDS = re.compile(r"[\t\r\n]")
_LAYERS = 5
_LONGEST_AUTHORITY = 500  # characters: a host has 253, and user and password go before it
_HOST_END = re.compile(r"[/\\?#]")
_C0_AND_SPACE = "".join(map(chr, range(0x21)))
_WEB = re.compile(r"(?:https?:)?[/\\]{2}[/\\]*", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def joined(base: str, address: str) -> str:
    """The absolute form of `address` on the page `base`, without user info; a fragment stays. Raises ValueError where
    it has a form that no address can have."""
    address = _LINE_ENDS.sub("", address.strip(_C0_AND_SPACE))
    scheme = _ANY_SCHEME.match(address)
    if scheme is None or scheme[0].lower() in ("http:", "https:"):
        path, mark, rest = _before_query(address)
        address = path.replace("\\", "/") + mark + rest
        if slashes := _WEB.match(address):
            address = slashes[0].rstrip("/") + "//" + address[slashes.end() :]
    return without_user_info(urljoin(without_user_info(checked(base)), checked(address)))


def checked(address: str) -> str:
    """`address` as it is. Raises ValueError where its host is longer than any: the library that takes addresses apart
    brings hosts into a normal form of Unicode, at a cost that grows with the square of their length."""
    if len(address) > _LONGEST_AUTHORITY and not address.isascii():
        for authority in _LINE_ENDS.sub("", address).split("//")[1:3]:
            if len(_HOST_END.split(authority, 1)[0]) > _LONGEST_AUTHORITY:
                raise ValueError(f"a host of more than {_LONGEST_AUTHORITY} characters")
    return address


def _before_query(address: str) -> tuple[str, str, str]:
    at = min((n for n in (address.find("?"), address.find("#")) if n >= 0), default=len(address))
    return address[:at], address[at : at + 1], address[at + 1 :]


def without_user_info(url: str) -> str:
    """`url` without the user and password before its host. Raises ValueError where each one hides another."""
    for _ in range(_LAYERS):
        bare = _stripped(url)
        if bare == url:
            return url
        url = bare
    raise ValueError("an address whose host is user info, again and again")


def _stripped(url: str) -> str:
    if "@" not in url:
        return url
    data = url.encode("utf-8", "surrogatepass")
    own = _OWN.match(data)
    start, end = next(_spans(data, whole=True), (-1, -1))
    if own is None or own.end() != start:
        return url
    return (data[:start] + data[end + 1 :]).decode("utf-8", "surrogatepass")


def mask_url(url: str) -> str:
    """One address with user and password replaced by as many x, also in an address that it holds."""
    if "@" not in url and url.isascii():
        return url
    return mask_address(url.encode("utf-8", "replace")).decode()


def mask_address(address: bytes) -> bytes:
    """As `mask_url`, of the bytes of one address; blanks may stand in it, and line ends are passed over."""
    if b"@" not in address:
        return address
    places = [n for n, byte in enumerate(address) if byte not in b"\t\r\n"]
    out = bytearray(address)
    for start, end in _spans(bytes(address[n] for n in places), whole=True):
        for n in places[start:end]:
            out[n] = 0x78
    return bytes(out)


def mask_text(text: str) -> str:
    """A text with the user and password of every address in it replaced by as many x."""
    return mask_words(text.encode("utf-8", "replace")).decode() if "@" in text else text


def mask_words(text: bytes) -> bytes:
    """As `mask_text`, of bytes; an address ends with the next blank or quotation mark."""
    if b"@" not in text:
        return text
    out = bytearray(text)
    for start, end in _spans(text, whole=False):
        out[start:end] = b"x" * (end - start)
    return bytes(out)


def _spans(text: bytes, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Where user infos stand, without their `@`: in one address, or in a text that may hold several."""
    at, reach = 0, (0, -1)  # how far the word of a password with a slash goes, and the last @ in it
    begin = _OWN.match(text) if whole else _IN_TEXT.search(text)
    while begin or whole:
        if begin:
            start = begin.end(1)
            is_web = _WEB_BEGIN.match(begin[1]) is not None
            stop = _ENDS[is_web, not whole].search(text, start)
            end = stop.start() if stop else len(text)
            host = text.rfind(b"@", start, end)
            if _is_no_port(text[max(start, host + 1) : end]):
                if reach[0] <= start:
                    blank = None if whole else _BLANK.search(text, start)
                    word = blank.start() if blank else len(text)
                    reach = (word, text.rfind(b"@", start, word))
                host = max(host, reach[1])
            if host >= start:
                yield start, host
            at = max(start, end, host)
        begin = (_NESTED if whole else _IN_TEXT).search(text, at)
        if begin is None:
            return


def _is_no_port(authority: bytes) -> bool:
    """True for what cannot be host and port: what was meant is a password with a slash, `?` or `#` in it."""
    _, colon, port = authority.rpartition(b":")
    return bool(colon) and bool(port) and not port.isdigit() and not authority.startswith(b"[")
