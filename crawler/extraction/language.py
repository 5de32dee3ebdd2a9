"""Which language a text is written in: langdetect with a private, seeded factory and added profiles, letters as
evidence. The same text gives the same answer in every process.

langdetect by itself knows none of the languages of Central Asia and answers a wrong neighbour for each."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.utils.ngram import NGram

from crawler.extraction.language_letters import SCRIPTS, prior, scripts
from crawler.model import Language

UNKNOWN = Language("und", 0.0)
_SAMPLE = 500  # characters that decide: from 250 on, more text only costs time
_MIN_LETTERS = 8
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[@#]\w+|\S*\d\S*")
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
_PROBE = 160  # characters whose trigrams are looked up
_LEAST_COVERAGE = 0.4
_SURE = 0.70  # below it the walk of langdetect has not settled on one language


def identify_language(text: str, declared: str | None = None) -> Language:
    """The language of a text as a BCP 47 tag (with script for uz and kaa) and a confidence from 0 to 1; "und" when the
    text has too few letters or resembles no language. `declared` only decides between near-equal answers."""
    sample = normalise(text)
    counts = scripts(sample)
    total = sum(counts.values())
    if total < _MIN_LETTERS:
        return UNKNOWN
    if counts["JAPANESE"] > 0.1 * total:
        return Language("ja", 1.0)
    script, letters = counts.most_common(1)[0]
    if script in SCRIPTS:
        return Language(SCRIPTS[script], letters / total)
    ranked = _ranked(sample, script)
    if not ranked:
        return UNKNOWN
    best = ranked[0]
    if _coverage(sample[:_PROBE], best.tag, script) < _LEAST_COVERAGE:
        return UNKNOWN
    hint = next((r for r in ranked if declared and r.tag == declared), None)
    if hint and hint.confidence >= best.confidence - 0.2:
        best = hint
    return best if best.confidence >= _SURE or best is hint else UNKNOWN


def _coverage(sample: str, tag: str, script: str) -> float:
    """The share of the text's trigrams that the profile of a language holds. Real text finds most of its own (0.65
    to 1.0 even in 60 characters), letters typed at random hardly any (under 0.3)."""
    factory, gram = _factory(_group(script)), NGram()
    name = next((key for key, value in _BUILT_IN.items() if value == tag), tag)
    index = factory.langlist.index(name)
    hits, total = 0, 0
    for char in sample:
        gram.add_char(char)
        piece = gram.get(3)
        if piece:
            total += 1
            probabilities = factory.word_lang_prob_map.get(piece)
            hits += bool(probabilities and probabilities[index] > 0)
    return hits / total if total else 1.0


def normalise(text: str) -> str:
    """The text as the profiles were counted: NFC, without addresses and numbers, o' and g' with one apostrophe, not in
    capitals, at most 500 characters."""
    text = unicodedata.normalize("NFC", text[: 4 * _SAMPLE])
    text = _TUTUQ.sub("ʼ", _APOSTROPHE.sub("ʻ", _NOISE.sub(" ", text)))
    text = " ".join(text.split())
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.6 * len(letters):
        text = text.replace("İ", "i").lower()
    return text[:_SAMPLE]


def _ranked(sample: str, script: str) -> list[Language]:
    detector = _factory(_group(script)).create()
    weights = prior(sample, script, _languages(_group(script)))
    if not any(weights.values()):
        return []
    detector.set_prior_map(weights)
    detector.append(sample)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no n-gram of any profile occurs
        return []
    return [Language(_BUILT_IN.get(item.lang, item.lang), round(item.prob, 3)) for item in found]


def _group(script: str) -> str:
    return script if script in _WRITTEN_IN else "LATIN"


@functools.cache
def _languages(script: str) -> frozenset[str]:
    """The languages that are written in a script, as the factory calls them."""
    every = frozenset(_profiles())
    if script in _WRITTEN_IN:
        return every & _WRITTEN_IN[script]
    return every.difference(SCRIPTS.values(), *_WRITTEN_IN.values())


@functools.cache
def _factory(script: str) -> DetectorFactory:
    """A private factory for a script: the module's own is global, and random unless somebody seeds it. Languages of
    other scripts could not be the answer, and would only make each step of langdetect's walk longer."""
    factory = DetectorFactory()
    # All in one call: a second one would put the probabilities out of step with the languages.
    factory.load_json_profile([_profiles()[name].read_text("utf-8") for name in sorted(_languages(script))])
    factory.set_seed(0)
    return factory


@functools.cache
def _profiles() -> dict[str, Path]:
    """Files of n-gram counts by langdetect's name of the language: its own, and those added here."""
    built_in = {p.name: p for p in (Path(langdetect.__file__).parent / "profiles").iterdir() if p.is_file()}
    return built_in | {p.stem: p for p in (Path(__file__).parent / "profiles").glob("*.json")}
