"""Profiles are counted from text: the same bytes each time, and of lines in the language alone."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "build_profiles.py"
TEXTS = {
    "kk": ["Жаңа мектеп ашылды, жаңа мектеп ашылды.", "Су құбыры жөнделді, су құбыры жөнделді."],
    "ky": ["Жаңы көпүрө курулду, жаңы көпүрө курулду.", "Суу түтүгү оңдолду, суу түтүгү оңдолду."],
    "uz-Latn": ["Yangi koʻcha ochildi, yangi koʻcha ochildi.", "Toʻgʻon taʼmirlandi, toʻgʻon taʼmirlandi."],
}


def built(folder: Path, texts: dict[str, list[str]], *options: str) -> dict[str, bytes]:
    """The files that the program makes of the texts."""
    (folder / "texts").mkdir()
    (folder / "made").mkdir()
    for tag, lines in texts.items():
        (folder / "texts" / f"{tag}.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    command = [sys.executable, PROGRAM, folder / "texts", "--output", folder / "made", *options]
    subprocess.run(command, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in (folder / "made").iterdir()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("plain"), TEXTS)


def test_lines_that_are_not_in_the_language_change_nothing(tmp_path: Path, plain: dict[str, bytes]) -> None:
    other_script = {"kk": "Microsoft Windows Server", "ky": "Microsoft Office 2019", "uz-Latn": "Сўз кириллда ёзилган."}
    noisy = {tag: [*lines, lines[0], other_script[tag]] for tag, lines in TEXTS.items()}
    noisy["uz-Latn"].append("The value of this field must be a number.")  # nobody translated it
    noisy["kk"].append("Конго, Конго, Ангола")  # which of the two is it?
    noisy["ky"].append("Конго, Конго, Ангола")
    assert built(tmp_path, noisy) == plain


def test_a_new_sentence_is_counted(tmp_path: Path, plain: dict[str, bytes]) -> None:
    more = TEXTS | {"kk": [*TEXTS["kk"], "Көктем ерте келді, көктем ерте келді."]}
    made = built(tmp_path, more)
    assert {name for name, content in made.items() if content != plain[name]} == {"kk.json"}


def test_uzbek_is_counted_in_both_spellings(plain: dict[str, bytes]) -> None:
    counts = json.loads(plain["uz-Latn.json"])["freq"]
    assert counts["oʻ"] == counts["ö"] > 0
    assert counts["ğ"] == 2


def test_a_list_of_words_makes_a_part_of_its_language_s_profile(tmp_path: Path, plain: dict[str, bytes]) -> None:
    (tmp_path / "worded").mkdir()
    (tmp_path / "words").mkdir()
    list_of = [f"{a}зерттеу{b}" for a in "абвгдежзик" for b in "абвгдежзик"]
    (tmp_path / "words" / "kk.txt").write_text("\n".join(list_of), "utf-8")
    worded = built(tmp_path / "worded", TEXTS, "--words", str(tmp_path / "words"))
    assert plain["ky.json"] == worded["ky.json"]
    assert "зер" not in json.loads(plain["kk.json"])["freq"]
    assert "зер" in json.loads(worded["kk.json"])["freq"]
