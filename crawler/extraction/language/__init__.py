"""Which language a text is written in: langdetect's n-grams with added profiles, letters and small words as evidence.
The same text gives the same answer in every process.

langdetect by itself knows none of the languages of Central Asia and answers a wrong neighbour for each. So, in turn:
what no language has (addresses, numbers, code) is taken out; the script leaves some languages, or tells one; for each
of these, three logarithms of odds are added up: its n-grams, letters that its alphabet has not or that the text hardly
would lack, and small words. The best is the answer if it is clearly ahead and its profile knows enough of the text."""

from __future__ import annotations

import functools
import re
import unicodedata

from crawler.extraction.language.alphabets import SCRIPTS, prior, scripts
from crawler.extraction.language.function_words import evidence
from crawler.extraction.language.ngrams import Profiles, ngrams, profile_files
from crawler.model import Language

UNKNOWN = Language("und", 0.0)
_SAMPLE = 500  # characters that decide: from 250 on, more text only costs time
_MIN_LETTERS = 8
_DIFFERENT = 4  # letters of the least that says something
# Addresses, numbers, code ("a(b", "{x", "c=d") and Roman numerals are in no language. Where words stand without blanks
# (Thai to Khmer, Han and kana with their signs) only what is not of these scripts goes: the rest of a sentence stays.
_NOISE = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)/\S+|\S+@\S+\.\S+|(?:[a-z0-9-]+\.)+[a-z]{2,6}(?:/\S*|(?=[^\w.]|$))|[@#]\w+|"
    r"\S*(?:\d|[{}<>=_\\|]|\w[()]\w)\S*|\b[IVXLCDM]{2,}\b".replace(
        r"\S", r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
    )
)
_LONG_WORD = re.compile(r"[^\W\d_]{5}")
_APOSTROPHE = re.compile(r"(?<=[oOgG])['`´ʹʻʼʽ‘’‛′]")
_TUTUQ = re.compile(r"(?<=\w)['`´ʹʼ’‘′](?=\w)")
_BUILT_IN = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
_ARABIC = frozenset({"ar", "fa", "ur", "ug", "ckb"})
_CYRILLIC = frozenset(
    {"ru", "uk", "be", "bg", "mk", "sr", "uz-Cyrl", "kaa-Cyrl", "kk", "ky", "tg", "tt", "ba", "mn", "sah", "cv"}
)
_WRITTEN_IN = {
    "CYRILLIC": _CYRILLIC,
    "ARABIC": _ARABIC,
    "DEVANAGARI": frozenset({"hi", "mr", "ne"}),
    "CJK": frozenset({"zh-cn", "zh-tw", "ja"}),
}
# Real text finds most of its trigrams in its own profile (0.65 to 1.0 in 60 characters), letters typed at random hardly
# any (under 0.3). With few trigrams both scatter: so many more are asked of a short text.
_LEAST_COVERAGE = 0.4
_SCATTER = 1.5
_SURE = 0.6  # below it two languages are about equally likely


def identify_language(text: str, declared: str | None = None) -> Language:
    """The language of a text as a BCP 47 tag (with script for uz and kaa) and a confidence from 0 to 1; "und" when the
    text has too few letters or resembles no language. `declared` only decides between near-equal answers."""
    sample = normalise(text)
    counts = scripts(sample)
    total = sum(counts.values())
    words = sum(counts[script] for script in ("CJK", "JAPANESE", "HANGUL"))  # where a sign is half a word
    if total + words < _MIN_LETTERS or len(set(filter(str.isalpha, sample.lower()))) < _DIFFERENT:
        return UNKNOWN
    if counts["JAPANESE"] > 0.1 * total:
        return Language("ja", 1.0)
    script, letters = counts.most_common(1)[0]
    if script in SCRIPTS:
        return Language(SCRIPTS[script], letters / total)
    group = _group(script)
    pieces = ngrams(sample if len(counts) == 1 else _only(sample, group))
    spoken = evidence(sample)
    weights = prior(sample, script, _profiles(group).letters)
    weights = {tag: weight + spoken.get(tag, 0.0) for tag, weight in weights.items()}
    ranked = _profiles(group).ranked(pieces, weights)
    if not ranked:
        return UNKNOWN
    name, confidence = ranked[0]
    covered, trigrams = _profiles(group).coverage(pieces, name)
    if group != "CJK" and trigrams and covered < _LEAST_COVERAGE + _SCATTER / trigrams:
        return UNKNOWN
    hint = next((pair for pair in ranked if declared and _tag(pair[0]) == declared), None)
    if hint and hint[1] >= confidence - 0.2:
        return Language(_tag(hint[0]), round(hint[1], 3))
    return Language(_tag(name), round(confidence, 3)) if confidence >= _SURE else UNKNOWN


def normalise(text: str) -> str:
    """The text as the profiles were counted: NFC, without addresses, numbers and lines of abbreviations, o' and g' with
    one apostrophe, not in capitals, at most 500 characters."""
    text = unicodedata.normalize("NFC", text[: 4 * _SAMPLE])
    words = (word if _plain(word) else _NOISE.sub(" ", word) for word in text.split())
    text = " ".join(" ".join(words).split())
    text = _TUTUQ.sub("ʼ", _APOSTROPHE.sub("ʻ", text))
    letters = list(filter(str.isalpha, text))
    if letters and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        # A heading in capitals has a longer word somewhere; "ФИО ИНН ОКПО" is in no language.
        text = text.replace("İ", "i").lower() if _LONG_WORD.search(text) else ""
    return text[:_SAMPLE]


def _plain(word: str) -> bool:
    """Whether a word is letters, perhaps with a comma or stop behind it: most are, and none of the noise."""
    return (word.isalpha() or (word[-1] in ",.;:!?»" and word[:-1].isalpha())) and not word.isupper()


def _only(sample: str, group: str) -> str:
    """The words of a text that are written in its script: those of another ("PDF", a quotation) say nothing of it."""
    if group == "CJK":
        return sample
    kept = []
    for word in sample.split(" "):
        found = scripts(word)
        if not found or found.most_common(1)[0][0] == group:
            kept.append(word)
    return " ".join(kept)


def _tag(name: str) -> str:
    return _BUILT_IN.get(name, name)


def _group(script: str) -> str:
    return script if script in _WRITTEN_IN else "LATIN"


@functools.cache
def _languages(group: str) -> frozenset[str]:
    """The languages that are written in a script, as langdetect calls them."""
    every = frozenset(profile_files())
    if group in _WRITTEN_IN:
        return every & _WRITTEN_IN[group]
    return every.difference(SCRIPTS.values(), *_WRITTEN_IN.values())


@functools.cache
def _profiles(group: str) -> Profiles:
    """The profiles of a script's languages: those of other scripts could not be the answer, and would cost time."""
    return Profiles(_languages(group))
