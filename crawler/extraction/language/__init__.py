"""Which language a text is written in: langdetect's n-grams with added profiles, letters and small words as evidence.
The same text gives the same answer in every process.

langdetect by itself knows none of the languages of Central Asia and answers a wrong neighbour for each. So, in turn:
what no language has (addresses, numbers, code) is taken out; the script leaves some languages, or tells one; for each
of these, three logarithms of odds are added up: its n-grams, letters that its alphabet has not or that the text hardly
would lack, and small words. The best is the answer if it is clearly ahead and its profile knows enough of the text."""

from __future__ import annotations

import functools
import math

from crawler.extraction.language.alphabets import SCRIPTS, WRITTEN_IN, Letters, is_written_in, letters_of, scripts
from crawler.extraction.language.likelihoods import Likelihoods
from crawler.extraction.language.near_languages import near, told_apart
from crawler.extraction.language.ngrams import expected_coverage, normal, profile_files
from crawler.extraction.language.normal_form import normalise
from crawler.extraction.language.placeholder import is_placeholder
from crawler.model import Language

__all__ = ["identify_language", "normalise"]

UNKNOWN = Language("und", 0.0)
_MIN_LETTERS = 8
_WORDLIKE = ("CJK", "JAPANESE", "HANGUL")
_DIFFERENT = 4  # letters of the least that says something
# Codes of languages whose profile has another name: parts of a macrolanguage, codes that were replaced, and those of
# countries, which are no codes of languages and stand on pages in their place.
_OTHER_CODES = {
    "nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "kmr": "ku", "prs": "fa", "pes": "fa",
    "ua": "uk", "cn": "zh", "jp": "ja", "kz": "kk", "cz": "cs", "gr": "el", "dk": "da", "tj": "tg",  # of countries
    "sh": "sr", "cnr": "sr", "mo": "ro", "zlm": "ms", "zsm": "ms", "arb": "ar", "uzn": "uz", "ekk": "et", "lvs": "lv",
}  # fmt: skip
# As CLDR's likely subtags have it, the script that a language is mostly written in is not told: kk, sr and zh, beside
# kk-Latn, sr-Latn and zh-Hant. Uzbek and Karakalpak, which change theirs, have it always.
_BUILT_IN = {"zh-cn": "zh", "zh-tw": "zh-Hant"}
# Real text finds most of its trigrams in its own profile (0.65 to 1.0 in 60 characters), letters typed at random hardly
# any (under 0.3). With few trigrams both scatter: so many more are asked of a short text.
_LEAST_COVERAGE = 0.4
_SCATTER = 1.5
_CLAIMED = 2.5
_CLAIMED_RARE = 5.0  # no page claims by mistake, or by a template's default, to be in a language that few are in
# How much rarer such texts are in the news of governments than those of other languages (natural logarithm of the
# odds): languages with few texts of that kind, and those of one or few countries whose neighbours' are near.
_RARITY = {
    6.0: "bs ms tet tpi bi to fj qu ay gn gd rm fy se kl ab ady kbd alt kjh koi yi wo ln lg ny ve ts ss nso ff bm",
    5.0: "ro-Cyrl",
    4.0: "la sr-Latn kk-Latn kk-Arab gl yo ig zu xh st tn sn rw rn om mg ht mi sm fo os tyv as ti",
    3.0: "gag crh ku lb ga mt eu is ha",
    1.0: "mk sr be bg cv sah",
}
_FEW = 3.0
_UNCOMMON_ODDS = {name: -rarity for rarity, names in _RARITY.items() for name in names.split()}
# A language counted from less text than its neighbours finds fewer of its own n-grams,
# and its lines would be taken for theirs.
_UNCOMMON_ODDS |= {"tt": 1.2, "kaa-Cyrl": 0.7, "mn": 0.6, "kaa-Latn": 0.2, "tk": 0.8, "sah": 0.0}
# How much less of a text's trigrams than usual its language may hold: names and terms are in no profile. Measured with
# the profile of each of 90 languages left out: at 250 characters three texts in four of a language that is not known
# are told from those of the nearest one that is, and one in a hundred of a known one is lost.
_USUAL = 0.93  # at most: some profiles were measured on text of the kind that they were counted from
_FAR = 0.09
# Where the page claims a language that no profile knows: hardly one claims one falsely, and a headline of Kumyk finds
# nearly as many of its trigrams in the profile of Kyrgyz as one of Kyrgyz. One short headline in eight, and one text of
# 500 characters in 500, of a known language would be lost to such a claim.
_NEAR = 0.0
_PER_WORD = 0.02  # small words of the language speak for it too, by this share for each unit of their evidence
_CLAIM_FAR = 0.1  # and so does the page
_CLAIM_RARE_FAR = (
    0.25  # the more where few texts are in the language: little was counted of it, and no template names it
)
_OWN_FAR = 0.2  # and letters that no other language of the script has, from so many on
_OWN_LETTERS = 2
_DEVIATION = 1.0
_NEAR_DEVIATION = 0.0
_BY_CLAIM = 0.5  # confidence of a language that only the page's claim speaks for
_SYLLABIC = frozenset({"CJK", "ETHIOPIC"})  # hundreds of signs, of which no profile holds most groups of three
_SURE_CLAIMED = 0.4  # of the likeliest one, where the page claims it
_SURE = 0.5  # at or below it two languages are about equally likely; more is asked of a text of few trigrams


