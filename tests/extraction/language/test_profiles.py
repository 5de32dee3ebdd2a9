"""The added profiles are what langdetect's format says, and their sums are what they should be."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import crawler.extraction
from crawler.extraction.language.ngrams import Profiles, ngrams, profile_files

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


def test_packed_sums_are_the_sums_of_each_language() -> None:
    profiles = Profiles(frozenset({"ru", "kk", "ky", "mk"}))
    pieces = ngrams("Жаңы мектеп ачылды, балдар кубанычта " * 20)
    expected = {}
    for name in profiles.names:
        profile = json.loads(profile_files()[name].read_bytes())
        shares = [profile["freq"].get(piece, 0) / profile["n_words"][len(piece) - 1] for piece in pieces]
        expected[name] = sum(math.log1p(share / 2e-6) for share in shares) / 3.0
    ranked = dict(profiles.ranked(pieces, {}, lambda _name, _shares: 0.0))
    best = max(expected, key=lambda name: expected[name])
    for name, score in expected.items():
        assert ranked.get(name, 0.0) == pytest.approx(math.exp(score - expected[best]), abs=0.01), name


def test_nothing_known_ranks_nothing() -> None:
    profiles = Profiles(frozenset({"ru", "kk"}))
    assert profiles.ranked([], {}, lambda _name, _shares: 0.0) == []
    assert profiles.ranked(["ქ"], {}, lambda _name, _shares: 0.0) == []


def test_a_language_that_is_out_of_the_question_costs_no_look_at_its_letters() -> None:
    profiles, asked = Profiles(frozenset({"ru", "kk", "ky", "mn"})), []
    profiles.ranked(ngrams("Жаңы мектеп ачылды, балдар кубанычта " * 20), {}, lambda name, _: asked.append(name) or 0.0)
    assert asked == ["ky"]
