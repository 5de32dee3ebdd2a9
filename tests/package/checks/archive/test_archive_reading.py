"""WARC files are read once, by as many processes as there may be: all find the same."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.archive.warc import repair
from crawler.archive.warc.verify import Verification
from crawler.package.build.build import build
from crawler.package.checks.archive import archive_reading
from crawler.package.checks.archive.archive_reading import ArchiveReading, warc_files
from crawler.package.checks.archive.file_facts import FileFacts
from crawler.workspace import Workspace

BEHIND = gzip.compress(b"")  # no record, which readers pass over


@pytest.fixture
def package(ministry, make_page) -> Workspace:
    for days in (0, 40):
        run = ministry.run(days)
        run.get("/n/1", make_page("The river is clean", "water"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    first, *_ = sorted(ministry.workspace.archive.glob("*.warc.gz"))
    first.write_bytes(first.read_bytes() + BEHIND)
    return ministry.workspace


def read(space: Workspace, folder: Path, engine: str) -> tuple[dict[str, FileFacts], int]:
    folder.mkdir()
    files = warc_files(space, [f"archive/{path.name}" for path in space.archive.iterdir()])
    with ArchiveReading(space, files, engine, folder) as reading:
        told = reading.facts()
        return told, sum(path.read_bytes().count(b"\n") for path in reading.found())


def test_processes_find_what_one_finds(package: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = read(package, tmp_path / "one", "serial")
    monkeypatch.setattr(archive_reading, "_SMALL", 0)
    assert read(package, tmp_path / "two", "processes:2") == one
    assert [its.whole for _, its in sorted(one[0].items())] == [
        path.stat().st_size - len(BEHIND) * (n == 0) for n, path in enumerate(sorted(package.archive.iterdir()))
    ]


def test_what_a_process_leaves_is_read_here(
    package: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = read(package, tmp_path / "one", "serial")
    monkeypatch.setattr(archive_reading, "_SMALL", 0)
    monkeypatch.setattr(archive_reading, "_MODULE", "crawler.no_such_module")
    assert read(package, tmp_path / "two", "processes:2") == one


def test_a_file_of_the_usual_form_is_unpacked_once(package: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    odd, usual = sorted(package.archive.glob("*.warc.gz"))
    whole = repair.whole_prefix(odd)
    unpacked: list[Path] = []
    monkeypatch.setattr("crawler.archive.warc.verify.whole_prefix", lambda path: unpacked.append(path) or whole)
    for path in (odd, usual):
        verification = Verification(path, path.name)
        assert list(verification.captures(lambda wrong: pytest.fail(str(wrong))))
        assert verification.whole == (whole if path == odd else path.stat().st_size)
    assert unpacked == [odd]
