"""Taking in many files with several processes gives what one gives, after kills too."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.foreign import ingest, take_in
from crawler.archive.foreign.take_in import Stocktaking, in_turn, stocks_of
from crawler.archive.warc.reader import iter_captures
from crawler.archive.warc.repair import recover
from crawler.batch import stock_pool
from crawler.batch.stock_lines import lines_of, stock_of
from crawler.batch.stock_pool import StockPool
from crawler.errors import ArchiveError
from crawler.model import Role, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.seed_texts import MINISTRY

SEED = parse_seed(MINISTRY, seed_id="xx.tests", path="seeds/xx/tests.toml")


def record(kind: str, url: str, second: int, block: str, more: str) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-05T12:00:{second:02d}Z\r\n"
    head += f"{more}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(f"{head}{block}\r\n\r\n".encode(), mtime=0)


def exchange(number: int, host: str = "ministry.example") -> bytes:
    url, its = f"https://{host}/news/{number}", f"<urn:uuid:{number:08d}-0000-4000-8000-000000000000>"
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a={number}\r\n\r\n<p>News {number}" + "x" * 3000
    asked, of = f"GET /news/{number} HTTP/1.1\r\n\r\n", f"WARC-Record-ID: <urn:x:{number}>\r\nWARC-Concurrent-To: {its}"
    return record("response", url, number % 60, page, f"WARC-Record-ID: {its}") + record(
        "request", url, number % 60, asked, of
    )


def files(folder: Path) -> list[Path]:
    """Files in many forms: packed, odd, damaged, in a zip, and none of ours."""
    its = []
    for number in range(6):
        path = folder / f"{number}.warc.gz"
        path.write_bytes(b"".join(exchange(number * 10 + n) for n in range(4)) + exchange(99, "elsewhere.example"))
        its.append(path)
    (folder / "one-member.warc.gz").write_bytes(gzip.compress(gzip.decompress(exchange(71) + exchange(72))))
    (folder / "cut.warc.gz").write_bytes(exchange(75) + exchange(76)[:150])
    (folder / "nothing.warc.gz").write_bytes(b"<html>")
    with zipfile.ZipFile(folder / "two.wacz", "w") as target:
        for number in (80, 84):
            target.writestr(f"archive/{number}.warc.gz", exchange(number) + exchange(number + 1))
    return [*its, *(folder / name for name in ("one-member.warc.gz", "cut.warc.gz", "nothing.warc.gz", "two.wacz"))]


def taken(paths: Sequence[Path], home: Path, how: Stocktaking, seed: Seed = SEED) -> tuple[list[str], list[str]]:
    """(the captures as their files hold them, what is told of each file)."""
    workspace = Workspace(home)
    result = ingest(paths, {seed.id: (seed, page_object(seed).owns)}, workspace, how)
    captures = [
        str(replace(capture, locator=replace(capture.locator, offset=0)))
        for path in result.files
        for capture in iter_captures(path)
    ]
    return captures, [*map(str, result.accounts), *result.notes]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return files(tmp_path_factory.mktemp("archives"))


@pytest.mark.parametrize("workers", [1, 3])
def test_any_number_of_processes_takes_the_same(
    workers: int, archives: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Still(datetime):  # the name of a file tells when it was begun
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 29, tzinfo=UTC)

    monkeypatch.setattr(take_in, "datetime", Still)
    alone = taken(archives, tmp_path / "alone", in_turn)
    together = taken(archives, tmp_path / "together", StockPool(workers, [SEED]))
    assert together == alone
    assert len(alone[0]) == 24 + 2 + 1 + 4
    assert not list((tmp_path / "together" / ".work").glob("scratch-*"))


def test_an_inventory_travels_whole(archives: list[Path], tmp_path: Path) -> None:
    for path in archives:
        for stock in stocks_of(path, [page_object(SEED).owns], tmp_path / "member"):
            if not isinstance(stock, ArchiveError):
                *lines, _ = lines_of(stock)
                assert stock_of(lines) == stock


def test_a_process_that_dies_costs_the_file_that_it_reads(
    archives: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock_pool, "_MODULE", "crawler")  # a module that asks for no tasks
    captures, told = taken(archives[:2], tmp_path / "package", StockPool(2, [SEED]))
    assert captures == []
    assert sum("the process that read it ended" in line for line in told) == 2


def test_an_ingest_that_was_killed_goes_on_where_it_was(archives: list[Path], tmp_path: Path) -> None:
    """Whatever the last write left, what is taken after it completes the same captures."""
    whole = Workspace(tmp_path / "whole")
    owner = {SEED.id: (SEED, page_object(SEED).owns)}
    (file,) = ingest(archives[:2], owner, whole).files
    wanted = {(c.capture_id, c.role, c.method) for c in iter_captures(file)}
    data = file.read_bytes()
    for number in range(12):
        torn = Workspace(tmp_path / f"torn-{number}")
        torn.open_archive.mkdir(parents=True)
        (torn.open_archive / f"{file.name}.open").write_bytes(data[: len(data) * number // 12])
        recover(torn)
        ingest(archives[:2], owner, torn)
        found = [c for path in sorted(torn.archive.glob("*.warc.gz")) for c in iter_captures(path)]
        assert {(c.capture_id, c.role, c.method) for c in found} == wanted
        assert len(found) == len(wanted)
        assert all(c.role is Role.ARTICLE for c in found)
