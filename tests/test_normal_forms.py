"""Normal forms of Unicode: those of the standard, but for runs of marks that no language has."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.normal_forms import nfc, nfd

WORDS = "Ҷумҳурӣ Türkmenistan' Việt Nam हिन्दी 한국어 المَدِينَة שָׁלוֹם e\u0301 \u1100\u1161 \u212b "


@pytest.mark.parametrize("text", [WORDS, WORDS * 50, "a\u0315\u0300" * 500, "", "a" * 2_000])
def test_the_forms_are_those_of_the_standard(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
    assert nfd(text) == unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0f73", "\u0315\u0323\u0300"])
def test_an_endless_run_of_marks_is_cut_where_the_standard_cuts_it(marks: str) -> None:
    """UAX 15, 13: a joiner stands behind each thirty marks, and nothing else changes."""
    text = "a" + marks * 3_000
    for form, name in ((nfc, "NFC"), (nfd, "NFD")):
        found = form(text)
        assert all(len(part) <= 62 for part in found.split("\u034f"))
        every = sorted(unicodedata.normalize("NFD", found.replace("\u034f", "")))
        assert every == sorted(unicodedata.normalize("NFD", "a" + marks)[1:] * 3_000 + "a")
        assert unicodedata.normalize(name, found) == found
