"""The words of ministries' news by which languages are known."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

import crawler.extraction.language
from crawler.extraction.language import identify_language
from crawler.extraction.language.alphabets import CYRILLIC, LATIN
from crawler.extraction.language.function_words import small_words
from crawler.extraction.language.ngrams import profile_files

FILE = Path(crawler.extraction.language.__file__).with_name("press_words.toml")
WORDS = tomllib.loads(FILE.read_text("utf-8"))
COMMON = dict.fromkeys(CYRILLIC, "абвгдежзийклмнопрстуфхцчшьюя") | dict.fromkeys(LATIN, string.ascii_lowercase)
OWN = {**CYRILLIC, **LATIN}


@pytest.mark.parametrize("tag", WORDS)
def test_each_word_is_written_in_the_letters_of_its_language(tag: str) -> None:
    assert tag in profile_files()
    words = WORDS[tag].split()
    assert len(words) == len(set(words))
    if tag in OWN:
        letters = {*COMMON[tag], *OWN[tag]}
        assert [word for word in words if not letters.issuperset(word)] == []


def test_a_word_speaks_for_every_language_that_has_it_and_a_longer_word_more() -> None:
    odds = small_words()
    assert odds["аудан"].keys() == {"kk"}
    assert {"kk", "ky", "ru", "tt"} <= odds["министр"].keys()
    assert odds["жолугушуу"]["ky"] > odds["мыйзам"]["ky"] > odds["айыл"]["ky"]


@pytest.mark.parametrize(
    ("tag", "line"),
    [("mk", "Министерот отвори патот"), ("en", "Minister opens a bridge"), ("uz-Latn", "Tumanda maktab ochildi")],
)
def test_a_line_of_such_words_has_its_language(tag: str, line: str) -> None:
    assert identify_language(line).tag == tag
