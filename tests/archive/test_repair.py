"""Files that a killed run left open, cut anywhere."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.exchange import Exchange, Intent
from crawler.archive.reader import iter_captures
from crawler.archive.repair import recover, repair_file, whole_prefix
from crawler.archive.writer import Recorder
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


def test_recovery_of_nothing_whole(recorder: Recorder, tmp_path: Path) -> None:
    space = Workspace(tmp_path / "package")
    space.open_archive.mkdir(parents=True)
    (space.open_archive / "xx.tests-1-00000.warc.gz.open").write_bytes(b"\x1f\x8b\x08half")
    (repair,) = recover(space)
    assert repair.kept == 0
    assert not space.archive.exists()
    assert [p.read_bytes() for p in space.damaged.iterdir()] == [b"\x1f\x8b\x08half"]
