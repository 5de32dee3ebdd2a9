"""The word lists: they can be used, have no holes where seeds need them, and are found in lines word by word."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.extraction.words import (
    NEEDED,
    VOCABULARIES,
    WordListError,
    check_table,
    fold,
    languages,
    made_of,
    table,
    vocabulary,
)
from crawler.extraction.words import __main__ as command
from crawler.extraction.words.folding import LETTERS, starts
from crawler.extraction.words.index import (
    BITS,
    FILE,
    beginnings,
    beginnings_of,
    index_text,
    make_index,
    phrases_of,
    word_index,
)
from crawler.extraction.words.lines import Line, may_float
from crawler.extraction.words.phrases import from_stored, phrases
from crawler.extraction.words.tables import FOLDER, read_table
from crawler.seeds import load_seed

SEEDS = sorted((Path(__file__).parents[3] / "seeds").rglob("*.toml"))


@pytest.mark.parametrize("language", languages())
def test_a_word_list_can_be_used(language: str) -> None:
    check_table(FOLDER / f"{language}.toml")


def test_every_language_of_a_seed_has_the_vocabularies_that_rules_need_most() -> None:
    named = {language for path in SEEDS for language in load_seed(path).languages.values()}
    assert len(named) >= 9
    holes = {tag: [n for n in NEEDED if not table(tag).get(n)] for tag in named if tag in languages()}
    assert named <= set(languages())
    assert {tag: missing for tag, missing in holes.items() if missing} == {}


def test_every_vocabulary_is_explained_to_native_speakers_and_has_phrases() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert [name for name in VOCABULARIES if f"| `{name}`" not in readme] == []
    used = {name for language in languages() for name in table(language)}
    assert set(NEEDED) <= used


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xx.toml", 'shares = ["share"]', "xx.toml: shares: there is no such vocabulary"),
        ("xx.toml", 'share = "share"', "xx.toml: share: a list of strings is wanted"),
        ("xx.toml", "share = [1]", "xx.toml: share: a list of strings is wanted"),
        ("xx.toml", "share = [", "xx.toml: "),
        ("xx.toml", 'share = ["one ", "two"]', "xx.toml: share: 'one ' has blanks too many"),
        ("xx.toml", 'share = ["one", "one"]', "xx.toml: share: 'one' stands there twice"),
        ("xx.toml", 'share = ["..."]', "xx.toml: share: '...': no words"),
        ("xx.toml", 'share = ["a*"]', "xx.toml: share: 'a*': an ending needs two letters in front of it"),
        ("xx.toml", 'share = ["(one"]', "xx.toml: share: '(one': brackets that do not close, or too many"),
        ("xx.toml", 'months = ["January"]', "xx.toml: months: 1 and not 12"),
        ("English.toml", 'share = ["share"]', "English.toml: a word list is named by the BCP 47 tag of its language"),
    ],
)
def test_what_is_wrong_with_a_word_list_names_file_and_key(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(WordListError) as error:
        check_table(tmp_path / name)
    assert str(error.value).startswith(said)


def test_a_file_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_bytes(b'share = ["\xff"]')
    with pytest.raises(WordListError, match=r"^xx\.toml: "):
        read_table(tmp_path / "xx.toml")


def test_an_unknown_vocabulary_is_an_error_of_the_rule() -> None:
    with pytest.raises(KeyError):
        vocabulary("shares")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("share", "Поделиться в Telegram"),
        ("share", "• SHARE •"),
        ("views", "Koʻrilgan"),
        ("views", "ko’rilgan"),
        ("views", "korilgan"),  # typed without the apostrophe
        ("views", "Просмотров"),
        ("print", "Yazdır"),
        ("print", "YAZDIR"),
        ("related", "Ещё новости по теме"),
        ("related", "ЕЩЕ НОВОСТИ"),
        ("press_release", "Пресс-релиз"),
        ("subscribe", "Click here and subscribe to our weekly letter"),
        ("rights", "© 2026 Ministry of Rivers"),
        ("read_also", "शेयर"),
        ("comments", "12 комментариев"),
        ("photo", "ภาพ"),
        ("updated", "به‌روزرسانی"),
        ("sign_in", "تسجيل الدخول"),
    ],
)
def test_a_line_that_is_one_of_the_phrases(name: str, line: str) -> None:
    assert vocabulary(name).is_whole(line) is (line != "शेयर")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("share", "The share of wind grows"),
        ("print", "Printer"),
        ("print", "Print works burnt down"),
        ("views", "Views of the old town"),
        ("related", "Relatedness"),
        ("comments", "Комментарий министра"),
        ("photo", ""),
        ("photo", "—"),
    ],
)
def test_a_line_that_has_other_words(name: str, line: str) -> None:
    assert not vocabulary(name).is_whole(line)


def test_places_are_those_of_the_line() -> None:
    line = "12.03.2026, Обновлено в 14:20"
    found = vocabulary("updated").find(line)
    assert found is not None
    assert line[slice(*found)] == "Обновлено"
    assert vocabulary("read_also").opening("» Read also: Water rose again") == len("» Read also")
    assert vocabulary("read_also").opening("To read also helps") is None
    assert vocabulary("updated").find("unaktualisierte") is None


def test_scripts_without_blanks_are_found_within_a_line() -> None:
    line = "编辑：王小明 更新时间：2026年3月12日"
    found = vocabulary("updated").find(line)
    assert found is not None
    assert line[slice(*found)] == "更新时间"  # the longest phrase at its place
    assert vocabulary("views").is_whole("จำนวนผู้เข้าชม")


def test_marks_of_indian_scripts_belong_to_their_words() -> None:
    assert vocabulary("share").is_whole("शेयर")
    assert not vocabulary("today").is_whole("आजीविका")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Просмотров: 1 234", {"views"}),
        ("Oʻqildi: 17 marta", {"views", "views_beside"}),
        ("浏览次数：17次", {"views", "views_beside"}),
        ("17 views of the canal", set()),
        ("1 234", set()),
        ("3rd view", set()),
    ],
)
def test_what_a_line_is_made_of(line: str, names: set[str]) -> None:
    assert made_of(line, "views", "views_beside") == names


def test_endings_and_words() -> None:
    assert vocabulary("until_endings").ending("15-martgacha") == len("15-mart")
    assert vocabulary("until_endings").ending("15-mart") is None
    assert vocabulary("duties").has("Reporter")
    assert not vocabulary("duties").has("Report")


@pytest.mark.parametrize(
    ("entry", "line", "end"),
    [
        ("back to (the) list", "back to the list", 16),
        ("back to (the) list", "back to list", 12),
        ("*frist", "bewerbungsfrist", 15),
        ("# min read", "12 min read", 11),
        ("была ли ... полезн*", "была ли эта страница вам полезна", 32),
        ("просмотр*", "просмотров", 10),
        ("by", "byte", -1),
    ],
)
def test_signs_in_phrases(entry: str, line: str, end: int) -> None:
    assert max(phrase.end(line, 0) for phrase in phrases(fold(entry))) == end


def test_the_command_prints_the_table_with_its_holes(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main() == 0
    shown = capsys.readouterr().out
    assert "published (needed): in front of the day of publication" in shown
    assert "without:" in shown
    assert "needed and missing: print" in shown


def test_the_index_is_that_of_the_word_lists() -> None:
    told = "run: python -m crawler.extraction.words --write"
    assert FILE.read_text("utf-8") == index_text(make_index()), told
    assert word_index() == make_index()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_phrase_is_found_by_the_index(name: str) -> None:
    """What the index rules out is never looked for: each phrase must be a candidate in its own words."""
    for phrase in (p for p in phrases_of(vocabulary(name).entries()) if not p.pattern):
        for line in (phrase.text, f"» {phrase.text}", f"{phrase.text} 12" + "x" * phrase.inflected):
            assert Line(line).may_have & BITS[name], line


@pytest.mark.parametrize(("name", "line"), [("event_dates", "bewerbungsfrist"), ("comments", "١٢ comments")])
def test_phrases_that_begin_with_anything_are_always_looked_for(name: str, line: str) -> None:
    assert Line(line).may_have & BITS[name]


LINES = [
    "© 2026 Ministry", "» Share:", "(12) views!", "e\u0301tude", "\u0301x", "ʻoʻzgartirildi‐ё ИЗМЕНЕНО",
    "新闻 来源:", "", "…", "_x",
    "Photo: A. Name", "12.03.2026 | News", "Read more: the harbour", "Ещё по теме", "अधिक पढ़ें 12",
    "Two words: see also", "Further reading", "Dernières actualités", "Опубликовано", "Mehr zum Thema:",
]  # fmt: skip


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_whole_line_is_found_as_by_trying_each_phrase_at_each_place(name: str) -> None:
    """Phrases of plain words are looked up at once: the answer is that of the slow way."""
    own = phrases_of(vocabulary(name).entries())
    entries = vocabulary(name).entries()[::20]
    for line in [*LINES, *entries, *(f"» {entry} :" for entry in entries), *(f"Three words {e}" for e in entries)]:
        known = Line(line)
        places = [match.start() for match in starts().finditer(known.folded)]
        slow = any(
            (start <= known.first or (phrase.front and start <= 80))
            and (end := phrase.end(known.folded, start)) >= 0
            and (phrase.rest or end >= known.last)
            for phrase in own
            if phrase.text in known.folded
            for start in places
        )
        assert vocabulary(name).is_whole(line) == slow, line
        ends = [(phrase.end(known.folded, start), phrase) for phrase in own for start in places if start <= known.first]
        reached = [len(known.folded) if phrase.rest else end for end, phrase in ends if end >= 0]
        assert vocabulary(name).opening(line) == max(reached, default=None), line


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_phrase_with_other_words_in_front_is_found_by_the_index(name: str) -> None:
    phrases = [phrase for phrase in phrases_of(word_index().entries[name]) if phrase.front]
    missed = [text for p in phrases if not may_float(text := f"17 {p.text}") & BITS[name]]
    assert not missed
    assert not may_float("17 qzx") & BITS[name]


def test_candidates_are_those_that_each_word_and_sign_of_a_line_tells() -> None:
    index = word_index()
    for line in map(fold, (*LINES, *vocabulary(*VOCABULARIES).entries()[::20])):
        told = 0
        for word, bits in index.within.items():
            told |= bits if word in line else 0
        for word in LETTERS.findall(line):
            told |= index.stems.get(word[:4], 0) | index.shorts.get(word[:2], 0)
        for sign in line:
            told |= index.signs.get(sign, 0)
        assert beginnings().candidates(line, beginnings_of(line)) == told, line


def test_a_phrase_comes_out_of_the_index_as_it_went_in() -> None:
    spelled = phrases_of(entry for entries in word_index().entries.values() for entry in entries)
    assert [from_stored(phrase.stored) for phrase in spelled] == list(spelled)
    assert {tuple(phrase[2:5]) for phrase in spelled} > {
        (True, False, False),
        (False, True, False),
        (False, False, True),
    }


def test_a_folded_line_has_one_sign_for_each_as_letter_by_letter() -> None:
    for line in LINES:
        assert fold(line) == "".join(fold(letter) for letter in line), line


def test_a_changed_word_list_is_read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "index.json"
    stale.write_text(FILE.read_text("utf-8").replace(word_index().digest, "0" * 64))
    monkeypatch.setattr("crawler.extraction.words.index.FILE", stale)
    word_index.cache_clear()
    try:
        assert word_index() == make_index()
    finally:
        word_index.cache_clear()


def test_capitals_without_accents_are_the_same_words_in_greek() -> None:
    assert fold("ΔΕΛΤΙΟ ΤΥΠΟΥ") == fold("δελτίο τύπου")


def test_the_word_that_ends_a_text_is_known_in_nearly_all_languages() -> None:
    lacking = {language for language in languages() if not table(language).get("end_of_text")}
    assert lacking <= {"ba", "kaa-Cyrl", "kaa-Latn", "tt"}, lacking
