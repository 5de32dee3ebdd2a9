"""Texts that profiles were not counted from: each fifth of the lines is asked for with profiles of the other four."""

from __future__ import annotations

import functools
import importlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import build_gains
from build_profiles import profile, read, translated

from crawler.extraction import language
from crawler.extraction.language import likelihoods

# The room has a function of the same name, which an import would find.
ngrams = importlib.import_module("crawler.extraction.language.ngrams")
shipped_table = likelihoods.table
FOLDS = 5
Texts = dict[str, dict[str, list[str]]]  # by the name of their length, then by tag


def samples(lines: list[str]) -> dict[str, list[str]]:
    """The first 25 characters of lines, whole lines of 25 to 60, the first 60 of longer ones, 250 of several lines."""
    joined = (" ".join(islice(cycle(lines), at, at + 12))[:250] for at in range(0, len(lines), 3))
    return {
        "lines cut at 25": [line[:25] for line in lines if len(line) >= 25],
        "lines of 25 to 60": [line for line in lines if 25 <= len(line) <= 60],
        "60 characters": [line[:60] for line in lines if len(line) > 60],
        "250 characters": [text for text in joined if len(text) == 250],
    }


@contextmanager
def instead(profiles: dict[str, dict[str, object]]) -> Iterator[None]:
    """Inside, `identify_language` has these profiles in place of those of their languages that are shipped."""
    shipped = ngrams.ADDED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in shipped.glob("*.json"):
            made = profiles.get(path.stem)
            content = path.read_bytes() if made is None else json.dumps(made, ensure_ascii=False).encode()
            (folder / path.name).write_bytes(content)
        try:
            _use(folder, functools.cache(lambda group: likelihoods.read_table(build_gains.content(group))))
            yield
        finally:
            _use(shipped, shipped_table)


def _use(folder: Path, table: Callable[[str], likelihoods.Table]) -> None:
    ngrams.ADDED = folder
    likelihoods.table = table
    for cached in (ngrams.added, ngrams.profile_files, ngrams.profile, language._likelihoods):
        cached.cache_clear()


def folds(folders: list[Path], number: int) -> Iterator[tuple[dict[str, dict[str, object]], Texts]]:
    """Profiles of four fifths of the lines, and texts of the fifth that they have not seen."""
    lines = translated(read(folders))
    for fold in range(number):
        profiles = {}
        texts: Texts = defaultdict(dict)
        for tag, own in lines.items():
            profiles[tag] = profile(tag, (line for at, line in enumerate(own) if at % FOLDS != fold))
            for length, found in samples(own[fold::FOLDS]).items():
                texts[length][tag] = found
        yield profiles, texts
