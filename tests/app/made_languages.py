"""Small sites on loopback in three languages: what they list is found in all of them, or told."""

from __future__ import annotations

import re

from tests.app.made_sites import HTML, XML, Answer

LANGUAGES = ("uz", "ru", "en")
FIRST = {"uz": 100, "ru": 200, "en": 300}
NAMES = {"uz": "Yangiliklar", "ru": "Новости", "en": "News"}
MINISTRY = {"uz": "Daryolar vazirligi", "ru": "Министерство рек", "en": "Ministry of Rivers"}
TITLES = {
    "uz": "Vazirlik shimoliy tumanlardagi {n} ta daryo va kanalni taʼmirlaydi",
    "ru": "Министерство отремонтирует {n} рек и каналов в северных районах",
    "en": "The ministry repairs {n} rivers and canals in the northern districts",
}
SENTENCES = {
    "uz": (
        "Vazirlik oʻtgan yili shimoliy tumanlarda {n} ta buzilgan kanalni sanab chiqdi va ular uchun mablagʻ soʻradi.",
        "Vazirning soʻzlariga koʻra, shundan keyin {n} ta qishloq aholisi toza ichimlik suvi bilan taʼminlanadi.",
    ),
    "ru": (
        "В прошлом году министерство насчитало {n} сломанных каналов и просит средства, чтобы починить их до зимы.",
        "По словам министра, после этих работ жители {n} сёл будут обеспечены чистой питьевой водой.",
    ),
    "en": (
        "Last year the ministry counted {n} broken canals, and it asks for money to repair them before the winter.",
        "The minister said that after these works the people of {n} villages would have clean water to drink.",
    ),
}


def _head(language: str, name: str, origin: str, path: str = "/") -> str:
    others = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{origin}/{tag}{path}">' for tag in LANGUAGES if path == "/"
    )
    return f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{name}</title>{others}'


def plain(path: str, query: dict[str, str], origin: str) -> Answer:
    """As `lists`, but only a menu leads to the other languages; its links say nothing but their names."""
    answer = lists(path, query, origin)
    if answer is None:
        return None
    body = re.sub(r'<link rel="alternate"[^>]*>| hreflang="[a-z]+"', "", answer[2])
    staff = '<a href="/hr/">Vacancies</a>'
    for tag, name in {"uz": "Oʻzbekcha", "ru": "Русский", "en": "English"}.items():
        body = body.replace(f">{tag.upper()}</a>", f">{name}</a>{staff}")
    return answer[0], answer[1], body


def _menu(language: str) -> str:
    return "<nav>" + "".join(f'<a href="/{tag}/" hreflang="{tag}">{tag.upper()}</a> ' for tag in LANGUAGES) + "</nav>"


def article(language: str, n: int, origin: str) -> str:
    title = TITLES[language].format(n=n)
    text = "".join(f"<p>{sentence.format(n=n)}</p>" for sentence in SENTENCES[language])
    date = f'<meta property="article:published_time" content="2026-03-{1 + n % 27:02}T10:00:00+05:00">'
    head = f"{_head(language, title, origin, '/article')}{date}</head>"
    return f"{head}<body>{_menu(language)}<main><article><h1>{title}</h1>{text}</article></main></body></html>"


def _numbered(path: str, language: str, count: int) -> int | None:
    number = path.removeprefix(f"/{language}/news/").strip("/")
    is_one = number.isdigit() and FIRST[language] < int(number) <= FIRST[language] + count
    return int(number) if is_one else None


def _language(path: str) -> str | None:
    first = path.strip("/").split("/")[0]
    return first if first in LANGUAGES else "en" if path == "/" else None


def feeds(path: str, query: dict[str, str], origin: str) -> Answer:
    """A feed for each language, which the home page in that language names; six articles in each."""
    language = _language(path)
    if language is None:
        return None
    if (number := _numbered(path, language, 6)) is not None:
        return 200, HTML, article(language, number, origin)
    if path == f"/{language}/rss.xml":
        items = "".join(
            f"<item><title>{TITLES[language].format(n=n)}</title><link>{origin}/{language}/news/{n}</link></item>"
            for n in range(FIRST[language] + 1, FIRST[language] + 7)
        )
        return 200, XML, f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    if path in ("/", f"/{language}/"):
        link = f'<link rel="alternate" type="application/rss+xml" href="/{language}/rss.xml">'
        head = _head(language, MINISTRY[language], origin)
        return 200, HTML, f"{head}{link}</head><body>{_menu(language)}<h1>{MINISTRY[language]}</h1></body></html>"
    return None


def lists(path: str, query: dict[str, str], origin: str) -> Answer:
    """A list under the prefix of each language, five a page, three pages."""
    language = _language(path)
    if language is None:
        return None
    if (number := _numbered(path, language, 15)) is not None:
        return 200, HTML, article(language, number, origin)
    head = _head(language, NAMES[language], origin, "/" if path in ("/", f"/{language}/") else "/news")
    if path.rstrip("/") == f"/{language}/news":
        at = int(query.get("page", "1"))
        first = FIRST[language] + (at - 1) * 5
        items = "".join(
            f'<div class="item"><span class="date">{1 + n % 27:02}.03.2026</span> '
            f'<a href="/{language}/news/{n}">{TITLES[language].format(n=n)}</a></div>'
            for n in range(first + 1, min(first + 5, FIRST[language] + 15) + 1)
        )
        more = f'<a class="more" rel="next" href="/{language}/news?page={at + 1}">›</a>' if at < 3 else ""
        top = f"{head}</head><body>{_menu(language)}<h1>{NAMES[language]}</h1>"
        return 200, HTML, f'{top}<div class="news">{items}</div>{more}</body></html>'
    if path in ("/", f"/{language}/"):
        link = f'<a href="/{language}/news">{NAMES[language]}</a>'
        return 200, HTML, f"{head}</head><body>{_menu(language)}<h1>{MINISTRY[language]}</h1>{link}</body></html>"
    return None
