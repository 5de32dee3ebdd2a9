"""Which of a page's days is that of publication: not that of a change, an event, a deadline, an act, a comment, another
item, today's weather; and what is never made up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import extract
from crawler.extraction.publication.date_roles import tells_another_day
from crawler.model import Article
from crawler.seeds import parse_seed

URL = "https://bridges.example/ru/news/12345"
DATED = "https://bridges.example/2026/03/12/bridge"
SEED = parse_seed(
    'title = { en = "Office of bridges" }\nhomepage = "https://bridges.example/"\nplatform = "generic"\n'
    'timezone = "Asia/Tashkent"\n[languages]\nru = "ru"\n'
    '[[entries]]\nkind = "feed"\nurl = "https://bridges.example/rss"\n',
    seed_id="xx.bridges",
    path="bridges.toml",
)
CAPTURED = datetime(2026, 3, 20, 7, 30, tzinfo=UTC)
TITLE = "A new bridge opened in the valley"
TEXT = (
    "<p>The ministry opened a new bridge over the river near the village, and the road to town is half as long.</p>"
    "<p>Works went on for two years; three hundred people laid the deck and mended the road on either side of it.</p>"
)


def read(
    under: str = "", above: str = "", below: str = "", head: str = "", url: str = URL, around: str = "main"
) -> Article:
    page = (
        f"<!DOCTYPE html><html><head><title>{TITLE} | Office</title>{head}</head><body><{around}>{above}"
        f"<h1>{TITLE}</h1>{under}{TEXT}{below}</{around}><footer>Site updated 18.03.2026</footer></body></html>"
    )
    found = extract(page.encode(), url, captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article), found
    return found


def day(record: Article) -> str | None:
    return record.published.isoformat()[:10] if record.published else None


CHANGED = """
Updated: {}
Last updated on {}
Last edited {}
Revised {}
Last review: {}
Обновлено: {}
Последнее обновление {}
Дата изменения: {}
Отредактировано {}
Yangilangan: {}
Oxirgi yangilanish: {}
Tahrirlangan: {}
Янгиланган: {}
Таҳрирланган: {}
Жаңартылған: {}
Жаңыртылды: {}
Навсозӣ: {}
Нав карда шуд: {}
Täzelendi: {}
Jańalanǵan: {}
Aktualisiert: {}
Stand: {}
Mise à jour : {}
Actualizado: {}
Güncelleme: {}
Оновлено: {}
更新时间:{}
""".strip().splitlines()


@pytest.mark.parametrize("words", CHANGED)
@pytest.mark.parametrize("first", [True, False])
def test_a_line_that_tells_of_a_change_is_modified(words: str, first: bool) -> None:
    lines = [f"<p>{words.format('14.03.2026 11:00')}</p>", "<p>12.03.2026 10:00</p>"]
    record = read("".join(lines if first else reversed(lines)))
    assert (str(record.published), str(record.modified)) == ("2026-03-12 10:00:00+05:00", "2026-03-14 11:00:00+05:00")


LABELS = """
<div>12.03.2026 10:00, yangilangan 14.03.2026 11:00</div>
<div>12.03.2026 10:00 (ред. 14.03.2026 11:00)</div>
<p><i>Updated:</i> <b>14.03.2026 11:00</b></p><p><i>Published:</i> <b>12.03.2026 10:00</b></p>
<div>Published: <b>12.03.2026 10:00</b> Updated: <b>14.03.2026 11:00</b></div>
<div><div>Updated</div><div>14.03.2026 11:00</div></div><div><div>Published</div><div>12.03.2026 10:00</div></div>
<table><tr><td>Обновлено<td>14.03.2026 11:00<tr><td>Дата публикации<td>12.03.2026 10:00</table>
""".strip().splitlines()


@pytest.mark.parametrize("line", LABELS)
def test_labels_in_elements_of_their_own_say_which_day_it_is(line: str) -> None:
    record = read(line)
    assert (str(record.published), str(record.modified)) == ("2026-03-12 10:00:00+05:00", "2026-03-14 11:00:00+05:00")


def test_a_headline_about_an_update_is_no_label() -> None:
    title = "Site updated"
    page = f"<h1>{title}</h1><p>{title}</p><span>12.03.2026 10:00</span>{TEXT}"
    found = extract(page.encode(), URL, captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article) and str(found.published) == "2026-03-12 10:00:00+05:00"


def test_where_only_a_change_is_told_nothing_is_guessed() -> None:
    record = read("<p>Updated: 14.03.2026 11:00</p>")
    assert record.published is None and str(record.modified) == "2026-03-14 11:00:00+05:00"


ANOTHER = """
Deadline: 19 March 2026
Event date: 18 March 2026, 10:00
When: 18 March 2026, 10:00
Valid until 19.03.2026
As of 1 March 2026
Срок подачи заявок: до 19 марта 2026 г.
Дата проведения: 18.03.2026
Начало: 18.03.2026 10:00
Вступает в силу 19.03.2026
По состоянию на 01.03.2026
Ariza topshirish muddati: 2026-yil 19-martgacha
Tadbir sanasi: 18.03.2026
Oʻtkazilish vaqti: 18.03.2026, 10:00
Ариза топшириш муддати: 2026 йил 19 мартгача
Өтінім қабылдау мерзімі: 19.03.2026
Арыз берүү мөөнөтү: 19.03.2026
Мӯҳлати қабул: 19.03.2026
Möhleti: 19.03.2026
12–14 March 2026
12-14 mart 2026
12.03.2026 – 14.03.2026
с 12 по 14 марта 2026
12 марта – 3 апреля 2026 года
March 12-14, 2026
Bewerbungsfrist: 19.03.2026
Date limite : 19 mars 2026
Sitzungstermin: 19.03.2026
Entrada en vigor: 19.03.2026
Datum vergadering: 19.03.2026
Дата засідання: 19.03.2026
Өткізілетін күні: 19.03.2026
Жыйын күнү: 19.03.2026
Ημερομηνία συνεδρίασης: 19.03.2026
会议日期: 2026年3月19日
회의일시: 2026-03-19
วันที่ประชุม: 19.03.2026
आवेदन की अंतिम तिथि: 19.03.2026
2021年5月3日の規則は2024年12月12日に改正された。
""".strip().splitlines()


@pytest.mark.parametrize("label", ["Closing date", "有効期限", "截止日期", "마감일", "Deadline"])
def test_a_day_that_only_the_box_of_an_event_states_is_not_guessed(label: str) -> None:
    assert day(read(f"<dl><dt>{label}</dt><dd>2026-03-19</dd></dl>")) is None
    assert day(read(f"<table><tr><th>{label}</th><td>2026-03-19</td></tr></table>")) is None


@pytest.mark.parametrize("line", ANOTHER)
def test_an_event_or_a_deadline_is_not_the_day_of_publication(line: str) -> None:
    assert day(read(f"<p>{line}</p>")) is None
    assert day(read(f"<p>{line}</p><p class='date'>16.03.2026</p>")) == "2026-03-16"
    label, colon, rest = line.partition(":")
    if colon and len(label.split()) <= 4 and not label[0].isdigit():
        assert day(read(f"<div><b>{label}:</b> <span>{rest}</span></div>")) is None


def test_an_act_s_day_is_believed_last() -> None:
    for line in ("Order No. 12 of 1 March 2026", "Приказ № 12 от 01.03.2026", "2026-yil 1-martdagi PQ-12-son qaror"):
        assert day(read(f"<p>{line}</p><p class='date'>12 March 2026</p>")) == "2026-03-12"
        assert day(read(f"<p>{line}</p>", url=DATED)) == "2026-03-12"
        assert day(read(f"<p>{line}</p>")) == "2026-03-01"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='w'>Town +12°, 18.03.2026</div>",
        "<div class='weather'><span>18.03.2026</span> <span>sunny</span></div>",
        "<div><p>18.03.2026</p><p>USD 12500.10</p><p>EUR 13500.10</p></div>",
        "<div><p>Курс валют на 18.03.2026</p><p>12500.10</p></div>",
        "<div>Ob-havo, 18.03.2026</div>",
        "<div id='today'>18.03.2026</div>",
    ],
)
def test_weather_and_rates_above_the_headline_are_of_today(box: str) -> None:
    assert day(read(above=box)) is None
    assert day(read(above=box, url=DATED)) == "2026-03-12"
    assert day(read("<p>12.03.2026</p>", above=box)) == "2026-03-12"


def test_the_day_in_the_address_goes_before_another_one_above_the_headline() -> None:
    record = read(above="<div>18.03.2026</div>", url=DATED)
    assert day(record) == "2026-03-12" and "published: url says 2026-03-12, line says 2026-03-18" in record.warnings
    assert day(read(above="<div>18.03.2026</div>")) == "2026-03-18"
    assert day(read("<div>18.03.2026</div>", url=DATED)) == "2026-03-18"  # where date lines stand
    assert read(above="<div>13.03.2026 09:00</div>", url=DATED).published_at.source == "line"  # type: ignore[union-attr]


def test_a_disagreement_with_the_address_is_told() -> None:
    assert "published: line says 2026-03-18, url says 2026-03-12" in read("<div>18.03.2026</div>", url=DATED).warnings


def test_dates_of_other_items_and_comments_are_not_the_article_s() -> None:
    others = "".join(
        f"<div><span>{n}.03.2026</span><a href='/n/{n}'>Another story about the river in spring</a></div>"
        for n in (17, 18)
    )
    comment = "<div class='comments'><div><b>Ali</b> <span>18.03.2026 10:00</span><p>Good news for all.</p></div></div>"
    for below in (others, comment, "<p>Site updated: 15.03.2026</p>", "<p>Сайт обновлён: 15.03.2026 09:00</p>"):
        record = read(below=below, around="div")
        assert (day(record), record.modified) == (None, None), below
        assert day(read("<p>12.03.2026</p>", below=below, around="div")) == "2026-03-12"


@pytest.mark.parametrize("unset", ["1970-01-01T00:00:00+00:00", "1900-01-01", "0001-01-01T00:00:00"])
def test_what_systems_write_for_no_date_is_none(unset: str) -> None:
    item = f'{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"{unset}"}}'
    data = f'<script type="application/ld+json">{item}</script>'
    assert str(read("<p>12.03.2026 09:00</p>", head=data).published) == "2026-03-12 09:00:00+05:00"
    assert day(read(head=data)) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<div><span>12.03.2026</span><span>14:30</span></div>", "2026-03-12 14:30:00+05:00"),
        ("<div><span>12 марта 2026</span><span>9:05</span></div>", "2026-03-12 09:05:00+05:00"),
        ("<div><span>14:30</span> <span>12.03.2026</span></div>", "2026-03-12 14:30:00+05:00"),
        ("<p>14:30</p>", "None"),
        ("<p>12.03.2026 00:00</p>", "2026-03-12"),
        ("<p>21.03.2026 09:00</p>", "2026-03-21 09:00:00+05:00"),
        ("<p>22.03.2026 09:00</p>", "None"),
        ("<p>12 มีนาคม 2569</p>", "2026-03-12"),
        ("<p>۲۱ اسفند ۱۴۰۴</p>", "2026-03-12"),
        ("<p>1447/09/22</p>", "None"),
    ],
)
def test_a_time_is_read_where_it_stands_and_never_made_up(line: str, expected: str) -> None:
    assert str(read(line).published) == expected


def test_no_offset_is_proved_that_there_is_not() -> None:
    data = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE + '",'
        '"datePublished":"2026-03-12T03:00:00Z","dateModified":"2026-03-12T06:15:00Z"}</script>'
    )
    page = f"<head>{data}</head><h1>{TITLE}</h1><p>12.03.2026 08:00</p><p>Updated: 12.03.2026 08:00</p>{TEXT}"
    found = extract(page.encode(), URL, captured=CAPTURED)
    assert isinstance(found, Article)
    assert str(found.published) == "2026-03-12 08:00:00+05:00" and str(found.modified) == "2026-03-12 06:15:00+00:00"


def test_a_change_before_the_publication_is_told() -> None:
    record = read("<p>12.03.2026 10:00</p><p>Updated: 02.03.2026 11:00</p>")
    assert "modified: 2026-03-02 is before publication on 2026-03-12" in record.warnings
    assert read("<p>12.03.2026 10:00</p><p>Updated: 12.03.2026 09:00</p>").warnings == ()


@pytest.mark.parametrize(
    "section",
    ["Срочно", "Срочная служба", "Muddatli harbiy xizmat", "Муддатли ҳарбий хизмат", "Мерзімді баспасөз",
     "Мөөнөттүү кызмат", "Валютный рынок", "Valyuta bozori", "Kurslar", "Прогнозы", "Möhletli gulluk", "Termine"],
)  # fmt: skip
def test_sections_that_have_such_words_in_them_hide_no_date(section: str) -> None:
    for line in (f"<div>12.03.2026 / {section}</div>", f"<div>{section} | 12.03.2026</div>"):
        assert day(read(line)) == day(read(above=line)) == "2026-03-12", line


@pytest.mark.parametrize("name", ["icon-calendar", "fa fa-clock-o", "calendar", "pub_date"])
def test_names_of_icons_hide_no_date(name: str) -> None:
    assert day(read(above=f"<span class='{name}'>12.03.2026</span>")) == "2026-03-12"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/news/20260312/bridge", "2026-03-12"),
        ("/202603/t20260312_77.html", "2026-03-12"),
        ("/news/14-03-2026", "2026-03-14"),
        ("/news/12-03-2026", None),  # day or month in front: nobody knows
        ("/news/20261399", None),
        ("/news/203603121", None),
        ("/news/20260412", None),  # after the capture
    ],
)
def test_digits_in_an_address_fill_a_gap(path: str, expected: str | None) -> None:
    assert day(read(url=f"https://bridges.example{path}")) == expected
    for line in ("<p>10.03.2026</p>", "<time datetime='2026-03-10'>10 March</time>"):
        record = read(line, url=f"https://bridges.example{path}")
        assert day(record) == "2026-03-10" and record.warnings == ()
        assert day(read(above=line, url=f"https://bridges.example{path}")) == "2026-03-10"


@pytest.mark.parametrize(
    "line",
    [
        "4.–6. März 2026",
        "du 4 au 6 mars 2026",
        "Arizalar 2026-yil 5-martgacha qabul qilinadi",
        "Hallitus uudistaa lain 3. toukokuuta 2021, viimeksi muutettu 12. joulukuuta 2024.",
        "Laki 3. toukokuuta 2021, viimeksi muutettu 12. joulukuuta 2024, uudistetaan.",
    ],
)
def test_a_span_a_deadline_and_a_changed_act_are_no_publication(line: str) -> None:
    assert read(f"<p>{line}</p>").published is None


def test_a_headline_in_a_head_cell_has_its_date_below() -> None:
    rows = "".join(f"<tr>{cell}</tr>" for cell in (f"<th>{TITLE}</th>", "<td>04.03.2026</td>", f"<td>{TEXT}</td>"))
    page = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><table>{rows}</table></body></html>"
    found = extract(page.encode(), URL, captured=CAPTURED, seed=SEED)
    assert isinstance(found, Article)
    assert str(found.published) == "2026-03-04"


def test_a_library_s_order_of_figures_is_not_believed() -> None:
    """htmldate reads "03/09/2026" of any page as 3 September; this page's state puts the month first."""
    page = f"<title>Bridges</title><h1>{TITLE}</h1>{TEXT}<div class='date'>Filed under Roads 02/03/2026</div>"
    found = extract(page.encode(), "https://roads.nj.us/news/1", captured=CAPTURED)
    assert isinstance(found, Article)
    assert str(found.published) in ("2026-02-03", "None")


