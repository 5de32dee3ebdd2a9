# ruff: noqa: E501 - one page on a line
"""The section of an article in the ways in which portals show it, in several languages and systems."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article

URL = "https://min.example/news/2026/summer-timetable-announced"
TITLE = {
    "en": "Summer timetable announced",
    "ru": "Объявлено летнее расписание",
    "zh": "夏季时刻表正式对外发布",
    "ar": "إعلان الجدول الصيفي",
}
SECTION = {"en": "Transport", "ru": "Транспорт", "zh": "交通要闻", "ar": "النقل"}
HOME = {"en": "Home", "ru": "Главная", "zh": "首页", "ar": "الرئيسية"}
HERE = {"en": "Details", "ru": "Подробнее", "zh": "正文", "ar": "تفاصيل الخبر"}
TEXT = {
    "en": "The timetable of suburban buses for the summer has been approved by the council and begins in May.",
    "ru": "Расписание пригородных автобусов на лето утверждено советом и начнёт действовать в середине мая.",
    "zh": "郊区公交车夏季时刻表已经市议会批准,将于五月中旬开始实施,请各位乘客提前安排出行时间。",
    "ar": "تمت الموافقة على جدول حافلات الضواحي لفصل الصيف من قبل المجلس ويبدأ العمل به في منتصف مايو.",
}
DATE = '<span class="date">05.03.2026 14:05</span>'
# {t}: the headline, {s}: the section, {h}: the front page, {e}: a word for this page
SHAPES = {
    "badge": f'<span class="badge bg-primary">{{s}}</span><h1>{{t}}</h1>{DATE}',
    "eyebrow": f'<div class="hero__eyebrow">{{s}}</div><h1>{{t}}</h1>{DATE}',
    "tagline": f'<p class="tagline">{{s}}</p><h1>{{t}}</h1>{DATE}',
    "badge-behind": f'<h1>{{t}}</h1>{DATE} <a class="c-pill" href="/t">{{s}}</a>',
    "after-date": f'<h1>{{t}}</h1>{DATE}<span class="kind">{{s}}</span>',
    "after-date-bar": f'<h1>{{t}}</h1><div>{DATE} | <a href="/t">{{s}}</a></div>',
    "before-date": f'<h1>{{t}}</h1><div class="x1"><em>{{s}}</em>{DATE}</div>',
    "items": f'<h1>{{t}}</h1><ul class="meta"><li>{DATE}</li><li>{{s}}</li></ul>',
    "trail": f'<ol class="trail"><li><a href="/">{{h}}</a></li><li><a href="/t">{{s}}</a></li><li>{{t}}</li></ol><h1>{{t}}</h1>{DATE}',
    "pointers": f'<div class="pos"><a href="/">{{h}}</a> &gt; <a href="/n">X2</a> &gt; <a href="/t">{{s}}</a> &gt; {{e}}</div><h1>{{t}}</h1>{DATE}',
    "slashes": f'<p><a href="/index.php">{{h}}</a> / <a href="/t">{{s}}</a></p><h1>{{t}}</h1>{DATE}',
    "breadcrumb-here": f'<nav aria-label="breadcrumb"><ol><li><a href="/">{{h}}</a></li><li><a href="/t">{{s}}</a></li><li>{{e}}</li></ol></nav><h1>{{t}}</h1>{DATE}',
    "microdata-meta": f'<div itemscope><meta itemprop="articleSection" content="{{s}}"><h1>{{t}}</h1>{DATE}</div>',
    "microdata": f'<div itemscope><h1>{{t}}</h1><b itemprop="articleSection">{{s}}</b>{DATE}</div>',
    "drupal-field": f'<h1>{{t}}</h1><div class="field field--name-field-news-type"><div class="field__label">X2</div><div class="field__item">{{s}}</div></div>{DATE}',
    "views-field": f'<h1>{{t}}</h1><div class="views-field-category"><span class="views-label">X2</span><span class="field-content">{{s}}</span></div>{DATE}',
    "aspnet-id": f'<h1>{{t}}</h1><span id="ctl00_Main_lblCategory">{{s}}</span>{DATE}',
    "liferay": f'<h1>{{t}}</h1>{DATE}<span class="taglib-asset-categories-summary"><a class="asset-category" href="/c/9">{{s}}</a></span>',
}  # fmt: skip


def read(head: str, top: str, language: str) -> Article:
    menu = "<div class='top'><ul><li><a href='/a'>A1</a></li><li><a href='/b'>B1</a></li></ul></div>"
    text = "".join(f"<p>{TEXT[language]}</p>" for _ in range(2))
    page = (
        f"<html lang='{language}'><head><meta charset='utf-8'><title>{TITLE[language]}</title>{head}</head><body>{menu}"
        f"<div class='x'>{top}<div class='content'>{text}</div></div><div class='bottom'>1184</div></body></html>"
    )
    record = extract(page.encode(), URL)
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize("language", TITLE)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_section_is_read_wherever_a_portal_shows_it(shape: str, language: str) -> None:
    top = SHAPES[shape].format(t=TITLE[language], s=SECTION[language], h=HOME[language], e=HERE[language])
    record = read("", top, language)
    assert (record.title, record.category) == (TITLE[language], SECTION[language])


@pytest.mark.parametrize("name", ["ColumnName", "article:section", "parsely-section"])
def test_a_meta_tag_names_the_section(name: str) -> None:
    record = read(f'<meta name="{name}" content="交通要闻">', f"<h1>{TITLE['zh']}</h1>{DATE}", "zh")
    assert record.category == "交通要闻"


@pytest.mark.parametrize(
    "line",
    ["Press release", "MEDIA ADVISORY", "Пресс-релиз", "Yangiliklar", "Comunicado de prensa", "Siaran pers", "Basın bülteni"],
)  # fmt: skip
def test_the_name_of_a_section_of_news_on_its_line_is_it(line: str) -> None:
    assert read("", f"<h5>{line}</h5><h1>{TITLE['en']}</h1>{DATE}", "en").category == line


NONE = [
    '<div class="MinistryName">Ministry of Handlooms</div><h1>{t}</h1>' + DATE,
    '<h1>{t}</h1><p class="author-line">By <a href="/author/Luz">Luz Reyes</a> and <a href="/author/Ben">Ben Cruz</a>'
    + DATE + "</p>",
    '<h1>{t}</h1><div class="field__label">Published</div>' + DATE,
    '<h1>{t}</h1><div class="m">' + DATE + '<span class="views">120 views</span><span class="share">Share</span></div>',
    '<h1>{t}</h1><div class="m">' + DATE + '<span class="place">Old Harbour</span></div>',
    '<p><a href="/">Home</a> | <a href="/n">Maps</a> | <a href="/t">Contacts</a></p><h1>{t}</h1>' + DATE,
]  # fmt: skip


@pytest.mark.parametrize("top", NONE)
def test_what_is_no_section_is_none(top: str) -> None:
    assert read("", top.replace("{t}", TITLE["en"]), "en").category is None


@pytest.mark.parametrize(
    "home",
    [
        "/",
        "https://min.example",
        "//min.example/?",
        "../../",
        "/en",
        "/index.html#top",
        "/;",
        "https:/",
        " /en-GB/",
        "/?#",
    ],
)
def test_the_front_page_is_known_by_any_form_of_its_address(home: str) -> None:
    crumbs = f'<p><a href="{home}">Home</a> &gt; <a href="/transport/all">Transport</a></p>'
    page = (
        f"<html><title>{TITLE['en']}</title><body>{crumbs}<h1>{TITLE['en']}</h1>{DATE}<p>{TEXT['en']}</p></body></html>"
    )
    record = extract(page.encode(), URL)
    assert isinstance(record, Article)
    assert record.category == "Transport"


KICKERS = [
    ("en", '<p class="top"><span>Press release No. 61/2026</span> <span>Northport, 5 March 2026</span></p><h1>{t}</h1>', "Press release"),
    ("en", f'<span class="v">Media release from the Department of Roads</span><h1>{{t}}</h1>{DATE}', "Media release"),
    ("ru", f'<div class="k">Пресс-релиз № 12</div><h1>{{t}}</h1>{DATE}', "Пресс-релиз"),
    ("ru", '<h1>{t}</h1><div class="k">Пресс-релиз от 05.03.2026</div>', "Пресс-релиз"),
    ("en", f'<div class="k">Press release on the summer timetable is out.</div><h1>{{t}}</h1>{DATE}', None),
    ("en", f'<div class="type-label">Speech</div><h1>{{t}}</h1><div class="f-minister"><a href="/m/ray">Hon Ann Ray</a></div>{DATE}', "Speech"),
    ("en", f'<span class="label-type">Press release from the Department of Roads</span><h1>{{t}}</h1>{DATE}', "Press release"),
    ("en", '<h1>{t}</h1><div><span>Department of Roads</span><span>Published 05.03.2026 14:05</span><span>Bulletin</span></div>', "Bulletin"),
    ("en", f'<h1>{{t}}</h1><div class="f-minister"><a href="/m/ray">Hon Ann Ray</a></div><div>{DATE}</div>', None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "top", "section"), KICKERS)
def test_a_kicker_with_number_or_sender_names_the_kind_of_text(language: str, top: str, section: str | None) -> None:
    assert read("", top.replace("{t}", TITLE[language]), language).category == section


@pytest.mark.parametrize(
    ("language", "behind", "section"),
    [
        ("en", " | News releases | Ministry of Roads", "News releases"),
        ("ru", " - Новости - Министерство дорог", "Новости"),
        ("en", " | News", None),  # of a site, or of a section
        ("en", " | Roads | Government", None),
    ],
)
def test_a_part_of_the_page_title_names_the_section(language: str, behind: str, section: str | None) -> None:
    page = (
        f"<html lang='{language}'><head><title>{TITLE[language]}{behind}</title></head><body><h1>{TITLE[language]}</h1>"
        f"{DATE}<p>{TEXT[language]}</p><p>{TEXT[language]}</p></body></html>"
    )
    record = extract(page.encode(), "https://min.example/p/1")
    assert isinstance(record, Article)
    assert record.category == section
