"""The added profiles are what langdetect's format says, and their sums are what they should be."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest

import crawler.extraction
from crawler.extraction.language.alphabets import Letters, Shares, letters_of
from crawler.extraction.language.likelihoods import Likelihoods, unpacked
from crawler.extraction.language.ngrams import BORROWERS, UNIT, added, ngrams, normal, profile_files
from tests.benchmarks import build_gains

FOLDER = Path(crawler.extraction.__file__).parent / "language" / "profiles"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_profile_is_canonical(path: Path) -> None:
    profile = json.loads(path.read_bytes())
    counts = profile["freq"]
    assert profile["name"] == path.stem
    assert list(counts) == sorted(counts)
    assert all(n >= 1 and 1 <= len(piece) <= 3 for piece, n in counts.items())
    held = [sum(n for p, n in counts.items() if len(p) == size) for size in (1, 2, 3)]
    # What was counted, of which the profiles of some languages hold the frequent part.
    assert all(0.5 * total <= part <= total for part, total in zip(held, profile["n_words"], strict=True)), path.stem


SENTENCE = "Жаңы мектеп ачылды, балдар кубанычта"


def test_packed_sums_are_the_sums_of_each_language() -> None:
    likely = Likelihoods("CYRILLIC", {})
    text = f"{SENTENCE} МВДнын пресс-кызматы " * 9
    pieces = ngrams(text)
    names = [name for name in likely.names if name != "ru" and name not in BORROWERS]
    expected = {}
    for name in names:
        profile = json.loads(profile_files()[name].read_bytes())
        known = profile["freq"] if name in added() else {}
        shares = [known.get(piece, 0) / profile["n_words"][len(piece) - 1] for piece in pieces]
        expected[name] = sum(round(UNIT * math.log1p(share / 2e-6)) for share in shares)
    likely._small = {}  # what they say is no n-gram's
    words = likely.read(normal(text).split())
    sums = dict(zip(likely.names, likely._sums(words), strict=True))
    assert {name: sums[name] for name in names} == expected


def test_a_long_word_is_read_in_parts() -> None:
    likely = Likelihoods("CYRILLIC", {})
    word = "кубаныч" * 40
    expected = Counter(piece for piece in ngrams(word) if len(piece) == 3)
    parts = likely.read([word])
    assert len(parts) > 1
    gains = [sum(likely._gains.of(piece) * n for piece, n in expected.items()) >> 16 * likely.places["ky"]]
    assert gains[0] > 0
    sums = likely._sums(parts)
    assert sums[likely.places["ky"]] == max(sums)


def test_nothing_known_ranks_nothing() -> None:
    likely = Likelihoods("CYRILLIC", {})
    assert likely.ranked([], {}, Letters({}, "CYRILLIC")) == []
    assert likely.ranked(likely.read(["ქ"]), {}, Letters({}, "CYRILLIC")) == []


def test_a_language_that_is_out_of_the_question_costs_no_look_at_its_letters() -> None:
    likely, asked = Likelihoods("CYRILLIC", {}), list[str]()
    letters = Letters(letters_of(SENTENCE), "CYRILLIC")
    likely.letters = lambda name: asked.append(name) or Shares(name, {})  # type: ignore[method-assign, assignment]
    likely.ranked(likely.read((SENTENCE + " ").split() * 20), {}, letters)
    assert asked == ["ky"]


def test_a_word_is_read_once() -> None:
    likely = Likelihoods("CYRILLIC", {})
    words = likely.read(["мектеп", "мектеп", "ачылды"])
    assert words[0] is words[1]
    assert likely.coverage([words[0], words[0]], "ky") == likely.coverage([words[0]], "ky")


@pytest.mark.parametrize("group", build_gains.GROUPS)
def test_the_stored_gains_are_those_of_the_profiles(group: str) -> None:
    """After a change of profiles: `python tests/benchmarks/build_gains.py`."""
    stored, made = (
        content.partition(b"\n")
        for content in ((build_gains.FOLDER / f"{group}.gains").read_bytes(), build_gains.content(group))
    )
    assert stored[0] == made[0]
    assert unpacked(stored[2]) == unpacked(made[2])  # libraries deflate the same bytes in different ways