def identify_language(text: str, declared: str | None = None) -> Language:
    """The language of a text as a BCP 47 tag (with script for uz and kaa) and a confidence from 0 to 1; "und" when the
    text has too few letters or resembles no language. `declared` only decides between near-equal answers."""
    sample = normalise(text)
    letters = letters_of(sample)
    counts = {script: sum(own.values()) for script, own in letters.items()}
    total = sum(counts.values())
    # Where a sign is half a word, half as many are enough.
    enough = total >= _MIN_LETTERS or total + sum([counts.get(script, 0) for script in _WORDLIKE]) >= _MIN_LETTERS
    if not enough or sum(map(len, letters.values())) < _DIFFERENT:
        return UNKNOWN
    claimed = (declared or "").partition("-")[0].lower()
    claimed = _OTHER_CODES.get(claimed, claimed)
    if counts.get("JAPANESE", 0) > 0.1 * total:
        return Language("ja", round((counts["JAPANESE"] + counts.get("CJK", 0)) / total, 3))
    script = max(counts, key=counts.__getitem__)
    if script in SCRIPTS:
        share = counts[script] / total
        if declared and is_written_in(claimed, script):  # Dzongkha, Mingrelian, Shan: beside the one of most texts
            return Language(declared, round(min(share, _BY_CLAIM), 3))
        return Language(SCRIPTS[script], share)
    group = script if script in WRITTEN_IN else "LATIN"
    own = normal(sample).split()
    if group != "CJK" and (others := [*counts.keys() - {group, "MODIFIER"}]):
        foreign = frozenset(normal("".join(["".join(letters[other]) for other in others])))
        own = [word for word in own if foreign.isdisjoint(word.lower()) or _is_in(word, group)]
    if group == "LATIN" and is_placeholder(own):
        return UNKNOWN
    languages = _likelihoods(group)
    words = languages.read(own)
    ranked = languages.ranked(words, _claim(claimed), Letters(letters, script))
    if not ranked:
        return UNKNOWN
    name, confidence = ranked[0]
    unknown = bool(claimed) and claimed not in _known_codes()
    believed = min(languages.spoken(words, name) * _PER_WORD, _FAR) + _claim_far(name, claimed)
    if sum([letters[script].get(letter, 0) for letter in _own_letters(group, name)]) >= _OWN_LETTERS:
        believed += _OWN_FAR
    far = _NEAR if unknown else _FAR + believed
    covered, trigrams = languages.coverage(words, name)
    deviation = _NEAR_DEVIATION if unknown else _DEVIATION
    if trigrams and group not in _SYLLABIC and not _fits(name, covered, trigrams, far, deviation):
        # A text that is like none of the known languages may be in the one that it claims, if that is not known.
        return Language(declared, _BY_CLAIM) if declared and unknown else UNKNOWN
    if sisters := near(name):
        confidence = sum([share for other, share in ranked if other in sisters])
    least = _SURE_CLAIMED if name in _names(claimed) else _SURE + (1 / trigrams if trigrams else 0.0)
    sure = confidence >= least
    if sure and sisters:
        own_claim = next((other for other in _names(claimed) if other in sisters), "")
        name, certainty = told_apart(sample, name, own_claim)
        confidence = min(confidence, certainty)
    if trigrams and group not in _SYLLABIC:  # sure beside the others is not sure where a good part is in no profile
        confidence *= min(1.0, covered / _usual(name))
    return Language(_BUILT_IN.get(name, name), round(confidence, 3)) if sure else UNKNOWN


