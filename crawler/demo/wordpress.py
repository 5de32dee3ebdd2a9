"""HTML, JSON and XML of the bulletin, in the shape of a WordPress site with versions in several languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from typing import Any

from crawler.demo.content import Story, Text, orchards
from crawler.demo.files import guid
from crawler.demo.markup import wordpress_html
from crawler.demo.pages import NOTICE

# The site's code -> the code of the texts. Here "uz" is Latin; on the portal it is Cyrillic, as on the real sites.
TEXTS = {"en": "en", "ru": "ru", "uz": "oz"}
BCP47 = {"en": "en", "ru": "ru", "uz": "uz-Latn"}
NAMES = {
    "en": "Orchard Bulletin (demonstration)",
    "ru": "Вестник садов (демонстрационный сайт)",
    "uz": "Bogʻlar xabarnomasi (namoyish sayti)",
}
_SECTION = {"en": "Orchards", "ru": "Сады", "uz": "Bogʻlar"}
_MORE = {"en": "Read also", "ru": "Читайте также", "uz": "Yana oʻqing"}
_ZONE = timezone(timedelta(hours=5))


@dataclass(frozen=True, slots=True)
class Post:
    """A story in one language, as it stands at an age of the site."""

    story: Story
    language: str
    text: Text
    changed: datetime

    @property
    def path(self) -> str:
        return post_path(self.story, self.language)

    @property
    def published(self) -> datetime:
        return self.story.published.replace(tzinfo=_ZONE)

    @property
    def number(self) -> int:
        return int(guid(self.path)[:6], 16)


def post_path(story: Story, language: str) -> str:
    prefix = "" if language == "en" else f"{language}/"
    return f"/orchards/{prefix}{story.published:%Y/%m}/{story.slug}/"


def posts(age: int) -> list[Post]:
    """Every post in every language, newest first."""
    found = [
        Post(story, code, story.at(age)[text_code], story.changed_at(age).replace(tzinfo=_ZONE))
        for story in orchards()
        if story.lives(age)
        for code, text_code in TEXTS.items()
        if text_code in story.texts
    ]
    return sorted(found, key=lambda post: post.published, reverse=True)


def withdrawn(path: str) -> bool:
    """True for the address of a post that the site has, or had, or will have."""
    return any(path == post_path(s, code) for s in orchards() for code, text in TEXTS.items() if text in s.texts)


def page(language: str, title: str, main: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{BCP47[language]}">\n<head><meta charset="UTF-8">'
        f"<title>{escape(title)} – {escape(NAMES[language])}</title>"
        f"<style>body {{ max-width: 44rem; margin: auto; font: 17px/1.6 serif; background: #fbf7ef }}</style>{head}"
        f"</head>\n<body>"
        f'<header id="masthead"><p class="site-title"><a href="/orchards/">{escape(NAMES[language])}</a></p></header>\n'
        f'<main id="main">{main}</main>\n'
        f'<footer id="colophon"><p>{escape(NOTICE[TEXTS[language]])}</p></footer></body></html>\n'
    )


def home(language: str, shown: Iterable[Post]) -> str:
    return page(language, NAMES[language], f"<ul>{_links(shown)}</ul>")


def article(base: str, post: Post, every: list[Post]) -> str:
    versions = [other for other in every if other.story.slug == post.story.slug]
    alternates = "".join(
        f'<link rel="alternate" hreflang="{BCP47[other.language]}" href="{base}{other.path}">' for other in versions
    )
    head = (
        f'<link rel="canonical" href="{base}{post.path}">{alternates if len(versions) > 1 else ""}'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(post.text.title)}">'
        f'<meta property="article:published_time" content="{post.published.isoformat()}">'
        f'<meta property="article:modified_time" content="{post.changed.isoformat()}">'
        f'<script type="application/ld+json">{_json_ld(base, post)}</script>'
    )
    others = [o for o in every if o.language == post.language and o.story.slug != post.story.slug][:3]
    tags = ", ".join(f'<a href="/orchards/tag/{tag}/" rel="tag">{tag}</a>' for tag in post.story.tags)
    main = (
        f'<article id="post-{post.number}" class="post"><header class="entry-header">'
        f'<h1 class="entry-title">{escape(post.text.title)}</h1><div class="entry-meta">'
        f'<time class="entry-date published" datetime="{post.published.isoformat()}">{post.published:%d.%m.%Y}</time> '
        f'<span class="byline"><a rel="author" href="/orchards/author/desk/">{escape(post.story.author or "")}</a>'
        f"</span> "
        f'<span class="cat-links"><a href="/orchards/category/orchards/" rel="category tag">'
        f"{_SECTION[post.language]}</a></span></div></header>"
        f'<div class="entry-content">\n{wordpress_html(post.text.paragraphs)}\n</div>'
        f'<footer class="entry-footer"><span class="tags-links">{tags}</span></footer></article>'
        f'<aside class="widget"><h2>{_MORE[post.language]}</h2><ul>{_links(others)}</ul></aside>'
    )
    return page(post.language, post.text.title, main, head)


def _json_ld(base: str, post: Post) -> str:
    value = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.text.title,
        "datePublished": post.published.isoformat(),
        "dateModified": post.changed.isoformat(),
        "inLanguage": BCP47[post.language],
        "articleSection": _SECTION[post.language],
        "keywords": list(post.story.tags),
        "author": {"@type": "Person", "name": post.story.author},
        "mainEntityOfPage": base + post.path,
    }
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _links(shown: Iterable[Post]) -> str:
    return "".join(
        f'<li><a href="{post.path}">{escape(post.text.title)}</a> <time>{post.published:%d.%m.%Y}</time></li>'
        for post in shown
    )


def rest(base: str, every: list[Post], query: Mapping[str, str]) -> tuple[int, Any, dict[str, str]]:
    """(status, JSON value, header fields) of the REST list of posts.

    https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
    """
    size, page = query.get("per_page", "10"), query.get("page", "1")
    if not (size.isdigit() and 1 <= int(size) <= 100 and page.isdigit() and int(page)):
        return 400, {"code": "rest_invalid_param"}, {}
    total = -(-len(every) // int(size))
    if int(page) > total:
        return 400, {"code": "rest_post_invalid_page_number"}, {}
    first = int(size) * (int(page) - 1)
    wanted = {name for name in query.get("_fields", "").split(",") if name}
    items = [
        {name: value for name, value in rest_item(base, post).items() if not wanted or name in wanted}
        for post in every[first : first + int(size)]
    ]
    return 200, items, {"X-WP-Total": str(len(every)), "X-WP-TotalPages": str(total)}


def rest_item(base: str, post: Post) -> dict[str, Any]:
    """https://developer.wordpress.org/rest-api/reference/posts/"""
    return {
        "id": post.number,
        "date": f"{post.published:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{post.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{post.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": post.story.slug,
        "link": base + post.path,
        "lang": post.language,
        "title": {"rendered": escape(post.text.title)},
        "content": {"rendered": wordpress_html(post.text.paragraphs), "protected": False},
    }


def feed(base: str, language: str, shown: list[Post]) -> str:
    items = "".join(
        f"<item><title>{escape(post.text.title)}</title><link>{base}{post.path}</link>"
        f'<guid isPermaLink="false">{base}/orchards/?p={post.number}</guid>'
        f"<pubDate>{format_datetime(post.published)}</pubDate>"
        f"<description>{escape(post.text.plain[0])}</description></item>\n"
        for post in shown[:10]
    )
    channel = f"<title>{escape(NAMES[language])}</title><link>{base}/orchards/</link>\n{items}"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{channel}</channel></rss>\n'


def sitemap(base: str, shown: list[Post]) -> str:
    urls = "".join(
        f"<url><loc>{base}{post.path}</loc><lastmod>{post.changed.isoformat()}</lastmod></url>\n" for post in shown
    )
    return _sitemap("urlset", urls)


def sitemap_index(base: str) -> str:
    loc = f"<sitemap><loc>{base}/orchards/wp-sitemap-posts-post-1.xml</loc></sitemap>"
    return _sitemap("sitemapindex", loc)


def _sitemap(name: str, content: str) -> str:
    scheme = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{scheme}">\n{content}</{name}>\n'
