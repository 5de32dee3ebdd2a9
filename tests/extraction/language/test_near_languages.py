# ruff: noqa: E501 - one sentence on a line
"""Languages that only few words tell apart, and what the page says where no word does. Sentences are our own."""

from __future__ import annotations

import pytest

from crawler.extraction.language import identify_language
from crawler.extraction.language.near_languages import near, told_apart

SENTENCES = [
    ("hr", "Ministarstvo je otvorilo tri laboratorija koji ispituju vodu u sjevernim općinama, priopćeno je tijekom siječnja."),
    ("bs", "Ministarstvo je otvorilo tri laboratorije koje ispituju vodu u sjevernim općinama, saopćeno je tokom januara."),
    ("sr-Latn", "Ministarstvo je otvorilo tri laboratorije koje ispituju vodu u severnim opštinama, saopšteno je tokom januara."),
    ("id", "Kementerian membuka tiga laboratorium karena warga bisa sakit, dan membuka dua lagi tahun depan, kata gubernur."),
    ("ms", "Kementerian membuka tiga makmal kerana penduduk boleh jatuh sakit, dan membuka dua lagi tahun hadapan, kata kerajaan."),
]  # fmt: skip


@pytest.mark.parametrize("declared", [None, "en", "hr", "sr", "bs", "id", "ms"])
@pytest.mark.parametrize(("tag", "text"), SENTENCES)
def test_decisive_words_tell_near_languages_apart(tag: str, text: str, declared: str | None) -> None:
    found = identify_language(text, declared=declared)
    assert found.tag == tag
    assert found.confidence > 0.5


@pytest.mark.parametrize("declared", ["hr", "bs", "sr-Latn"])
def test_where_no_word_tells_the_page_is_believed_and_the_confidence_says_so(declared: str) -> None:
    found = identify_language(
        "Ministar je otvorio novi most na rijeci Uni i razgovarao sa radnicima.", declared=declared
    )
    assert (found.tag, found.confidence) == (declared, 0.5)


def test_one_word_of_a_neighbour_does_not_outweigh_the_page() -> None:
    assert told_apart("novi most u europi", "hr", "sr-Latn") == ("sr-Latn", 0.5)
    assert told_apart("nova škola u općini, kemija i povijest europe", "hr", "sr-Latn")[0] == "hr"


def test_most_languages_have_no_such_neighbours() -> None:
    assert near("hr") == {"hr", "bs", "sr-Latn"}
    assert near("ru") == frozenset()
