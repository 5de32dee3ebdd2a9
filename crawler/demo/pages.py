"""HTML and JSON of the portal, in the shape of the real one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from crawler.demo.content import CATEGORIES, Story, Text
from crawler.demo.files import guid
from crawler.demo.markup import portal_html

AUTHORITY = "rivers"
SHEET = "/assets/portal.css"
STYLE = """\
@import "fonts.css";
body { margin: 0; background: #eef3ee; color: #1c2b22; font: 17px/1.6 Georgia, serif }
header { background: #1f5b4b url(river.png) right center / auto 100% no-repeat; color: #fff; padding: 1rem 2rem }
header a { color: inherit; margin-right: 1rem }
main, footer { max-width: 46rem; margin: 0 auto; padding: 1rem 2rem; background: #fff }
h1 { color: #1f5b4b; line-height: 1.25 } h3 { color: #66756c; font-size: 1rem; font-weight: normal }
.slick-track { display: flex; overflow: hidden; gap: .5rem } footer { color: #66756c; font-size: .85rem }
"""
FONTS = "h1, h2, h3, header { font-family: Verdana, sans-serif }\n"
NAMES = {
    "oz": "Daryolar va bogʻlar vazirligi (namoyish sayti)",
    "uz": "Дарёлар ва боғлар вазирлиги (намойиш сайти)",
    "ru": "Министерство рек и садов (демонстрационный сайт)",
    "en": "Ministry of Rivers and Orchards (demonstration site)",
}
NOTICE = {
    "oz": "Bunday vazirlik yoʻq: sayt dastur namunasi, xabarlar toʻqima.",
    "uz": "Бундай вазирлик йўқ: сайт дастур намунаси, хабарлар тўқима.",
    "ru": "Такого министерства нет: сайт – пример для программы, новости на нём вымышлены.",
    "en": "There is no such ministry: the site is an example for a program, and its news is made up.",
}
_OTHERS = {"oz": "Boshqa yangiliklar", "uz": "Бошқа янгиликлар", "ru": "Другие новости", "en": "Other news"}
_DOCUMENT = {"oz": "Shartlar (PDF)", "uz": "Шартлар (PDF)", "ru": "Условия (PDF)", "en": "Terms (PDF)"}
_VIEWS = {"oz": "Koʻrishlar soni", "uz": "Кўришлар сони", "ru": "Просмотров", "en": "Views"}


def body_html(story: Story, text: Text, language: str, base: str) -> str:
    """The body as the API and the page carry it: the story's lines, and the link to its document."""
    body = portal_html(text.paragraphs)
    if story.attachment:
        body += f'\r\n<p><a href="{upload(base, story, None)}" target="_blank">{_DOCUMENT[language]}</a></p>\r\n'
    return body


def upload(base: str, story: Story, slide: int | None) -> str:
    """The address of a picture of a story, or of its document."""
    name = f"{story.number}/{'document' if slide is None else slide}"
    ending = "media_.pdf" if slide is None else "lists_slider_.png"
    return f"{base}/uploads/7/{story.published:%Y/%m/%d}/{guid(name)}_{ending}"


def api_item(story: Story, language: str, age: int, base: str, views: int, *, whole: bool) -> dict[str, Any]:
    text = story.at(age)[language]
    item: dict[str, Any] = {
        "id": story.number,
        "date": f"{story.published:%Y-%m-%d %H:%M:%S}",
        "updated_date": f"{story.changed_at(age):%Y-%m-%d %H:%M:%S}",
        "title": text.title,
        "anons": text.plain[0][:120],
        "views": views,
        "anons_image": upload(base, story, 0) if story.slides else None,
        "category_title": CATEGORIES[story.category][language],
    }
    if whole:
        item["body"] = body_html(story, text, language, base)
        item["body_image"] = [upload(base, story, slide) for slide in range(story.slides)]
    return item


def article(story: Story, language: str, age: int, base: str, views: int, others: list[Story]) -> str:
    text = story.at(age)[language]
    item = api_item(story, language, age, base, views, whole=True)
    slides = [_slide(picture, text.title) for picture in item["body_image"]]
    if len(slides) > 1:
        slides = [slides[-1], *slides, slides[0]]  # the carousel repeats both ends
    carousel = f'<div class="slick-list"><div class="slick-track">{"".join(slides)}</div></div>' if slides else ""
    related = "".join(
        f'<li><a href="/{language}/{AUTHORITY}/news/view/{s.number}">{escape(s.at(age)[language].title)}</a>'
        f"<span>{s.published:%d.%m.%Y %H:%M}</span></li>"
        for s in others
    )
    main = (
        f'<main><div class="page"><h1 class="title_x7">{escape(text.title)}</h1>'
        f"<h3>{story.published:%Y-%m-%d %H:%M:%S} / {CATEGORIES[story.category][language]}</h3>"
        f'<div class="data-zoomable">{carousel}'
        f'<div class="view_body__{age}f3">{item["body"]}</div></div>'
        f"<p>{_VIEWS[language]}: {views}</p></div>"
        f"<section><h2>{_OTHERS[language]}</h2><ul>{related}</ul></section></main>"
    )
    return shell(text.title, language, main, pushes(json.dumps({"data": item}, ensure_ascii=False)))


def _slide(picture: str, title: str) -> str:
    source = f"/_next/image?url={quote(picture, safe='')}&amp;w=3840&amp;q=75"
    return f'<div class="slick-slide"><div><img src="{source}" alt="{escape(title)}" loading="lazy"></div></div>'


def missing(language: str) -> str:
    """What the portal answers, with status 200, for a number or a language that it does not have."""
    return shell(NAMES[language], language, f"<main><h1>{NAMES[language]}</h1></main>", "")


def listing(items: list[dict[str, Any]], language: str) -> str:
    data = {"authority": AUTHORITY, "data": {"data": items, "total_page": 1, "current_page": 1}}
    return shell(
        NAMES[language],
        language,
        "<main><div></div></main>",
        pushes(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
    )


def pushes(text: str) -> str:
    """A text spread over two pushes, as Next.js does with long ones."""
    text = f"8:{text}\n"
    middle = len(text) // 2
    parts = ("", text[:middle], text[middle:])
    strings = (json.dumps(part, ensure_ascii=False).replace("</", "<\\/") for part in parts)
    return "".join(f"<script>self.__next_f.push([1,{string}])</script>" for string in strings)


def shell(title: str, language: str, main: str, scripts: str) -> str:
    now = datetime.now(UTC)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:type" content="website">'
        f'<link rel="preload" href="/_next/static/{now:%H%M%S%f}/app.js" as="script">'
        f'<link rel="stylesheet" href="{SHEET}"></head><body>'
        f'<header><a href="/{language}">{NAMES[language]}</a><span>{now:%H:%M:%S} (UTC) {now:%d.%m.%Y}</span>'
        f'<nav><a href="/{language}/{AUTHORITY}/news/news">{CATEGORIES["news"][language]}</a></nav></header>'
        f"{main}<footer><p>{NAMES[language]}. {NOTICE[language]}</p></footer>{scripts}</body></html>"
    )
