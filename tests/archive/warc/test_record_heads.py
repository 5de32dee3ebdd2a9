"""Heads that are read at once are those that warcio reads line by line."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeadersParser

from crawler.archive.limits import BoundedReader
from crawler.archive.warc.records import HeadParser

_TYPES = ("WARC/1.1", "WARC/1.0")
_FIELDS = b"WARC-Type: response\r\nWARC-Target-URI: http://x.example/?a:b\r\n"
HEADS = {
    "regular": (_FIELDS, True),
    "spaces around values, none and several colons in them": (b"A:b\r\nC:   d:e  \t\r\nF:\r\n", True),
    "a folded line": (b"A: b\r\n c\r\nD: e\r\n", False),
    "lines that end with a line feed alone": (_FIELDS.replace(b"\r\n", b"\n"), False),
    "a line without a colon": (b"A: b\r\nnothing\r\nD: e\r\n", False),
    "a space before the colon": (b"A : b\r\n", False),
    "other letters": ("A: é\r\nB: 日\r\n".encode(), False),
    "bytes of no encoding": (b"A: \xff\xfe\r\n", False),
    "a vertical tab behind a value": (b"A: b\x0b\r\n", False),
    "no fields": (b"", False),
    "more than is looked at": (b"A: " + b"b" * 9000 + b"\r\n", False),
}


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("end", [b"\r\n", b""], ids=["ended", "cut"])
@pytest.mark.parametrize("first", [b"WARC/1.1\r\n", b"WARC/1.0 \n", b"HTTP/1.1 200 OK\r\n"])
def test_heads_are_the_same(name: str, end: bytes, first: bytes) -> None:
    fields, _ = HEADS[name]
    found = []
    for parser in (HeadParser(_TYPES), StatusAndHeadersParser(_TYPES)):
        stream = BoundedReader(BytesIO(gzip.compress(first + fields + end + b"body: x\r\n\r\n")), block_size=64)
        try:
            head = parser.parse(stream)
            found.append((head.protocol, head.statusline, head.headers, head.total_len, stream.read()))
        except Exception as error:
            found.append((type(error), str(error)))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", HEADS)
def test_only_regular_heads_are_read_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fields, is_regular = HEADS[name]
    slow: list[bool] = []
    monkeypatch.setattr(StatusAndHeadersParser, "parse", lambda *_: slow.append(True))
    HeadParser(_TYPES).parse(BoundedReader(BytesIO(gzip.compress(b"WARC/1.1\r\n" + fields + b"\r\n"))))
    assert slow == ([] if is_regular else [True])
