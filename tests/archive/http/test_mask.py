"""Secrets in the heads of messages."""

from __future__ import annotations

import pytest

from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.http.mask import mask_head
from crawler.archive.warc.fields import clean, parse_fields, warc_fields
from crawler.clock import now
from crawler.model import Role

SECRET_HEADS = [
    b"HTTP/1.1 302 Found\r\nLocation: //user:SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: https://user:p@SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: https:\\\\user:SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: https://user:a SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: https://user:\r\n SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation://user:SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nRefresh: 0;url=ftp://user:SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nRefresh: 0; URL='//user:a SECRET@host.example/'\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nLink: </a>; rel=x, <//user:SECRET@host.example/>; rel=y\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\rb=SECRET\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: 1\rSet-Cookie: a=SECRET\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: 1\r Set-Cookie : a=SECRET\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: 1\rLocation: //u:SECRET SECRET@host.example/\r\n\r\n",
    b"HTTP/1.1 200 OK\nset-cookie2: a=\n\tSECRET\n\n",
    b"HTTP/1.1 200 OK\r\n Set-Cookie: a=SECRET\r\n\r\n",
]


@pytest.mark.parametrize("head", SECRET_HEADS)
def test_a_secret_is_gone_and_the_length_stays(head: bytes) -> None:
    masked = mask_head(head)
    assert b"SECRET" not in masked
    assert len(masked) == len(head)
    assert [n for n, byte in enumerate(masked) if byte in b"\r\n"] == [
        n for n, byte in enumerate(head) if byte in b"\r\n"
    ]


def test_other_heads_stay() -> None:
    head = b"HTTP/1.1 200 OK\r\nX-From: a@b.example\r\nLink: <https://h.example/a@b>\r\nX-Cookies: none\r\n\r\n"
    assert mask_head(head) == head


LINE_ENDS = ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\r\n "]


@pytest.mark.parametrize("end", LINE_ENDS)
def test_no_value_forges_a_field(end: str) -> None:
    mark = f"2026-03-02{end}method: INJECTED{end}fetch-error: injected{end}soft-404: http://injected/"
    intent = Intent(Role.ARTICLE, document=f"1{end}role: probe", via=f"https://x.example/{end}a: b", modified_hint=mark)
    exchange = Exchange("https://x.example/", "GET", now(), 1, detail=f"x{end}fetch-error: y")
    block = warc_fields(intent, exchange)
    fields = parse_fields(block)
    assert (fields["method"], fields["role"]) == ("GET", "article")
    assert not {"fetch-error", "soft-404", "a"} & fields.keys()
    assert len(block.decode().splitlines()) == block.count(b"\r\n")  # whatever its reader takes for a line
    assert clean(mark).splitlines() == [clean(mark)]


@pytest.mark.parametrize("end", [end for end in LINE_ENDS if "\r\n" not in end])
def test_only_crlf_ends_a_line(end: str) -> None:
    assert parse_fields(f"via: x{end}method: INJECTED\r\nmethod: GET\r\n".encode())["method"] == "GET"


def test_a_block_without_any_crlf_is_read() -> None:
    assert parse_fields(b"software: a\nformat: b\n") == {"software": "a", "format": "b"}


def test_words_of_other_languages_stay() -> None:
    assert clean("2 марта\u00a02026\u200c") == "2 марта\u00a02026\u200c"


def test_masking_settles_in_one_call() -> None:
    once = mask_head(b"Location://\\\\\x00@p:@\r\x97")
    assert mask_head(once) == once
