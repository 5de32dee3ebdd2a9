# ruff: noqa: E501 - one page on a line
"""Lines with several labelled fields, with a date and an author, and data that name an authority where a person wrote."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article

TITLE = "Ministry opens three river stations"
TEXT = "The ministry opened three stations on the river that warn villages of floods, and will open two more next year."

INFO = [
    ("2026-03-12 来源：北部日报 作者：李安 责任编辑：王方", "李安"),
    ("发布时间：2026-03-12 作者：李安 来源：水利部", "李安"),
    ("Source: River Daily Author: Ann Lee Views: 120", "Ann Lee"),
    ("12.03.2026 Источник: Вестник рек Автор: Анна Лебедева", "Анна Лебедева"),
    ("Fuente: Diario del Río Autor: Ana Lima Foto: Juan Paz", "Ana Lima"),
    ("Manba: Daryo gazetasi Muallif: Anvar Karimov", "Anvar Karimov"),
]


def read(above: str = "", below: str = "", end: str = "", head: str = "") -> Article:
    page = (
        f"<html><head><meta charset='utf-8'><title>{TITLE}</title>{head}</head><body><main>{above}<h1>{TITLE}</h1>{below}"
        f"{''.join(f'<p>{TEXT}</p>' for _ in range(16))}{end}<p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></main></body></html>"
    )
    record = extract(page.encode(), "https://rivers.example/news/12")
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize(("line", "name"), INFO)
def test_the_author_among_several_fields_of_a_line(line: str, name: str) -> None:
    assert read(below=f'<div class="info">{line}</div>').authors == (name,)


@pytest.mark.parametrize("line", ["Published 12 March 2026 by Ann Lee", "12/03/2026 by Ann Lee"])
def test_a_line_with_a_date_above_the_headline(line: str) -> None:
    assert read(above=f"<div>{line}</div>").authors == ("Ann Lee",)


def test_a_byline_inside_a_long_text() -> None:
    assert read(end="<p>Written by Ann Lee and Ben Hall</p>").authors == ("Ann Lee", "Ben Hall")
    assert read(end="<p>By Ann Lee and Ben Hall</p>").authors == ()


LABELS = ["Author", "Written by", "By", "Von", "Автор:", "Muallif:", "作者", "الكاتب:"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("box", ["div", "aside"])
def test_a_label_on_one_line_and_the_name_on_the_next(label: str, box: str) -> None:
    assert read(below=f"<{box}><p>{label}</p><p>Ann Lee</p></{box}>").authors == ("Ann Lee",)


def test_a_name_in_the_margin_without_a_label_is_no_author() -> None:
    assert read(below="<aside><p>Our port</p><p>Ann Lee</p></aside>").authors == ()


@pytest.mark.parametrize("office", ["Ministry of Rivers and Wells", "Министерство рек", "Suv xoʻjaligi vazirligi"])
def test_a_visible_byline_goes_before_an_authority_in_data(office: str) -> None:
    head = f'<meta name="author" content="{office}">'
    assert read(head=head, below="<p class='byline'>By Ann Lee</p>").authors == ("Ann Lee",)
    assert read(head=head).authors == (office,)


@pytest.mark.parametrize(
    ("canonical", "own"),
    [("/ru/news/12", "/en/news/12"), ("/news/12?lang=ru", "/news/12?lang=uz"), ("/uz-latn/n/12", "/uz-cyrl/n/12")],
)
def test_the_address_of_another_language_is_not_the_page_s_own(canonical: str, own: str) -> None:
    page = f"<html><head><title>{TITLE}</title><link rel='canonical' href='{canonical}'></head><body><h1>{TITLE}</h1><p>{TEXT}</p></body></html>"
    record = extract(page.encode(), f"https://rivers.example{own}")
    assert isinstance(record, Article) and record.url == f"https://rivers.example{own}"


@pytest.mark.parametrize(
    "line",
    [
        "<span>Av Kari Nordli og Per Aas</span> <span>Publisert 18.03.2026</span>",
        "<span>By Kari Nordli and Per Aas</span> <span>Updated: 18 March 2026</span>",
    ],
)
def test_the_label_of_the_day_is_no_part_of_the_name_before_it(line: str) -> None:
    assert read(below=f'<div class="byline">{line}</div>').authors == ("Kari Nordli", "Per Aas")
