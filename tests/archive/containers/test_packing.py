"""WARC files packed in every way that tools pack them, alone and in zips."""

from __future__ import annotations

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from crawler.archive.containers.open import archives
from crawler.archive.warc.reader import iter_captures
from crawler.errors import ArchiveError

RECORDS = [
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
    b"WARC-Date: 2026-03-05T12:00:00Z\r\nWARC-Target-URI: https://a.example/%d\r\nContent-Length: %d\r\n\r\n"
    % (n, n, 44 + n)
    + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    + b"x" * n
    + b"\r\n\r\n"
    for n in (3, 70_000, 9)
]
WHOLE = b"".join(RECORDS)
SKIPPED = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
TRAINED = zstandard.ZstdCompressionDict(b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: " * 40)


def _with_dictionary(*, packed: bool) -> bytes:
    data = TRAINED.as_bytes()
    data = zstandard.compress(data) if packed else data
    frames = [zstandard.ZstdCompressor(dict_data=TRAINED).compress(record) for record in RECORDS]
    return b"\x5d\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data + b"".join(frames)


PACKINGS = {
    "plain": WHOLE,
    "member-each": b"".join(map(gzip.compress, RECORDS)),
    "one-member": gzip.compress(WHOLE),
    "blocks": b"".join(gzip.compress(WHOLE[n : n + 30_000]) for n in range(0, len(WHOLE), 30_000)) + gzip.compress(b""),
    "small-then-whole": gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[1] + RECORDS[2]),
    "record-in-two": gzip.compress(RECORDS[0] + RECORDS[1][:500]) + gzip.compress(RECORDS[1][500:] + RECORDS[2]),
    "zstd-each": b"".join(map(zstandard.compress, RECORDS)),
    "zstd-one": zstandard.compress(WHOLE),
    "zstd-skippable": SKIPPED
    + zstandard.compress(RECORDS[0])
    + SKIPPED * 2
    + zstandard.compress(b"".join(RECORDS[1:])),
    "zstd-dictionary": _with_dictionary(packed=False),
    "zstd-packed-dictionary": _with_dictionary(packed=True),
}


def _zip(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def _urls(path: Path) -> list[str]:
    with archives(path, path.parent / "scratch") as found:
        return [capture.url for one in found for capture in iter_captures(one.path)]


@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize("packing", PACKINGS)
def test_all_records_are_read(packing: str, depth: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data, suffix = PACKINGS[packing], ".warc.zst" if packing.startswith("zstd") else ".warc.gz"
    for _ in range(depth):
        data, suffix = _zip(**{f"archive/data{suffix}": data, "datapackage.json": b"{}"}), ".wacz"
    path = tmp_path / f"input{suffix}"
    path.write_bytes(data)
    assert _urls(path) == ["https://a.example/3", "https://a.example/70000", "https://a.example/9"]
    assert capfd.readouterr() == ("", "")


def test_members_of_a_multi_wacz_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "all.wacz"
    inner = [_zip(**{"archive/a.warc": record}) for record in RECORDS]
    path.write_bytes(_zip(**{"one.wacz": inner[0], "two.wacz": inner[1], "three.wacz": inner[2]}))
    assert len(_urls(path)) == 3


@pytest.mark.parametrize("names", [(), ("index.html",)])
def test_a_zip_without_an_archive_is_refused(names: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "site.wacz"
    path.write_bytes(_zip(**dict.fromkeys(names, b"")))
    with pytest.raises(ArchiveError, match="without a WARC"):
        _urls(path)


def test_zips_in_zips_have_an_end(tmp_path: Path) -> None:
    data = _zip(**{"a.warc": WHOLE})
    for _ in range(4):
        data = _zip(**{"a.wacz": data})
    (tmp_path / "deep.wacz").write_bytes(data)
    with pytest.raises(ArchiveError, match="in each other"):
        _urls(tmp_path / "deep.wacz")


@pytest.mark.parametrize(
    "data", [zstandard.compress(bytes(80 << 20)), gzip.compress(b"WARC/1.1\r\n\r\n" + bytes(80 << 20))]
)
def test_a_bomb_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.zst"
    path.write_bytes(data)
    with pytest.raises(ArchiveError):
        _urls(path)


def test_a_record_that_stands_in_two_members_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "input.warc.gz"
    first = gzip.compress(RECORDS[0])
    path.write_bytes(first + gzip.compress(RECORDS[1][:500]) + gzip.compress(RECORDS[1][500:] + RECORDS[2]))
    assert len(_urls(path)) == 3
    with archives(path, tmp_path / "scratch") as found:
        (told,) = next(found).lost
    assert f"from byte {len(first)} on records stand in several gzip members" in told