DEADLINES = """
Die Veranstaltung findet am 5. November 2026 statt
Veranstaltung am 5. November 2026
Bis 5. November 2026
Takes place on 5 November 2026
Open until 5 November 2026
৫ নভেম্বর ২০২৬ পর্যন্ত
Event: 5 November 2026
Aura lieu le 5 novembre 2026
Jusqu’au 5 novembre 2026
Se celebrará el 5 de noviembre de 2026
Hasta el 5 de noviembre de 2026
Si terrà il 5 novembre 2026
Fino al 5 novembre 2026
Será realizado em 5 de novembro de 2026
Até 5 de novembro de 2026
Состоится 5 ноября 2026
До 5 ноября 2026
Відбудеться 5 листопада 2026
До 5 листопада 2026
Odbędzie się 5 listopada 2026
Do 5 listopada 2026
Nabór trwa do 5 listopada 2026 r.
Koná se 5. listopadu 2026
Do 5. listopadu 2026
2026-yil 5-noyabr kuni boʻlib oʻtadi
2026 жылғы 5 қараша күні өтеді
2026 жылғы 5 қарашаға дейін
2026-жылдын 5-ноябрына чейин
5 Kasım 2026 tarihinde yapılacak
5 Kasım 2026'ya kadar
Till 5 november 2026
Äger rum 5 november 2026
5.11.2026 asti
Järjestetään 5.11.2026
2026. november 5-éig
Έως 5 Νοεμβρίου 2026
Θα πραγματοποιηθεί στις 5 Νοεμβρίου 2026
Până la 5 noiembrie 2026
Va avea loc pe 5 noiembrie 2026
До 5 ноември 2026 г.
Ще се проведе на 5 ноември 2026 г.
Hingga 5 November 2026
Đến ngày 05/11/2026
حتى 5 نوفمبر 2026
تا ۱۴ آبان ۱۴۰۵
2026.11.05까지
2026年11月5日まで
2026年11月5日举行
ถึงวันที่ 5 พฤศจิกายน 2569
עד 5 בנובמבר 2026
5 नवंबर 2026 तक
2026 оны 11 сарын 5 хүртэл
Sehingga 5 November 2026
Registration closes on 5 November 2026
Keçirilmə tarixi: 5 noyabr 2026
応募期間：2026年11月5日
Thời gian tổ chức: 5/11/2026
วันสุดท้ายของการรับสมัคร: 5 พฤศจิกายน 2569
Datum akce: 5. listopadu 2026
Tapahtuman päivä: 5.11.2026
Uiterste inschrijfdatum: 5 november 2026
"""


