"""Counts language profiles from text: `build_profiles.py TEXTS... [--words FOLDER] [--output FOLDER]`.

TEXTS are folders of `<tag>.txt.gz` or `.txt` files, one sentence a line. OUTPUT (default: the current folder) gets a
`<tag>.json` each, in the format of langdetect: n-grams of 1 to 3 characters that occur at least twice in text that is
normalised as in `crawler.extraction.language`. Each line counts once; lines in another script than their language's, in
English by their small words, or that two languages have, are left out: nobody translated them. Text of a language that
is written in two ways with one script is counted in both. A language that langdetect knows gets a mixture of its
profile, which lacks rare n-grams, and of what was counted. WORDS has `<tag>.txt` lists of words of the web, one a line,
of which the profiles of some languages get a part: forms that no interface has. Each fifth word is left out, to be
asked for by `language_accuracy.py --words`."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from language_sources import MORE

from crawler.extraction.language import normalise
from crawler.extraction.language.alphabets import CYRILLIC, LATIN, scripts
from crawler.extraction.language.function_words import evidence
from crawler.extraction.language.ngrams import RARE, built_in, ngrams

_LETTER = re.compile("[A-Za-z]")
_FEW_WORDS = 3.0  # what small words may say for English where those of the line's own language are not known
# Languages of states, whose ministries write in them: known as well as the text at hand allows.
_NATIONAL = frozenset("mt eu gl ga lb is ku crh gag ha os ps sd kk-Latn kk-Arab ro-Cyrl am ti".split())
_NATIONAL_RARE = 2e-5
_LITTLE = 100_000  # n-grams of a text in which one that stands there once is no chance
# How much of a profile its word list makes. Where neighbours have no list it is less, or their text would be taken.
_WORDS = {"az": 0.15, "kk": 0.15, "ky": 0.05, "tg": 0.15}
_MOST_WORDS = 60_000
_OFTEN = 8  # times that an n-gram stands in a list of words, which has misspelt and foreign ones
_FOUND = 0.3  # langdetect's own profiles rest on text of every kind, ours of these languages on interface text alone
# Uzbek with the letters of the alphabet of 2026; Karakalpak with the apostrophes that it had until 2016.
_SPELLINGS = {
    "uz-Latn": {"oʻ": "ö", "gʻ": "ğ", "sh": "ş", "ch": "ç"},
    "kaa-Latn": {"á": "aʼ", "ǵ": "gʻ", "ń": "nʼ", "ó": "oʻ", "ú": "uʼ"},
}


def respelled(tag: str, line: str) -> str:
    """A line in the other spelling of its language, or as it is."""
    for old, new in _SPELLINGS.get(tag, {}).items():
        line = line.replace(old, new).replace(old.capitalize(), new.capitalize()).replace(old.upper(), new.upper())
    return line


def read(folders: Iterable[Path]) -> dict[str, list[str]]:
    """The lines of each language in all folders; those that begin with "# " are remarks."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        for path in sorted([*folder.glob("*.txt.gz"), *folder.glob("*.txt")]):
            content = path.read_bytes()
            text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
            lines = [line for line in text.splitlines() if not line.startswith("# ")]
            found.setdefault(path.name.split(".", maxsplit=1)[0], []).extend(lines)
    return found


def in_own_script(tag: str, line: str) -> bool:
    """Whether most letters of a line are of the script of its language."""
    script = "CYRILLIC" if tag in CYRILLIC else "LATIN" if tag in LATIN else None
    found = scripts(line).most_common(1)
    return bool(found) and script in (None, found[0][0])


