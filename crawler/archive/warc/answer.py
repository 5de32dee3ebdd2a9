"""The answer that a record holds: with its HTTP head, or without one, as donated copies and made archives have it."""

from __future__ import annotations

from typing import Protocol

from crawler.archive.http.http1 import Head, is_headed, parse_head, split_answer, split_interim


class HasFields(Protocol):
    """A record: its type, its fields by name in lower case, its block."""

    kind: str
    block: bytes

    @property
    def fields(self) -> dict[str, str]: ...


def unbracketed(value: str) -> str:
    """`value` without the angle brackets around it, which WARC 1.0 puts around an address; only as a pair."""
    value = value.strip()
    return value[1:-1].strip() if value.startswith("<") and value.endswith(">") else value


def target_of(record: HasFields) -> str:
    """The address that a record is of, or the empty string. Blanks in it are percent-encoded, as browsers do."""
    return unbracketed(record.fields.get("warc-target-uri", "")).replace(" ", "%20")


def is_document(record: HasFields) -> bool:
    """Whether a `resource` record holds what stands at an address of the web. Other tools keep screenshots, logs and
    texts of their own under other schemes."""
    return record.kind == "resource" and target_of(record).lower().startswith(("http://", "https://"))


def answer_of(record: HasFields) -> tuple[Head, bytes]:
    """(head, body as sent) of a `response`, `revisit` or `resource` record. What has no HTTP head stands for a 200
    answer of the media type that the record names: somebody had the document."""
    if mime := _bare_type(record):
        return Head(200, (("Content-Type", mime),)), record.block
    head, raw = split_answer(record.block)
    return parse_head(head), raw


def message_of(record: HasFields) -> bytes:
    """The final answer in a record as a message of HTTP, as `answer_of` reads it."""
    if mime := _bare_type(record):
        return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s" % (mime.encode("latin-1", "replace"), record.block)
    return split_interim(record.block)[1]


def _bare_type(record: HasFields) -> str:
    """The media type of a record without an HTTP head; the empty string where it has one."""
    named = record.fields.get("content-type", "")
    is_http = named.partition(";")[0].strip().lower() == "application/http"
    is_markup = record.block[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    is_bare = record.kind == "resource" or (record.kind == "response" and record.block and not is_headed(record.block))
    if not is_bare or (is_http and not is_markup):
        return ""
    return "text/html" if is_http or not named else named
