"""Counts language profiles from text: `python tests/benchmarks/build_profiles.py TEXTS [OUTPUT] [--on PROFILES]`.

TEXTS is a folder of `<tag>.txt.gz` files, one sentence a line. OUTPUT (default: the current folder) gets one
`<tag>.json` each, in the format of langdetect: n-grams of 1 to 3 characters that occur at least twice, counted with
langdetect's own NGram class on text normalised as in `crawler.extraction.language`. Text of a language that is written
in two ways with one script is counted in both. With --on, the counts are added to those of the profiles there."""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from langdetect.utils.ngram import NGram

from crawler.extraction.language import normalise

_LATIN = re.compile("[A-Za-z]")
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


def profile(tag: str, lines: list[str], on: dict[str, int]) -> dict[str, object]:
    """The profile of one language, its counts added to those of `on`. Raises ValueError when a length of n-gram does
    not occur at all."""
    lines = [normalise(line) for line in lines]
    counts: Counter[str] = Counter()
    for line in [*lines, *(respelled(tag, line) for line in lines if tag in _SPELLINGS)]:
        gram = NGram()
        for char in line:
            gram.add_char(char)
            for length in range(1, 4):
                if piece := gram.get(length):
                    counts[piece] += 1
    latin = tag.endswith("-Latn") or tag in ("tk", "az")
    kept = {g: n for g, n in counts.items() if n >= 2 and (latin or not _LATIN.search(g))}
    kept = dict(Counter(kept) + Counter(on))
    totals = [sum(n for g, n in kept.items() if len(g) == length) for length in range(1, 4)]
    if not all(totals):
        raise ValueError(f"{tag}: too little text")
    return {"freq": dict(sorted(kept.items())), "n_words": totals, "name": tag}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("output", type=Path, nargs="?", default=Path())
    parser.add_argument("--on", type=Path)
    options = parser.parse_args()
    for path in sorted(options.texts.glob("*.txt.gz")):
        tag = path.name.removesuffix(".txt.gz")
        on = json.loads((options.on / f"{tag}.json").read_text("utf-8"))["freq"] if options.on else {}
        made = profile(tag, gzip.decompress(path.read_bytes()).decode().splitlines(), on)
        content = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        (options.output / f"{tag}.json").write_text(content, encoding="utf-8")
        print(f"{tag}: {len(made['freq'])} n-grams")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
