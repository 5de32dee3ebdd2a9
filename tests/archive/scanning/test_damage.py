"""What is damaged is told as lost, and reading goes on at the next whole record, however the file is packed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard

from crawler.archive.containers.open import archives
from crawler.archive.scanning.scan import record_at, scan


def record(n: int, body: bytes = b"") -> bytes:
    """A record with so much body that a block of bgzip holds a few of them."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + (body or bytes([48 + n]) * 5000)
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-03-05T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012d}>\r\n"
        f"WARC-Target-URI: https://a.example/{n}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


RECORDS = [record(n) for n in range(6)]
ALL = list(range(6))


def pieces(pack: Callable[[bytes], bytes], cuts: list[bytes]) -> list[bytes]:
    return [pack(cut) for cut in cuts]


def in_blocks(size: int) -> list[bytes]:
    data = b"".join(RECORDS)
    places = [*range(0, len(data), size), len(data)]
    return [data[a:b] for a, b in pairwise(places)]


PAIRS = [b"".join(RECORDS[n : n + 2]) for n in (0, 2, 4)]
CASES = {
    "members": (pieces(gzip.compress, RECORDS), {3}),
    "members-of-two": (pieces(gzip.compress, PAIRS), {2, 3}),
    "zstd-frames": (pieces(lambda d: zstandard.ZstdCompressor(write_checksum=True).compress(d), RECORDS), {3}),
    "zstd-frames-of-two": (pieces(lambda d: zstandard.ZstdCompressor(write_checksum=True).compress(d), PAIRS), {2, 3}),
    "bgzip": (pieces(gzip.compress, in_blocks(7000)), None),
    "plain": (RECORDS, {3}),
}


def read(data: bytes, folder: Path) -> tuple[list[int], list[str]]:
    path, lost = folder / "x.warc.gz", []
    path.write_bytes(data)
    with archives(path, folder / "scratch") as found:
        numbers = []
        for one in found:
            lost += one.lost
            for its in scan(one.path, one.name, lost):
                numbers.append(int(its.get("warc-target-uri").rpartition("/")[2]))
                with one.path.open("rb") as file:
                    assert record_at(file, its.offset, its.length)[0].block == its.block
        return numbers, lost


@pytest.mark.parametrize("name", CASES)
def test_whole_files_lose_nothing(name: str, tmp_path: Path) -> None:
    assert read(b"".join(CASES[name][0]), tmp_path) == (ALL, [])


@pytest.mark.parametrize("how", ["middle", "head", "gone"])
@pytest.mark.parametrize("name", CASES)
def test_behind_a_damaged_piece_reading_goes_on(name: str, how: str, tmp_path: Path) -> None:
    its, gone = CASES[name]
    middle = len(its) // 2
    piece = its[middle]
    cut = len(piece) // 2
    broken = {
        "middle": piece[:cut] + b"\xa5" * 9 + piece[cut + 9 :] if name != "plain" else piece[:cut] + piece[cut + 300 :],
        "head": b"\xee" * 6 + piece[6:],
        "gone": piece[: len(piece) - 12],
    }[how]
    numbers, lost = read(b"".join([*its[:middle], broken, *its[middle + 1 :]]), tmp_path)
    assert lost, "damage is told"
    assert all("lost: bytes" in line for line in lost)
    if gone is not None:
        assert numbers == [n for n in ALL if n not in gone]
    else:
        assert {0, 5} <= set(numbers) and len(numbers) < 6


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_ends_between_two_records_of_a_piece_is_told(name: str, tmp_path: Path) -> None:
    its, _ = CASES[name]
    whole = b"".join(its)
    numbers, lost = read(whole[: len(whole) - len(its[-1]) // 2], tmp_path)
    assert lost
    assert numbers == ALL[: len(numbers)]
    assert numbers


def test_a_record_inside_a_page_is_none_of_the_file(tmp_path: Path) -> None:
    inner = record(9, b"a page about WARC")
    data = b"".join([RECORDS[0], record(1, b"<pre>" + inner + b"</pre>" * 900), RECORDS[2]])
    assert read(data, tmp_path) == ([0, 1, 2], [])
    assert read(gzip.compress(data), tmp_path) == ([0, 1, 2], [])


def test_bytes_of_a_magic_number_behind_damage_are_no_member(tmp_path: Path) -> None:
    false = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x00\x01" * 50
    data = gzip.compress(RECORDS[0]) + false + gzip.compress(RECORDS[1])
    assert read(data, tmp_path)[0] == [0, 1]


def test_line_ends_and_zeros_behind_records_are_no_damage(tmp_path: Path) -> None:
    assert read(b"\r\n".join(RECORDS) + b"\0" * 512, tmp_path) == (ALL, [])
    assert read(b"".join(map(gzip.compress, RECORDS)) + b"\0" * 512, tmp_path) == (ALL, [])
