"""What was encoded twice is found wherever it stands, and nothing else is read again."""

from __future__ import annotations

import random

from crawler.extraction.markup.charsets.mojibake import _PAIRS, _has_pairs, without_mojibake
from crawler.extraction.markup.dom import non_ascii


def test_no_line_is_passed_over_for_its_signs_of_ascii() -> None:
    draw = random.Random(5)  # noqa: S311
    found = 0
    for _ in range(4000):
        text = "".join(draw.choice("РС АбР°СЂ'1ЂÂ €Ãâ") for _ in range(12))
        is_found = any(pattern.search(text) for _, pattern in _PAIRS)
        found += is_found
        assert _has_pairs(text, non_ascii(text)) == is_found, text
    assert 400 < found < 3600


def test_a_line_of_cyrillic_letters_read_as_windows_1251() -> None:
    line = "Новости министерства о воде".encode().decode("windows-1251", "replace")
    assert "\ufffd" not in line
    text = f"<p>СССР и РСФСР</p><p>{line}</p>"
    assert without_mojibake(text, non_ascii(text)) == ("<p>СССР и РСФСР</p><p>Новости министерства о воде</p>", 1)
    assert without_mojibake("<p>СССР, РСФСР</p>", "СССРРСФСР") == ("<p>СССР, РСФСР</p>", 0)


def test_many_pairs_that_only_meet_without_their_ascii() -> None:
    """More different ones than are looked for one by one: then the text itself is searched."""
    signs = [chr(code) for code in range(0x80, 0xC0)]
    apart = " ".join(f"Ã.{sign}" for sign in signs)
    assert not _has_pairs(apart, non_ascii(apart))
    assert _has_pairs(f"{apart} Â»", non_ascii(f"{apart} Â»"))
