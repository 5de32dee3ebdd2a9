"""Counts language profiles from text: `python tests/benchmarks/build_profiles.py TEXTS [OUTPUT]`.

TEXTS is a folder of `<tag>.txt.gz` files, one sentence a line. OUTPUT (default: the current folder) gets one
`<tag>.json` each, in the format of langdetect: n-grams of 1 to 3 characters that occur at least twice, counted with
langdetect's own NGram class on text normalised as in `crawler.extraction.language`."""

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


def profile(tag: str, lines: list[str]) -> dict[str, object]:
    """The profile of one language. Raises ValueError when a length of n-gram does not occur at all."""
    counts: Counter[str] = Counter()
    for line in lines:
        gram = NGram()
        for char in normalise(line):
            gram.add_char(char)
            for length in range(1, 4):
                if piece := gram.get(length):
                    counts[piece] += 1
    latin = tag.endswith("-Latn") or tag in ("tk", "az")
    kept = {g: n for g, n in counts.items() if n >= 2 and (latin or not _LATIN.search(g))}
    totals = [sum(n for g, n in kept.items() if len(g) == length) for length in range(1, 4)]
    if not all(totals):
        raise ValueError(f"{tag}: too little text")
    return {"freq": dict(sorted(kept.items())), "n_words": totals, "name": tag}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("output", type=Path, nargs="?", default=Path())
    options = parser.parse_args()
    for path in sorted(options.texts.glob("*.txt.gz")):
        tag = path.name.removesuffix(".txt.gz")
        made = profile(tag, gzip.decompress(path.read_bytes()).decode().splitlines())
        content = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        (options.output / f"{tag}.json").write_text(content, encoding="utf-8")
        print(f"{tag}: {len(made['freq'])} n-grams")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
