"""Names of months in the languages of Central Asia and in English, and words beside dates in all languages.

The names are our own, since no library reads Uzbek, Karakalpak, Tajik or Turkmen dates without wrong answers.
Month forms are made from stems and case endings, so that "martda", "мартынан" and "марти" are all March; a form that
would stand for two months is an error of the word lists and raises at first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from crawler.extraction.words.index import word_index
from crawler.normal_forms import nfc, nfd

_APOSTROPHES = re.compile("[ʻʼ’‘`´'\u00ad\u0307\u200b\u200c\u200d\u2060]")
# One spelling of the letters that Arabic, Persian and Urdu keyboards write apart; vowel signs and the stroke that only
# makes a word longer are left out.
_ARABIC = str.maketrans("يىےكةأإآۀہۃ", "یییکهاااههه", "ـ" + "".join(map(chr, range(0x64B, 0x656))))
_TO_CYRILLIC = str.maketrans("aceopxykmtbhi", "асеорхукмтвні")
_TO_LATIN = str.maketrans("асеорхукмтвні", "aceopxykmtbhi")
_OF_ARABIC, _OF_CYRILLIC, _OF_LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[а-я]"), re.compile("[a-z]")
_MAY_CHANGE = re.compile("[a-z\u0600-\u06ff]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BEYOND_LATIN = re.compile(r"[^\W\d_\x00-\u03ff]")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """`word` as the tables spell it: NFC, case folded, apostrophes, soft hyphens and the dot of İ removed."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    return _of_one_script(nfc(_APOSTROPHES.sub("", nfc(word).casefold())))


def fold_all(words: Iterable[str]) -> list[str]:
    """`fold` of many words, none of which has a line end: at once they take a fifth of the time."""
    folded = nfc(_APOSTROPHES.sub("", nfc("\n".join(words)).casefold()))
    return [word if word.isascii() else _of_one_script(word) for word in folded.split("\n")]


def _of_one_script(folded: str) -> str:
    """A folded word without letters that keyboards of other scripts put into it."""
    if folded.isascii() or not _MAY_CHANGE.search(folded):
        return folded
    if _OF_ARABIC.search(folded):
        return folded.translate(_ARABIC)
    if _OF_LATIN.search(folded) and _OF_CYRILLIC.search(folded):  # look-alikes typed inside a Cyrillic word, or in a
        cyrillic = folded.translate(_TO_CYRILLIC)  # Latin one, where a letter is left that only that script has
        return folded.translate(_TO_LATIN) if _OF_LATIN.search(cyrillic) else cyrillic
    return folded


def plain(word: str) -> str:
    """`word` without accents, for Latin and Greek letters only: й stays й. Dotless ı becomes i."""
    if word.isascii() or _BEYOND_LATIN.search(word):
        return word
    letters = (c for c in nfd(word) if not unicodedata.combining(c))
    return "".join(letters).replace("ı", "i")


@cache
def words_beside(*vocabularies: str) -> frozenset[str]:
    """What may stand between the parts of a date, or behind them, folded: the words of some vocabularies in all
    languages (`words/schema.py`), stems left out."""
    known = word_index().beside_dates
    words = (word for name in vocabularies for word in known[name] if not word.endswith("*"))
    return frozenset(fold_all(words))


@cache
def _year_stems() -> tuple[str, ...]:
    return tuple(fold(word[:-1]) for word in word_index().beside_dates["year_words"] if word.endswith("*"))


@lru_cache(maxsize=4096)
def is_year_word(word: str) -> bool:
    """Whether a folded word means "year", with any case ending: yil, йилда, жылғы, ýylyň, года."""
    if word in words_beside("year_words"):
        return True
    return word.startswith(_year_stems()) and any(word.startswith(s) and len(word) <= len(s) + 6 for s in _year_stems())


@cache
def core_months() -> Mapping[str, int]:
    """Month number by folded word, in every form of the names in the word lists: a stem takes the case endings of its
    script. Two words are joined by a space."""
    endings = {True: [""], False: [""]}
    for ending in word_index().beside_dates["month_endings"]:
        endings[_is_cyrillic(ending)].append(ending)
    forms, numbers = list[str](), list[int]()
    for month, names in enumerate(word_index().months, 1):
        for name in names:
            stem = name.removesuffix("*")
            its = [stem + ending for ending in endings[_is_cyrillic(stem)]] if stem != name else [name]
            forms += its
            numbers += [month] * len(its)
    folded = fold_all(forms)
    pairs = {*zip(folded, numbers, strict=True), *zip(_without_accents(folded), numbers, strict=True)}
    table = dict(pairs)
    if len(table) < len(pairs):
        form, month = next((form, month) for form, month in pairs if table[form] != month)
        raise ValueError(f"{form!r} would be the months {table[form]} and {month}")
    return MappingProxyType(table)


def _without_accents(words: list[str]) -> list[str]:
    """`plain` of many folded words."""
    evened = _ACCENTS.sub("", nfd("\n".join(words))).replace("ı", "i").split("\n")
    return [word if word.isascii() or _BEYOND_LATIN.search(word) else evened[n] for n, word in enumerate(words)]


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= char <= "\u04ff" for char in word)
