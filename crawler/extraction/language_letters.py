"""Which languages a text's letters allow. Alphabets are facts of the languages; nothing here is learned from a corpus."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

# Letters beyond the common stock of their script (Cyrillic: а-я without the ones below; Latin: a-z).
CYRILLIC: Mapping[str, str] = {
    "ru": "ёщъыэ", "uk": "щґєії", "be": "ёіўыэ", "bg": "щъ", "mk": "ѓѕјљњќџ", "sr": "ђјљњћџ",
    "uz-Cyrl": "ёъэўқғҳ", "kaa-Cyrl": "ёщъыэәғқңөүўҳ", "kk": "ёщъыэәғқңөұүһі", "ky": "ёщъыэңөү", "tg": "ёъэғӣқӯҳҷ",
    "tt": "ёщъыэәөүҗңһ", "ba": "ёщъыэғҙҡңөҫүһә", "mn": "ёщъыэөү", "sah": "ёщъыэҕҥөһү", "cv": "ёщъыэӑӗҫӳăĕçÿ",  # Chuvash is often typed with Latin look-alikes
}  # fmt: skip
# Uzbek both ways: with apostrophes, and with ö ğ ş ç as the alphabet of 2026 has them. Karakalpak with acutes, and with
# apostrophes as before 2016.
LATIN: Mapping[str, str] = {
    "uz-Latn": "ʻʼöğşç", "kaa-Latn": "áǵıńóúʼʻ", "tk": "äçňöşüýž", "az": "çəğıöşü", "tr": "çğıöşüâîû",
}  # fmt: skip
# Letters that a text of the language can hardly do without, and how many letters of text it takes to be sure.
NEEDED: Mapping[str, tuple[str, int]] = {
    "uk": ("іїє", 60), "be": ("іў", 60), "kk": ("әғқңөұүһі", 60), "ky": ("өүң", 90), "tg": ("ӣӯҷғқҳ", 60),
    "uz-Cyrl": ("ўқғҳ", 60), "kaa-Cyrl": ("әғқңөүўҳ", 60), "tt": ("әөүҗңһ", 60), "ba": ("әғҙҡңөҫүһ", 60),
    "mn": ("өү", 60), "sah": ("ҕҥөһү", 60), "cv": ("ӑӗҫӳăĕçÿ", 60), "ru": ("ыэщё", 60), "mk": ("јѓќљњџѕ", 60),
    "sr": ("јђћљњџ", 60), "bg": ("ъщ", 90),
    "tk": ("äçňöşüýž", 60), "az": ("əğışçöü", 60), "tr": ("ığşçöü", 60), "kaa-Latn": ("áǵıńóúw", 60),
    "de": ("äöüß", 250), "vi": ("ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ", 40), "pl": ("ąćęłńóśźż", 60), "cs": ("áčďéěíňóřšťúůýž", 60),
    "sk": ("áäčďéíľĺňóôŕšťúýž", 60), "hu": ("áéíóöőúüű", 60), "ro": ("ăâîșțşţ", 90), "lv": ("āčēģīķļņšūž", 60),
    "lt": ("ąčęėįšųūž", 60), "et": ("äõöü", 60), "fi": ("äö", 60), "sv": ("åäö", 60), "da": ("æøå", 60), "no": ("æøå", 60),
    "pt": ("ãçõáéíóâêô", 90), "es": ("áéíóúñ", 250), "fr": ("éèàêç", 120),
}  # fmt: skip
_COMMON = {"CYRILLIC": set("абвгдежзийклмнопрстуфхцчшьюя"), "LATIN": set("abcdefghijklmnopqrstuvwxyz")}
_STRANGE = 0.25  # share of a text's special letters that may come from foreign names and quotations

SCRIPTS = {  # scripts that tell the language by themselves
    "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "TAMIL": "ta",
    "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "BENGALI": "bn",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The first word of a letter's name; kana are JAPANESE; "" for what is no letter."""
    name = unicodedata.name(char, "").split(" ")[0] if char.isalpha() else ""
    return "JAPANESE" if name in ("HIRAGANA", "KATAKANA") else name


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has; kana counts as JAPANESE, Han as CJK."""
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if char.isalpha():
            found[_script(char)] += count
    return found


def prior(text: str, script: str, known: frozenset[str]) -> dict[str, float]:
    """A weight for each language of `known`: 0 for those whose alphabet does not hold the text's letters, less for
    those whose own letters a text of this length should show and does not."""
    # Words of another script ("(PDF)" in a Russian text) say nothing about the language of this one.
    letters = {c: n for c, n in Counter(text.lower()).items() if c in "ʻʼ" or _script(c) == script}
    total = sum(letters.values())
    alphabets = CYRILLIC if script == "CYRILLIC" else LATIN
    special = {c: n for c, n in letters.items() if c not in _COMMON.get(script, set())}
    weight = sum(special.values())
    out: dict[str, float] = {}
    for tag in known:
        strange = sum(n for c, n in special.items() if c not in alphabets[tag]) if tag in alphabets else 0
        fits = not weight or strange <= _STRANGE * weight
        needed, enough = NEEDED.get(tag, ("", 0))
        lacking = bool(needed) and total >= enough and not any(c in letters for c in needed)
        out[tag] = (1.0 if fits else 0.0) * (0.01 if lacking else 1.0)
    return out
