"""HTML and JSON of the demo site, in the shape of the real portal and of a common WordPress site."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from crawler.demo.content import CATEGORIES, Story, Text

AUTHORITY = "rivers"
NAMES = {
    "oz": "Daryolar va bogʻlar vazirligi (namoyish sayti)",
    "uz": "Дарёлар ва боғлар вазирлиги (намойиш сайти)",
    "ru": "Министерство рек и садов (демонстрационный сайт)",
    "en": "Ministry of Rivers and Orchards (demonstration site)",
}
_OTHERS = {"oz": "Boshqa yangiliklar", "uz": "Бошқа янгиликлар", "ru": "Другие новости", "en": "Other news"}
_DOCUMENT = {"oz": "Shartlar (PDF)", "uz": "Шартлар (PDF)", "ru": "Условия (PDF)", "en": "Terms (PDF)"}
_VIEWS = {"oz": "Koʻrishlar soni", "uz": "Кўришлар сони", "ru": "Просмотров", "en": "Views"}


def body_html(text: Text, story: Story, language: str) -> str:
    """The body as the portal's editors leave it: line ends between blocks, no-break spaces, lists and Word's tables."""
    out, rows = [], []
    for line in text.paragraphs:
        if " | " in line:
            cells = "".join(f"<td><p>{escape(cell)}</p></td>" for cell in line.split(" | "))
            rows.append(f"<tr>{cells}</tr>")
            continue
        if rows:
            out.append(f"<table>{''.join(rows)}</table>")
            rows = []
        if line.startswith("- "):
            out.append(f"<ul><li>{escape(line[2:])}</li></ul>")
        else:
            out.append(f'<p style="text-align:justify">{escape(line).replace(" — ", "&nbsp;— ")}</p>')
    if story.attachment:
        out.append(f'<p><a href="/uploads/1/2026/03/12/{story.number}_media_.pdf">{_DOCUMENT[language]}</a></p>')
    return "\r\n".join(out)


def api_item(story: Story, language: str, age: int, base: str, views: int, *, whole: bool) -> dict[str, Any]:
    text = story.at(age)[language]
    item: dict[str, Any] = {
        "id": story.number,
        "date": f"{story.published:%Y-%m-%d %H:%M:%S}",
        "updated_date": f"{story.changed_at(age):%Y-%m-%d %H:%M:%S}",
        "title": text.title,
        "anons": text.paragraphs[0][:120],
        "views": views,
        "anons_image": f"{base}/uploads/1/2026/03/12/{story.number}_lists_slider_.png",
        "category_title": CATEGORIES[story.category][language],
    }
    if whole:
        item |= {"body": body_html(text, story, language), "body_image": item["anons_image"]}
    return item


def article(story: Story, language: str, age: int, base: str, views: int, others: list[Story]) -> str:
    text = story.at(age)[language]
    item = api_item(story, language, age, base, views, whole=True)
    picture = f"/_next/image?url={quote(item['anons_image'], safe='')}&amp;w=3840&amp;q=75"
    slides = f'<div class="slick-slide"><img src="{picture}" alt="{escape(text.title)}"></div>' * 2
    related = "".join(
        f'<li><a href="/{language}/{AUTHORITY}/news/view/{s.number}">{escape(s.at(age)[language].title)}</a>'
        f"<span>{s.published:%d.%m.%Y %H:%M}</span></li>"
        for s in others
    )
    main = (
        f'<main><div class="page"><h1 class="title_x7">{escape(text.title)}</h1>'
        f"<h3>{story.published:%Y-%m-%d %H:%M:%S} / {CATEGORIES[story.category][language]}</h3>"
        f'<div class="data-zoomable"><div class="slick-track">{slides}</div>'
        f'<div class="view_body__{age}f3">{item["body"]}</div></div>'
        f"<p>{_VIEWS[language]}: {views}</p></div>"
        f"<section><h2>{_OTHERS[language]}</h2><ul>{related}</ul></section></main>"
    )
    return shell(text.title, language, main, pushes(json.dumps({"data": item}, ensure_ascii=False)))


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
        f'<link rel="preload" href="/_next/static/{now:%H%M%S%f}/app.js" as="script"></head><body>'
        f'<header><a href="/{language}">{NAMES[language]}</a><span>{now:%H:%M:%S} (UTC) {now:%d.%m.%Y}</span>'
        f'<nav><a href="/{language}/{AUTHORITY}/news/news">{CATEGORIES["news"][language]}</a></nav></header>'
        f"{main}<footer><p>{NAMES[language]}</p></footer>{scripts}</body></html>"
    )


# ---------------------------------------------------------------- the WordPress-like section


def post_url(base: str, story: Story) -> str:
    return f"{base}/orchards/{story.published:%Y/%m}/{story.number}/"


def post(story: Story, age: int, base: str) -> str:
    text, url = story.at(age)["en"], post_url(base, story)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.title,
        "datePublished": f"{story.published:%Y-%m-%dT%H:%M:%S}+05:00",
        "dateModified": f"{story.changed_at(age):%Y-%m-%dT%H:%M:%S}+05:00",
        "author": {"@type": "Person", "name": "Demo Gardener"},
        "articleSection": "Orchards",
    }
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in text.paragraphs)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(text.title)} – Orchards (demonstration)</title>"
        f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{data["datePublished"]}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body class="single-post">'
        f'<header><a href="{base}/orchards/">Orchards (demonstration)</a></header><main><article>'
        f'<h1 class="entry-title">{escape(text.title)}</h1>'
        f'<div class="entry-meta"><time datetime="{data["datePublished"]}">'
        f'{story.published:%B %d, %Y}</time></div><div class="entry-content">{paragraphs}</div>'
        f'<span class="tags-links"><a rel="tag" href="{base}/orchards/tag/fruit/">fruit</a></span></article></main>'
        f"<footer>A demonstration site; nothing here is real.</footer></body></html>"
    )


def feed(stories: list[Story], age: int, base: str) -> str:
    items = "".join(
        f"<item><title>{escape(s.at(age)['en'].title)}</title><link>{post_url(base, s)}</link>"
        f"<pubDate>{s.published:%a, %d %b %Y %H:%M:%S} +0500</pubDate></item>"
        for s in stories[:10]
    )
    channel = f"<channel><title>Orchards</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'


def sitemap(stories: list[Story], age: int, base: str) -> str:
    urls = "".join(
        f"<url><loc>{post_url(base, s)}</loc><lastmod>{s.changed_at(age):%Y-%m-%dT%H:%M:%S}+05:00</lastmod></url>"
        for s in stories
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def sitemap_index(base: str) -> str:
    loc = f"<sitemap><loc>{base}/orchards/wp-sitemap-posts-post-1.xml</loc></sitemap>"
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{loc}</sitemapindex>'
