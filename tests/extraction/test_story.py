"""What a page says of its address, its language and its other versions is believed only where it can hold."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.extraction.fields.page_links import story
from crawler.model import Article

TEXT = (
    "The ministry opened a new bridge over the river near the village, and the road to town is half as long now. " * 3
)
CYRILLIC = (
    "Вазирлик дарё устида янги кўприк очилганини маълум қилди, қишлоқдан шаҳаргача йўл икки баравар қисқарди. " * 3
)
NORSE = (
    "Departementet har åpnet en ny bro over elven ved landsbyen, og veien til byen er nå bare halvparten så lang. " * 3
)
RU, EN = "https://m.example/ru/1", "https://m.example/en/1"


def test_versions_that_name_each_other_share_a_key() -> None:
    links = (("ru", RU), ("en", EN))
    assert story(links, RU, "ru") == story(links, EN, "en") == EN


def test_no_key_where_the_list_does_not_hold() -> None:
    assert story((), RU, "ru") is None
    assert story((("ru", RU),), RU, "ru") is None
    assert story((("en", EN), ("fr", "https://m.example/fr/1")), RU, "ru") is None, "it does not name itself"
    assert story((("uk-UA", RU), ("en", EN)), RU, "uz-Cyrl") is None, "it names itself under another language"
    assert story((("ru", RU), ("en", "http://[")), RU, "ru") is None


@pytest.mark.parametrize(
    "links",
    [
        (("ru", RU), ("en", "https://m.example/en/"), ("uz", "https://m.example/uz")),
        (("ru", RU), ("en", "https://m.example/")),
        (("ru", RU), ("en", "https://evil.example/en/1")),
        (("ru", RU), ("en", RU)),
        (("ru-Latn", RU), ("en", EN)),
    ],
)
def test_lists_of_front_pages_other_sites_and_other_scripts_do_not_hold(links: tuple[tuple[str, str], ...]) -> None:
    assert story(links, RU, "ru-Cyrl") is None


def test_versions_may_stand_on_hosts_of_one_site() -> None:
    other = "https://en.m.example/news/1"
    assert story((("ru", RU), ("en", other)), RU, "ru") == story((("ru", RU), ("en", other)), other, "en") is not None


def read(url: str, head: str = "", lang: str = "en", text: str = TEXT) -> Article:
    page = (
        f"<html lang='{lang}'><head>{head}</head><body><h1>A new bridge over the river</h1><p>{text}</p></body></html>"
    )
    found = extract(page.encode(), url)
    assert isinstance(found, Article), found
    return found


OWN = "https://m.example/en/news/12345"
BELIEVED = [
    (OWN, "https://www.m.example/en/news/12345-bridge"),
    (OWN, "https://m.example/bridge"),
    (OWN + "/amp/", OWN),
    (OWN + "/page/2", OWN),
    (OWN + "?print=1", OWN),
    ("https://amp.m.example/en/news/12345", OWN),
    ("https://m.m.example/en/news/12345", OWN),
    ("https://m.example/print/12345", OWN),
]
NOT_BELIEVED = [
    "https://m.example/", "https://m.example/en/", "https://m.example/uz-Cyrl", "https://m.example/en/news",
    "https://m.example/en/news/", "https://other.example/en/news/12345", "https://m.example/undefined",
    "https://m.example/en/null", "http://[::1", "javascript:void(0)", "", "https://localhost/1",
]  # fmt: skip


@pytest.mark.parametrize(("own", "stated"), BELIEVED)
def test_the_address_that_a_page_calls_its_own(own: str, stated: str) -> None:
    assert read(own, f'<link rel="canonical" href="{stated}">').url == stated
    assert read(own, f'<meta property="og:url" content="{stated}">').url == stated


@pytest.mark.parametrize("stated", NOT_BELIEVED)
def test_an_address_that_cannot_be_the_article_s_is_not_believed(stated: str) -> None:
    assert read(OWN, f'<link rel="canonical" href="{stated}">').url == OWN


@pytest.mark.parametrize("bad", ["http://[::1", "//[", "http://℀.example/", "http://a:99999/", "https://a:b/"])
def test_addresses_that_cannot_be_stop_no_reading(bad: str) -> None:
    head = "".join(
        f'<link rel="alternate" hreflang="ru" href="{bad}"><base href="{bad}"><meta property="{name}" content="{bad}">'
        for name in ("og:image", "og:url")
    )
    text = f'{TEXT}</p><p><a href="{bad}"><img src="{bad}" srcset="{bad} 2x"></a><a href="{bad}.pdf">A plan (PDF)</a>'
    assert read(OWN, head, text=text).url == OWN


@pytest.mark.parametrize(
    ("claimed", "text", "warns"),
    [
        ("en", TEXT, False), ("en-GB", TEXT, False), ("ru", TEXT, True), ("uz-Cyrl", CYRILLIC, False),
        ("uz", CYRILLIC, False), ("uz-Latn", CYRILLIC, True), ("uk-UA", CYRILLIC, True), ("nb-NO", NORSE, False),
    ],
)  # fmt: skip
def test_a_declared_language_or_script_that_the_text_contradicts_is_a_warning(
    claimed: str, text: str, warns: bool
) -> None:
    record = read(OWN, lang=claimed, text=text)
    assert any(warning.startswith("language: ") for warning in record.warnings) is warns, record.language
