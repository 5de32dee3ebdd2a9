"""Texts that a page holds twice."""

from __future__ import annotations

from crawler.extraction.boilerplate.repeats import first_copy

LONG = [f"The office opened the {name} gate of the canal and told the villages when water will come." for name in "ABC"]


def test_of_two_copies_the_first_is_kept_in_its_order() -> None:
    assert first_copy([*LONG, "Notice", *LONG[:1], *LONG[1:]]) == [*LONG, "Notice"]
    assert first_copy([LONG[0], "Notice", LONG[1], LONG[0], LONG[1]]) == [LONG[0], "Notice", LONG[1]]


def test_a_sentence_said_again_is_no_copy() -> None:
    lines = [*LONG, LONG[0]]
    assert first_copy(lines) == lines
