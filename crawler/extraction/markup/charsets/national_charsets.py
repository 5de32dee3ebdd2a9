"""National charsets of eight bits that neither Python nor browsers know: Armenian (ARMSCII-8), Georgian in the order of
the alphabet or in the older one (GEORGIAN-PS, which MySQL calls geostd8), Vietnamese (VISCII, RFC 1456; TCVN 5712).

Each is a table of 256 characters. Pages in them declare them, or another charset, or none: Georgian and Armenian are
also told by which bytes their letters are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

from crawler.normal_forms import nfc

_WINDOWS = bytes(range(128, 256)).decode("cp1252", "replace")  # what Georgian keeps of its upper half
_GAP = "\ufffd"
_PS = "აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწჭხჴჯჰჵ"
_ACADEMY = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶ"
_ARMENIAN = (
    "\u00a0\ufffdև։)(»«—.՝,-֊…՜՛՞ԱաԲբԳգԴդԵեԶզԷէԸըԹթԺժԻիԼլԽխԾծԿկՀհՁձՂղՃճՄմՅյՆնՇշՈոՉչՊպՋջՌռՍսՎվՏտՐրՑցՒւՓփՔքՕօՖֆ՚\ufffd"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđự"
    "òóôõỏọụùúũủýợỮ"
)
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒ"
    "ĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_LOW = {
    "viscii": {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"},
    "tcvn5712-1": dict(zip([1, 2, *range(4, 7), *range(0x11, 0x18)], "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True)),
}


def _with_georgian(letters: str) -> str:
    return _WINDOWS[:64] + letters + _WINDOWS[64 + len(letters) :]


_UPPER: Mapping[str, str] = MappingProxyType(
    {
        "armscii-8": _GAP * 32 + _ARMENIAN,
        "georgian-ps": _with_georgian(_PS),
        "georgian-academy": _with_georgian(_ACADEMY),
        "viscii": _VISCII,
        "tcvn5712-1": _TCVN,
    }
)
_LABELS = {"armscii8": "armscii-8", "geostd8": "georgian-ps", "tcvn": "tcvn5712-1", "tcvn-5712": "tcvn5712-1"}
_ENOUGH = 40  # letters by which an alphabet is told
_WORD = re.compile(rb"(?<![A-Za-z])[\x80-\xff]{3,}(?![A-Za-z])")
_ARMENIAN_SMALL = 0.85  # share of the letters: the small ones have the odd bytes
# Vowels of Georgian are nearly half of its letters, and its first letter a seventh. The same bytes are a quarter in
# Russian of KOI8-R, where the first is rare, and less in any other charset.
_VOWELS, _MOST_VOWELS, _FIRST = 0.36, 0.6, 0.08


def national(label: str | None) -> str | None:
    """The name of the national charset that a label means, if it is one of these."""
    name = (label or "").strip().lower().replace("_", "-")
    name = _LABELS.get(name, name)
    return name if name in _UPPER else None


def decode(body: bytes, name: str) -> str:
    """The text of bytes in a national charset, with U+FFFD for bytes that it does not have; Vietnamese letters with a
    mark behind them are joined (NFC)."""
    table = [*map(chr, range(128)), *_UPPER[name]]
    for byte, letter in _LOW.get(name, {}).items():
        table[byte] = letter
    text, _ = codecs.charmap_decode(body, "replace", "".join(table))
    return nfc(text) if name in _LOW else text


def by_letters(body: bytes) -> str | None:
    """The charset of a text in Armenian or Georgian, by how often each byte stands in words of nothing but bytes beyond
    ASCII; None for other texts, and for short ones."""
    letters = b"".join(_WORD.findall(body))
    if len(letters) < _ENOUGH:
        return None
    odd = sum(letters.count(byte) for byte in range(0xB3, 0xFE, 2))
    if odd >= _ARMENIAN_SMALL * len(letters) and letters.count(0xB3) >= _FIRST * len(letters):
        return "armscii-8"
    inside = len(letters.translate(None, bytes(range(0xC0, 0xE7))))
    if inside > (1 - _ARMENIAN_SMALL) * len(letters) or letters.count(0xC0) < _FIRST * len(letters):
        return None
    shares = {
        name: sum(letters.count(0xC0 + order.index(vowel)) for vowel in "აეიოუ") / len(letters)
        for name, order in (("georgian-ps", _PS), ("georgian-academy", _ACADEMY))
    }
    best = max(shares, key=lambda name: shares[name])
    return best if _VOWELS <= shares[best] <= _MOST_VOWELS else None
