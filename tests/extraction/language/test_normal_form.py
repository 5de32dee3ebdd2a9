"""Words that are in no language, and the shorter ways to find them."""

from __future__ import annotations

import pytest

from crawler.extraction.language.normal_form import _SUSPECT, _SUSPECT_OR_LONG, _WITH_FIGURE, _cleaned, normalise

FIGURES = ["2026", "12.03.2026", "(12),", "5%", "2026-yil", "COVID-19", "14:05", "12/13", "№5", "3,5-4,5", "1.2.3/4"]
OTHERS = ["gov.uz/2026", "a@b.uz1", "#tag2-x", "2026年", "ministry", "３月", "www.x1.uz", "x1.gov.uz-2"]


@pytest.mark.parametrize("word", FIGURES)
def test_a_word_with_a_figure_goes_whole_as_all_patterns_together_have_it(word: str) -> None:
    assert _WITH_FIGURE.fullmatch(word)
    assert _cleaned(word).strip() == ""


@pytest.mark.parametrize("word", OTHERS)
def test_other_words_are_looked_at_by_all_patterns(word: str) -> None:
    assert not _WITH_FIGURE.fullmatch(word)


@pytest.mark.parametrize("word", [*FIGURES, *OTHERS[:4], "a(b", "a)b", "{x", "c=d", "XIV", "|"])
def test_what_is_in_no_language_is_suspect(word: str) -> None:
    assert _SUSPECT.search(word)
    assert normalise(f"The council {word} met") != f"The council {word} met"


@pytest.mark.parametrize("text", ["The council (of state) met.", "Ivan C. Mills", "What? Yes, it is so!"])
def test_most_text_is_not(text: str) -> None:
    assert not _SUSPECT.search(text)


def test_an_overlong_word_is_no_word() -> None:
    assert _SUSPECT_OR_LONG.search("x" * 64)
    assert normalise("The " + "x" * 64 + " council met") == "The council met"
