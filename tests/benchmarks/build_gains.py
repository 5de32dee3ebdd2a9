"""Writes `crawler/extraction/language/gains/<SCRIPT>.json` from the profiles there and langdetect's: `build_gains.py`.

One file for each script that several languages are written in: their names in order, the shares of their letters, and
line by line n-grams and what each says: two characters for each language that has it, its place among the names and by
how much the n-gram speaks for it, counted from characters that need no escape."""

from __future__ import annotations

import json
from pathlib import Path

import crawler.extraction.language
from crawler.extraction.language import languages_of
from crawler.extraction.language.alphabets import WRITTEN_IN
from crawler.extraction.language.likelihoods import GAINS, PLACES
from crawler.extraction.language.ngrams import gains, letter_shares

FOLDER = Path(crawler.extraction.language.__file__).with_name("gains")
GROUPS = (*WRITTEN_IN, "LATIN")


def table(names: list[str]) -> dict[str, str]:
    """The gains of each n-gram, as they are stored."""
    places = {name: chr(PLACES + place) for place, name in enumerate(names)}
    return {
        piece: "".join(places[name] + chr(GAINS + gain) for name, gain in sorted(own.items()))
        for piece, own in sorted(gains(names).items())
    }


def content(group: str) -> bytes:
    """The file of one script."""
    names = languages_of(group)
    made = table(names)
    letters = {name: {char: round(share, 6) for char, share in letter_shares(name).items()} for name in names}
    stored = {"names": names, "letters": letters, "ngrams": "\n".join(made), "gains": "\n".join(made.values())}
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for group in GROUPS:
        made = content(group)
        (FOLDER / f"{group}.json").write_bytes(made)
        print(f"{group}: {len(languages_of(group))} languages, {len(made)} bytes")


if __name__ == "__main__":
    main()
