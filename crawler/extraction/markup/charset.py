"""Bytes to text, once: which charset a page is really written in, whatever it declares."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from crawler.extraction.markup.charsets import national_charsets
from crawler.extraction.markup.charsets.mojibake import without_mojibake
from crawler.extraction.markup.charsets.sister_charsets import sister_of
from crawler.extraction.markup.charsets.utf8_runs import decode_runs
from crawler.extraction.markup.dom import non_ascii

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*+["']?\s*+([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*+["']?\s*+([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SHIFTS = (b"\x1b$B", b"\x1b$@")  # how ISO-2022-JP (RFC 1468) turns to Japanese; its bytes are valid UTF-8
_PRESCAN = 4096
# C0 but tab and line ends, DEL, C1, and the noncharacters that XML forbids.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_C0 = bytes([*range(9), 11, 12, *range(14, 32), 127])  # the same in UTF-8
_PRINTED = bytes(set(range(128)) - set(_C0))
_C1 = re.compile(b"\xc2[\x80-\x9f]")
_SURROGATE = re.compile(b"\xed[\xa0-\xbf]")  # no character of UTF-8
_REPLACEMENT = "\ufffd".encode()
_WHOLE = "all of it is utf-8"  # why a charset was chosen, where the bytes are those of the text
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_LINE = re.compile(rb"[<>\r\n]+")  # no byte of a longer character of any charset of the web
_GUESSED = 200_000  # bytes that the detector is given
_ASCII = bytes(range(128))
_HARDLY_ANY = 8  # bytes beyond ASCII
_GUESSES = (  # what it may answer: the legacy charsets of the WHATWG Encoding standard that it knows
    "cp1252 cp1251 cp1250 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8_r koi8_u iso8859_2 iso8859_4 iso8859_5 "
    "iso8859_6 iso8859_7 iso8859_8 cp866 cp874 mac_cyrillic gb18030 big5 big5hkscs cp932 shift_jis euc_jp cp949 euc_kr"
).split()
_MAX_DAMAGE = 0.001  # share of undecodable characters above which a declaration is taken for a lie
_WIDE = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}  # how a page in UTF-16 begins that has no mark
# Labels of the WHATWG Encoding standard (4.2), where Python has another name for them or knows the charset only in
# the narrow form of its standard.
_LABELS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_FURTHER = {
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "win-1251": "cp1251", "cp-1251": "cp1251", "windows1251": "cp1251",
    "x-cp1252": "cp1252", "x-sjis": "cp932", "x-gbk": "gb18030", "x-x-big5": "big5hkscs",
    "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874", "dos-874": "cp874", "koi": "koi8-r", "koi8": "koi8-r",
    "iso-8859-8-i": "iso8859-8", "windows-949": "cp949",
}  # fmt: skip
_CHARSETS = re.compile(
    r"utf-8|cp(?:125\d|874|866|932|949|1125)|koi8-[rut]|iso8859-\d+|mac-(?:cyrillic|roman)|ptcp154|kz1048|gb18030|"
    r"big5hkscs|euc_jp|iso2022_jp|tis-620"
)
_WORDS = re.compile(r"[^\x00-\x40\[-`{-\x7f\s]+")
_LATIN = re.compile("[\u00aa-\u024f]")
_ODD = 0.1  # share of words as no language has them, above which a text was read in a wrong charset
_INVERTED = 2  # such words where none are as they should be
_ACCENTED = 0.5  # share of letters beyond ASCII in words with one; Vietnamese has less
_SAMPLE = 1000  # words that are looked at
_ENOUGH = 40  # characters beyond ASCII that such shares are taken of


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without control characters, the charset it was read in, and why that one."""

    text: str
    charset: str
    source: str  # bom | utf-8 | header | meta | detected
    warnings: tuple[str, ...] = ()  # what could not be read, and what was read otherwise than the rest


