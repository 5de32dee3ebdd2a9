"""Writes `crawler/extraction/language/gains/<SCRIPT>.gains` from the profiles there and langdetect's: `build_gains.py`.

One file for each script that several languages are written in. Its first line is JSON: the names of the languages in
order, the shares of their letters, and the n-grams in order. Behind it, deflated (RFC 1950), a row for each n-gram: a
byte for each language, by how much the n-gram speaks for it."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import crawler.extraction.language
from crawler.extraction.language import languages_of
from crawler.extraction.language.alphabets import WRITTEN_IN
from crawler.extraction.language.ngrams import gains, letter_shares

FOLDER = Path(crawler.extraction.language.__file__).with_name("gains")
GROUPS = (*WRITTEN_IN, "LATIN")


def rows(names: list[str], told: dict[str, dict[str, int]]) -> bytes:
    """The gains of each n-gram, a byte for each language."""
    return b"".join(bytes([own.get(name, 0) for name in names]) for _, own in sorted(told.items()))


def content(group: str) -> bytes:
    """The file of one script."""
    names = languages_of(group)
    told = {piece: own for piece, own in gains(names).items() if own}
    letters = {name: {char: round(share, 6) for char, share in letter_shares(name).items()} for name in names}
    stored = {"names": names, "letters": letters, "ngrams": "\n".join(sorted(told))}
    head = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
    return head + b"\n" + zlib.compress(rows(names, told), 9)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for group in GROUPS:
        made = content(group)
        (FOLDER / f"{group}.gains").write_bytes(made)
        print(f"{group}: {len(languages_of(group))} languages, {len(made)} bytes")


if __name__ == "__main__":
    main()
