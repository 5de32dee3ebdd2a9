"""Which language a text is written in: langdetect's n-grams with added profiles, letters and small words as evidence.
The same text gives the same answer in every process.

langdetect by itself knows none of the languages of Central Asia and answers a wrong neighbour for each. So, in turn:
what no language has (addresses, numbers, code) is taken out; the script leaves some languages, or tells one; for each
of these, three logarithms of odds are added up: its n-grams, letters that its alphabet has not or that the text hardly
would lack, and small words. The best is the answer if it is clearly ahead and its profile knows enough of the text."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping

from crawler.extraction.language.alphabets import SCRIPTS, WRITTEN_IN, Letters, scripts
from crawler.extraction.language.function_words import evidence
from crawler.extraction.language.ngrams import Profiles, expected_coverage, ngrams, profile_files
from crawler.model import Language
from crawler.normal_forms import nfc

UNKNOWN = Language("und", 0.0)
_SAMPLE = 500  # characters that decide: from 250 on, more text only costs time
_MIN_LETTERS = 8
_DIFFERENT = 4  # letters of the least that says something
# Addresses, numbers, code ("a(b", "{x", "c=d") and Roman numerals are in no language. Where words stand without blanks
# (Thai to Khmer, Han and kana with their signs) only what is not of these scripts goes: the rest of a sentence stays.
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# No word of a language with blanks is as long; what is cannot be looked through for addresses in bearable time.
_OVERLONG = re.compile(rf"[^\s{_DENSE}]{{64,}}+")
_NOISE = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)/\S+|\S+@\S+\.\S+|(?:[a-z0-9-]+\.)+[a-z]{2,6}(?:/\S*|(?=[^\w.]|$))|[@#]\w+|"
    r"\S*(?:\d|[{}<>=_\\|]|\w[()]\w)\S*|\b[IVXLCDM]{2,}\b".replace(r"\S", rf"[^\s{_DENSE}]")
)
_LONG_WORD = re.compile(r"[^\W\d_]{5}")
_APOSTROPHE = re.compile(r"(?<=[oOgG])['`´ʹʻʼʽ‘’‛′]")
_TUTUQ = re.compile(r"(?<=\w)['`´ʹʼ’‘′](?=\w)")
# Codes of languages whose profile has another name: parts of a macrolanguage, and codes that were replaced.
_OTHER_CODES = {
    "nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "kmr": "ku", "prs": "fa", "pes": "fa",
    "sh": "sr", "cnr": "sr", "mo": "ro", "zlm": "ms", "zsm": "ms", "arb": "ar", "uzn": "uz", "ekk": "et", "lvs": "lv",
}  # fmt: skip
_LATIN_AE = re.compile("(?<=[а-яё])æ|æ(?=[а-яё])", re.IGNORECASE)  # Ossetian typed with a letter of Latin
_BUILT_IN = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
# Real text finds most of its trigrams in its own profile (0.65 to 1.0 in 60 characters), letters typed at random hardly
# any (under 0.3). With few trigrams both scatter: so many more are asked of a short text.
_LEAST_COVERAGE = 0.4
_SCATTER = 1.5
_CLAIMED = 2.5
# How much rarer such texts are in the news of governments than those of other languages (natural logarithm of the
# odds): languages with few texts of that kind, and those of one or few countries whose neighbours' are near.
_RARITY = {
    6.0: "bs ms tet tpi bi to fj qu ay gn gd rm fy se kl ab ady kbd alt kjh koi yi wo ln lg ny ve ts ss nso ff bm",
    4.0: "sr-Latn kk-Latn gl yo ig zu xh st tn sn rw rn om mg ht mi sm fo os tyv as ti",
    3.0: "gag crh ku lb ga mt eu is ha",
    1.0: "mk sr be bg cv sah",
}
_UNCOMMON_ODDS = {name: -rarity for rarity, names in _RARITY.items() for name in names.split()}
# How much less of a text's trigrams than usual its language may hold: names and terms are in no profile. Measured with
# the profile of each of 90 languages left out: at 250 characters three texts in four of a language that is not known
# are told from those of the nearest one that is, and one in a hundred of a known one is lost.
_USUAL = 0.93  # at most: some profiles were measured on text of the kind that they were counted from
_FAR = 0.14
_NEAR = 0.05  # where the page claims a language that no profile knows
_PER_WORD = 0.02  # small words of the language speak for it too, by this share for each unit of their evidence
_CLAIM_FAR = 0.1  # and so does the page
_DEVIATION = 0.6
_BY_CLAIM = 0.5  # confidence of a language that only the page's claim speaks for
_SYLLABIC = frozenset({"CJK", "ETHIOPIC"})  # hundreds of signs, of which no profile holds most groups of three
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
    profiles = _profiles(group)
    pieces = ngrams(sample if len(counts) == 1 else _only(sample, group))
    spoken = evidence(sample)
    claimed = (declared or "").partition("-")[0].lower()
    claimed = _OTHER_CODES.get(claimed, claimed)
    ranked = profiles.ranked(pieces, _odds(spoken, claimed), Letters(sample, script).against)
    if not ranked:
        return UNKNOWN
    name, confidence = ranked[0]
    foreign = bool(claimed) and claimed not in _known_codes()
    believed = min(spoken.get(name, 0.0) * _PER_WORD, _FAR) + (_CLAIM_FAR if name in _names(claimed) else 0.0)
    far = _NEAR if foreign else _FAR + believed
    if group not in _SYLLABIC and not _fits(profiles, pieces, name, far):
        # A text that is like none of the known languages may be in the one that it claims, if that is not known.
        return Language(declared, _BY_CLAIM) if declared and foreign else UNKNOWN
    return Language(_tag(name), round(confidence, 3)) if confidence >= _SURE else UNKNOWN


def _odds(spoken: Mapping[str, float], claimed: str) -> dict[str, float]:
    """What is known of languages before the n-grams of a text are seen: logarithms of odds."""
    odds = dict(_UNCOMMON_ODDS)
    if claimed:
        odds.update((name, _CLAIMED) for name in _names(claimed))
    for name, evidenced in spoken.items():
        odds[name] = odds.get(name, 0.0) + evidenced
    return odds


@functools.lru_cache(maxsize=256)
def _names(code: str) -> tuple[str, ...]:
    """The names of the profiles of a language, in any script."""
    return tuple(name for name in profile_files() if name.partition("-")[0] == code)


@functools.cache
def _known_codes() -> frozenset[str]:
    """The codes of all languages that can be an answer."""
    return frozenset(name.partition("-")[0] for name in (*profile_files(), *SCRIPTS.values()))


def _fits(profiles: Profiles, pieces: list[str], name: str, far: float) -> bool:
    """Whether a text finds about as many of its trigrams in the profile of a language as texts in it do, or a share of
    at most `far` less."""
    covered, trigrams = profiles.coverage(pieces, name)
    if not trigrams:
        return True
    usual = min(expected_coverage().get(name, _USUAL), _USUAL) - far - _DEVIATION / math.sqrt(trigrams)
    return covered >= max(usual, _LEAST_COVERAGE + _SCATTER / trigrams)


def normalise(text: str) -> str:
    """The text as the profiles were counted: NFC, without addresses, numbers and lines of abbreviations, o' and g' with
    one apostrophe, not in capitals, at most 500 characters."""
    text = nfc(text[: 4 * _SAMPLE])
    words = (word if _plain(word) else _NOISE.sub(" ", _OVERLONG.sub(" ", word)) for word in text.split())
    text = " ".join(" ".join(words).split())
    text = _TUTUQ.sub("ʼ", _APOSTROPHE.sub("ʻ", text))
    text = _LATIN_AE.sub("ӕ", text)
    letters = list(filter(str.isalpha, text))
    if letters and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        # A heading in capitals has a longer word somewhere; "ФИО ИНН ОКПО" is in no language.
        if "İ" in text:  # where the capital of i has a dot, the one without it is another letter
            text = text.replace("I", "ı").replace("İ", "i")
        text = text.lower() if _LONG_WORD.search(text) else ""
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
    return script if script in WRITTEN_IN else "LATIN"


@functools.cache
def _languages(group: str) -> frozenset[str]:
    """The languages that are written in a script, as langdetect calls them."""
    every = frozenset(profile_files())
    if group in WRITTEN_IN:
        return every & WRITTEN_IN[group]
    return every.difference(SCRIPTS.values(), *WRITTEN_IN.values())


@functools.cache
def _profiles(group: str) -> Profiles:
    """The profiles of a script's languages: those of other scripts could not be the answer, and would cost time."""
    return Profiles(_languages(group))
