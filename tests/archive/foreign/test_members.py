"""Secrets in records of other tools: masked in place, and nothing else touched."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from crawler.archive.foreign.members import kept
from crawler.archive.scanning.scan import record_at


def member(kind: str, fields: list[tuple[str, str]], body: bytes, url: str = "https://ministry.example/") -> bytes:
    writer = BufferWARCWriter(gzip=True)
    line, is_request = ("GET / HTTP/1.1", True) if kind == "request" else ("200 OK", False)
    head = StatusAndHeaders(line, fields, protocol="" if is_request else "HTTP/1.1", is_http_request=is_request)
    writer.write_record(writer.create_warc_record(url, kind, payload=BytesIO(body), http_headers=head))
    return bytes(writer.get_contents())


@pytest.fixture
def masked(tmp_path: Path) -> Callable[[bytes], bytes]:
    """What is kept of a gzip member."""

    def keep(packed: bytes, **changes: str) -> bytes:
        (tmp_path / "x.warc.gz").write_bytes(packed)
        with (tmp_path / "x.warc.gz").open("rb") as file:
            return kept(*record_at(file, 0, len(packed)), {name.replace("_", "-"): v for name, v in changes.items()})

    return keep


@pytest.mark.parametrize("body", [b"", b"<p>text", b"ends so\r\n\r\n", b"Cookie: in the text\r\n"])
@pytest.mark.parametrize(
    ("kind", "field"), [("request", "Cookie"), ("request", "Authorization"), ("response", "Set-Cookie")]
)
def test_a_secret_is_masked_in_place(kind: str, field: str, body: bytes, masked: Callable[[bytes], bytes]) -> None:
    before = member(kind, [("Host", "a"), (field, "session=secret")], body)
    after = masked(before)
    plain = zlib.decompress(after, wbits=31)
    assert b"secret" not in plain
    assert len(plain) == len(gzip.decompress(before))
    record = next(iter(ArchiveIterator(BytesIO(after), check_digests=True)))
    assert record.content_stream().read() == body
    assert record.digest_checker.passed is not False


def test_nothing_else_is_touched(masked: Callable[[bytes], bytes]) -> None:
    before = member("response", [("Content-Type", "text/html")], b"Set-Cookie: not a field\r\n")
    assert masked(before) == before


def test_credentials_in_addresses_are_masked(masked: Callable[[bytes], bytes]) -> None:
    plain = zlib.decompress(masked(member("response", [], b"", "https://me:pass@ministry.example/")), wbits=31)
    assert b"pass" not in plain
    assert b"WARC-Target-URI: https://xxxxxxx@ministry.example/" in plain