def translated(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """The lines of each language that are in it, each once."""
    lines = {tag: list(dict.fromkeys(text)) for tag, text in texts.items()}
    languages = Counter(line for text in lines.values() for line in text)
    kept: dict[str, list[str]] = {}
    for tag, text in lines.items():
        kept[tag] = []
        for line in text:
            words = evidence(normalise(line))
            english = words.get("en", 0.0) > words.get(tag, _FEW_WORDS)
            if languages[line] == 1 and in_own_script(tag, line) and not english:
                kept[tag].append(line)
    return kept


def counted(tag: str, lines: Iterable[str]) -> Counter[str]:
    """The n-grams of lines in one language."""
    counts: Counter[str] = Counter()
    for line in map(normalise, lines):
        counts.update(ngrams(line))
        if tag in _SPELLINGS:
            counts.update(ngrams(respelled(tag, line)))
    return Counter({piece: n for piece, n in counts.items() if tag not in CYRILLIC or not _LETTER.search(piece)})


def profile(tag: str, lines: Iterable[str]) -> dict[str, object]:
    """The profile of one language. Raises ValueError when a length of n-gram does not occur at all."""
    counts = counted(tag, lines)
    least = 1 if tag in MORE and counts.total() < _LITTLE else 2
    kept = {piece: n for piece, n in counts.items() if n >= least}
    known = built_in().get(tag)
    if known:
        kept = mixed(json.loads(known.read_bytes())["freq"], kept)
    totals = totals_of(kept)
    if tag in MORE:  # known to be told from others; rarer n-grams would cost more than they tell
        rare = _NATIONAL_RARE if tag in _NATIONAL else RARE
        kept = {piece: n for piece, n in kept.items() if n >= rare * totals[len(piece) - 1]}
    if not all(totals):
        raise ValueError(f"{tag}: too little text")
    return {"freq": dict(sorted(kept.items())), "n_words": totals, "name": tag}


def totals_of(counts: Mapping[str, int]) -> list[int]:
    return [sum(n for piece, n in counts.items() if len(piece) == length) for length in range(1, 4)]


def mixed(known: Mapping[str, int], found: Mapping[str, int]) -> dict[str, int]:
    """Counts in a text of ten million n-grams of each length, of which `found` stands for _FOUND."""
    parts = [(known, totals_of(known), 1 - _FOUND), (found, totals_of(found), _FOUND)]
    made = {
        piece: round(1e7 * sum(part * counts.get(piece, 0) / totals[len(piece) - 1] for counts, totals, part in parts))
        for piece in known.keys() | found.keys()
    }
    return {piece: n for piece, n in made.items() if n >= 3}


def is_held_out(word: str) -> bool:
    """Whether a word of a list is asked for, and not counted."""
    return zlib.crc32(word.encode()) % 5 == 0


def listed(folder: Path, tag: str) -> list[str]:
    """The words of a list that are written in the letters of its language."""
    common = "абвгдежзийклмнопрстуфхцчшьюя" if tag in CYRILLIC else ascii_lowercase
    alphabet = {*common, *{**CYRILLIC, **LATIN}[tag]}
    lower = (word for word in (folder / f"{tag}.txt").read_text("utf-8").split() if word.islower())
    return sorted({word for word in map(normalise, lower) if len(word) > 1 and alphabet.issuperset(word)})


def with_words(made: dict[str, Any], words: Iterable[str]) -> dict[str, Any]:
    """A profile of which words make a part: counts in a text of ten million n-grams of each length."""
    tag = made["name"]
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(ngrams(word))
    parts = [(made["freq"], made["n_words"], 1 - _WORDS[tag]), (counts, totals_of(counts), _WORDS[tag])]
    pieces = made["freq"].keys() | {piece for piece, n in counts.items() if n >= _OFTEN}
    shares = {
        piece: round(1e7 * sum(part * known.get(piece, 0) / totals[len(piece) - 1] for known, totals, part in parts))
        for piece in sorted(pieces)
    }
    kept = {piece: n for piece, n in shares.items() if n}
    return {"freq": kept, "n_words": totals_of(kept), "name": tag}


def build(folders: list[Path], words: Path | None = None) -> dict[str, dict[str, Any]]:
    """Profiles by tag."""
    made = {tag: profile(tag, lines) for tag, lines in sorted(translated(read(folders)).items())}
    for tag in _WORDS.keys() & made.keys() if words else ():
        if (words / f"{tag}.txt").exists():
            made[tag] = with_words(made[tag], counted_words(words, tag))
    return made


def counted_words(folder: Path, tag: str) -> list[str]:
    """The words that are counted, at most 60,000 of a list."""
    kept = [word for word in listed(folder, tag) if not is_held_out(word)]
    return random.Random(3).sample(kept, min(len(kept), _MOST_WORDS))  # noqa: S311


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--words", type=Path)
    parser.add_argument("--output", type=Path, default=Path())
    options = parser.parse_args()
    for tag, made in build(options.texts, options.words).items():
        content = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        (options.output / f"{tag}.json").write_text(content, encoding="utf-8")
        print(f"{tag}: {len(made['freq'])} n-grams")


if __name__ == "__main__":
    main()