@pytest.mark.parametrize("line", DEADLINES.split("\n")[1:-1])
def test_a_deadline_or_an_event_is_no_publication(line: str) -> None:
    assert tells_another_day(line)


@pytest.mark.parametrize(
    "line",
    [
        "Publicado em 04/05/2026 13h18",
        "05.03.2026 Leipzig",
        "4 de maio do 2026",
        "Для СМИ, 4 мая 2026",
        "2026-yil 4-may kuni soat 13:18",
    ],
)
def test_a_date_line_is_none(line: str) -> None:
    assert not tells_another_day(line)


@pytest.mark.parametrize("line", ["令和元年五月一日", "二〇一九年五月一日"])
def test_a_day_in_han_numbers_is_a_date_line(line: str) -> None:
    assert str(read(f"<p>{line}</p>", url="https://bridges.go.jp/1").published) == "2019-05-01"


ACTS = """
Vazirlar Mahkamasining 2021-yil 3-maydagi 150-son qarori
2021 жылғы 3 мамырдағы № 15 бұйрық
2021-жылдын 3-майындагы № 15 буйрук
2021-nji ýylyň 3-nji maýyndaky № 15 buýruk
Nazirlər Kabinetinin 2021-ci il 3 may tarixli 15 nömrəli qərarı
3 Mayıs 2021 tarihli ve 15 sayılı Yönetmelik
A 2021. május 3-i rendelet
2021 оны 5 дугаар сарын 3-ны өдрийн 15 дугаар тушаал
2021 წლის 3 მაისის ბრძანება
2021 թվականի մայիսի 3-ի որոշում
2021年5月3日发布的第15号令
令和3年5月3日付け省令第15号
2021년 5월 3일 제정된 법률 제15호
القرار رقم 15 الصادر بتاريخ 3 مايو 2021
Nghị định số 15 ngày 3 tháng 5 năm 2021
กฎกระทรวง ลงวันที่ 3 พฤษภาคม 2564
"""


@pytest.mark.parametrize("line", ACTS.split("\n")[1:-1])
def test_the_day_of_an_act_in_front_of_its_name_is_no_publication(line: str) -> None:
    assert read(f"<p>{line}</p>").published is None


@pytest.mark.parametrize("line", ["2025-11-04 通知公告", "04.11.2025 Бұйрықтар", "04.11.2025 Тушаал"])
def test_the_name_of_a_section_with_acts_behind_a_day_is_no_act(line: str) -> None:
    assert str(read(f"<p>{line}</p>").published) == "2025-11-04"
