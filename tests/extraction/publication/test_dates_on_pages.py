"""Date lines of ministries, each under a headline of a whole page: what `extract` publishes is what a reader would."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import crawler
from crawler import Article
from crawler.seeds import parse_seed

TOML = """
title = { en = "Ministry of Wells" }
homepage = "https://wells.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
ru = "ru"
[[entries]]
kind = "listing"
url = "https://wells.example/news"
links = "a"
"""
SEED = parse_seed(TOML, seed_id="xx.wells", path="wells.toml")
CAPTURED = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)  # 17:00 in Tashkent
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "Вазирлик янги қудуқлар қазилишини ва эски каналлар тозаланишини маълум қилди, ишлар баҳорда бошланади.",
        "Қишлоқ аҳли учун икки янги насос станцияси қурилади, улар қуёш энергиясида ишлайди ва ёзда сув беради.",
        "Лойиҳа учун маблағ ажратилган, пудратчи танлови яқин кунларда ўтказилади, деди бошқарма раҳбари.",
    )
)

DAYS = """
12-mart, 2026
2026-yil 12-mart
2026-yil 12-mart kuni
12-MART, 2026
Payshanba, 12 mart 2026
2026 йилнинг 12 марти
12 март 2026 йил, пайшанба
12.03.2026 й.
12 МАРТА 2026 Г.
Дата публикации: 12.03.2026 г.
2026 жылғы 12 наурыз
12 Наурыз 2026 ж.
Жарияланған күні: 12.03.2026
2026-жылдын 12-марты
12-март, 2026-ж.
12 марти соли 2026
12-уми марти соли 2026
12.03.2026с.
2026-njy ýylyň 12-nji marty
12 mart 2026 ý.
12-mart 2026-jıl
2026-жыл 12-март
12th of March 2026
١٢ مارس ٢٠٢٦
2026年3月12日
12. März 2026
12 mаrt 2026
5 минут назад
час назад
an hour ago
2 soat oldin
2 саат мурун
сегодня
12 mart 2026 | Yangiliklar
""".strip().splitlines()

MINUTES = """
2026-yil 12-mart kuni soat 14:30
2026 йил 12 март куни соат 14:30
12 mart 2026 | 14:30
12.03.2026, 14:30:00
12.03.2026 14.30
14:30 / 12.03.2026
12 марта 2026 года в 14:30
12 марта 2026 г. 14 ч 30 мин
12 марта 2026, 14:30 (UTC+5)
12 наурыз, 2026 жыл, 14:30
12 марти соли 2026, соати 14:30
Thu, 12 Mar 2026 14:30:00 +0500
March 12th, 2026 at 2:30 p.m.
12 Mart 2026 Perşembe 14:30
бугун, 14:30
bugun 14.30
сегодня в 14:30
Бүгін 14:30
имрӯз, 14:30
şu gün 14:30
""".strip().splitlines()


def published(line: str) -> datetime | date | None:
    page = (
        f"<html><body><article><h1>Қишлоқда янги қудуқлар қазилади</h1><div>{line}</div>{TEXT}</article></body></html>"
    )
    found = crawler.extract(page.encode(), "https://wells.example/news/1", captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article), found
    assert line not in found.text
    return found.published


@pytest.mark.parametrize("line", DAYS)
def test_a_day(line: str) -> None:
    assert published(line) == date(2026, 3, 12)


@pytest.mark.parametrize("line", MINUTES)
def test_a_minute(line: str) -> None:
    assert published(line) == datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["31.02.2026", "12.13.2026", "14 mart 2026", "12.5.2026.7", "12 mart kuni Toshkentda yig'ilish"]
)
def test_no_date(line: str) -> None:
    page = (
        f"<html><body><article><h1>Қишлоқда янги қудуқлар қазилади</h1><div>{line}</div>{TEXT}</article></body></html>"
    )
    found = crawler.extract(page.encode(), "https://wells.example/news/1", captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article) and found.published is None


def test_a_link_or_a_word_of_a_sentence_tells_no_day() -> None:
    line = "<a href=/today>Бугун</a><div>Бугун очилади</div>"
    page = f"<html><body><article><h1>Қишлоқда янги қудуқлар қазилади</h1>{line}{TEXT}</article></body></html>"
    found = crawler.extract(page.encode(), "https://wells.example/news/1", captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article) and found.published is None


def test_a_list_of_facts_behind_the_text_states_the_day() -> None:
    facts = "<ul><li>Дата: 12.03.2026</li><li>Тема: <a href=/t>Вода и колодцы в сёлах</a></li></ul>"
    page = f"<html><body><div><h1>Қишлоқда янги қудуқлар қазилади</h1>{TEXT}{facts}</div></body></html>"
    found = crawler.extract(page.encode(), "https://wells.example/news/1", captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article) and found.published == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2021 жылғы 3 мамырдағы заң күшін жойды.", None),
        ("Закон от 3 мая 2021 года более недействителен.", None),
        ("Das Gesetz vom 3. Mai 2021 gilt nicht mehr.", None),
        ("Published by our office, 12 March 2026.", date(2026, 3, 12)),
        ("Опубликовано пресс-службой 12 марта 2026 г.", date(2026, 3, 12)),
        ("Ташкент, 12 марта 2026 года.", date(2026, 3, 12)),
    ],
)
def test_a_short_sentence_about_a_day_is_no_date_line(line: str, day: date | None) -> None:
    page = f"<html><body><article><h1>Қишлоқда янги қудуқлар қазилади</h1><p>{line}</p>{TEXT}</article></body></html>"
    found = crawler.extract(page.encode(), "https://wells.example/news/1", captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article) and found.published == day


def _under(*lines: str) -> object:
    shown = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html lang=zh-HK><title>校舍修葺</title><body><h1>校舍修葺津貼申請下月開始</h1>{TEXT}{shown}</body></html>"
    article = crawler.extract(page.encode(), "https://press.example.gov.hk/news/1")
    assert isinstance(article, Article)
    assert article.published is not None
    return article.published.isoformat()


@pytest.mark.parametrize("clock", ["香港時間18時05分", "HKT 18:05", "18:05", "Time: 6:05 PM"])
def test_a_time_of_day_may_stand_on_the_line_under_the_day(clock: str) -> None:
    assert _under("2026年4月14日（星期二）", clock) == "2026-04-14T18:05:00+08:00"


def test_the_hours_of_a_running_report_are_not_that_of_its_day() -> None:
    assert _under("2026年4月14日", "18:05", "市民進入會場。", "18:40", "會議開始。") == "2026-04-14"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>12 March 2026 | Event: City Hall, 18 March 2026</p>", date(2026, 3, 12)),
        ("<p>Event: City Hall, 10 March 2026</p>", None),
        ("<font size=2>12.03.2026</font><br>", date(2026, 3, 12)),
    ],
)
def test_a_day_beside_that_of_an_event(line: str, day: date | None) -> None:
    page = (
        f"<html><title>Wells</title><body><table><tr><td>{line}<h1>Янги қудуқлар қазилади</h1>{TEXT}</td></tr></table>"
    )
    article = crawler.extract(page.encode(), "https://wells.example/n/1", captured=CAPTURED)
    assert isinstance(article, Article)
    assert (article.published_at and article.published_at.value) == day
