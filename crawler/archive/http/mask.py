"""Secrets blanked out of a message before it is archived, without changing its length."""

from __future__ import annotations

import re

from crawler.addresses import mask_address, mask_words

MASKED_FIELDS = ("Cookie", "Set-Cookie", "Set-Cookie2", "Authorization", "Proxy-Authorization", "X-Api-Key")

_PASSES = 8  # each masks at least one user info more; no head that was made by hand or by fuzzing needed three
_SECRET = re.compile(rb"[ \t]*(?:" + "|".join(MASKED_FIELDS).encode() + rb")[ \t]*:[ \t]*", re.IGNORECASE)
# Fields whose value is one address, in which a blank does not end a password.
_ADDRESS = re.compile(
    rb"[ \t]*(?:(?:Content-)?Location|Content-Base|URI|Referer|Origin|(?:X-)?SourceMap|Refresh)[ \t]*:[ \t]*",
    re.IGNORECASE,
)
_REFRESH = re.compile(rb"url[ \t]*=[ \t\"']*", re.IGNORECASE)
_BLANKED = bytes.maketrans(bytes(n for n in range(256) if n not in b"\r\n"), b"x" * 254)
# The white space that opens a folded line must stay, or the line would become a field of its own.
_BLANKED_FOLD = bytes.maketrans(bytes(n for n in range(256) if n not in b"\r\n\t "), b"x" * 252)


def mask_head(head: bytes) -> bytes:
    """`head` with the values of cookies and credentials replaced by as many x; the same length.

    A field begins behind a line feed or a bare carriage return, which some readers take for the end of a line (RFC
    9112, 2.2), and goes on to a line feed without a fold."""
    lower = head.lower()
    # Each of the fields above holds one of these words; most heads hold none.
    if not (b"@" in lower or b"cookie" in lower or b"authorization" in lower or b"api-key" in lower):
        return head
    fields: list[list[bytes]] = []
    for line in head.split(b"\n"):
        if fields and line[:1] in (b" ", b"\t") and not _SECRET.match(line):
            fields[-1].append(line)
        else:
            fields.append([line])
    return b"\n".join(_mask_field(b"\n".join(lines)) for lines in fields)


def _mask_field(field: bytes) -> bytes:
    begin = 0
    while begin >= 0:
        if secret := _SECRET.match(field, begin):
            table = _BLANKED_FOLD if b"\n" in field else _BLANKED
            return _mask_addresses(field[: secret.end()]) + field[secret.end() :].translate(table)
        begin = field.find(b"\r", begin) + 1 or -1
    return _mask_addresses(field)


def _mask_addresses(field: bytes) -> bytes:
    """A field without the credentials of addresses in it. What masking leaves may read as another address, with
    user info of its own: it is gone over until nothing is left to mask."""
    for _ in range(_PASSES if b"@" in field else 0):
        parts = [_mask_one(part) for part in mask_words(field).split(b"\r")]
        masked = _mask_one(b"\r".join(parts))
        if masked == field:
            break
        field = masked
    return field


def _mask_one(field: bytes) -> bytes:
    """A field whose value, if it is known to be one address, is masked as one."""
    named = _ADDRESS.match(field)
    if named is None:
        return field
    at = named.end()
    if b"refresh" in named[0].lower() and (target := _REFRESH.search(field, at)):
        at = target.end()
    return field[:at] + mask_address(field[at:])
