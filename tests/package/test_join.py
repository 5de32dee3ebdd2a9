"""WARC files that are joined: the same records, the same tables but for places, whichever files were joined."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.app.past_package import past_package
from crawler.archive.foreign import ingest
from crawler.archive.joining import cut_out, read_parts, remove_parts
from crawler.archive.parts import is_joined
from crawler.archive.warc.reader import is_ingested
from crawler.errors import NotFound, PackageInvalid, UsageError
from crawler.model import Role
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports.export import export
from crawler.package.join import join_archive, plan_join
from crawler.package.publication.doctor import examine
from crawler.package.publication.unpublished_captures import waiting_files
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import table, tables
from crawler.package.takedown import withdraw
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page

SEEDS = {
    name: parse_seed(SEED.replace("ministry.example", f"{name[3:]}.example"), seed_id=name, path=f"{name}.toml")
    for name in ("xx.one", "xx.two")
}
PLACES = ("warc_file", "warc_offset", "warc_files")
LATE = "2027-12"


def crawled(folder: Path) -> None:
    """Two sources, five runs each over two months: edits, repetitions, a page that goes and comes again, listings, a
    fetch that failed."""
    for name, seed in SEEDS.items():
        ministry, host = Ministry(Workspace(folder), seed), f"https://{name[3:]}.example"
        for n in range(5):
            run = ministry.run(3.0)
            run.get(f"{host}/feed.xml", f"<rss>{n // 3}</rss>".encode(), role=Role.LISTING)
            run.get(f"{host}/n/1", page(f"Title {n // 2}", "water"))
            run.get(f"{host}/n/2", page("The same title", "wind"))
            run.get(f"{host}/n/3", page("It goes", "fire"), status=404 if n in (2, 3) else 200)
            run.get(f"{host}/n/{10 + n}", page(f"News {n}", f"matter {n}"))
            run.get(f"{host}/n/9", failure="timeout")
            run.done()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "package"
    crawled(folder)
    build(Workspace(folder), seeds=SEEDS, engine="serial")
    return folder


def copy_of(made: Path, tmp_path: Path, name: str = "copy") -> Workspace:
    shutil.copytree(made, tmp_path / name)
    return Workspace(tmp_path / name)


def warcs(workspace: Workspace) -> list[Path]:
    return sorted(workspace.archive.glob("*.warc.gz"))


def content(workspace: Workspace) -> dict[str, bytes]:
    files = (path for path in sorted(workspace.root.rglob("*")) if path.is_file() and ".work" not in path.parts)
    return {str(path.relative_to(workspace.root)): path.read_bytes() for path in files}


def rows(workspace: Workspace, *, places: bool = False) -> dict[str, list[dict[str, str]]]:
    """All rows of all tables; without the places of records."""
    found = {}
    for name in tables():
        paths = sorted((workspace.root / table(name).folder).glob(f"{name}*.csv*"))
        its = [row for path in paths for row in read_part(table(name), path)]
        found[name] = its if places else [{k: v for k, v in row.items() if k not in PLACES} for row in its]
    return found


def published_version(folder: Path) -> str:
    return str(json.loads((folder / "datapackage.json").read_bytes())["version"])


def rebuilt(workspace: Workspace, tmp_path: Path) -> dict[str, bytes]:
    """What a build makes of the archive and nothing else."""
    other = Workspace(tmp_path / "rebuilt")
    shutil.copytree(workspace.archive, other.archive)
    build(other, seeds=SEEDS, full=True, engine="serial")
    return content(other)


def test_files_of_months_become_one_each_and_nothing_else_changes(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    before, files = rows(workspace), {path.name: path.read_bytes() for path in warcs(workspace)}
    report = join_archive(workspace, until="2026-11")
    assert [is_joined(path.name) for path in warcs(workspace)].count(True) == 2 == len(report.joined)
    assert (report.plan.files, report.plan.files_after) == (10, 6) == (10, len(warcs(workspace)))
    assert rows(workspace) == before
    for path in warcs(workspace):
        for part in read_parts(path):
            cut_out(path, part, tmp_path / "part")
            assert (tmp_path / "part").read_bytes() == files[part.name]
            assert part.sha256 == hashlib.sha256(files[part.name]).hexdigest()
    assert validate(workspace, full=True, engine="serial").verdict == "valid"
    assert content(workspace) == rebuilt(workspace, tmp_path)


def test_joining_again_changes_nothing(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    join_archive(workspace, until="2026-11")
    once = content(workspace)
    assert join_archive(workspace, until="2026-11").joined == ()
    assert build(workspace, seeds=SEEDS, engine="serial").written == ()
    assert content(workspace) == once
    later = join_archive(workspace, until=LATE)
    assert len(later.joined) == 2 and content(workspace) == rebuilt(workspace, tmp_path)
    number = [int(version.rpartition(".")[2]) for version in (later.version, published_version(made))]
    assert number[0] == number[1] + len(later.joined) + 2  # each joined file counts for one more than its parts


@pytest.mark.parametrize("dice", range(2))
def test_any_partition_into_files_gives_the_tables_of_a_rebuild(made: Path, tmp_path: Path, dice: int) -> None:
    workspace, chance = copy_of(made, tmp_path), random.Random(dice)  # noqa: S311
    before = rows(workspace)
    for _ in range(3):
        until, source = chance.choice(("2026-11", LATE)), chance.choice(("", "xx.one", "xx.two"))
        join_archive(workspace, until=until, source=source, largest=chance.choice((6_000, 20_000, 30_000)))
    assert rows(workspace) == before
    assert content(workspace) == rebuilt(workspace, tmp_path)


def test_one_source_and_no_larger_than_told(made: Path, tmp_path: Path) -> None:
    workspace = Workspace(made)
    plan = plan_join(workspace, until=LATE, source="xx.one", largest=20_000)
    assert {group.source for group in plan.groups} == {"xx.one"}
    assert all(group.bytes <= 20_000 for group in plan.groups)
    with pytest.raises(NotFound):
        plan_join(workspace, until=LATE, source="xx.three")
    assert plan_join(workspace, until="2026-10").groups == ()


def test_a_later_run_knows_what_was_joined(made: Path, tmp_path: Path) -> None:
    one, two = copy_of(made, tmp_path, "one"), copy_of(made, tmp_path, "two")
    join_archive(one, until=LATE)
    kinds = []
    for workspace in (one, two):
        ministry = Ministry(workspace, SEEDS["xx.one"])
        ministry.now, ministry.runs = ministry.now.replace(year=2027), ["earlier"]
        run = ministry.run()
        run.get("https://one.example/n/2", page("The same title", "wind"))
        run.done()
        build(workspace, seeds=SEEDS, engine="serial")
        kinds.append(
            [(r["kind"], r["revisit_of"]) for r in rows(workspace)["captures"] if r["fetched_at"][:4] == "2027"]
        )
        assert validate(workspace, full=True, engine="serial").verdict == "valid"
    assert kinds[0] == kinds[1] and kinds[0][0][0] == "revisit"


def test_a_waiting_file_waits_on(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    ministry = Ministry(workspace, SEEDS["xx.two"])
    ministry.now, ministry.runs = ministry.now.replace(year=2027), ["earlier"]
    run = ministry.run()
    run.get("https://two.example/n/77", page("Waits", "rain"))
    run.done()
    (waiting,) = waiting_files(workspace)
    join_archive(workspace, until=LATE)
    assert waiting_files(workspace) == [waiting]
    build(workspace, seeds=SEEDS, engine="serial")
    assert content(workspace) == rebuilt(workspace, tmp_path)


def test_new_files_are_not_looked_into(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    new = workspace.archive / "xx.two-20271101T000000000000Z-00000.warc.gz"
    new.write_bytes(b"no archive")
    assert join_archive(workspace, until=LATE).joined
    assert new.read_bytes() == b"no archive"


def test_copies_of_joined_files_are_no_news(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    join_archive(workspace, until=LATE)
    once = content(workspace)
    copied = Path(made) / "archive" / read_parts(warcs(workspace)[0])[0].name
    shutil.copy(copied, workspace.archive)
    assert waiting_files(workspace) == []
    build(workspace, seeds=SEEDS, engine="serial")
    assert any(copied.name in words for words in examine(workspace).done)
    assert content(workspace) == once


def test_an_archive_that_holds_both_is_built_from_the_joined_files(made: Path, tmp_path: Path) -> None:
    workspace, both = copy_of(made, tmp_path), Workspace(tmp_path / "both")
    join_archive(workspace, until=LATE)
    shutil.copytree(workspace.archive, both.archive)
    shutil.copytree(made / "archive", both.archive, dirs_exist_ok=True)
    build(both, seeds=SEEDS, full=True, engine="serial")
    assert rows(both, places=True) == rows(workspace, places=True)


def test_what_is_withdrawn_before_and_after(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    first, second = [row["article_id"] for row in rows(workspace)["articles"]][:2]
    withdraw(workspace, first, "a person asked", engine="serial")
    join_archive(workspace, until=LATE)
    withdraw(workspace, second, "another asked", engine="serial")
    assert validate(workspace, full=True, engine="serial").verdict == "valid"
    assert [r["title"] for r in rows(workspace)["articles"] if r["article_id"] in (first, second)] == [
        "(withdrawn)"
    ] * 2
    assert build(workspace, seeds=SEEDS, full=True, engine="serial").written == ()


def test_a_package_of_another_reading_is_built_first(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = copy_of(made, tmp_path)
    monkeypatch.setattr("crawler.package.gates.published_state.extraction_version", lambda: "another")
    with pytest.raises(UsageError, match="has to be built first"):
        join_archive(workspace, until=LATE)
    assert content(workspace) == content(Workspace(made))


def test_what_other_tools_captured_is_joined_by_itself(tmp_path: Path) -> None:
    """Their files begin with a warcinfo of ours, and hold those of the tools behind it."""
    workspace, source = Workspace(tmp_path / "package"), Workspace(tmp_path / "elsewhere")
    seed = SEEDS["xx.one"]
    ministry = Ministry(source, seed)
    for n in range(2):
        run = ministry.run()
        run.get("https://one.example/n/1", page(f"Title {n}", "water"))
        run.get("https://one.example/n/2", page("The same title", "wind"))
        run.done()
    for path in warcs(source):
        ingest([path], {seed.id: (seed, lambda url: url.startswith("https://one.example/"))}, workspace)
    build(workspace, seeds=SEEDS, engine="serial")
    before = rows(workspace)
    run = Ministry(workspace, seed, now=datetime.now(UTC)).run()
    run.get("https://one.example/n/3", page("Ours", "fire"))
    run.done()
    assert len(join_archive(workspace, until="9999-01").joined) == 1
    assert rows(workspace) == before
    (joined,) = filter(is_joined, (path.name for path in warcs(workspace)))
    assert is_ingested(workspace.archive / joined)
    build(workspace, seeds=SEEDS, engine="serial")
    assert content(workspace) == rebuilt(workspace, tmp_path)


def test_a_rebuild_reads_no_page_again(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = copy_of(made, tmp_path)
    build(workspace, seeds=SEEDS, full=True, engine="serial")  # so that what was read waits in the cache of this copy
    join_archive(workspace, until=LATE)
    monkeypatch.setattr("crawler.package.history.extraction_results.engine_named", lambda *_, **__: None)
    assert build(workspace, seeds=SEEDS, full=True, engine="serial").written == ()


def test_the_package_of_a_moment_within_a_joined_month(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    moment = sorted(row["ended_at"] for row in rows(workspace)["runs"])[3]
    with past_package(made, moment, engine="serial") as past:
        truth = rows(past, places=True)
    join_archive(workspace, until=LATE)
    with past_package(workspace.root, moment, engine="serial") as past:
        assert rows(past, places=True) == truth


def test_a_wacz_of_it_has_the_joined_files(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    join_archive(workspace, until=LATE)
    export(workspace, "wacz", tmp_path / "out.wacz")
    with zipfile.ZipFile(tmp_path / "out.wacz") as wacz:
        names = {name for name in wacz.namelist() if name.startswith("archive/")}
    assert names == {f"archive/{path.name}" for path in warcs(workspace)} and all(map(is_joined, names))


def test_a_file_that_is_not_as_it_was_published_is_not_joined(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    path = warcs(workspace)[0]
    data = bytearray(path.read_bytes())
    data[4] ^= 1  # the time in the header of a gzip member: no record changes
    path.write_bytes(data)
    with pytest.raises(PackageInvalid, match="not those that were published"):
        join_archive(workspace, until=LATE)
    assert len(warcs(workspace)) == 10 and not workspace.staging.exists()


def test_a_file_of_another_form_is_left_alone_and_told(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    path = warcs(workspace)[0]
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))  # one member of all records
    assert plan_join(workspace, until=LATE).odd == (f"archive/{path.name}",)


def test_a_joined_file_takes_only_files_that_it_holds(made: Path, tmp_path: Path) -> None:
    workspace = copy_of(made, tmp_path)
    join_archive(workspace, until=LATE)
    path = warcs(workspace)[0]
    same, other = (path.with_name(part.name) for part in read_parts(path)[:2])
    shutil.copy(made / "archive" / same.name, same)
    other.write_bytes((made / "archive" / other.name).read_bytes()[:-1])
    assert remove_parts(path) == [same.name]
    assert other.exists() and not same.exists()
    with pytest.raises(PackageInvalid, match="has other bytes than the part of that name"):
        waiting_files(workspace)


def test_doctor_hints_at_many_files(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = copy_of(made, tmp_path)
    assert examine(workspace).hints == ()
    monkeypatch.setattr("crawler.package.publication.doctor.MANY_FILES", 10)
    assert "has 10 files; `ministry-news join`" in examine(workspace).hints[0]
