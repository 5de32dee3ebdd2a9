"""Addresses as they go over the wire."""

from __future__ import annotations

import random

from w3lib.url import safe_url_string

from crawler.addresses import joined
from crawler.discovery.address import PLAIN, absolute


def test_an_address_that_is_taken_as_it_stands_is_one_in_which_the_library_escapes_nothing() -> None:
    signs = "abXY09/._~%!$&'()*+,;:=@-? é\"<>[]{}|\\^`"
    rolls = random.Random(17)  # noqa: S311 - the same addresses in each run
    plain = 0
    for _ in range(4_000):
        host = "".join(rolls.choice("abA0-.") for _ in range(rolls.randint(1, 9)))
        url = f"https://{host}/" + "".join(rolls.choice(signs) for _ in range(rolls.randint(0, 6)))
        if PLAIN.fullmatch(url):
            plain += 1
            assert safe_url_string(url) == url
    assert plain > 400
    assert not PLAIN.fullmatch("https://a.example/é")


def test_an_absolute_address_that_is_taken_as_it_stands_is_the_one_that_joining_gives() -> None:
    rolls = random.Random(18)  # noqa: S311 - the same addresses in each run
    plain = 0
    for _ in range(4_000):
        path = "".join(rolls.choice("ab/.;?=&@:~%-") for _ in range(rolls.randint(0, 8)))
        url = f"{rolls.choice(['http', 'https'])}://a.example/{path}"
        if PLAIN.fullmatch(url):
            plain += 1
            assert absolute("https://b.example/c/d", url) == joined("https://b.example/c/d", url), url
    assert plain > 400
    assert absolute("https://b.example/", "https://a.example/x;") == "https://a.example/x"
    assert absolute("https://b.example/", f"https://a.example/{'x' * 3_000}") is None
