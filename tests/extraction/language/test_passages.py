# ruff: noqa: E501 - one sentence on a line
"""Texts in two languages."""

from __future__ import annotations

import pytest

import crawler
from crawler.extraction.language.passages import identify_languages

RU = "Министр рассказал журналистам, как будет работать новая насосная станция, и ответил на вопросы жителей района."
UZ = "Vazir yangi nasos stansiyasi qanday ishlashi haqida jurnalistlarga soʻzlab berdi va savollarga javob qaytardi."
UZ_CYRL = "Вазир янги насос станцияси қандай ишлаши ҳақида журналистларга сўзлаб берди ва саволларга жавоб қайтарди."
EN = "The minister told journalists how the new pumping station is going to work and answered questions."


def tags(paragraphs: list[str], title: str = "", declared: str | None = None) -> list[str]:
    return [language.tag for language in identify_languages(paragraphs, title, declared)]


def test_one_language_is_one() -> None:
    assert tags([RU, RU, RU]) == ["ru"]
    assert tags([RU, RU, RU, EN]) == ["ru"]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [([RU, RU, UZ, UZ, UZ], ["uz-Latn", "ru"]), ([EN, EN, EN, RU, RU], ["en", "ru"]), ([UZ] * 2 + [EN] * 9, ["en"])],
)
def test_a_second_language_has_a_third_of_the_letters(paragraphs: list[str], expected: list[str]) -> None:
    assert tags(paragraphs) == expected
    assert tags(paragraphs[::-1]) == expected


def test_two_languages_of_one_script() -> None:
    assert tags([UZ_CYRL] * 5 + [RU] * 5 + [UZ_CYRL]) == ["uz-Cyrl", "ru"]


@pytest.mark.parametrize(
    ("title", "paragraphs", "expected"),
    [
        (
            "관측소 두 곳 개소",
            ["하천부는 관측소 두 곳을 열었다.", "기관: River Survey Institute, Society of Hydrologists"],
            "ko",
        ),
        ("北岸水闸停运", ["北岸水闸今起停运三天。", "Contact: North Bank Lock Office, River Street 4"], "zh"),
        ("川の観測所を開設", ["観測所を二か所開設した。", "Partners: River Survey Institute, Hydrology Society"], "ja"),
        ("Тошкентда янги мактаб", ["Янги мактаб очилди.", "Hamkorlar: Building Trust"], "uz-Cyrl"),
    ],
)
def test_a_line_of_foreign_names_does_not_decide(title: str, paragraphs: list[str], expected: str) -> None:
    assert tags(paragraphs, title)[0] == expected


NAMES = "River Survey Institute, Society of Hydrologists, Northern Lakes Union, World Fund for Springs"


@pytest.mark.parametrize(
    ("title", "paragraphs", "expected"),
    [
        ("Liste des lauréats", [f"Ont été retenus : {NAMES}.", "La remise des prix aura lieu en juin."], "fr"),
        ("เปิดสถานีวัดน้ำ", ["กรมเปิดสถานีสองแห่ง", NAMES], "th"),
        ("افتتاح محطتين للرصد", ["افتتحت الوزارة محطتين للرصد على النهر بعد أن تم تجهيزهما", NAMES], "ar"),
        ("Список участников", [f"В конкурсе участвуют: {NAMES}.", "Победителя объявят в июне."], "ru"),
        (
            "Teilnehmerliste",
            [f"Am Wettbewerb nehmen teil: {NAMES}.", "Die Sieger werden im Juni bekannt gegeben."],
            "de",
        ),
    ],
)
def test_an_enumeration_of_foreign_names_does_not_decide(title: str, paragraphs: list[str], expected: str) -> None:
    assert tags(paragraphs, title)[0] == expected


LISTED = NAMES.split(", ")
PEOPLE = "John Miller (United Kingdom), Anna Schmidt (Germany), Marie Dubois (France), Carlos García (Spain)"


