"""Which languages a text's letters allow. Alphabets are facts of the languages; nothing here is learned from a corpus."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

# Letters beyond the common stock of their script (Cyrillic: а-я without the ones below; Latin: a-z).
CYRILLIC: Mapping[str, str] = {
    "ru": "ёщъыэ", "uk": "щґєії", "be": "ёіўыэ", "bg": "щъ", "mk": "ѓѕјљњќџ", "sr": "ђјљњћџ",
    "uz-Cyrl": "ёъэўқғҳ", "kaa-Cyrl": "ёщъыэәғқңөүўҳ", "kk": "ёщъыэәғқңөұүһі", "ky": "ёщъыэңөү", "tg": "ёъэғӣқӯҳҷ",
    "tt": "ёщъыэәөүҗңһ", "ba": "ёщъыэғҙҡңөҫүһә", "mn": "ёщъыэөү", "sah": "ёщъыэҕҥөһү", "cv": "ёщъыэӑӗҫӳăĕçÿ",  # Chuvash is often typed with Latin look-alikes
}  # fmt: skip
# Uzbek both ways: with apostrophes, and with ö ğ ş ç as the alphabet of 2026 has them. Karakalpak with acutes, and with
# apostrophes as before 2016.
LATIN: Mapping[str, str] = {
    "uz-Latn": "ʻʼöğşç", "kk-Latn": "äöüūğŋñşıéń", "kaa-Latn": "áǵıńóúʼʻ", "tk": "äçňöşüýž", "az": "çəğıöşü", "tr": "çğıöşüâîû",
}  # fmt: skip
# Letters of the common stock that an alphabet lacks.
LACKING: Mapping[str, str] = {"mk": "йьюя", "sr": "йьюя"}
# Letters by whose absence a text speaks against a language: in Cyrillic those above, in Latin these.
TELLING: Mapping[str, str] = {
    **CYRILLIC,
    "tk": "äçňöşüýž", "kk-Latn": "äğñöşūı", "az": "əğışçöü", "tr": "ığşçöü", "kaa-Latn": "áǵıńóúw", "de": "äöüß",
    "vi": "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíľĺňóôŕšťúýž",
    "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "lv": "āčēģīķļņšūž", "lt": "ąčęėįšųūž", "et": "äõöü", "fi": "äö", "sv": "åäö",
    "da": "æøå", "no": "æøå", "pt": "ãçõáéíóâêô", "es": "áéíóúñ", "fr": "éèàêç",
}  # fmt: skip
_COMMON = {
    "CYRILLIC": frozenset("абвгдежзийклмнопрстуфхцчшьюя"),
    "LATIN": frozenset("abcdefghijklmnopqrstuvwxyz"),
}
# Letters are not drawn independently of each other: the absence of some says less than their shares alone would make it.
_ABSENCE = 0.3
_LEAST = -5.0  # there are texts whose typists had no such letters
# Foreign names and quotations bring letters that a language has not: so many in a hundred say nothing, each further one
# so much against it (logarithm of the odds).
_ALLOWED = 0.01
_STRANGE = 8.0
_RARE = 1e-5  # the share of a letter in a language whose alphabet is not named here, under which it is strange

SCRIPTS = {  # scripts that tell the language by themselves
    "GEORGIAN": "ka", "ARMENIAN": "hy", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "THAANA": "dv", "MYANMAR": "my",
    "KHMER": "km", "LAO": "lo", "SINHALA": "si", "TIBETAN": "bo", "ORIYA": "or", "CHEROKEE": "chr", "NKO": "nqo",
    "TIFINAGH": "zgh", "SYRIAC": "syr", "OL": "sat", "YI": "ii", "CANADIAN": "iu", "MONGOLIAN": "mn-Mong",
}  # fmt: skip
# Further languages of these scripts, which no profile knows, by ISO 639 (Unicode CLDR's likely subtags).
_ALSO_IN = {
    "GEORGIAN": "xmf sva lzz", "GREEK": "grc pnt", "THAI": "nod tts kxm sou", "TAMIL": "bfq", "TELUGU": "gon wbq",
    "KANNADA": "tcy kfa", "MALAYALAM": "yea", "GUJARATI": "gbm vaa", "GURMUKHI": "skr", "MYANMAR": "shn mnw ksw kht pwo",
    "KHMER": "kxm brb", "LAO": "kjg", "SINHALA": "vai", "TIBETAN": "dz tsj adx", "ORIYA": "hoc unr",
    "TIFINAGH": "tzm shi rif kab", "SYRIAC": "aii tru cld", "CANADIAN": "cr oj crk csw", "ARMENIAN": "hyw xcl",
}  # fmt: skip
# Scripts in which several languages are written, by the names of their profiles; all others are written in Latin.
WRITTEN_IN: Mapping[str, frozenset[str]] = {
    "CYRILLIC": frozenset(CYRILLIC) | frozenset("os ab ady kbd alt kjh tyv koi ro-Cyrl".split()),
    "ARABIC": frozenset("ar fa ur ug ckb ps sd kk-Arab".split()),
    "DEVANAGARI": frozenset("hi mr ne".split()),
    "CJK": frozenset({"zh-cn", "zh-tw", "ja"}),
    "HEBREW": frozenset({"he", "yi"}),
    "BENGALI": frozenset({"bn", "as"}),
    "ETHIOPIC": frozenset({"am", "ti"}),
}


class _Script(dict[str, str]):
    """The first word of a letter's name; kana are JAPANESE; "" for what is no letter. Found when it is first asked for:
    there are no more than Unicode has."""

    def __missing__(self, char: str) -> str:
        name = unicodedata.name(char, "").split(" ")[0] if char.isalpha() else ""
        self[char] = "JAPANESE" if name in ("HIRAGANA", "KATAKANA") else name
        return self[char]


_SCRIPT = _Script()
_SIGNS = "MODIFIER"  # ʻ and ʼ, letters of alphabets of Latin letters


def is_written_in(language: str, script: str) -> bool:
    """Whether a language that no profile knows is written in a script that tells another by itself."""
    return language in _ALSO_IN.get(script, "").split()


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has; kana counts as JAPANESE, Han as CJK."""
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if script := _SCRIPT[char]:
            found[script] += count
    return found


