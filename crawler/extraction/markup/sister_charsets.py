"""Charsets that differ in few letters, one of which is declared where another is meant."""

from __future__ import annotations

import re

# What pages in the charset on the right are declared as: the standard of ISO instead of the one of Windows, the
# Cyrillic of Russian instead of that of Kazakh.
_SISTERS = {
    "cp1251": ("ptcp154", "kz1048"),
    "iso8859-2": ("cp1250",),
    "iso8859-4": ("cp1257",),
    "iso8859-13": ("cp1257",),
    "iso8859-7": ("cp1253",),
    "iso8859-8": ("cp1255",),
    "iso8859-15": ("cp1252",),
    "cp1252": ("cp1250", "cp1257"),
}
_CONTROL = re.compile("[\x80-\x9f]")  # no page has these: in charsets of Windows letters and quotes stand there
# A sign that stands in no word, between two letters of one; "Ѓ" and its like are letters, but not beside these.
_INSIDE = re.compile("(?<=[^\\W\\d_])(?:[^\\w\\s'’ʻʼ`´·.,:;!?&/@()\\[\\]+*=|<>\"«»„“”–—\xad-]|[¹²³])(?=[^\\W\\d_])")
# Letters of Macedonian and Serbian, which have none of those of Russian and Kazakh behind them.
_SOUTHERN, _NORTHERN = re.compile("[ЌќЃѓЅѕЊњ]"), re.compile("[ыі]")
_MOST = 200_000  # characters that are looked at
_FEWEST = 3
# Where ISO 8859-9 and windows-1254 have letters of Turkish, ISO 8859-1 and windows-1252 have those of Icelandic, which
# is never written without the others.
_TURKISH = re.compile("[ýþðÝÞÐ]")
_ICELANDIC = re.compile("[áéíóúæÁÉÍÓÚÆ]")


def sister_of(body: bytes, charset: str, text: str) -> tuple[str, str] | None:
    """(charset, text) of the sister of a declared charset in which the words are whole, None where they are in the
    declared one."""
    strange = _strangeness(text)
    if strange >= _FEWEST:
        for sister in _SISTERS.get(charset, ()):
            other = body.decode(sister, "replace")
            if "\ufffd" not in other and _strangeness(other) * 4 <= strange:
                return sister, other
    if charset == "cp1252":
        turkish = len(_TURKISH.findall(text[:_MOST]))
        if turkish >= _FEWEST and turkish > 4 * len(_ICELANDIC.findall(text[:_MOST])):
            return "cp1254", body.decode("cp1254", "replace")
    return None


def _strangeness(text: str) -> int:
    """How many controls, signs inside of words, and letters of another language's alphabet a text has."""
    text = text[:_MOST]
    foreign = len(_SOUTHERN.findall(text)) if _NORTHERN.search(text) else 0
    return len(_CONTROL.findall(text)) + len(_INSIDE.findall(text)) + foreign