@pytest.mark.parametrize(
    ("title", "paragraphs", "expected"),
    [
        ("검사소 두 곳 문 열어", ["우승 기관은 유월에 발표한다.", *LISTED], "ko"),
        ("افتتاح محطتين", ["عينت الوزارة أربعة خبراء.", PEOPLE], "ar"),
        ("Победители конкурса", ["Победили: Қодиров Ҳамид Ўктам ўғли, Юсупова Гулнора Рустам қизи, Ҳасанов Ғани Олим ўғли.",
                                 "Награды вручат в июне."], "ru"),
        ("Signatories of the memorandum", ["It was signed by Институт водных исследований, Ассоциация северных рек, Фонд колодцев.", "Work begins in June."], "en"),
        ("BAKANLIK ÜÇ LABORATUVAR AÇTI", ["KUZEY İLÇELERİNDE İÇME SUYUNU DENETLEYEN LABORATUVARLAR GELECEK YIL DA AÇILACAK."], "tr"),
    ],
)  # fmt: skip
def test_names_in_rows_and_within_lines_do_not_decide(title: str, paragraphs: list[str], expected: str) -> None:
    assert tags(paragraphs, title)[0] == expected


def test_a_headline_in_capitals_is_a_text() -> None:
    assert tags([], "Ministry Opens Three New Laboratories in Northern Districts") == ["en"]


TK = "Ministr täze sorujy bekediň nähili işlejekdigini žurnalistlere gürrüň berdi we soraglara jogap gaýtardy."


def marked(paragraphs: list[str], marks: dict[str, str], declared: str | None = None) -> list[str]:
    return [language.tag for language in identify_languages(paragraphs, "", declared, marks)]


def test_a_passage_that_is_marked_is_read_by_itself() -> None:
    text = [UZ, f"{TK} {TK}", UZ]
    assert tags(text, declared="uz-Latn") == ["uz-Latn"]
    assert marked(text, {text[1]: "tk"}, "uz-Latn") == ["uz-Latn", "tk"]
    assert marked([UZ, UZ, UZ, TK], {TK: "tk"}, "uz") == ["uz-Latn"]


def test_a_mark_that_the_text_contradicts_is_none() -> None:
    assert marked([RU, RU, RU], {RU: "en"}, "ru") == ["ru"]
    assert marked([UZ, RU, RU], {RU: "en", UZ: "en"}, "en") == ["ru", "uz-Latn"]


def test_the_attribute_of_a_passage_counts() -> None:
    page = (
        "<html lang=uz><head><title>Yangiliklar</title></head><body><main><h1>Nasos stansiyasi ishga tushdi</h1>"
        f"<p>{UZ}</p><blockquote lang=tk><p>{TK}</p><p>{TK} {TK}</p></blockquote><p>{UZ} {UZ}</p></main></body></html>"
    )
    record = crawler.extract(page.encode(), "https://gov.example/uz/news/1")
    assert isinstance(record, crawler.Article)
    assert record.languages == ("uz-Latn", "tk")


def test_a_short_page_has_a_second_language_where_its_last_paragraph_is_in_it() -> None:
    paragraphs = [
        "Министерство открыло три лаборатории, которые проверяют питьевую воду в северных районах страны.",
        "Вазирлик шимолий туманларда ичимлик сувини текширадиган учта лабораторияни очди, деди вазир.",
    ]
    assert [language.tag for language in identify_languages(paragraphs, "Три лаборатории")] == ["ru", "uz-Cyrl"]


def test_a_short_page_has_a_second_language_where_only_its_first_paragraph_is_in_it() -> None:
    paragraphs = [
        "Министр образования провёл совещание по подготовке школ к зиме и поручил завершить ремонт.",
        "Білім министрі мектептерді қысқа дайындау жөнінде кеңес өткізіп, жөндеуді аяқтауды тапсырды.",
    ]
    found = [language.tag for language in identify_languages(paragraphs, "Мектептер қысқа дайындалуда")]
    assert found == ["kk", "ru"]
