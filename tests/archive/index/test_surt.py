"""The sort keys of addresses: what replay tools look captures up by."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from crawler.archive.index.surt import _of_regular, _transform, surt_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Gov.uz:443/ru/Eco/News/?b=2&a=1#top", "uz,gov)/ru/eco/news?a=1&b=2"),
        ("http://127.0.0.1:8099/ru/a", "1,0,0,127:8099)/ru/a"),
        ("https://gov.uz/a b", "uz,gov)/a%20b"),
        ("https://gov.uz:99999999/a b", "https://gov.uz:99999999/a%20b"),
        ("dns:gov.uz", "dns:gov.uz"),
    ],
)
def test_keys(url: str, key: str) -> None:
    assert surt_key(url) == key


def test_no_key_breaks_a_line_of_the_index() -> None:
    for url in ("https://[x y/\n z", "https://gov.uz:99999999/a\n b", "a\r\nb", "https://x.org/\x00\n"):
        assert not set(surt_key(url)) & set(" \r\n\0"), url


def test_a_verb_that_needs_no_key_does_not_pay_for_it() -> None:
    """Loading these takes most of a second; `--help` and `status` should not wait for it."""
    code = "import sys, crawler.cli; print(sorted({'surt', 'requests', 'frictionless', 'scrapy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_endless_address_is_its_own_key() -> None:
    """One of 600 kB, as a hostile WARC has it, took the library four seconds."""
    url = "http://x.example/" + "/*" * 300_000
    assert surt_key(url) == url


def test_keys_of_regular_addresses_are_those_of_the_library() -> None:
    dice, regular = random.Random(5), 0  # noqa: S311
    names = [
        "gov.uz",
        "www.gov.uz",
        "www12.a-b.uz",
        "www.uz",
        "x.www.uz",
        "1.2.uz",
        "0x1.uz",
        "xn--p1ai.uz",
        "localhost",
    ]
    hosts = [*names, "127.0.0.1", "1.2.3", "256.1.1.1", "01.2.3.4", "255.0.99.25", "12", "a..uz", "-.uz"]
    queries = ["", "?", "?a", "?b=2&a=1", "?A=1&a=0&a", "?a=b=c&&b", "?a-b=_.9&a=b", "?x=1&PHPSESSID=" + "0" * 32]
    queries += ["?sid=" + "b" * 32 + "&c=1", "?jsessionid=" + "a" * 32, "?cfid=1&cftoken=2", "?a=%41", "?a+b"]
    for _ in range(3000):
        path = "".join("/" + "".join(dice.choices("aBz_-.09", k=dice.randint(0, 4))) for _ in range(dice.randint(0, 3)))
        port = dice.choice(["", "", ":80", ":443", ":8080", ":0"])
        url = f"{dice.choice(['http', 'https'])}://{dice.choice(hosts)}{port}{path}{dice.choice(queries)}"
        if (key := _of_regular(url)) is not None:
            regular += 1
            assert key == _transform()(url), url
    assert regular > 500
