"""Records as bytes: each its own gzip member, heads exactly as they were received."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from crawler.archive.http import split_message

if TYPE_CHECKING:
    from crawler.archive.reader import Record


class _RawHead(StatusAndHeaders):  # type: ignore[misc]
    """A head that is written as it was received; warcio's own re-serialises it and percent-encodes (warcio#128)."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("", [], protocol="")
        self.headers_buff = raw

    def __bool__(self) -> bool:
        return True  # the base class counts parsed fields, and there are none

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        return None


class _Serialiser(BufferWARCWriter):  # type: ignore[misc]
    """warcio's writer without its own payload digests: it takes them over the chunk framing."""

    def ensure_digest(self, record: object, block: bool = True, payload: bool = True) -> None:
        super().ensure_digest(record, block=block, payload=False)


class Batch:
    """Records of one exchange, each its own gzip member, to be appended in one write."""

    def __init__(self) -> None:
        self._writer = _Serialiser(gzip=True, warc_version="WARC/1.1")

    def add(
        self,
        kind: str,
        uri: str | None,
        headers: Mapping[str, str],
        head: bytes | None,
        body: bytes,
        *,
        content_type: str = "",
    ) -> int:
        """The compressed length of the record."""
        before = self._writer.out.tell()
        record = self._writer.create_warc_record(
            uri or "",
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict=dict(headers),
            http_headers=_RawHead(head) if head is not None else None,
        )
        self._writer.write_record(record)
        return int(self._writer.out.tell() - before)

    def contents(self) -> bytes:
        return bytes(self._writer.get_contents())


def member_of(record: Record) -> bytes:
    """A gzip member that holds a record of another format, or of odd shape, as a WARC 1.1 record."""
    batch = Batch()
    names = ("WARC-Record-ID", "WARC-Date", "WARC-IP-Address", "WARC-Concurrent-To", "WARC-Truncated", "WARC-Profile")
    kept = {name: record.headers[name.lower()] for name in names if name.lower() in record.headers}
    kind, url = record.kind, record.headers.get("warc-target-uri", "").strip("<> ")
    head: bytes | None = None
    body, content_type = record.block, record.headers.get("content-type", "application/octet-stream")
    if kind in ("response", "revisit", "request"):
        head, body = split_message(record.block)
    batch.add(kind, safe_target(url) or None, kept, head, body, content_type=content_type)
    return batch.contents()


def safe_target(url: str) -> str:
    """`url` without anything that could end a header line."""
    return "".join(c if c > " " and c != "\x7f" else f"%{ord(c):02X}" for c in url)
