"""The words of a text as the profiles of languages were counted, without what is in no language."""

from __future__ import annotations

import re
from functools import cache

from crawler.normal_forms import nfc

SAMPLE = 500  # characters that decide: from 250 on, more text only costs time
# Addresses, numbers, code ("a(b", "{x", "c=d") and Roman numerals are in no language. Where words stand without blanks
# (Thai to Khmer, Han and kana with their signs) only what is not of these scripts goes: the rest of a sentence stays.
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_NOISE = (
    r"https?://\S+|www\.\S+|(?<!\S)/\S+|\S+@\S+\.\S+|(?:[a-z0-9-]+\.)+[a-z]{2,6}(?:/\S*|(?=[^\w.]|$))|[@#]\w+|"
    r"\S*(?:\d|[{}<>=_\\|]|\w[()]\w)\S*|\b[IVXLCDM]{2,}\b".replace(r"\S", rf"[^\s{_DENSE}]")
)
# Without any of these there is no noise in a text of no overlong words. All that can begin one stands in front, so that
# a text is looked through for those few signs alone.
_SUSPECT = re.compile(
    r"[\d{}<>=_\\|/@#.()IVXLCDM](?:(?<=[\d{}<>=_\\|/@#])|(?<=\.)(?=\S)|(?<=\w[()])(?=\w)"
    r"|(?<=\b[IVXLCDM])(?=[IVXLCDM]))"
)
# Words of these letters and a figure go whole, whatever else could be found in them: most that are suspect.
_WITH_FIGURE = re.compile(rf"(?=\D*\d)(?:[^\s{_DENSE}./@#]+|[0-9.,:;/()%+–-]+)")
_OVERLONG = 64  # characters
_SUSPECT_OR_LONG = re.compile(rf"{_SUSPECT.pattern}|\S{{{_OVERLONG}}}")
_LINE, _FEW_CAPITALS, _MOST_CAPITALS = 200, 0.4, 0.6
_SIGNS = re.compile("['`´ʹʻʼʽ‘’‛′æÆ]")
_LONG_WORD = re.compile(r"[^\W\d_]{5}")
_APOSTROPHE = re.compile(r"(?<=[oOgG])['`´ʹʻʼʽ‘’‛′]")
_TUTUQ = re.compile(r"(?<=\w)['`´ʹʼ’‘′](?=\w)")
_LATIN_AE = re.compile("(?<=[а-яё])æ|æ(?=[а-яё])", re.IGNORECASE)  # Ossetian typed with a letter of Latin


def normalise(text: str) -> str:
    """The first words of a text, at most 500 characters, a blank between them: NFC, without addresses, numbers and
    lines of abbreviations, o' and g' with one apostrophe, not in capitals."""
    found = nfc(text[: 4 * SAMPLE]).split()
    text = " ".join(found)
    suspect = _SUSPECT_OR_LONG if found and len(max(found, key=len)) >= _OVERLONG else _SUSPECT
    text = _without_noise(text, suspect) if suspect.search(text, 0, 2 * SAMPLE) else text[: 2 * SAMPLE]
    if _SIGNS.search(text):
        text = _LATIN_AE.sub("ӕ", _TUTUQ.sub("ʼ", _APOSTROPHE.sub("ʻ", text)))
    if not text[1:].islower() and _is_in_capitals(text):
        text = _in_small_letters(text)
    return text[:SAMPLE]


@cache
def _overlong() -> re.Pattern[str]:
    """No word of a language with blanks is as long; what is cannot be looked through for addresses in bearable time."""
    return re.compile(rf"[^\s{_DENSE}]{{{_OVERLONG},}}+")


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(_NOISE)  # 15 ms, and few texts have any


def _without_noise(text: str, suspect: re.Pattern[str]) -> str:
    """The words of a text, a blank between them, without what is in no language, until they are more than enough."""
    kept: list[str] = []
    room, done = 2 * SAMPLE, 0
    while room >= 0 and (found := suspect.search(text, done)):
        start, end = text.rfind(" ", done, found.start()) + 1 or done, text.find(" ", found.end())
        end = len(text) if end < 0 else end
        left = " " if _WITH_FIGURE.fullmatch(text, start, end) else _cleaned(text[start:end])
        kept += text[done:start], left
        room -= start - done + len(left)
        done = end
    kept.append(text[done : done + max(room, 0)])
    return " ".join("".join(kept).split())


def _cleaned(word: str) -> str:
    return _noise().sub(" ", _overlong().sub(" ", word) if len(word) >= _OVERLONG else word)


def _is_in_capitals(text: str) -> bool:
    if len(text) > _LINE and _capitals(text[::5]) < _FEW_CAPITALS:
        return False  # most texts, by a fifth of their letters
    return _capitals(text) > _MOST_CAPITALS


def _capitals(text: str) -> float:
    """The share of capitals among the letters of a text."""
    return sum(map(str.isupper, text)) / (sum(map(str.isalpha, text)) or 1)


def _in_small_letters(text: str) -> str:
    """A heading in capitals has a longer word somewhere; "ФИО ИНН ОКПО" is in no language."""
    if not _LONG_WORD.search(text):
        return ""
    if "İ" in text:  # where the capital of i has a dot, the one without it is another letter
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()
