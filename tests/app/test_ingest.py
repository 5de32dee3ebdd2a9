"""What taking files in tells when it gives nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.app.ingest import ingest
from crawler.errors import ArchiveError, CrawlIncomplete, MinistryNewsError

SEED = """
title = { en = "Ministry" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
"""
OTHER = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    b"WARC-Date: 2026-03-05T12:00:00Z\r\nWARC-Target-URI: https://other.example/1\r\nContent-Length: 19\r\n\r\n"
    b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
)


class Quiet:
    """Says nothing."""

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None:
        """Passed over."""

    def tell(self, note: str) -> None:
        """Passed over."""

    def interrupted(self, going_on: str) -> None:
        """Passed over."""


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (OTHER, CrawlIncomplete, "1 captures of other sources"),
        (b"", MinistryNewsError, "input"),
        (b'{"log": {"entries": []}}', MinistryNewsError, "input"),
        (b"SQLite format 3\0" + bytes(4000), ArchiveError, "input"),
        (b"<!doctype html><title>x</title>", MinistryNewsError, "input"),
    ],
)
def test_a_file_that_gives_nothing_is_an_error(
    data: bytes, error: type[MinistryNewsError], words: str, tmp_path: Path
) -> None:
    seed, path = tmp_path / "seeds" / "xx" / "one.toml", tmp_path / "input.warc"
    seed.parent.mkdir(parents=True)
    seed.write_text(SEED, "utf-8")
    path.write_bytes(data)
    with pytest.raises(error, match=words):
        ingest([path], str(seed), tmp_path / "p", show=Quiet())


def _page(n: int) -> bytes:
    body = b"<html><title>t</title><body><article><h1>Canal %d is open</h1><p>%s</p></article>" % (
        n,
        b"The ministry has opened the canal to boats of all kinds this week. " * 9,
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = OTHER.replace(b"other.example/1", b"ministry.example/news/%d" % n).replace(b"000001", b"%06d" % n)
    return gzip.compress(head[: head.index(b"19\r\n\r\n")] + b"%d\r\n\r\n" % len(block) + block + b"\r\n\r\n")


def test_what_is_lost_by_damage_is_told_and_is_no_repair(tmp_path: Path) -> None:
    seed, path = tmp_path / "seeds" / "xx" / "one.toml", tmp_path / "input.warc.gz"
    seed.parent.mkdir(parents=True)
    seed.write_text(SEED, "utf-8")
    second = bytearray(_page(2))
    second[60:70] = bytes(10)
    path.write_bytes(_page(1) + second + _page(3))
    summary = ingest([path], str(seed), tmp_path / "p", show=Quiet())
    assert summary.rows["articles"] == 2
    assert summary.exit_code == 4
    assert not summary.repairs
    (told,) = summary.lost
    assert f"lost: bytes {len(_page(1))} to " in told
    assert told in summary.problems
