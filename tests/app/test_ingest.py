"""What taking files in tells when it gives nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.app.ingest import ingest
from crawler.errors import ArchiveError, CrawlIncomplete, MinistryNewsError
from tests.seed_texts import MINISTRY

SEED = MINISTRY
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


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2199-01-01T00:00:00Z", "1980"])
def test_a_capture_of_a_day_that_cannot_be_is_lost_and_told(date: str, tmp_path: Path) -> None:
    """One of the year 9999 would be the newest for ever: no crawl could add to the package, and its state was not
    shown; the first year has no names of parts."""
    seed, path = tmp_path / "seeds" / "xx" / "one.toml", tmp_path / "input.warc.gz"
    seed.parent.mkdir(parents=True)
    seed.write_text(SEED, "utf-8")
    bad = gzip.compress(gzip.decompress(_page(2)).replace(b"2026-03-05T12:00:00Z", date.encode()))
    path.write_bytes(_page(1) + bad)
    summary = ingest([path], str(seed), tmp_path / "p", show=Quiet())
    assert summary.rows["articles"] == 1
    assert summary.exit_code == 4
    (told,) = summary.lost
    assert "WARC-Date" in told


def test_captures_are_sorted_into_all_sources_that_own_them(tmp_path: Path) -> None:
    seeds, archives = tmp_path / "seeds", tmp_path / "archives" / "deeper"
    (seeds / "xx").mkdir(parents=True)
    archives.mkdir(parents=True)
    for name in (b"one", b"two"):
        toml = SEED.replace("ministry.example", f"{name.decode()}.example")
        (seeds / "xx" / f"{name.decode()}.toml").write_text(toml, "utf-8")
    hosts = [b"one.example", b"two.example", b"two.example", b"three.example"]
    pages = [gzip.decompress(_page(n)).replace(b"ministry.example", host) for n, host in enumerate(hosts)]
    (archives / "a.warc").write_bytes(pages[0] + pages[1])
    (archives / "b.warc").write_bytes(pages[2] + pages[3])
    (archives / "c.warc").write_bytes(b"no archive at all")
    summary = ingest([archives.parent], None, tmp_path / "p", show=Quiet(), folders=[seeds])
    assert summary.arrived_counts == {"xx.one": 1, "xx.two": 2}
    assert summary.left_out == {"captures of other sources": 1}
    assert [line.partition(":")[0] for line in summary.lost] == ["c.warc"]
    assert summary.exit_code == 4


def test_an_ingest_that_was_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = tmp_path / "seeds" / "xx" / "one.toml"
    seed.parent.mkdir(parents=True)
    seed.write_text(SEED, "utf-8")
    for n in (1, 2):
        (tmp_path / f"{n}.warc.gz").write_bytes(_page(n))
    files = [tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"]

    def killed(self: object, report: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("crawler.archive.warc.writer.Recorder.record_report", killed)
        ingest(files[:1], str(seed), tmp_path / "p", show=Quiet())
    summary = ingest(files, str(seed), tmp_path / "p", show=Quiet())
    assert summary.rows["articles"] == 2
    assert summary.rows["captures"] == 2