def decode_html(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page. A byte order mark wins; bytes that are valid UTF-8 are UTF-8, since text in another charset
    practically never is, and so are those of which only parts are not: a footer or comment in a legacy charset, torn
    characters. Then the HTTP header, the document's own declaration (prescan of the WHATWG standard), or a sister of
    the charset declared, and a detector. A declaration under which more than 0.1 % of the characters are broken, or the
    words are none of any language, is passed over. What is doubly encoded is read once more."""
    text, charset, source, warnings = _decoded(body, content_type)
    is_whole = source == _WHOLE
    told = body.translate(None, _PRINTED) if is_whole else _telling(text)
    text, mended = without_mojibake(text, told.translate(None, _C0).decode("utf-8", "surrogatepass"))
    told = _telling(text) if mended else told
    text = _cleaned(text, told)
    warnings += [f"charset: {mended} lines were encoded twice"] if mended else []
    broken = told.count(_REPLACEMENT)
    warnings += [f"charset: {broken} replacement characters"] if broken else []
    return Decoded(text, charset, charset if is_whole else source, tuple(warnings))


def _decoded(body: bytes, content_type: str | None) -> tuple[str, str, str, list[str]]:
    """(text, charset, why that one, warnings)"""
    for mark, marked in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(marked, "replace"), marked, "bom", []
    if wide := _WIDE.get(body[:2]):
        return body.decode(wide, "replace"), wide, "detected", []
    if b"\x1b" in body and any(shift in body for shift in _SHIFTS) and (text := _try(body, "iso2022_jp")) is not None:
        return text, "iso2022_jp", "detected", []
    try:
        return body.decode("utf-8"), "utf-8", _WHOLE, []
    except UnicodeDecodeError:
        pass
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_PRESCAN])
    labels = (header and header[1], meta and meta[1].decode("ascii"))
    stated = [(_lookup(label), source) for label, source in zip(labels, ("header", "meta"), strict=True)]
    legacy = next((n for n, _ in stated if n and n != "utf-8" and not national_charsets.national(n)), None)
    if (runs := decode_runs(body, legacy)) is not None:
        told = [f"charset: {runs.apart} parts are not utf-8, read as {runs.charset}"] if runs.apart else []
        return runs.text, "utf-8", "utf-8", told
    text, charset, source, told = _legacy(body, stated)
    if source == "detected":
        told += _told_guess(labels, [name for name, _ in stated], charset)
    return text, charset, source, told


def _told_guess(labels: Sequence[str | None], names: Sequence[str | None], charset: str) -> list[str]:
    """Warnings of a guess: what was declared and is not known, or does not fit, or that nothing was declared."""
    stated = {label: name for label, name in zip(labels, names, strict=True) if label}
    if not stated:
        return [f"charset: none is declared, read as {charset}"]
    told = {label: "does not fit" if name else "is not known" for label, name in stated.items()}
    return [f"charset: {label} {why}, read as {charset}" for label, why in told.items()]


def _legacy(body: bytes, stated: list[tuple[str | None, str]]) -> tuple[str, str, str, list[str]]:
    nation = national_charsets.by_letters(body[:_GUESSED])
    if nation and nation not in dict(stated) and not _is_misread(national := _read(body, nation)):
        return national, nation, "detected", []  # of those who declare another, none means it
    for named, source in stated:
        if not named or (text := _try(body, named)) is None:
            continue
        if (sister := sister_of(body, named, text)) is not None and not _is_misread(sister[1]):
            told = [f"charset: declared {named}, written in {sister[0]}"]
            return sister[1], sister[0], source, told
        if not _is_misread(text):
            return text, named, source, []
    # Of the lines beyond ASCII: long scripts mislead a detector, and so does a declaration, which it would believe.
    lines = b"\n".join(line for line in _LINE.split(body) if not line.isascii())
    if len(lines.translate(None, _ASCII)) < _HARDLY_ANY:  # nothing to guess by: what browsers take
        return body.decode("cp1252", "replace"), "cp1252", "detected", []
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most processes never guess

    guess = from_bytes(lines[:_GUESSED], cp_isolation=_GUESSES, preemptive_behaviour=False).best()
    detected = codecs.lookup(guess.encoding if guess else "cp1251").name
    text = body.decode(detected, "replace")
    detected, text = sister_of(body, detected, text) or (detected, text)
    return text, detected, "detected", []


def _lookup(label: str | None) -> str | None:
    """Python's codec for a label, if it is one of a charset that pages are written in; latin-1 means windows-1252 on
    the web (WHATWG Encoding, 4.2)."""
    try:
        name = codecs.lookup(_FURTHER.get(label.lower(), label)).name if label else ""
    except (LookupError, ValueError):
        return national_charsets.national(label)
    name = _LABELS.get(name, name)
    return name if _CHARSETS.fullmatch(name) else None


def _is_misread(text: str) -> bool:
    """Whether a text beyond ASCII was read in a charset that is not its own: many of its words turn from small letters
    to capitals or hold signs, as those of Cyrillic in another Cyrillic charset or of Chinese in a Latin one; or those
    in Latin script have hardly any letter of ASCII, as those of Cyrillic in windows-1252."""
    beyond_ascii = " ".join(part for part in text.split() if not part.isascii())
    words = list(islice((m[0] for m in _WORDS.finditer(beyond_ascii) if not m[0].isascii()), _SAMPLE))
    beyond = sum(len(non_ascii(word)) for word in words)
    if beyond < _ENOUGH:
        return False
    odd = sum(any(_is_odd(a, b) for a, b in pairwise(word)) for word in words)
    # In KOI8 small letters stand where windows-1251 has capitals: words begin small and go on in capitals.
    if odd >= _INVERTED and odd > sum(word.istitle() or word.islower() for word in words if len(word) > 1):
        return True
    latin = sum(len(_LATIN.findall(word)) for word in words)
    return odd > _ODD * len(words) or (latin > beyond / 2 and latin > _ACCENTED * sum(map(len, words)))


def _is_odd(letter: str, following: str) -> bool:
    if letter.islower() and following.isupper():
        return True
    return letter.isalpha() and unicodedata.category(following)[0] in "SN"


def _try(body: bytes, charset: str) -> str | None:
    try:
        text = _read(body, charset)
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") <= _MAX_DAMAGE * len(text) else None


def _read(body: bytes, charset: str) -> str:
    """The text of bytes in a charset, with U+FFFD for what cannot be read; raises LookupError for one not known."""
    if national_charsets.national(charset):
        return national_charsets.decode(body, charset)
    return body.decode(charset, "replace")


def _telling(text: str) -> bytes:
    """The characters of a text that are no printed ones of ASCII, in UTF-8: a hundredth of a page, found at the speed
    of bytes. No byte of a character stands apart from its others."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PRINTED)


def _cleaned(text: str, told: bytes) -> str:
    """`_clean(text)`: what there is to take out is looked for in its characters that are `told`."""
    has = len(told.translate(None, _C0)) != len(told)
    if not has and told:
        has = bool(_C1.search(told) or _SURROGATE.search(told)) or any(mark in told for mark in _NONCHARACTERS)
    return _clean(text) if has else text


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)
