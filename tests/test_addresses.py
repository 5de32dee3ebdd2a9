"""Addresses as browsers form them, and the credentials in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import checked, joined, mask_address, mask_text, mask_url, mask_words, without_user_info
from crawler.ids import canonical_url

BASE = "https://ministry.example/news/"
WITH_SECRET = [
    "http://user:SECRET@host.example/x",
    "//user:SECRET@host.example/x",
    "https://user:a@SECRET@host.example/x",
    "https:\\\\user:SECRET@host.example/x",
    "https:/\\user:SECRET@host.example/x",
    "https:///user:SECRET@host.example/x",
    "\\\\user:SECRET@host.example/x",
    "HTTPS://user:SECRET@host.example/x",
    " \thttps://user:SECRET@host.example/x",
    "ht\ttps://user:SEC\nRET@host.example/x",
    "https://user:SE CRET@host.example/x",
    "https://user:a/SECRET@host.example/x",
    "https://user:a?SECRET@host.example/x",
    "https://:SECRET@host.example/x",
    "https://SECRET@host.example/x",
    "https:user:SECRET@host.example/x",
    "ftp://user:SECRET@host.example/x",
    "redis://user:a\\SECRET@host.example/x",
    "postgres+x://user:SECRET@host.example/x",
    "https://us\u00e9r:SECRET@host.example/x",
    "https://user:SECRET@[::1]:80/x",
    "https://ministry.example/?next=https://user:SECRET@host.example/x",
]
WITHOUT = [
    "https://host.example/@minister/1",
    "https://host.example//a@b/",
    "https://host.example:8080/a@b",
    "https://[2001:db8::1]:80/a@b",
    "https://host.example/?mail=a@b.example#c@d",
    "mailto:press@ministry.example",
]


@pytest.mark.parametrize("url", WITH_SECRET)
def test_a_secret_is_masked_in_an_address(url: str) -> None:
    masked = mask_url(url)
    assert "SEC" not in masked
    assert "CRET" not in masked
    assert len(masked.encode()) == len(url.encode())
    assert "host.example" in masked or "::1" in masked


@pytest.mark.parametrize("url", [url for url in WITH_SECRET if " " not in url.strip() and "\n" not in url])
def test_a_secret_is_masked_in_a_text(url: str) -> None:
    for text in (f"redirects to {url}", f'<a href="{url}">', f"<{url}>; rel=next", f"({url})", f"Location:{url}"):
        assert "SECRET" not in mask_text(text)


@pytest.mark.parametrize("url", WITHOUT)
def test_what_is_no_secret_stays(url: str) -> None:
    assert mask_url(url) == url
    assert mask_text(f"see {url} there") == f"see {url} there"
    assert without_user_info(url) == url


@pytest.mark.parametrize(
    "url", [u for u in WITH_SECRET if u.strip()[:5].lower() in ("http:", "https", "//use", "\\\\use")]
)
def test_user_info_is_stripped_when_an_address_is_formed(url: str) -> None:
    if "?next=" not in url and not url.startswith("https:user"):
        assert "SECRET" not in joined(BASE, url)
        assert "//host.example" in joined(BASE, url) or "//[::1]" in joined(BASE, url)


def test_addresses_are_joined_as_browsers_do() -> None:
    assert joined(BASE, "2") == "https://ministry.example/news/2"
    assert joined(BASE, "\\a\\b?c=\\d") == "https://ministry.example/a/b?c=\\d"
    assert joined(BASE, "///other.example/x") == "https://other.example/x"
    assert joined(BASE, "a\nb") == "https://ministry.example/news/ab"
    assert joined(BASE, "javascript:a\\b") == "javascript:a\\b"
    assert joined("https://u:p@ministry.example/", "x") == "https://ministry.example/x"


@given(st.binary(max_size=200))
def test_masking_keeps_the_length_and_is_settled(data: bytes) -> None:
    for mask in (mask_address, mask_words):
        masked = mask(data)
        assert len(masked) == len(data)
        assert mask(masked) == masked


def test_a_host_that_is_longer_than_any_is_refused_before_it_is_read() -> None:
    marks = "\u0315\u0300" * 200_000
    for form in (f"//a{marks}", f"https://a{marks}/b", f"/x//a{marks}", f" \thttp:\\\\a{marks}", f"/\n/a{marks}"):
        with pytest.raises(ValueError, match="host"):
            joined("https://x.example/", form)
        with pytest.raises(ValueError, match=r"host|absolute"):
            canonical_url(form)
    assert joined("https://x.example/", f"/{'ж' * 1_000}") == f"https://x.example/{'ж' * 1_000}"
    assert checked("//президент.example/" + "ж" * 1_000).startswith("//п")
