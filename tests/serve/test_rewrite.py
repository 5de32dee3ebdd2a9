"""Archived pages written anew: what stays, and what no browser can take for an order to fetch."""

from __future__ import annotations

import re

import pytest
from lxml import html

from crawler.discovery.subresources.css import addresses_in
from crawler.serve import rewrite
from crawler.serve.rewrite import TooLarge, replay_path, rewritten_css, rewritten_html
from tests.serve.hostile_pages import HOSTILE

URL = "https://ministry.example/news/1"


def locate(address: str) -> str:
    return replay_path("20261123080506", address)


def shown(page: str, *, mime: str = "text/html; charset=utf-8") -> str:
    return rewritten_html(page.encode(), URL, mime, locate).decode()


def test_a_page_keeps_its_words_and_its_looks() -> None:
    page = shown(
        "<html lang=ru class=a><head><title>A &amp; B</title><link rel='icon shortcut' href=/f.ico><meta name=viewport "
        "content=w><style media=print>a > b { color: red }</style></head><body style='color:red' class=b><h1 id=c>H</h1>"
        "<p data-x=1 aria-label=l>1 &lt; 2<br>x</p><pre>\n\n y</pre><table border=1><tr><td colspan=2>t</table><x-y>"
        "custom</x-y><svg viewbox='0 0 1 1'><g fill=red><path d='M0 0'/></g><use href=#c /></svg>"
        "<noscript><img src=/n.png></noscript></body></html>"
    )
    for kept in (
        '<html lang="ru" class="a">', "<title>A &amp; B</title>", 'rel="icon" href="/replay/20261123080506/https://minis',
        '<meta name="viewport" content="w">', '<style media="print">a > b { color: red }</style>', '<h1 id="c">H</h1>',
        '<body style="color:red" class="b">', '<p data-x="1" aria-label="l">1 &lt; 2<br>x</p>', "<pre>\n\n y</pre>",
        '<td colspan="2">t</td>', "custom", '<svg viewbox="0 0 1 1"><g fill="red"><path d="M0 0"></path></g>',
        '<use href="#c"></use>', '<img src="/replay/20261123080506/https://ministry.example/n.png">',
    ):  # fmt: skip
        assert kept in page, kept
    assert "<x-y" not in page


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_address_stays_as_it_was(name: str) -> None:
    page = shown(HOSTILE[name].replace("CANARY", "canary.test").replace("NAME", "canary.test"))
    tree = html.document_fromstring(page)
    for element in tree.iter():
        values = [value for name, value in element.items() if name not in ("title", "style")]
        styles = [element.get("style") or "", (element.text or "") if element.tag == "style" else ""]
        for value in (*values, *(found.url for style in styles for found in addresses_in(style))):
            assert "canary.test" not in value.replace("/replay/20261123080506/http://canary.test", "")
        assert re.search("<[A-Za-z/!?]", styles[1]) is None
        assert element.tag not in (
            "script",
            "base",
            "object",
            "embed",
            "template",
            "animate",
            "noscript",
            "foreignobject",
        )


def test_a_style_holds_no_tag_and_still_works() -> None:
    page = shown("<style><!-- @media (width < 9px) { a::before { content: '</b><img src=x>' } } --></style>")
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "<img" not in style
    assert "(width < 9px)" in style
    assert r"\3c img src=x" in style


def test_a_sheet_is_led_through_the_archive() -> None:
    css = rewritten_css("@import 'a';b{c:url(d) url(#e) url(data:image/png,f) url(g h) url(javascript:i)}", URL, locate)
    where = '"/replay/20261123080506/https://ministry.example/news/'
    assert css == (
        f'@import {where}a";b{{c:url({where}d") url("#e") url("data:image/png,f") url("{locate(URL)}") url("#")}}'
    )


def test_data_is_shown_as_a_picture_and_nowhere_else() -> None:
    page = shown("<img src='data:image/png,a'><a href='data:image/svg+xml,b'>x</a><iframe src='data:image/svg+xml,c'>")
    assert 'src="data:image/png,a"' in page
    assert page.count("data:image") == 1


def test_limits_are_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrite, "MAX_PAGE", 100)
    with pytest.raises(TooLarge, match="at most 100 are shown"):
        shown("x" * 101)
    with pytest.raises(TooLarge, match="a style sheet of 101"):
        rewritten_css("x" * 101, URL, locate)
    monkeypatch.setattr(rewrite, "MAX_TAGS", 3)
    with pytest.raises(TooLarge, match="4 tags"):
        shown("<b><b><b><b>")


def test_deep_pages_are_shown() -> None:
    assert "deep" in shown("<div>" * 1500 + "deep")
