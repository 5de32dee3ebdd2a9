"""Filler text of templates is in no language; Latin is one."""

from __future__ import annotations

import pytest

from crawler.extraction.language import identify_language
from crawler.extraction.language.placeholder import is_placeholder

FILLER = [
    "Lorem ipsum dolor sit amet",
    "LOREM IPSUM DOLOR SIT AMET, CONSECTETUR ADIPISCING ELIT",
    "Lorem Ipsum Dolor Sit Amet Consectetur",
    "Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur.",
    "Vestibulum ante ipsum primis in faucibus orci luctus et ultrices posuere cubilia curae.",
]


@pytest.mark.parametrize("declared", [None, "en", "pt"])
@pytest.mark.parametrize("text", FILLER)
def test_filler_text_is_in_no_language_whatever_its_page_says(text: str, declared: str | None) -> None:
    assert identify_language(text, declared).tag == "und"


def test_latin_is_not_taken_for_a_daughter_of_it_or_for_english() -> None:
    text = "Summus Pontifex hodie in audientia legatos nationum excepit, qui de pace inter populos locuti sunt."
    assert identify_language(text).tag == "la"


@pytest.mark.parametrize(
    "text",
    [
        "The template's lorem ipsum was published by mistake, the ministry said on Monday.",
        "Quis custodiet ipsos custodes? Nemo est qui nesciat haec verba poetae.",
        "Il volto sit dolore non est",
    ],
)
def test_texts_that_only_name_it_or_are_in_latin_are_no_filler(text: str) -> None:
    assert not is_placeholder(text.split())