def _is_in(word: str, group: str) -> bool:
    """Whether a word is written in a script: those of another ("PDF", a quotation) say nothing of a text."""
    found = scripts(word)
    return not found or found.most_common(1)[0][0] == group


@functools.lru_cache(maxsize=256)
def _claim(claimed: str) -> dict[str, float]:
    """What a page's claim adds to the odds of a language: that it is rare says nothing any more."""
    odds = {name: _UNCOMMON_ODDS.get(name, 0.0) for name in _names(claimed)}
    return {name: (_CLAIMED_RARE if rare <= -_FEW else _CLAIMED) - rare for name, rare in odds.items()}


@functools.lru_cache(maxsize=256)
def _names(code: str) -> tuple[str, ...]:
    """The names of the profiles of a language, in any script."""
    return tuple(name for name in profile_files() if name.partition("-")[0] == code)


def _claim_far(name: str, claimed: str) -> float:
    """How much less of a text's trigrams than usual its language may hold since the page claims it."""
    if name not in _names(claimed):
        return 0.0
    return _CLAIM_RARE_FAR if _UNCOMMON_ODDS.get(name, 0.0) <= -_FEW else _CLAIM_FAR


@functools.lru_cache(maxsize=256)
def _own_letters(group: str, name: str) -> frozenset[str]:
    """The letters that a language has and no other one that is written in its script."""
    languages = _likelihoods(group)
    others = [languages.letters(other).own for other in languages.names if other != name]
    return languages.letters(name).own.difference(*others)


@functools.cache
def _known_codes() -> frozenset[str]:
    """The codes of all languages that can be an answer."""
    return frozenset(name.partition("-")[0] for name in (*profile_files(), *SCRIPTS.values()))


def _usual(name: str) -> float:
    """The share of its trigrams that a text in a language finds in its profile."""
    return min(expected_coverage().get(name, _USUAL), _USUAL)


def _fits(name: str, covered: float, trigrams: int, far: float, deviation: float) -> bool:
    """Whether a text finds about as many of its trigrams in the profile of a language as texts in it do, or a share of
    at most `far` less; few trigrams scatter by `deviation`, over the root of their number."""
    usual = _usual(name) - far - deviation / math.sqrt(trigrams)
    return covered >= max(usual, _LEAST_COVERAGE + _SCATTER / trigrams)


def languages_of(group: str) -> list[str]:
    """The languages that are written in a script, by the names of their profiles, in order."""
    every = frozenset(profile_files())
    if group in WRITTEN_IN:
        return sorted(every & WRITTEN_IN[group])
    return sorted(every.difference(SCRIPTS.values(), *WRITTEN_IN.values()))


@functools.cache
def _likelihoods(group: str) -> Likelihoods:
    """The languages of a script: those of other scripts could not be the answer, and would cost time."""
    return Likelihoods(group, _UNCOMMON_ODDS)
