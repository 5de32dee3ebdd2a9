"""The sort keys of addresses: what replay tools look captures up by."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crawler.archive.index.surt import surt_key


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
