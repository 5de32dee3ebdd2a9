"""Prints the table of languages and vocabularies: how many phrases each has, and its holes. With `--write`, writes the
index over all vocabularies anew, which every change of a word list asks for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crawler.extraction.words.index import FILE, index_text, make_index
from crawler.extraction.words.schema import NEEDED, VOCABULARIES
from crawler.extraction.words.tables import FOLDER, WordListError, check_table, languages, table


def main(arguments: Sequence[str] = ()) -> int:
    """0, or 1 where a word list cannot be used, which is then said."""
    try:
        for language in languages():
            check_table(FOLDER / f"{language}.toml")
    except WordListError as error:
        print(error, file=sys.stderr)
        return 1
    if "--write" in arguments:
        FILE.write_text(index_text(make_index()), "utf-8")
        return 0
    width = max(map(len, languages()))
    for name, meaning in VOCABULARIES.items():
        counts = {language: len(table(language).get(name, ())) for language in languages()}
        holes = [language for language, count in counts.items() if not count]
        mark = " (needed)" if name in NEEDED else ""
        print(f"{name}{mark}: {meaning}")
        print("  " + " ".join(f"{tag}:{count}" for tag, count in counts.items() if count))
        print(f"  without: {' '.join(holes) or 'none'}")
    for language in languages():
        missing = [name for name in NEEDED if not table(language).get(name)]
        said = f", needed and missing: {', '.join(missing)}" if missing else ""
        print(f"{language:{width}} {len(table(language)):3} of {len(VOCABULARIES)}{said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
