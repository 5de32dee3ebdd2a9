"""Secrets blanked out of a message before it is archived, without changing its length."""

from __future__ import annotations

import re

MASKED_FIELDS = ("Cookie", "Set-Cookie", "Set-Cookie2", "Authorization", "Proxy-Authorization", "X-Api-Key")

_FIELD = re.compile(
    rb"(?im)^((?:" + "|".join(MASKED_FIELDS).encode() + rb")[ \t]*:[ \t]*)([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)"
)
_HINTS = (b"cookie", b"authorization", b"api-key")  # each of the fields above holds one
_USER_INFO = re.compile(rb"(?i)(https?://)([^/@\s?#]+)(@)")


def _blank(secret: bytes) -> bytes:
    return re.sub(rb"[^\r\n]", b"x", secret) if b"\n" not in secret else _blank_folded(secret)


def _blank_folded(secret: bytes) -> bytes:
    # The white space that opens a folded line must stay, or the line would become a field of its own.
    return re.sub(rb"[^\r\n\t ]", b"x", secret)


def mask_head(head: bytes) -> bytes:
    """`head` with the values of cookies and credentials replaced by as many x; the same length."""
    lower = head.lower()
    if any(hint in lower for hint in _HINTS):  # most heads have none; the search for a field costs ten times as much
        head = _FIELD.sub(lambda m: m[1] + _blank(m[2]), head)
    if b"@" not in head:
        return head
    return _USER_INFO.sub(lambda m: m[1] + b"x" * len(m[2]) + m[3], head)


def mask_url(url: str) -> str:
    """`url` with user and password replaced by x."""
    if "@" not in url:
        return url.encode("utf-8", "replace").decode()
    return _USER_INFO.sub(lambda m: m[1] + b"x" * len(m[2]) + m[3], url.encode("utf-8", "replace")).decode()
