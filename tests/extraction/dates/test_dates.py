"""Date lines as sites write them, each with the answer a reader would give."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction.dates import MAX_TEXT, ParsedDate, find_dates, parse_epoch, parse_moment
from crawler.model import Precision

ZONE = ZoneInfo("Asia/Tashkent")
CAPTURED = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 01:00 on the 24th in Tashkent
DAY = date(2026, 3, 12)


def parse(text: str, **options: object) -> ParsedDate | None:
    return parse_moment(text, **{"zone": ZONE, "captured": CAPTURED, **options})  # type: ignore[arg-type]


DAYS = """
12-mart, 2026
12 mart 2026
12 mart 2026 y.
12-mart 2026-yil
12-mart, 2026-yil
12-mart,2026-yil
2026-yil 12-mart
2026 yil 12 mart
2026-yil, 12-mart
2026-yilning 12-martida
2026-yil mart oyining 12-kuni
12 март 2026
2026 йил 12 март
2026-йил 12-март
12 март 2026 й.
2026 йилнинг 12 мартида
12 марта 2026
12 марта 2026 г.
12 марта 2026г.
12 марта 2026 года
12-го марта 2026 года
12 МАРТА 2026
12 мар. 2026
12/мар/2026
2026-jıl 12-mart
2026-jıldıń 12-martı
12-mart, 2026-jıl
2026-жыл 12-март
2026-жылдын 12-марты
12-март, 2026-жыл
2026-ж. 12-март
2026 жылғы 12 наурыз
2026 жылдың 12 наурызы
12 наурыз 2026 ж.
12 наурыз, 2026 жыл
2026 j. 12 nauryz
12 марти соли 2026
12 марти 2026
12-уми марти соли 2026
2026-njy ýylyň 12-nji marty
12-nji mart 2026
12.mart.2026
12th March 2026
12 March 2026
March 12, 2026
March 12th, 2026
Mar 12, 2026
Mar. 12 2026
the 12th of March, 2026
12-Mar-2026
12/Mar/2026
Thursday, March 12, 2026
Четверг, 12 марта 2026
Payshanba, 12-mart, 2026
12. März 2026
le 12 mars 2026
12 de marzo de 2026
12 marzo 2026
12 de março de 2026
12 maart 2026
12 marca 2026
12 Mart 2026 Perşembe
12 mart 2026-cı il
2026. március 12.
2026 m. kovo 12 d.
2026. gada 12. marts
12. maaliskuuta 2026
12 березня 2026 року
12 сакавіка 2026
12 tháng 3, 2026
12 Maret 2026
١٢ مارس ٢٠٢٦
12 मार्च 2026
12 במרץ 2026
2026 оны 3-р сарын 12
2026年3月12日
2026年03月12日発表
令和8年3月12日
2026년 3월 12일
2026-03-12
2026.03.12
2026. 03. 12.
2026/03/12
12.03.2026
12.3.2026
12. 3. 2026
12-03-2026
12/03/2026
20260312
12 марта 2026
Published: 12.03.2026
Дата публикации 12.03.2026 г.
12.03.2026 | Просмотров: 2025
""".strip().splitlines()


@pytest.mark.parametrize("text", DAYS)
def test_day(text: str) -> None:
    found = parse(text)
    assert found is not None
    assert (type(found.value), found.value) == (date, DAY)
    assert (found.precision, found.offset_stated) == (Precision.DAY, False)
    assert found.raw == text[found.start : found.end]


MINUTES = """
12-mart, 2026, 10:05
2026-yil 12-mart, soat 10:05
2026-yil 12-mart, payshanba, soat 10.05
2026 йил 12 март, соат 10:05 да
12 марта 2026, 10:05
12 марта 2026 в 10:05
12 марта 2026 г. в 10.05
12 марта 2026 года, четверг, 10:05
10:05, 12 марта 2026
10:05 / 12.03.2026
10:05 12-mart 2026
12 наурыз 2026 ж. 10:05
12 марти соли 2026, соати 10:05
12-nji mart 2026, sagat 10:05
12.03.2026 10:05
12.03.2026, 10:05
12.03.2026 | 10:05
12.03.2026 - 10:05
12.03.2026 (10:05)
12-03-2026 10:05
2026.03.12 10:05
2026-03-12 10:05
2026-03-12T10:05
20260312T1005
Mar 12, 2026 10:05 AM
March 12, 2026 at 10:05 a.m.
10:05 AM, March 12, 2026
12. März 2026, 10:05 Uhr
12 mars 2026 à 10h05
12. maaliskuuta 2026 klo 10.05
2026年3月12日 10:05
2026年3月12日10時05分
2026년 3월 12일 오전 10:05
12.03.2026 10:05-12:00
12 марта 2026, 10:05 – 12:00
12.03.2026 10:05 | 15
""".strip().splitlines()


@pytest.mark.parametrize("text", MINUTES)
def test_minute_with_assumed_zone(text: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.value == datetime(2026, 3, 12, 10, 5, tzinfo=ZONE)
    assert isinstance(found.value, datetime) and found.value.utcoffset() == timedelta(hours=5)
    assert (found.precision, found.offset_stated) == (Precision.MINUTE, False)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-12 10:00:00 / Новости", "2026-03-12T10:00:00+05:00"),
        ("12.03.2026 10:05:07", "2026-03-12T10:05:07+05:00"),
        ("2026-03-12 00:00:00", "2026-03-12T00:00:00+05:00"),
        ("20260312100507", "2026-03-12T10:05:07+05:00"),
        ("12.03.2026 12:30 AM", "2026-03-12T00:30:00+05:00"),
        ("12.03.2026 12:30 PM", "2026-03-12T12:30:00+05:00"),
        ("12.03.2026 14:30 PM", "2026-03-12T14:30:00+05:00"),
        ("March 12, 2026 10 PM", "2026-03-12T22:00:00+05:00"),
        ("2026年3月12日 下午3:30", "2026-03-12T15:30:00+05:00"),
        ("12.03.2026 24:00", "2026-03-13T00:00:00+05:00"),
        ("31.12.2025 24:00", "2026-01-01T00:00:00+05:00"),
    ],
)
def test_clock(text: str, iso: str) -> None:
    found = parse(text)
    assert found is not None and found.value.isoformat() == iso and not found.offset_stated


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-12T10:05:07Z", "2026-03-12T10:05:07+00:00"),
        ("2026-03-12t10:05:07z", "2026-03-12T10:05:07+00:00"),
        ("2026-03-12T10:05:07.123456789Z", "2026-03-12T10:05:07+00:00"),
        ("2026-03-12T10:05:07,5+05:00", "2026-03-12T10:05:07+05:00"),
        ("2026-03-12T10:05+05:00", "2026-03-12T10:05:00+05:00"),
        ("2026-03-12T10:05-0330", "2026-03-12T10:05:00-03:30"),
        ("2026-03-12T10:05+05", "2026-03-12T10:05:00+05:00"),
        ("2026-03-12 10:05:07+05:00", "2026-03-12T10:05:07+05:00"),
        ("2026-03-12 10:05:07 +0500", "2026-03-12T10:05:07+05:00"),
        ("2026-03-12T23:59:60Z", "2026-03-12T23:59:00+00:00"),
        ("20260312T100507Z", "2026-03-12T10:05:07+00:00"),
        ("Thu, 12 Mar 2026 10:05:07 +0500", "2026-03-12T10:05:07+05:00"),
        ("Thu, 12 Mar 2026 10:05:07 GMT", "2026-03-12T10:05:07+00:00"),
        ("Thu, 12 Mar 2026 10:05:07 EST", "2026-03-12T10:05:07-05:00"),
        ("Thu Mar 12 10:05:07 UTC 2026", "2026-03-12T10:05:07+00:00"),
        ("Thu Mar 12 2026 10:05:07 GMT+0500 (Uzbekistan Standard Time)", "2026-03-12T10:05:07+05:00"),
        ("12 марта 2026, 10:05 МСК", "2026-03-12T10:05:00+03:00"),
        ("12 марта 2026, 10:05 (МСК+2)", "2026-03-12T10:05:00+05:00"),
        ("12.03.2026 10:05 (UTC+5)", "2026-03-12T10:05:00+05:00"),
        ("12.03.2026 10:05 GMT+5:30", "2026-03-12T10:05:00+05:30"),
        ("12.03.2026 10:05 (GMT +05:00)", "2026-03-12T10:05:00+05:00"),
        ("12.03.2026 10:05 +05:00", "2026-03-12T10:05:00+05:00"),
        ("10:00:43 (UTC) 11.05.2026", "2026-05-11T10:00:43+00:00"),
    ],
)
def test_stated_offset(text: str, iso: str) -> None:
    found = parse(text)
    assert found is not None and found.value.isoformat() == iso and found.offset_stated


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yangiliklar",
        "2026",
        "март 2026",
        "10:05",
        "30 февраля 2026",
        "31.04.2026",
        "29.02.2025",
        "00.03.2026",
        "12.13.2026",  # the thirteenth of December is yet to come
        "2026-13-12",
        "2026-31-12",
        "1.12.03.2026",  # a version or an address
        "192.168.12.2026",
        "12.03.20261",
        "+998 71 12-03-2026-15",
        "10-12 марта 2026",  # a span of days is an event
        "12.03.1426",
        "1405/01/05",
        "12.03.2126",
        "25.11.2026",  # later than the day after the capture would be 26.11
        "12.03.2026 – 15.03.2026",  # two days: not one moment
        "15 listopada 2025",  # October in Croatian, November in Polish
        "1710237600",
    ],
)
def test_no_date(text: str) -> None:
    if text == "25.11.2026":
        assert parse(text) is not None and parse("26.11.2026") is None
    else:
        assert parse(text) is None


def test_impossible_clock_leaves_the_day() -> None:
    for text in ("12.03.2026 25:00", "12.03.2026 10:61", "12.03.2026 15:00 AM", "12.03.2026 24:01"):
        found = parse(text)
        assert found is not None and found.value == DAY and found.precision == Precision.DAY


@pytest.mark.parametrize("name", ["IST", "CST", "BST", "ALMT"])
def test_zone_names_of_several_offsets_state_none(name: str) -> None:
    found = parse(f"12.03.2026 10:05 {name}")
    assert found is not None and not found.offset_stated
    assert found.value == datetime(2026, 3, 12, 10, 5)  # noqa: DTZ001 - not the source's zone either


@pytest.mark.parametrize(
    ("line", "country", "hours"),
    [
        ("12.03.2026 14:00 время Астаны", "ru", 5),
        ("12.03.2026, Toshkent vaqti bilan 14:00", "uz", 5),
        ("12.03.2026, 14:00 czasu warszawskiego", "pl", 1),
        ("March 12, 2026, 2:00 p.m. ET", "ca", -4),
        ("March 12, 2026, 2:00 p.m. ET", "", -4),
        ("12 mars 2026, 14 h 00 HAE", "ca", -4),
        ("12 March 2026 2:00pm EDT", "au", 11),
        ("12.03.2026 14:00 PST", "ph", 8),
        ("12.03.2026 14:00 BST", "bd", 6),
        ("12.03.2026 14:00 AST", "sa", 3),
        ("12.03.2026 14:00 по хабаровскому времени", "ru", None),  # a place whose zone nobody knows
        ("12.03.2026 14:00 hora de Xanadú", "es", None),
        ("Hora de publicación: 14:00, 12.03.2026", "es", 0),  # no place: the source's zone
        ("14 giờ ngày 12/03/2026", "vn", 0),
    ],
)
def test_a_clock_is_that_of_the_place_that_the_line_names(line: str, country: str, hours: int | None) -> None:
    found = parse_moment(line, zone=UTC, captured=None, country=country)
    assert found is not None and isinstance(found.value, datetime) and (found.value.hour, found.value.minute) == (14, 0)
    assert found.value.utcoffset() == (None if hours is None else timedelta(hours=hours))
    assert found.offset_stated == bool(hours)


def test_order_of_digits() -> None:
    for order, text in (("DMY", "05.03.2026"), ("MDY", "03/05/2026"), ("MDY", "03.05.2026"), ("YMD", "05-03-2026")):
        found = parse(text, order=order)
        assert found is not None and found.value == date(2026, 3, 5)
    for order, text in (("MDY", "25/03/2026"), ("DMY", "03/25/2026")):  # only one of the figures can be a month
        found = parse(text, order=order)
        assert found is not None and found.value == date(2026, 3, 25)
    for order in ("DMY", "MDY", "YMD"):
        found = parse("2026-03-05", order=order)
        assert found is not None and found.value == date(2026, 3, 5)


def test_short_years_only_when_asked_for() -> None:
    for order, text in (("DMY", "05.03.26"), ("MDY", "03/05/26"), ("YMD", "26-03-05")):
        found = parse(text, order=order, short_years=True)
        assert found is not None and found.value == date(2026, 3, 5)
    assert parse("05.03.27", short_years=True) is None


def test_language_settles_a_name_of_two_months() -> None:
    croatian, polish = parse("15 listopada 2025", languages=["hr"]), parse("15 listopada 2025", languages=["pl-PL"])
    assert croatian is not None and croatian.value == date(2025, 10, 15)
    assert polish is not None and polish.value == date(2025, 11, 15)
    for tag in ("xx-Nope", "", "../../etc", "uz-Latn", "und", "x" * 500, "\x00"):
        found = parse("12-mart, 2026", languages=[tag])
        assert found is not None and found.value == DAY


def test_without_zone_the_time_stays_naive() -> None:
    found = parse_moment("12.03.2026 10:05", zone=None, captured=None)
    assert found is not None and found.value == datetime(2026, 3, 12, 10, 5) and not found.offset_stated  # noqa: DTZ001
    stated = parse_moment("12.03.2026 10:05 UTC", zone=None, captured=None)
    assert stated is not None and stated.value == datetime(2026, 3, 12, 10, 5, tzinfo=UTC)


def test_not_later_than_the_day_after_the_capture() -> None:
    # In Tashkent the capture was on the 24th; without a zone the day is that of UTC, the 23rd.
    assert parse("25.11.2026 23:59") is not None
    assert parse("26.11.2026") is None
    assert parse("25.11.2026", zone=None) is None
    assert parse("26.11.2026", captured=None) is not None
    assert parse("2026-11-25T20:00:00Z") is None  # the 26th in Tashkent
    naive = CAPTURED.replace(tzinfo=None)
    assert parse("25.11.2026", captured=naive) is not None and parse("26.11.2026", captured=naive) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Bugun", "2026-11-24"),
        ("Bugun, 00:40", "2026-11-24T00:40:00+05:00"),
        ("Кеча, соат 18:30", "2026-11-23T18:30:00+05:00"),
        ("сегодня в 00:10", "2026-11-24T00:10:00+05:00"),
        ("Вчера 18:30", "2026-11-23T18:30:00+05:00"),
        ("18:30, вчера", "2026-11-23T18:30:00+05:00"),
        ("позавчера", "2026-11-22"),
        ("Yesterday at 6:30 PM", "2026-11-23T18:30:00+05:00"),
        ("today", "2026-11-24"),
        ("Бүгін", "2026-11-24"),
        ("кеше, 18:30", "2026-11-23T18:30:00+05:00"),
        ("бүгүн", "2026-11-24"),
        ("кечээ", "2026-11-23"),
        ("имрӯз", "2026-11-24"),
        ("дирӯз", "2026-11-23"),
        ("Bügün", "2026-11-24"),
        ("Keshe", "2026-11-23"),
        ("20 minutes ago", "2026-11-24"),
        ("2 часа назад", "2026-11-23"),
        ("3 soat oldin", "2026-11-23"),
        ("2 күн бұрын", "2026-11-22"),
    ],
)
def test_days_told_by_words(text: str, iso: str) -> None:
    found = parse(text)
    assert found is not None and found.value.isoformat() == iso and not found.offset_stated


def test_days_told_by_words_need_capture_and_zone() -> None:
    assert parse("bugun", zone=None) is None
    assert parse("bugun", captured=None) is None
    assert parse("1 hour ago", captured=datetime(2026, 11, 23, 20, 30, tzinfo=UTC)) is None  # 00:30 or 23:30?
    assert parse("kecha va bugun") is None
    assert parse("Сегодня в министерстве прошло совещание по вопросам водоснабжения") is None
    # Between the two zones the day differs: the source's counts.
    found = parse("today", zone=timezone(timedelta(hours=-5)))
    assert found is not None and found.value == date(2026, 11, 23)


def test_find_dates_gives_all_with_their_places() -> None:
    text = "Создано 12.03.2026 10:05, изменено 2026-yil 14-mart, soat 09:00; заседание 20 марта 2026 года."
    found = find_dates(text, zone=ZONE, captured=None)
    assert [item.raw for item in found] == ["12.03.2026 10:05", "2026-yil 14-mart, soat 09:00", "20 марта 2026 года"]
    assert [text[item.start : item.end] for item in found] == [item.raw for item in found]
    assert [item.day for item in found] == [date(2026, 3, 12), date(2026, 3, 14), date(2026, 3, 20)]


def test_neighbours_keep_their_own_parts() -> None:
    for text, days in (
        ("12 mart 2026 5 aprel 2026", [DAY, date(2026, 4, 5)]),
        ("Mar 12, 2026 Apr 5, 2026", [DAY, date(2026, 4, 5)]),
        ("2026-yil 12-mart 2026-yil 5-aprel", [DAY, date(2026, 4, 5)]),
        ("12.03.2026 05.04.2026 10:00", [DAY, date(2026, 4, 5)]),
    ):
        assert [item.day for item in find_dates(text, zone=ZONE, captured=None)] == days


def test_same_day_twice_is_one_moment() -> None:
    found = parse("12.03.2026, четверг (12 марта 2026, 10:05)")
    assert found is not None and found.value == datetime(2026, 3, 12, 10, 5, tzinfo=ZONE)


def test_spellings_of_one_word() -> None:
    march = [
        "12\u00a0марта\u202f2026",
        "12 ma\u00adrt 2026",
        "\u200e12.03.2026\u200f",
        "12 мaртa 2026",
    ]  # Latin a inside
    may = ["12 мая 2026", "12 ма\u0438\u0306 2026", "12 Mayıs 2026", "12 MAYIS 2026", "12 maý 2026"]
    for month, texts in ((3, march), (5, may)):
        for text in texts:
            found = parse(text)
            assert found is not None and found.value == date(2026, month, 12), text


def test_blanks_between_figures_of_a_day() -> None:
    for text in ("2026 03 12", "Data: 2026 03 12", "2026\u00a003\u00a012 14:30"):
        found = parse(text)
        assert found is not None and found.day == date(2026, 3, 12), text
    for text in ("2026 03 12 44", "tel. 5 2026 03 12", "2026 13 12", "2026 3 12", "12026 03 12", "2026 03 12.5"):
        assert find_dates(text, zone=ZONE, captured=CAPTURED) == [], text


def test_epoch() -> None:
    seconds, millis = (parse_epoch(t, zone=ZONE, captured=CAPTURED) for t in ("1773291907", "1773291907250"))
    assert seconds is not None and millis is not None
    assert seconds.value == millis.value == datetime(2026, 3, 12, 5, 5, 7, tzinfo=UTC)
    assert seconds.offset_stated and seconds.precision == Precision.SECOND
    for text in ("", "12", "20260312100507", "9999999999", "9" * 400, "1773291907x", "１７７３２９１９０７"):
        assert parse_epoch(text, zone=ZONE, captured=CAPTURED) is None


def test_long_texts_are_cut_not_scanned_for_ever() -> None:
    assert parse("12.03.2026 " + "x" * 400) is None
    text = "x" * MAX_TEXT + " 12.03.2026"
    assert find_dates(text, zone=ZONE, captured=CAPTURED) == []


@pytest.mark.parametrize(
    ("line", "languages", "hour"),
    [
        ("2026-07-10 01:18 PM", ("en",), 13),
        ("2026-07-10 01:18 a.m.", ("en",), 1),
        ("2026-07-10 1:18 अपराह्न", ("ne",), 13),
        ("2026-07-10 01:18 م", ("ar",), 13),
        ("2026年7月10日（金）午後1時18分", ("ja",), 13),
        ("令和8年7月10日（金）13時18分", ("ja",), 13),
        ("10 Juli 2026 13.18 WIB", ("id",), 13),
    ],
)
def test_the_half_of_the_day_and_the_clock_behind_every_form_of_day(
    line: str, languages: tuple[str, ...], hour: int
) -> None:
    found = parse(line, languages=languages)
    assert found is not None and isinstance(found.value, datetime), line
    assert (found.value.hour, found.value.minute) == (hour, 18)


def test_an_unknown_word_behind_an_iso_clock_leaves_the_day() -> None:
    found = parse("2026-07-10 01:18 zulak")
    assert found is not None and found.value == date(2026, 7, 10) and "zulak" in found.note


@pytest.mark.parametrize(
    ("line", "options", "day"),
    [
        ("۰۵/۰۴/۱۹", {"languages": ("fa",), "country": "ir"}, date(2026, 7, 10)),
        ("05/4/19", {"languages": ("fa",), "country": "ir"}, date(2026, 7, 10)),
        ("98/12/01", {"languages": ("fa",), "country": "ir"}, date(2020, 2, 20)),
        ("10/07/26", {"languages": ("en",), "country": "ir"}, date(2026, 7, 10)),
        ("10/07/26", {"languages": ("fa",), "country": "ir"}, None),
    ],
)
def test_short_years_of_the_solar_hijri_calendar(line: str, options: dict[str, object], day: date | None) -> None:
    found = parse(line, **options)
    assert (found.day if found else None) == day


def test_the_time_of_a_capital_is_its_offset() -> None:
    found = parse("10.07.2026 13:18 по времени Астаны", zone=None)
    assert found is not None and isinstance(found.value, datetime) and found.value.utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("ថ្ងៃទី ០៨ ខែ ឧសភា ឆ្នាំ ២០២៦", date(2026, 5, 8)),  # blanks around the words for month and year
        ("ថ្ងៃទី ០៨ ខែ ៥ ឆ្នាំ ២០២៦", date(2026, 5, 8)),
        ("ວັນທີ 15 ເດືອນ 5 ປີ 2026", date(2026, 5, 15)),
        ("วันที่ 15 เดือน 5 ปี 2569", date(2026, 5, 15)),
        ("မေလ ၈ ရက်၊ ၂၀၂၆", date(2026, 5, 8)),  # a Burmese comma
        ("Fri 22 - 05 - 2026", date(2026, 5, 22)),
    ],
)
def test_words_for_day_month_and_year_may_stand_apart_or_beside_figures(line: str, day: date) -> None:
    assert [found.day for found in find_dates(line, zone=None, captured=None)] == [day]
