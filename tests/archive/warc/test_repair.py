"""Files that a killed run left open, cut anywhere."""

from __future__ import annotations

import os
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.index.cdxj import cdxj
from crawler.archive.index.memory import load_memory
from crawler.archive.warc.reader import iter_captures, records
from crawler.archive.warc.repair import recover, repair_file, whole_prefix
from crawler.archive.warc.writer import Recorder
from crawler.model import Role
from crawler.workspace import Workspace


@pytest.fixture
def whole(recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent, tmp_path: Path) -> Path:
    dice = random.Random(7)  # noqa: S311 - reproducible
    for number in range(12):
        body = dice.randbytes(dice.choice([0, 10, 3_000, 60_000]))
        recorder.record(exchange(url=f"https://m.example/{number}", body=body), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    return path


def boundaries(data: bytes, path: Path) -> list[int]:
    """Where records end, found by cutting at each gzip magic."""
    marks = [i for i in range(len(data)) if data.startswith(b"\x1f\x8b\x08\x00", i)] + [len(data)]
    return [mark for mark in marks if _whole(path, data[:mark]) == mark]


def _whole(path: Path, data: bytes) -> int:
    probe = path.with_suffix(".probe")
    probe.write_bytes(data)
    return whole_prefix(probe)


def test_every_cut_keeps_every_whole_record(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    ends = boundaries(data, whole)
    assert len(ends) == 2 + 12 * 3 + 1  # with 0: nothing
    dice = random.Random(500)  # noqa: S311
    cuts = [dice.randrange(len(data) + 1) for _ in range(500 - 2 * len(ends))] + ends + [max(0, e - 1) for e in ends]
    for number, cut in enumerate(cuts):
        torn = tmp_path / f"{number}.warc.gz.open"
        torn.write_bytes(data[:cut])
        repair = repair_file(torn, tmp_path / "damaged")
        kept = max(end for end in ends if end <= cut)
        assert torn.read_bytes() == data[:kept]
        assert (repair.kept, repair.cut) == (kept, cut - kept)
        if repair.tail:
            assert (tmp_path / "damaged" / repair.tail).read_bytes() == data[kept:cut]
    assert len(cuts) >= 500


@pytest.mark.parametrize("damage", [b"\0" * 4096, os.urandom(4096), b"\x1f\x8b\x08\0" + b"\0" * 99])
def test_junk_behind_whole_records_is_set_aside(whole: Path, damage: bytes, tmp_path: Path) -> None:
    data = whole.read_bytes()
    assert _whole(tmp_path / "x", data + damage) == len(data)


def test_a_flipped_bit_ends_what_is_trusted(whole: Path, tmp_path: Path) -> None:
    data = bytearray(whole.read_bytes())
    data[len(data) // 2] ^= 4
    assert 0 < _whole(tmp_path / "x", bytes(data)) <= len(data) // 2


def test_recovery_seals_what_is_whole(
    recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent, tmp_path: Path
) -> None:
    space = Workspace(tmp_path / "package")
    mine = Recorder(space.open_archive, recorder.info)
    made = [mine.record(exchange(url=f"https://m.example/{n}"), intent) for n in range(3)]
    (torn,) = space.open_archive.iterdir()
    os.truncate(torn, torn.stat().st_size - 5)  # in the metadata record of the third
    (repair,) = recover(space)
    assert repair.cut
    (path,) = space.archive.iterdir()
    assert [c.url for c in iter_captures(path)] == [c.url for c in made]
    assert recover(space) == []


def test_an_answer_whose_purpose_is_lost_is_kept_and_not_read(
    recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent, tmp_path: Path
) -> None:
    whole = recorder.record(exchange(url="https://m.example/1"), intent)
    torn = recorder.record(exchange(url="https://m.example/2", body=b"<p>second</p>"), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    end = torn.locator.offset + torn.locator.length
    lengths = [record.length for record in records(path) if record.offset >= end]
    for kept in (0, lengths[0]):  # neither request nor metadata; then the request alone
        open_ = tmp_path / f"{kept}.warc.gz.open"
        open_.write_bytes(path.read_bytes()[: end + kept + 7])
        assert repair_file(open_, tmp_path / "damaged").kept == end + kept
        first, second = iter_captures(open_, warc_file=whole.locator.warc_file)
        assert first == whole
        assert (second.capture_id, second.url, second.payload_sha256) == (
            torn.capture_id,
            torn.url,
            torn.payload_sha256,
        )
        assert (second.role, second.document) == (Role.PROBE, None)
        index = tmp_path / f"{kept}.cdx"
        index.write_bytes(cdxj([first, second]))
        memory = load_memory([index], source_id="xx.tests")
        assert memory.lookup(whole.url)
        assert memory.lookup(torn.url) is None  # asked for again without a condition, and recorded whole


def test_repair_holds_little_of_a_large_file(
    recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent, tmp_path: Path
) -> None:
    """Of a record only its head is held, not what it inflates to: 32 MiB of zeros are 32 KiB in the file."""
    recorder.record(exchange(body=bytes(32 << 20)), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    data = path.read_bytes()
    path.write_bytes(data + os.urandom(3 << 20))
    tracemalloc.start()
    assert whole_prefix(path) == len(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_recovery_of_nothing_whole(recorder: Recorder, tmp_path: Path) -> None:
    space = Workspace(tmp_path / "package")
    space.open_archive.mkdir(parents=True)
    (space.open_archive / "xx.tests-1-00000.warc.gz.open").write_bytes(b"\x1f\x8b\x08half")
    (repair,) = recover(space)
    assert repair.kept == 0
    assert not space.archive.exists()
    assert [p.read_bytes() for p in space.damaged.iterdir()] == [b"\x1f\x8b\x08half"]
