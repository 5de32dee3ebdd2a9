"""Our date grammar beside dateparser and htmldate, on days of three years in forms of fifteen languages.

    python -m tests.benchmarks.dates_side_by_side        (from the root of the repository; about a minute)

Prints per form the share of days right, wrong (an answer, but another day) and none, and lines a second.
dateparser comes with htmldate; it is asked day-first and for whole dates, with the language named:
the best that it can do. htmldate is asked for the date of a page whose only date line is the form.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from crawler.extraction.dates import parse_moment

FORMS = [
    ("ru", "{d} {m} {y} г.", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ("uz", "{d}-{m}, {y}", "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"),
    ("uz", "{y}-yil {d}-{m}", "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"),
    ("uz", "{y} йил {d} {m}", "январ феврал март апрел май июн июл август сентабр октабр ноябр декабр"),
    ("uz", "{d} {m} {y}", "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    ("kk", "{y} жылғы {d} {m}", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
    ("ky", "{y}-жылдын {d}-{m}", "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"),
    ("tg", "{d} {m} соли {y}", "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри"),
    ("tk", "{d}-nji {m} {y}", "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr"),
    ("en", "{m} {d}, {y}", "January February March April May June July August September October November December"),
    ("en", "{d:02}.{n:02}.{y}", "- - - - - - - - - - - -"),
]
FORMS += [
    ("de", "{d}. {m} {y}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    ("fr", "{d} {m} {y}", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ("ar", "{d} {m} {y}", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    ("ja", "{y}年{n}月{d}日", "- - - - - - - - - - - -"),
    ("vi", "ngày {d} tháng {n} năm {y}", "- - - - - - - - - - - -"),
]
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(0, 1096, 4)]


def ours(text: str, _: str) -> date | None:
    found = parse_moment(text, zone=None, captured=None)
    return found.day if found else None


def dateparser_best(text: str, language: str) -> date | None:
    import dateparser

    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    try:
        found = dateparser.parse(text, languages=[language], settings=settings)
    except ValueError:  # a language that it does not know
        found = dateparser.parse(text, settings=settings)
    return found.date() if found else None


def htmldate_best(text: str, _: str) -> date | None:
    from htmldate import find_date

    page = f"<html><body><article><h1>News</h1><div class='date'>{text}</div><p>Text.</p></article></body></html>"
    found = find_date(page, original_date=True, min_date="1995-01-01", max_date="2029-12-31")
    return date.fromisoformat(found) if found else None


def measure(read: Callable[[str, str], date | None], language: str, form: str, names: list[str]) -> str:
    texts = [(form.format(d=d.day, n=d.month, m=names[d.month - 1], y=d.year), d) for d in DAYS]
    read(texts[0][0], language)
    began = time.process_time()
    answers = [(read(text, language), day) for text, day in texts]
    spent = time.process_time() - began
    right = sum(answer == day for answer, day in answers) / len(answers)
    none = sum(answer is None for answer, _ in answers) / len(answers)
    return f"{right:7.3f}{1 - right - none:7.3f}{none:7.3f}{len(answers) / spent:9.0f}"


def main() -> None:
    print(
        f"{'':24}{'ours: right  wrong  none  lines/s':>32}{'dateparser: right  wrong  none  lines/s':>42}"
        f"{'htmldate: right  wrong  none  lines/s':>42}"
    )
    for language, form, months in FORMS:
        rows = [measure(read, language, form, months.split()) for read in (ours, dateparser_best, htmldate_best)]
        print(f"{language} {form:20}  {rows[0]}      {rows[1]}      {rows[2]}")


if __name__ == "__main__":
    main()
