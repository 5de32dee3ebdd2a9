"""Languages told apart, and nothing claimed where there is none. All sentences are this project's own."""

from __future__ import annotations

import os
import subprocess
import sys

import langdetect
import pytest

from crawler.extraction.language import identify_language
from crawler.model import Language

SENTENCES = {
    "ru": "Министр рассказал журналистам, как будет работать новая насосная станция.",
    "uz-Latn": "Vazir yangi nasos stansiyasi qanday ishlashi haqida jurnalistlarga soʻzlab berdi.",
    "uz-Cyrl": "Вазир янги насос станцияси қандай ишлаши ҳақида журналистларга сўзлаб берди.",
    "kk": "Министр жаңа сорғы станциясының қалай жұмыс істейтінін журналистерге айтып берді.",
    "ky": "Министр жаңы насос станциясы кандай иштей турганын журналисттерге айтып берди, көйгөйлөр чечилет.",
    "tg": "Вазир ба рӯзноманигорон нақл кард, ки истгоҳи нави обкашӣ чӣ гуна кор мекунад.",
    "tk": "Ministr täze sorujy bekediň nähili işlejekdigini žurnalistlere gürrüň berdi.",
    "kaa-Cyrl": "Министр жаңа насос станциясының қалай ислейтуғынын журналистлерге айтып берди, ўазыйпалар белгиленди.",
    "kaa-Latn": "Ministr jańa nasos stanciyasınıń qalay isleytuǵının jurnalistlerge aytıp berdi.",
    "az": "Nazir yeni nasos stansiyasının necə işləyəcəyi barədə jurnalistlərə məlumat verdi.",
    "tt": "Министр журналистларга яңа насос станциясенең ничек эшләячәген сөйләде.",
    "mn": "Сайд шинэ шахуургын станц хэрхэн ажиллах талаар сэтгүүлчдэд өгүүлжээ.",
    "en": "The minister told journalists how the new pumping station is going to work.",
    "uk": "Міністр розповів журналістам, як працюватиме нова насосна станція.",
    "bg": "Министърът разказа на журналистите как ще работи новата помпена станция.",
    "de": "Der Minister erklärte den Journalisten, wie das neue Pumpwerk arbeiten wird.",
    "tr": "Bakan, yeni pompa istasyonunun nasıl çalışacağını gazetecilere anlattı.",
    "ka": "მინისტრმა ჟურნალისტებს უამბო, როგორ იმუშავებს ახალი სატუმბი სადგური.",
    "hy": "Նախարարը լրագրողներին պատմեց, թե ինչպես է աշխատելու նոր պոմպակայանը։",
}


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items())
def test_a_sentence_has_its_language(tag: str, text: str) -> None:
    assert identify_language(text).tag == tag


@pytest.mark.parametrize("tag", ["ru", "uz-Latn", "uz-Cyrl", "kk", "tg", "en"])
def test_capitals_do_not_matter(tag: str) -> None:
    assert identify_language(SENTENCES[tag].upper()).tag == tag


@pytest.mark.parametrize("apostrophe", "'ʻ‘’`ʼ´")
def test_every_apostrophe_is_the_same_letter(apostrophe: str) -> None:
    text = "Bugun togʻ yoʻlida koʻprik ochildi, aholi koʻp vaqt kutgan edi.".replace("ʻ", apostrophe)
    assert identify_language(text).tag == "uz-Latn"


@pytest.mark.parametrize(
    "text", ["", "12 345,60", "https://gov.uz/ru/eco", "info@example.org", "№ 17-А/2", "— * * * —"]
)
def test_no_language_is_und(text: str) -> None:
    assert identify_language(text) == Language("und", 0.0)


def test_keys_hit_at_random_are_no_language() -> None:
    for text in ("asdf qwer zxcv uiop hjkl", "qwrtp zxcvb mnbvc lkjhg", "бвгд жзкл мнпр стфх", "XVIII 12-34 ООО DOCX"):
        assert identify_language(text).tag == "und", text


@pytest.mark.parametrize("text", [SENTENCES["ru"] + " (PDF)", SENTENCES["uz-Latn"] + "\nУсловия (PDF)"])
def test_words_of_another_script_do_not_count(text: str) -> None:
    assert identify_language(text).tag in ("ru", "uz-Latn")


def test_a_declaration_does_not_override_the_text() -> None:
    assert identify_language(SENTENCES["uz-Cyrl"], declared="ru").tag == "uz-Cyrl"


def test_the_majority_of_a_mixed_text_wins() -> None:
    text = SENTENCES["uz-Cyrl"] * 3 + " «" + SENTENCES["ru"] + "»"
    assert identify_language(text).tag == "uz-Cyrl"


def test_the_library_s_own_factory_is_left_alone() -> None:
    identify_language(SENTENCES["kk"])
    assert langdetect.DetectorFactory.seed is None
    assert "kk" not in getattr(langdetect.detector_factory._factory, "langlist", [])


def test_every_process_gives_the_same_answers() -> None:
    program = "import sys; from crawler import identify_language as f; print([f(line) for line in sys.stdin])"
    text = "\n".join(SENTENCES.values())
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], input=text, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "random")
    }  # fmt: skip
    assert len(answers) == 1
