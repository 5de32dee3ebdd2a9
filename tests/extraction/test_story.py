"""hreflang links join language versions only where they hold."""

from __future__ import annotations

from crawler.extraction.facts import story

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