def letters_of(text: str) -> dict[str, dict[str, int]]:
    """How often each letter stands in a text, as a small one, by its script."""
    small = text.lower()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    chars = [*dict.fromkeys(small)]
    for char, script, count in zip(chars, map(_SCRIPT.__getitem__, chars), map(small.count, chars), strict=True):
        if script:
            found[script][char] = count
    return found


class Shares:
    """How often each letter stands in the texts of a language, small and capital together, and which letters it has."""

    def __init__(self, tag: str, shares: Mapping[str, float]) -> None:
        own = CYRILLIC.get(tag) or LATIN.get(tag)
        held = own if own is not None else [letter for letter, share in shares.items() if share >= _RARE]
        self.own = frozenset(held)
        self.lacking = LACKING.get(tag, "")
        # Whole millionths: their sum is the same in any order.
        self.telling = {letter: round(1e6 * shares.get(letter, 0.0)) for letter in TELLING.get(tag, "")}


class Letters:
    """The letters of one script in a text, small ones, as evidence for and against languages."""

    def __init__(self, letters: Mapping[str, Mapping[str, int]], script: str) -> None:
        # Words of another script ("(PDF)" in a Russian text) say nothing about the language of this one.
        own = letters.get(script, {})
        self.counts = {**own, **letters[_SIGNS]} if _SIGNS in letters else own
        self.total = sum(self.counts.values())
        common = _COMMON.get(script, frozenset())
        self.special = [(c, self.counts[c]) for c in self.counts.keys() - common]

    def against(self, language: Shares) -> float:
        """A logarithm of odds, 0 or less: what the letters say against a language. Against it are letters that its
        alphabet does not hold, and those that a text of this length hardly lacks."""
        own = language.own
        strange = sum([n for c, n in self.special if c not in own])
        if language.lacking:
            strange += sum([self.counts.get(c, 0) for c in language.lacking])
        telling = language.telling
        absent = sum([telling[c] for c in telling.keys() - self.counts.keys()]) / 1e6 if telling else 0.0
        lacked = _ABSENCE * self.total * math.log(max(1 - absent, 0.5))
        return max(lacked, _LEAST) - _STRANGE * max(0.0, strange - _ALLOWED * self.total)
