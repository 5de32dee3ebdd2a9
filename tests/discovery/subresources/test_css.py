"""Addresses in style sheets and in srcset attributes, as browsers read them."""

from __future__ import annotations

import pytest

from crawler.discovery.subresources.css import addresses_in, css_addresses
from crawler.discovery.subresources.srcset import Candidate, candidates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a { b: url(/i.png) url( '/j.png' ) }", ["/i.png", "/j.png"]),
        ("@import 'a.css'; @IMPORT url(b.css) screen; @import/**/\"c.css\"", ["a.css", "b.css", "c.css"]),
        (r"a { b: \75 rl(d.png); c: u\72l('e.png') }", ["d.png", "e.png"]),
        (r"@im\70ort 'f.css'", ["f.css"]),
        ("a { b: image-set('h.png' 1x, url(i.png) 2x, 'j.png' type('image/png')) }", ["h.png", "i.png", "j.png"]),
        ("a { b: -webkit-image-set(url(k.png) 1x) } c { d: src('l.png') }", ["k.png", "l.png"]),
        ("/* url(m.png) */ a { content: 'url(n.png)' } @charset 'utf-8'; @namespace 'http://o.example/';", []),
        (r"a { b: url(p\)q.png) }", ["p)q.png"]),
        ("a { b: url(r.png", ["r.png"]),  # the end closes it
        ("a { b: url(s t.png) url(u'v) url(w(x) } c { d: url(y.png) }", ["", "", "", "y.png"]),  # no addresses
        ('a { b: url("z\n); c: url(1.png) }', ["z", "1.png"]),
        ("a { b: \\", []),
        ("a { b: url(2.png\\", ["2.png"]),
    ],
)
def test_addresses_of_a_sheet(text: str, found: list[str]) -> None:
    assert [one.url for one in addresses_in(text)] == found


def test_the_places_are_those_of_the_tokens() -> None:
    text = "@import 'a';b{c:URL( d )}"
    assert [text[one.start : one.end] for one in addresses_in(text)] == ["'a'", "URL( d )"]


def test_only_addresses_of_the_web_are_told() -> None:
    sheet = "a{b:url(data:image/png;base64,xx) url(//cdn.example/i.png) url(javascript:x) url(http://u:p@h.example/)}"
    found = list(css_addresses(sheet, "https://ministry.example/css/a.css"))
    assert found == ["https://cdn.example/i.png", "http://h.example/"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a 1x, b 2x", [("a", 1, "x"), ("b", 2, "x")]),
        (" a , b\n200w,\tc 1.5x ", [("a", 1, "x"), ("b", 200, "w"), ("c", 1.5, "x")]),
        ("a,b 1x", [("a,b", 1, "x")]),  # a comma inside is part of the address
        ("a,, b,", [("a", 1, "x"), ("b", 1, "x")]),
        ("data:image/png;base64,xx 1x, b", [("data:image/png;base64,xx", 1, "x"), ("b", 1, "x")]),
        ("a 100w 50h, b 50h, c 1x 2x, d -1w, e 0w, f 3q, g", [("a", 100, "w"), ("g", 1, "x")]),
        ("a (x, y), b 2x", [("b", 2, "x")]),
        ("", []),
        (",,, ,", []),
    ],
)
def test_candidates(text: str, found: list[tuple[str, float, str]]) -> None:
    assert list(candidates(text)) == [Candidate(*one) for one in found]
