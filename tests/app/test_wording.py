"""The words for people: all of them are in the glossary, and every reason has some."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.app import wording
from crawler.model import Reason
from crawler.package.tables.change_rows import KINDS

GLOSSARY = " ".join((Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text("utf-8").split())


def test_every_reason_and_kind_has_words() -> None:
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.KINDS) == set(KINDS)


@pytest.mark.parametrize("words", [*wording.REASONS.values(), *wording.KINDS.values(), wording.verdict(valid=None)])
def test_the_glossary_says_what_they_mean(words: str) -> None:
    assert f"**{words}**" in GLOSSARY


def test_counts_are_told_in_words() -> None:
    assert wording.counted({"unchanged": 3, "no-version": 12}) == "12 not there, or not in this language, 3 unchanged"
    assert wording.counted({"of-tomorrow": 1}) == "1 of-tomorrow"
