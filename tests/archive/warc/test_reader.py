"""Archives read back: damaged and hostile files end in ArchiveError, never in anything else."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.warc.reader import iter_captures, iter_payloads, read_payload, read_run
from crawler.archive.warc.writer import Recorder
from crawler.errors import ArchiveError
from crawler.model import Locator, Role

Make = Callable[..., Exchange]


@pytest.fixture
def whole(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> Path:
    for number in range(4):
        recorder.record(exchange(url=f"https://m.example/{number}", body=b"<p>%d</p>" % number * 50), intent)
    recorder.record_report({"result": "complete"})
    (path,) = recorder.seal(tmp_path / "archive")
    return path


def read_all(path: Path) -> None:
    list(iter_payloads(path))
    read_run(path)


def test_damage_is_an_archive_error_or_harmless(whole: Path, tmp_path: Path) -> None:
    data, dice = whole.read_bytes(), random.Random(3)  # noqa: S311 - reproducible
    plain = gzip.decompress(data)
    told = 0
    for number in range(300):
        source = bytearray(data if number % 2 else plain)
        for _ in range(dice.choice([1, 1, 3, 20])):
            source[dice.randrange(len(source))] = dice.randrange(256)
        if number % 5 == 0:
            del source[dice.randrange(len(source)) :]
        path = tmp_path / "damaged.warc.gz"
        path.write_bytes(source)
        try:
            read_all(path)
        except ArchiveError:
            told += 1
    assert told > 100


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"WARC/1.1\r\n", b"junk" * 99, b"\0" * 99, b"WARC/1.1\r\n\r\n"])
def test_what_is_no_warc(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError):
        read_all(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        read_all(tmp_path / "none.warc.gz")


def test_a_locator_must_lead_to_its_record(whole: Path) -> None:
    first, second, *_ = iter_captures(whole)
    assert read_payload(whole, first).body == b"<p>0</p>" * 50
    with pytest.raises(ArchiveError, match="is not"):
        read_payload(whole, replace(first, locator=second.locator))
    for offset, length in ((first.locator.offset + 1, 99), (10**9, 99), (first.locator.offset, 40)):
        with pytest.raises(ArchiveError):
            read_payload(whole, replace(first, locator=Locator("archive/x", offset, length)))
    with pytest.raises(ArchiveError):
        read_payload(whole.with_name("none"), first)


def test_payloads_of_one_role(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    recorder.record(exchange(url="https://m.example/robots.txt"), Intent(Role.ROBOTS))
    recorder.record(exchange(), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    (payload,) = iter_payloads(path, role=Role.ARTICLE)
    assert payload.capture.role is Role.ARTICLE
    assert payload.headers[0] == ("Content-Type", "text/html")


def test_a_coding_that_ends_early_is_told(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    body = gzip.compress(b"<p>News</p>" * 99)[:-9]
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    made = recorder.record(exchange(response=head + body), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    (payload,) = iter_payloads(path)
    assert payload.capture == made
    assert payload.capture.truncated
    assert payload.body.startswith(b"<p>News</p>")
