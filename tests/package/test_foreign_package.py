"""A package that somebody else made can do no harm: no verb leaves its folder, believes what it brings along, or ends
in a defect. Each input of the security review is a case here."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.checks.validated_files import _checker
from crawler.package.descriptor.descriptor import MAX_DESCRIPTOR
from crawler.package.exports import query
from crawler.package.tables import partitions
from crawler.workspace import Workspace
from crawler.workspace.user_folders import seal

READING = (["status"], ["show", "0000"], ["validate"])
EVERY = (*READING, ["doctor"], ["export", "csv", "--output", "out.csv"], ["build"], ["extract"])
DEFECT = "This is a defect"


@pytest.fixture(scope="module")
def good(make_ministry, make_page, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package of two runs."""
    ministry = make_ministry(tmp_path_factory.mktemp("good") / "package")
    for n in (1, 2):
        run = ministry.run()
        run.get(f"/n/{n}", make_page(f"Title {n}", "water"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace.root


class Hostile:
    """A copy of a good package, and beside it a folder of the user that no command may touch."""

    def __init__(self, good: Path, folder: Path) -> None:
        self.space = Workspace(folder / "package")
        shutil.copytree(good, self.space.root)
        shutil.rmtree(self.space.work)
        self.victim = folder / "victim"
        for name in ("notes.csv", "tmpdata/file", "replay-notes/f", "cache/f"):
            (self.victim / name).parent.mkdir(parents=True, exist_ok=True)
            (self.victim / name).write_text("keep\n")

    def of_victim(self) -> dict[str, str]:
        return {str(p): p.read_text() for p in sorted(self.victim.rglob("*")) if p.is_file()}

    def replace_by_link(self, name: str) -> None:
        path = self.space.root / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to("../victim")

    def journal(self, **values: object) -> None:
        planted = self.space.staging / "pages" / "planted.txt"
        planted.parent.mkdir(parents=True)
        planted.write_text("planted\n")
        value = {"moves": ["pages/planted.txt"], "removals": ["pages/pages.jsonl"]} | values
        self.space.journal.write_text(json.dumps(value))


@pytest.fixture
def hostile(good: Path, tmp_path: Path) -> Hostile:
    return Hostile(good, tmp_path)


# ---------------------------------------------------------------- links


def journal_link(its: Hostile) -> None:
    its.replace_by_link("pages")
    its.journal(removals=["pages/notes.csv"])


def work_link(its: Hostile) -> None:
    its.replace_by_link(".work")


def damaged_link(its: Hostile) -> None:
    its.space.work.mkdir()
    its.space.damaged.symlink_to("../../victim")
    (its.space.pages / "stray.txt").write_text("planted\n")


def cache_link(its: Hostile) -> None:
    its.space.foreign_cache.mkdir(parents=True)
    for name in ("lookup-4.sqlite", "lookup-5.sqlite", "memory-1.sqlite"):
        (its.space.foreign_cache / name).symlink_to("../../../victim/new.sqlite")


def cache_folder_link(its: Hostile) -> None:
    its.space.work.mkdir()
    its.space.foreign_cache.symlink_to("../../victim/cache")


def lock_link(its: Hostile) -> None:
    its.space.work.mkdir()
    its.space.lock.symlink_to("../../victim/notes.csv")


def refusal_link(its: Hostile) -> None:
    (its.space.root / "refused.json").symlink_to("../victim/notes.csv")


def descriptor_link(its: Hostile) -> None:
    shutil.copy(its.space.descriptor, its.victim / "datapackage.json")
    its.space.descriptor.unlink()
    its.space.descriptor.symlink_to("../victim/datapackage.json")


def folder_link(name: str) -> Callable[[Hostile], None]:
    def made(its: Hostile) -> None:
        its.replace_by_link(name)

    made.__name__ = f"{name}_link"
    return made


FOLDERS = ("archive", "changes", "data", "explorer", "indexes", "pages", "seeds")
LINKS = (
    journal_link, work_link, damaged_link, cache_link, cache_folder_link, lock_link, refusal_link, descriptor_link,
    *map(folder_link, FOLDERS),
)  # fmt: skip


@pytest.mark.parametrize("make", LINKS, ids=lambda make: make.__name__)
def test_a_package_of_links_is_refused_before_anything_is_done(hostile: Hostile, invoke, make, tmp_path: Path) -> None:
    make(hostile)
    kept = hostile.of_victim()
    there = set(hostile.space.root.rglob("*"))
    for verb in EVERY:
        done = invoke(*verb, "--package", hostile.space.root, cwd=tmp_path)
        assert done.returncode == 5, (verb, done)
        assert "a package has" in done.stderr + done.stdout and DEFECT not in done.stderr, verb
        assert hostile.of_victim() == kept, verb
    assert set(hostile.space.root.rglob("*")) == there


def test_the_folder_of_the_package_may_itself_be_a_link(hostile: Hostile, invoke, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(hostile.space.root)
    assert invoke("validate", "--package", tmp_path / "link").returncode == 0
    assert invoke("doctor", "--package", tmp_path / "link").returncode == 0


def test_a_link_in_a_folder_is_not_followed(hostile: Hostile, invoke) -> None:
    (part,) = hostile.space.data.glob("sources*")
    outside = hostile.victim / "sources.csv"
    part.rename(outside)
    part.symlink_to(outside)
    for verb in (["status"], ["validate"], ["export", "csv", "--output", hostile.victim.parent / "x"]):
        done = invoke(*verb, "--package", hostile.space.root)
        assert DEFECT not in done.stderr, done.stderr[-800:]
        assert done.returncode == (0 if verb[0] == "export" else 5), (verb, done)  # no export reads that table


# ---------------------------------------------------------------- what came with the package


def test_a_journal_of_others_is_told_and_not_done(hostile: Hostile, invoke) -> None:
    hostile.journal()
    before = {p: p.read_bytes() for p in hostile.space.root.rglob("*") if p.is_file()}
    for verb in READING:
        done = invoke(*verb, "--package", hostile.space.root)
        assert "another installation began" in done.stderr, verb
        assert {p: p.read_bytes() for p in hostile.space.root.rglob("*") if p.is_file()} == before, verb
    for verb in (["build"], ["doctor"], ["extract"], ["withdraw", "0000", "--reason", "x"]):
        done = invoke(*verb, "--package", hostile.space.root)
        assert (done.returncode, "--foreign-publication finish" in done.stderr) == (5, True), (verb, done)
    assert (hostile.space.pages / "pages.jsonl").exists()


@pytest.mark.parametrize("proof", ["", "0" * 64, 7, None, ["x"], "ü"])
def test_a_seal_that_is_none_of_ours_proves_nothing(hostile: Hostile, invoke, proof: object) -> None:
    hostile.journal(seal=proof)
    assert "another installation began" in invoke("status", "--package", hostile.space.root).stderr


def test_a_seal_of_another_folder_proves_nothing(hostile: Hostile, invoke, tmp_path: Path) -> None:
    moves, removals = ["pages/planted.txt"], ["pages/pages.jsonl"]
    words = ["1", *moves, *removals]
    hostile.journal(seal=seal("journal", tmp_path / "another", words))
    assert "another installation began" in invoke("status", "--package", hostile.space.root).stderr
    shutil.rmtree(hostile.space.work)
    hostile.journal(seal=seal("journal", hostile.space.root, words))
    assert "finished a publication" in invoke("status", "--package", hostile.space.root).stderr


def test_a_person_says_what_becomes_of_a_publication_of_others(hostile: Hostile, invoke) -> None:
    hostile.journal(removals=[])
    done = invoke("doctor", "--package", hostile.space.root, "--foreign-publication", "finish")
    assert "finished a publication" in done.stdout
    assert not hostile.space.journal.exists()
    assert "pages-planted.txt" in done.stdout  # moved in, and set aside at once, since no version names it
    hostile.journal(removals=[])
    done = invoke("doctor", "--package", hostile.space.root, "--foreign-publication", "discard")
    assert "gave up a publication" in done.stdout
    assert not hostile.space.journal.exists()
    assert validate(hostile.space, engine="serial").valid


@pytest.mark.parametrize(
    "journal",
    [
        {"moves": ["../victim/x"], "removals": []},
        {"moves": [], "removals": ["archive/a.warc.gz"]},
        {"moves": [], "removals": ["../victim/notes.csv"]},
        {"moves": 3, "removals": []},
        [],
        {"moves": [["data/x"]], "removals": [{}]},
    ],
)
def test_a_journal_that_leads_elsewhere_ends_every_verb(hostile: Hostile, invoke, journal: object) -> None:
    hostile.space.work.mkdir()
    hostile.space.journal.write_text(json.dumps(journal))
    kept = hostile.of_victim()
    for verb in (*READING, ["doctor", "--foreign-publication", "finish"], ["build"]):
        done = invoke(*verb, "--package", hostile.space.root)
        assert done.returncode == 5 and DEFECT not in done.stderr, (verb, done)
    assert hostile.of_victim() == kept


def test_scratch_folders_of_others_stay(hostile: Hostile, invoke) -> None:
    for name in ("tmpdata", "replay", "reproduce-x", "scratch-0123"):
        (hostile.space.work / name).mkdir(parents=True)
        (hostile.space.work / name / ".ministry-news-scratch").write_text("0" * 64)
    invoke("doctor", "--package", hostile.space.root)
    assert {"tmpdata", "replay", "reproduce-x", "scratch-0123"} <= {p.name for p in hostile.space.work.iterdir()}


def forge(space: Workspace, table: str, change: Callable[[list[str], list[str]], None]) -> None:
    """Changes the first row of a table, and makes names, hashes and sizes true again."""
    descriptor = json.loads(space.descriptor.read_bytes())
    old = next(r for r in descriptor["resources"] if r["name"] == table)["path"][0]
    text = gzip.decompress((space.root / old).read_bytes()).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    change(rows[0], rows[1])
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(rows[0])
    csv.writer(out, lineterminator="\n").writerows(rows[1:])
    packed = gzip.compress(out.getvalue().encode(), 6, mtime=0)
    digest = hashlib.sha256(packed).hexdigest()
    stem = old.split(".")[0]
    new = f"{stem}.{digest[:8]}.csv.gz"
    (space.root / old).unlink()
    (space.root / new).write_bytes(packed)
    for resource in descriptor["resources"]:
        if resource["path"] == old:
            resource |= {"path": new, "bytes": len(packed), "hash": f"sha256:{digest}"}
        elif isinstance(resource["path"], list):
            resource["path"] = [new if path == old else path for path in resource["path"]]
    data = json.dumps(descriptor).encode()
    space.descriptor.write_bytes(data)
    hashed = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    space.digest.write_text(json.dumps(hashed))


def false_article(columns: list[str], row: list[str]) -> None:
    row[columns.index("title")], row[columns.index("published_date")] = "FORGED TITLE", "not-a-date"


def false_capture(columns: list[str], row: list[str]) -> None:
    row[columns.index("kind")] = "no-such-kind"


@pytest.mark.parametrize(("table", "change"), [("articles", false_article), ("captures", false_capture)])
def test_a_cache_that_came_along_changes_no_verdict(hostile: Hostile, table: str, change) -> None:
    forge(hostile.space, table, change)
    plain = validate(hostile.space, engine="serial")
    assert not plain.valid
    shipped = {"checker": _checker(), "files": {}}
    for resource in json.loads(hostile.space.descriptor.read_bytes())["resources"]:
        if isinstance(resource["path"], str):
            shipped["files"][resource["path"]] = f"{resource['hash'][7:]} 0 0"
    hostile.space.foreign_cache.mkdir(parents=True)
    (hostile.space.foreign_cache / "validated.json").write_text(json.dumps(shipped))
    again = validate(hostile.space, engine="serial")
    assert [f.line() for f in again.errors] == [f.line() for f in plain.errors]
    assert any(f.check == "frictionless" for f in again.errors)


def test_a_cache_that_came_along_is_told_and_removed_by_who_writes(hostile: Hostile, invoke) -> None:
    hostile.space.foreign_cache.mkdir(parents=True)
    (hostile.space.foreign_cache / "validated.json").write_text("{}")
    assert "caches that come with a package are not used" in invoke("status", "--package", hostile.space.root).stderr
    assert "removed .work/cache" in invoke("doctor", "--package", hostile.space.root).stdout
    assert not hostile.space.foreign_cache.exists()


def test_the_cache_of_another_package_that_stood_here_is_not_used(good: Path, hostile: Hostile) -> None:
    """Another package put in the same folder, with parts of the same names: what is in them now counts."""
    (found,) = [row for row in query.rows(hostile.space, "articles") if row["title"] == "Title 1"]
    assert query.find(hostile.space, found["article_id"]).article == found
    descriptor = json.loads(hostile.space.descriptor.read_bytes())
    (path,) = next(r for r in descriptor["resources"] if r["name"] == "articles")["path"]
    text = gzip.decompress((hostile.space.root / path).read_bytes()).decode()
    other = "f" * len(found["article_id"])
    (hostile.space.root / path).write_bytes(gzip.compress(text.replace(found["article_id"], other).encode()))
    assert query.find(hostile.space, other).article["title"] == "Title 1"


def test_no_verb_writes_into_the_home_when_told_another_place(hostile: Hostile, invoke, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (row, *_) = query.rows(hostile.space, "articles")
    assert invoke("show", row["article_id"], "--package", hostile.space.root).returncode == 0
    assert not (tmp_path / "home").exists()


def test_without_a_home_everything_works_and_it_is_told_once(good: Path, tmp_path: Path, command) -> None:
    space = Hostile(good, tmp_path).space
    (tmp_path / "file").write_text("no folder")
    nowhere = {"XDG_CACHE_HOME": str(tmp_path / "file"), "XDG_STATE_HOME": str(tmp_path / "file")}
    done = command("doctor", "--package", space.root, env=nowhere)
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).count("no cache is kept") <= 1
    assert command("validate", "--package", space.root, env=nowhere).returncode == 0


# ---------------------------------------------------------------- what cannot be read


def put(name: str, content: bytes) -> Callable[[Hostile], None]:
    def made(its: Hostile) -> None:
        (its.space.root / name).parent.mkdir(exist_ok=True)
        (its.space.root / name).write_bytes(content)

    return made


def odd(resources: Any, **head: Any) -> Callable[[Hostile], None]:
    value = {"name": "ministry-news", "created": "2024-01-01T00:00:00Z", "version": "1.20240101.1"}
    return put("datapackage.json", json.dumps({**value, "resources": resources, **head}).encode())


def changed(change: Callable[[dict[str, Any]], None]) -> Callable[[Hostile], None]:
    """A good descriptor but for one thing."""

    def made(its: Hostile) -> None:
        value = json.loads(its.space.descriptor.read_bytes())
        change(value)
        its.space.descriptor.write_text(json.dumps(value))

    return made


def table_of(value: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in value["resources"] if r["name"] == name)
    return found


DESCRIPTORS = {
    "deep": put("datapackage.json", b'{"name":"ministry-news","resources":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "rather deep": put("datapackage.json", b'{"name":"ministry-news","resources":' + b"[" * 500 + b"]" * 500 + b"}"),
    "many lists": put("datapackage.json", b'{"name":"ministry-news","resources":[' + b"[]," * 900_000 + b"1]}"),
    "too large": put("datapackage.json", b" " * (MAX_DESCRIPTOR + 1)),
    "no utf-8": put("datapackage.json", b'{"name": "\xff"}'),
    "half a character": odd([], title="\ud800"),
    "huge number": put("datapackage.json", b'{"name":"ministry-news","resources":[{"bytes":' + b"9" * 9_999 + b"}]}"),
    "a list": put("datapackage.json", b"[]"),
    "number for a resource": odd([1]),
    "number for a path": odd([{"type": "table", "name": "articles", "path": 3}]),
    "list for a name": odd([{"type": "table", "name": ["x"], "path": ["data/x"]}]),
    "path that leads out": odd([{"type": "table", "name": "articles", "path": ["../../../x"]}]),
    "file that leads out": odd([{"path": "../x", "hash": "sha256:0", "bytes": 1}]),
    "created": changed(lambda d: d.update(created="yesterday")),
    "no created": changed(lambda d: d.pop("created")),
    "version": changed(lambda d: d.update(version="\x1b[31m1")),
    "no temporal": changed(lambda d: d.pop("temporal")),
    "temporal": changed(lambda d: d.update(temporal=[1])),
    "extraction": changed(lambda d: d.update(extraction=3)),
    "sources of extraction": changed(lambda d: d["extraction"].update(sources=[1])),
    "rows": changed(lambda d: table_of(d, "articles").update(rows="many")),
    "negative rows": changed(lambda d: table_of(d, "articles").update(rows=-1)),
    "schema": changed(lambda d: table_of(d, "articles").update(schema=[])),
    "fields": changed(lambda d: table_of(d, "articles").update(schema={"fields": [1]})),
    "part of another table": changed(lambda d: table_of(d, "articles").update(path=table_of(d, "media")["path"])),
    "strange part": changed(lambda d: table_of(d, "articles").update(path=["data/articles-x.csv"])),
    "table that nobody knows": changed(lambda d: table_of(d, "articles").update(name="secrets")),
}  # fmt: skip


@pytest.mark.parametrize("kind", DESCRIPTORS)
def test_a_descriptor_that_cannot_be_read_ends_in_one_sentence(hostile: Hostile, invoke, kind: str, tmp_path) -> None:
    DESCRIPTORS[kind](hostile)
    for verb in EVERY if kind == "deep" else (["status"], ["show", "0000"], ["doctor"], EVERY[4]):
        done = invoke(*verb, "--package", hostile.space.root, cwd=tmp_path)
        assert done.returncode == 5, (verb, done)
        assert DEFECT not in done.stderr and "Traceback" not in done.stderr, (verb, done)
        assert "\x1b" not in done.stderr + done.stdout
        if verb[0] != "validate":
            assert len(done.stderr.strip().splitlines()) == 1, (verb, done.stderr)


@pytest.mark.parametrize(
    "name", ["datapackage.json", ".work/journal.json", "refused.json", "datapackage-digest.json", ".work/lock"]
)
def test_a_pipe_keeps_nobody_waiting(hostile: Hostile, command, name: str) -> None:
    path = hostile.space.root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    for verb in (["status"], ["show", "0000"], ["doctor"]):
        done = command(*verb, "--package", hostile.space.root)
        assert done.returncode == 5, (verb, done)
        assert "is no plain file" in done.stderr


@pytest.mark.parametrize("folder", ["archive", "data", "indexes", "seeds"])
def test_a_pipe_among_the_files_keeps_nobody_waiting(hostile: Hostile, command, folder: str) -> None:
    path = sorted((hostile.space.root / folder).iterdir())[0]
    path.unlink()
    os.mkfifo(path)
    for verb in (["status"], ["validate"], ["doctor"], ["build"]):
        done = command(*verb, "--package", hostile.space.root)
        assert DEFECT not in done.stderr, (verb, done)
        assert done.returncode in (0, 5), (verb, done)


FILES = {
    "seeds": [b"x = [" + b"[" * 50_000, b"\xff", b"# " + b"x" * (300 << 10), b"a = 1\n"],
    "refused": [b"[" * 100_000, b"{}", b'{"refused": 3, "captured_until": 1}', b"\xff"],
    "withdrawals": [b"[" * 100_000, b"3", b'[{"row": 3}]', b'{"row": {}}'],
    "digest": [b"[" * 100_000, b"3", b"{}"],
    "waiting": [b"x\n", b'k 1 {"filename": 3}\n', b"k 1 " + b'{"a":' * 50_000 + b"\n"],
    "journal": [b"[" * 100_000, b"\xff", b"null"],
}
_PLACES = {
    "seeds": "seeds/xx.tests.toml", "refused": "refused.json", "withdrawals": "seeds/withdrawals.json",
    "digest": "datapackage-digest.json", "waiting": ".work/waiting.cdx", "journal": ".work/journal.json",
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, i) for name, its in FILES.items() for i in range(len(its))])
def test_a_spoiled_file_ends_no_verb_in_a_defect(hostile: Hostile, invoke, name: str, number: int, tmp_path) -> None:
    put(_PLACES[name], FILES[name][number])(hostile)
    for verb in (["status"], ["show", "0000"], ["validate"], ["doctor"]):
        done = invoke(*verb, "--package", hostile.space.root, cwd=tmp_path)
        assert DEFECT not in done.stderr, (verb, done)
        assert done.returncode in (0, 5, 8), (verb, done)


@pytest.mark.parametrize("table", ["sources", "runs", "articles", "captures"])
def test_values_of_another_kind_end_no_verb_in_a_defect(hostile: Hostile, invoke, table: str, tmp_path: Path) -> None:
    """Every column of a table in turn holds what no column can."""
    descriptor = json.loads(hostile.space.descriptor.read_bytes())
    path = hostile.space.root / table_of(descriptor, table)["path"][0]
    packed = path.name.endswith(".gz")
    kept = path.read_bytes()
    rows = list(csv.reader(io.StringIO((gzip.decompress(kept) if packed else kept).decode(), newline="")))
    for column in range(len(rows[0])):
        spoiled = [list(row) for row in rows]
        spoiled[1][column] = "[[1]"
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(spoiled[0])
        csv.writer(out, lineterminator="\n").writerows(spoiled[1:])
        data = out.getvalue().encode()
        path.write_bytes(gzip.compress(data) if packed else data)
        for verb in (["status"], ["show", rows[1][0]], ["export", "sqlite", "--output", "x.sqlite"]):
            done = invoke(*verb, "--package", hostile.space.root, cwd=tmp_path)
            assert DEFECT not in done.stderr, (rows[0][column], verb, done.stderr[-400:])


def test_a_cell_that_is_no_answer_is_not_read(hostile: Hostile, invoke, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(partitions, "MAX_ROW", 1 << 20)
    descriptor = json.loads(hostile.space.descriptor.read_bytes())
    path = hostile.space.root / table_of(descriptor, "articles")["path"][0]
    columns = gzip.decompress(path.read_bytes()).split(b"\n")[0]
    path.write_bytes(gzip.compress(columns + b'\n"' + b"x" * (3 << 20) + b'"' + b"," * columns.count(b",") + b"\n"))
    for verb in (["show", "0000"], ["export", "csv", "--output", "x.csv"]):
        done = invoke(*verb, "--package", hostile.space.root, cwd=tmp_path)
        assert done.returncode == 5
        assert "a row of more than" in done.stderr


# ---------------------------------------------------------------- seeds


def test_a_seed_that_came_along_opens_no_private_address(hostile: Hostile, invoke) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        host = f"127.0.0.1:{canary.getsockname()[1]}"
        toml = (
            f'title = {{ en = "T" }}\nhomepage = "http://{host}/"\nplatform = "generic"\ntimezone = "UTC"\n'
            f'[languages]\nen = "en"\n[[entries]]\nkind = "feed"\nurl = "http://{host}/feed"\n'
            f'[crawl]\nallow_private = ["{host}"]\n'
        )
        path = hostile.space.seeds / "xx.theirs.toml"
        path.write_text(toml)
        for name in ("xx.theirs", "xx"):
            result = invoke("crawl", name, "--package", hostile.space.root, "--quiet")
            assert result.returncode == 3
            assert "crawl.allow_private: xx.theirs is known from the package alone" in result.stdout + result.stderr
            with pytest.raises(TimeoutError):
                canary.accept()
        path.write_text(toml.partition("[crawl]")[0])
        result = invoke("crawl", "xx.theirs", "--package", hostile.space.root, "--quiet")
        assert "not a public address" in result.stdout + result.stderr
        with pytest.raises(TimeoutError):
            canary.accept()
