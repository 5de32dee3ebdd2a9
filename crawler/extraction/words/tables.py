"""The word lists as their files have them: one TOML file per language, named by its BCP 47 tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crawler.extraction.words.folding import fold
from crawler.extraction.words.phrases import phrases
from crawler.extraction.words.schema import VOCABULARIES

FOLDER = Path(__file__).parent
Table = Mapping[str, tuple[str, ...]]
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


_MONTHS = frozenset(("months", "own_months"))  # twelve strings


class WordListError(ValueError):
    """A word list that cannot be used. The message names its file and key."""


@cache
def languages() -> tuple[str, ...]:
    """The tags of all languages that have a word list, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def table(language: str) -> Table:
    """The vocabularies of one language, phrases as written. Raises WordListError for a file that cannot be used."""
    return read_table(FOLDER / f"{language}.toml")


def read_table(path: Path) -> Table:
    """The vocabularies in a file. Raises WordListError naming file and key: unknown vocabularies, values that are no
    lists of strings. What the phrases themselves say is left to `check_table`, since a reading needs few of them."""
    if not _TAG.fullmatch(path.stem):
        raise WordListError(f"{path.name}: a word list is named by the BCP 47 tag of its language")
    import tomllib  # noqa: PLC0415 - where the index is late, and for its command

    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WordListError(f"{path.name}: {error}") from error
    for key, value in raw.items():
        if key not in VOCABULARIES:
            raise WordListError(f"{path.name}: {key}: there is no such vocabulary")
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise WordListError(f"{path.name}: {key}: a list of strings is wanted")
    return {key: tuple(value) for key, value in raw.items()}


def check_table(path: Path) -> None:
    """Reads every phrase of a file. Raises WordListError naming file, key and phrase: phrases that say nothing, twice
    the same, white space at their ends; months that are not twelve, though some may have no name here."""
    for key, entries in read_table(path).items():
        if key in _MONTHS and len(entries) != 12:
            raise WordListError(f"{path.name}: {key}: {len(entries)} and not 12")
        seen: set[str] = set()
        months = (word for entry in entries if entry for word in entry.split("|"))
        for entry in months if key in _MONTHS else entries:
            if entry != " ".join(entry.split()) or not entry:
                raise WordListError(f"{path.name}: {key}: {entry!r} has blanks too many")
            if entry in seen:
                raise WordListError(f"{path.name}: {key}: {entry!r} stands there twice")
            seen.add(entry)
            try:
                phrases(fold(entry.strip("*") if key == "month_affixes" else entry))
            except ValueError as error:
                raise WordListError(f"{path.name}: {key}: {entry!r}: {error}") from error
