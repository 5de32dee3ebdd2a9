"""WARC files of days and months that are over, where they are many: in lists of their own, as safe as the others."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import PackageInvalid
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import File, file_resource, read_descriptor
from crawler.package.descriptor.file_lists import read_list
from crawler.package.descriptor.published import published
from crawler.package.exports.export import export
from crawler.package.exports.query import rows
from crawler.package.publication import warc_manifest
from crawler.package.publication.doctor import examine
from crawler.package.publication.transaction import Publication
from crawler.package.takedown import withdraw
from crawler.workspace import Workspace


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than two files are many."""
    monkeypatch.setattr(warc_manifest, "MOST", 2)


@pytest.fixture
def crawl(ministry, make_page) -> Callable[[float], None]:
    """A run some days after the one before, with one new article, and a build."""

    def run(days: float) -> None:
        number = len(ministry.runs) + 1
        its = ministry.run(days=days)
        its.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"), document=f"{number}/en")
        its.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")

    return run


def lists(workspace: Workspace) -> dict[str, list[str]]:
    """The files of each list, by what it is of."""
    found = {}
    for path in sorted(workspace.indexes.glob("warc-*")):
        with path.open(newline="") as file:
            found[path.name.split(".")[0]] = [row["path"] for row in csv.DictReader(file)]
    return found


def own(workspace: Workspace) -> list[str]:
    """The WARC files that the descriptor lists itself."""
    descriptor = read_descriptor(workspace) or {}
    return [r["path"] for r in descriptor["resources"] if str(r["path"]).startswith("archive/")]


def test_a_day_and_a_month_get_a_list_when_they_are_over(ministry, crawl) -> None:
    space = ministry.workspace
    for days in (0, 0.1, 0.1):  # 23 November
        crawl(days)
    assert (lists(space), len(own(space))) == ({}, 3), "the newest day is written by every run"
    crawl(1)
    assert [len(its) for its in lists(space).values()] == [3]
    assert (list(lists(space)), len(own(space))) == (["warc-2026-11-23"], 1)
    crawl(8)  # 2 December
    assert {part: len(its) for part, its in lists(space).items()} == {"warc-2026-11": 4}
    assert len(own(space)) == 1
    report = validate(space, full=True, engine="serial")
    assert report.valid and not report.warnings, report.lines()
    assert reproduce(space, engine="serial").same
    proved = validate(space, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()
    state = published(space)
    assert state is not None
    assert len([path for path in state.files if path.startswith("archive/")]) == 5
    assert not list(examine(space).problems)


def test_a_run_leaves_the_lists_of_other_months_alone(ministry, crawl) -> None:
    space = ministry.workspace
    for days in (0, 1, 1, 30):
        crawl(days)
    (path,) = space.indexes.glob("warc-*")
    before = path.stat()
    crawl(1)
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_withdrawal_reaches_what_a_list_names(ministry, crawl) -> None:
    space = ministry.workspace
    for days in (0, 1, 1, 30):
        crawl(days)
    (before,) = space.indexes.glob("warc-*")
    first = min(rows(space, "articles"), key=lambda row: row["first_seen_at"])
    withdraw(space, first["article_id"], "asked for")
    (after,) = space.indexes.glob("warc-*")
    assert before.name != after.name
    report = validate(space, full=True, engine="serial")
    assert report.valid, report.lines()


def test_a_wacz_lists_every_file(ministry, crawl, tmp_path: Path) -> None:
    space = ministry.workspace
    for days in (0, 1, 1, 30):
        crawl(days)
    export(space, "wacz", tmp_path / "all.wacz")
    with zipfile.ZipFile(tmp_path / "all.wacz") as archive:
        listed = {r["path"] for r in json.loads(archive.read("datapackage.json"))["resources"] if "hash" in r}
        assert listed == set(archive.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        assert sum(name.startswith("archive/") for name in listed) == 4


@pytest.mark.parametrize("what", ["gone", "cut", "other"])
def test_a_file_that_a_list_names_is_missed(ministry, crawl, what: str) -> None:
    space = ministry.workspace
    for days in (0, 1, 1, 30):
        crawl(days)
    path = space.root / next(iter(lists(space).values()))[0]
    data = path.read_bytes()
    if what == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if what == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    rules = {finding.check for finding in validate(space, engine="serial").errors}
    assert {"gone": "missing", "cut": "bytes", "other": "hash"}[what] in rules


@pytest.mark.parametrize(
    "line",
    [
        "archive/../../etc/passwd.warc.gz,1,{hash}",
        "/etc/passwd,1,{hash}",
        "data/articles-2026-11.0123abcd.csv.gz,1,{hash}",
        "archive/a.warc.gz,one,{hash}",
        "archive/a.warc.gz,1,0123",
        "archive/a.warc.gz,1",
        '"archive/a.warc.gz',
    ],
)
def test_a_list_from_elsewhere_is_not_believed(workspace: Workspace, line: str) -> None:
    workspace.indexes.mkdir(parents=True)
    path = "indexes/warc-2026-11.01234567.csv"
    (workspace.root / path).write_text(f"path,bytes,sha256\n{line.format(hash='0' * 64)}\n")
    with pytest.raises(PackageInvalid, match=path):
        read_list(workspace, path)


def test_a_list_whose_bytes_are_not_those_published_is_told(ministry, crawl) -> None:
    space = ministry.workspace
    for days in (0, 1, 1, 30):
        crawl(days)
    (path,) = space.indexes.glob("warc-*")
    path.write_bytes(path.read_bytes().replace(b",", b", ", 1))
    assert not validate(space, engine="serial").valid
    with pytest.raises(PackageInvalid, match=path.name):
        crawl(1)


def test_ten_years_of_hourly_runs_over_two_dozen_sources_stay_below_a_megabyte(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the last three months, since two million names take long to write: each month before them adds one line."""
    monkeypatch.undo()
    start = datetime(2036, 9, 1, 0, 17, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(24 * 91)]
    paths = [f"archive/uz.m{n:02}-{hour:%Y%m%dT%H%M%S%fZ}-00000.warc.gz" for hour in hours for n in range(24)]
    files = {path: File(path, 123_456, "0" * 64) for path in paths}
    publication = Publication(workspace)
    apart = warc_manifest.stage_lists(publication, files, (), f"{hours[-1]:%Y-%m-%dT%H}")
    months = [File(f"indexes/warc-20{n // 12:02}-{n % 12 + 1:02}.0123abcd.csv", 99_999, "0" * 64) for n in range(117)]
    own = [file for path, file in files.items() if path not in apart]
    staged = [File(path, 99_999, "0" * 64) for path in publication.moves]
    assert sum(len(json.dumps(file_resource(file))) for file in (*own, *staged, *months)) < 200_000
    assert len(own) == 24 * 24, "the newest day"
