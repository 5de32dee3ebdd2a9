"""A page in UTF-8 with parts that are not: a footer, comment or template in a legacy charset, or bytes that a server
tore out of characters. Each part is read apart, so that the rest stays what it is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

_PIECE = re.compile(rb"[^<>\r\n]+|[<>\r\n]+")  # no byte of a longer character of any charset of the web is one of these
_BEYOND = re.compile("[^\x00-\x7f\udc80-\udcff]")
_SURROGATES = re.compile("[\udc80-\udcff]+")  # what Python's "surrogateescape" makes of bytes that are not UTF-8
_FEWEST = 3  # characters beyond ASCII of a piece that is UTF-8 by no chance: legacy text gives few such pairs
_WHOLE = 8  # of all such pieces, where the whole characters are fewer than the broken bytes
_WORD = 3  # bytes beside each other that are a word in a legacy charset; fewer may be what is left of a character
_LIKELY = 0.002  # mean frequency, among the page's own letters, of the letters of a charset that is not a wrong one
# Charsets of the web (WHATWG Encoding); of equal ones the first is taken.
_CHARSETS = (
    "cp1252 cp1251 cp1250 cp1254 cp1253 cp1255 cp1256 cp1257 cp1258 koi8_r koi8_u cp866 iso8859_5 ptcp154 cp874 "
    "gb18030 big5hkscs cp932 euc_jp cp949"
).split()


@dataclass(frozen=True, slots=True)
class Runs:
    """The text of a page in UTF-8, and what was read apart: how many parts, in which charset."""

    text: str
    apart: int
    charset: str | None


def decode_runs(body: bytes, declared: str | None) -> Runs | None:
    """The text of bytes that are UTF-8 but for some parts; None for bytes that are not UTF-8 at all. `declared` is the
    legacy charset that the page names, which is asked first."""
    pieces = _PIECE.findall(body)
    beyond_ascii = [piece.decode("utf-8", "surrogateescape") for piece in pieces if not piece.isascii()]
    own = Counter[str]()
    broken = whole = surely = 0
    for text in beyond_ascii:
        beyond = _BEYOND.findall(text)
        torn = sum(map(len, _SURROGATES.findall(text)))
        broken += torn
        if not torn or len(beyond) > 4 * torn:
            whole += len(beyond)
            surely += len(beyond) if len(beyond) >= _FEWEST else 0
            own.update(c for c in beyond if c.isalpha())
    if whole < broken and surely < _WHOLE:
        return None
    texts = [piece.decode("utf-8", "surrogateescape") for piece in pieces]
    charset = _charset_of([p for p, text in zip(pieces, texts, strict=True) if _is_legacy(text)], own, declared)
    leads = {c.encode()[0] for c in own if len(c.encode()) == 2}
    apart = 0
    for n, text in enumerate(texts):
        if _is_legacy(text):
            texts[n] = pieces[n].decode(charset, "replace")
            apart += 1
        elif not text.isascii() and _SURROGATES.search(text):
            texts[n], count = _mended(text, charset, leads)
            apart += count
    return Runs("".join(texts), apart, charset if apart else None)


def _is_legacy(text: str) -> bool:
    """Whether a piece has at least as many broken bytes as whole characters beyond ASCII, and more than a stray one."""
    if text.isascii():
        return False
    torn = sum("\udc80" <= c <= "\udcff" for c in text)
    return torn > 0 and torn >= sum(not c.isascii() for c in text) - torn


def _charset_of(pieces: list[bytes], own: Counter[str], declared: str | None) -> str:
    """The charset in which the pieces have letters that are frequent on the rest of the page."""
    data, total = b" ".join(pieces), own.total()
    first = [declared] if declared else []
    scores: dict[str, float] = {}
    for charset in (*first, *_CHARSETS):
        letters = [c for c in data.decode(charset, "replace") if not c.isascii()]
        scores[charset] = sum(own[c] for c in letters) / (len(letters) or 1) / (total or 1)
    best = max(scores, key=lambda charset: scores[charset])
    if scores[best] >= _LIKELY:
        return best
    return declared or "cp1252"


def _mended(text: str, charset: str, leads: set[int]) -> tuple[str, int]:
    """(a piece with its broken bytes read in a legacy charset, how many runs of them were): what is left of a torn
    character becomes U+FFFD."""
    found: list[str] = []
    at = apart = 0
    for match in _SURROGATES.finditer(text):
        run = match[0].encode("utf-8", "surrogateescape")
        before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        word = run.decode(charset, "replace")
        is_read = not _is_torn(run, before + behind, leads) and all(_is_written(c) for c in word)
        found += [text[at : match.start()], word if is_read else "\ufffd"]
        apart += is_read
        at = match.end()
    return "".join([*found, text[at:]]), apart


def _is_torn(run: bytes, beside: str, leads: set[int]) -> bool:
    """Whether a short run is what is left of characters in UTF-8: its lead byte is one of the page's, it begins one of
    three bytes, or it stands beside a letter beyond ASCII."""
    if len(run) >= _WORD:
        return False
    if run[0] in leads or (len(run) > 1 and run[0] >= 0xE0 and 0x80 <= run[1] < 0xC0):
        return True
    return any(c.isalpha() and not c.isascii() for c in beside)


def _is_written(character: str) -> bool:
    """Whether a character is a letter, a mark on one, or punctuation."""
    return character != "\ufffd" and unicodedata.category(character)[0] in "LMPZ"
