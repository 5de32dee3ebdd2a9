"""Charsets that differ in few letters, one of which is declared where another is meant: told by the alphabets."""

from __future__ import annotations

import re
from collections import Counter

from crawler.extraction.markup.dom import non_ascii

# What pages in the charsets on the right are declared as: the standard of ISO instead of the one of Windows, the
# letters of western Europe instead of those of others, the Cyrillic of Russian instead of that of Kazakh or Tajik.
_SISTERS = {
    "cp1251": ("ptcp154", "kz1048"),
    "koi8-r": ("koi8-u", "koi8-t"),
    "iso8859-2": ("cp1250",),
    "iso8859-4": ("cp1257",),
    "iso8859-13": ("cp1257",),
    "iso8859-6": ("cp1256",),
    "iso8859-7": ("cp1253",),
    "iso8859-8": ("cp1255",),
    "iso8859-15": ("cp1252", "cp1257"),
    "cp1252": ("cp1254", "cp1250", "cp1257"),
    "cp1254": ("cp1250",),
}
_WESTERN = (
    "éèêëàâçîïôùûüÿœæ äöüß áéíóúñü ãõáàâéêíóôúüç àèéìíòóùî àçèéíïòóúü éëèêïöüáóúíà åäöé åäöéü æøåéèêòóôü áéíóúýþæöð "
    "áíóúýðæø äöõüšž ëç äëéüöêôâ ñêùâîôü"
)
# The letters beyond ASCII of the languages that are written in a charset, small ones: a text in another one has some
# that no single language has together. Facts of the languages, not counted from texts.
_ALPHABETS = {
    charset: tuple(frozenset(letters) for letters in alphabets.split())
    for charset, alphabets in {
        "cp1252": _WESTERN,
        "iso8859-15": _WESTERN,
        "cp1254": "çğıöşüâîû çğıöşü",
        "iso8859-2": "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čšž čćđšž äçňöşüýž",
        "cp1250": "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čšž čćđšž äçňöşüýž",
        "cp1257": "ąčęėįšųūž āčēģīķļņšūžōŗ äöõüšž",
        "iso8859-13": "ąčęėįšųūž āčēģīķļņšūžōŗ äöõüšž",
        "iso8859-4": "ąčęėįšųūž āčēģīķļņšūžōŗ äöõüšž",
        "cp1251": "*ёщъыэ *ґєії *ёіўыэ *щъѝ *ѓѕјљњќџѐѝ *ђјљњћџ",
        "ptcp154": "*ёщъыэәғқңөұүһі *ёщъыэәөүҗңһ *ёъэғӣқӯҳҷ *ёъэўқғҳ *ёщъыэңөү",
        "kz1048": "*ёщъыэәғқңөұүһі",
        "koi8-r": "*ёщъыэ",
        "koi8-u": "*ґєії",
        "koi8-t": "*ёъэғӣқӯҳҷ",
    }.items()
}
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщыьэюяъ")  # what "*" stands for
_CONTROL = re.compile("[\x80-\x9f]")  # no page has these: in charsets of Windows letters and quotes stand there
# A sign that stands in no word, between two letters of one; an ordinal sign before a word, behind no figure; a line of
# a drawn box beside a letter.
# Each begins with the sign, not with a look behind it: such a pattern passes over all else at once.
_SIGNS = re.compile("[^\\w\\s'’ʻʼ`´·.,:;!?&/@()\\[\\]+*=|<>\"«»„“”–—\xad\u2500-\u259f-](?<=[^\\W\\d_].)(?=[^\\W\\d_])")
_INSIDE = (  # those that few texts have, with the pattern for each
    (frozenset("¹²³"), re.compile("[¹²³](?<=[^\\W\\d_].)(?=[^\\W\\d_])")),
    (frozenset("ªº"), re.compile("[ªº](?<![\\dnNVv].)(?=[^\\W\\d_]{2})")),
    (
        frozenset(map(chr, range(0x2500, 0x25A0))),
        re.compile("[\u2500-\u259f](?:(?=[^\\W\\d_])|(?<=[^\\W\\d_].))"),
    ),
)
_MOST = 200_000  # characters that are looked at
_FEWEST = 3  # strange letters that are no chance
# Icelandic has all letters that stand where those of Turkish would, but is never written without others.
_TURKISH, _ICELANDIC = re.compile("[ýþðÝÞÐ]"), re.compile("[áéíóúæÁÉÍÓÚÆ]")
_SHARE = 0.01  # of the letters beyond ASCII, that no text has of foreign names


def sister_of(body: bytes, charset: str, text: str) -> tuple[str, str] | None:
    """(charset, text) of the sister of a declared charset in which the words are whole, None where they are in the
    declared one. Of several the one with the fewest strange letters, of these the first."""
    sisters = _SISTERS.get(charset, ())
    if not sisters:
        return None
    signs, letters, share = _strangeness(text, charset)
    if charset == "cp1252":
        beyond = non_ascii(text[:_MOST])
        turkish = len(_TURKISH.findall(beyond))
        if turkish > 4 * len(_ICELANDIC.findall(beyond)):
            letters, share = max(letters, turkish), max(share, _SHARE)
    if signs + letters < _FEWEST and not _CONTROL.search(text):
        return None
    if share < _SHARE:  # names of another language
        letters = 0
    best, found = signs + letters, None
    for sister in sisters:
        other = body.decode(sister, "replace")
        strange = sum(_strangeness(other, sister)[:2])
        if "\ufffd" not in other and strange < best and strange * 4 <= signs + letters:
            best, found = strange, (sister, other)
    return found


def _strangeness(text: str, charset: str) -> tuple[int, int, float]:
    """(how many controls and signs inside of words a text has; letters that do not belong together, those that are not
    in the alphabet that most of them are in; their share of the letters beyond ASCII)."""
    text = text[:_MOST]
    beyond = non_ascii(text)
    signs = len(_CONTROL.findall(beyond)) + len(_SIGNS.findall(text))
    signs += sum(len(pattern.findall(text)) for those, pattern in _INSIDE if not those.isdisjoint(beyond))
    counts = Counter(beyond.lower())
    own = {c: n for c, n in counts.items() if c.isalpha() and not c.isascii() and c not in "ªº"}
    alphabets = _ALPHABETS.get(charset)
    if not alphabets or not own:
        return signs, 0, 0.0
    strange = min(
        sum([n for c, n in own.items() if c not in letters and not ("*" in letters and c in _CYRILLIC)])
        for letters in alphabets
    )
    return signs, strange, strange / sum(own.values())
