"""The explorer's files of a version: only those change whose rows changed, and every one is accounted for."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.explorer import shards
from crawler.package.explorer.form import shard
from crawler.package.explorer.stage import catalogue_of
from crawler.package.exports.export import export
from tests.package.conftest import Ministry
from tests.package.forger import Forger


def publish(ministry: Ministry, **options: Any) -> tuple[str, ...]:
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options).written


def take(ministry: Ministry, make_page: Any, *numbers: int, month: int = 0, edited: bool = False) -> tuple[str, ...]:
    run = ministry.run(30 * month + 1)
    for number in numbers:
        page = make_page(f"Title {number}", f"topic {number}")
        run.get(f"/n/{number}", page.replace(b"Monday", b"Tuesday") if edited else page)
    run.done()
    return publish(ministry)


def on_disk(ministry: Ministry) -> dict[str, str]:
    root = ministry.workspace.root
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.glob("explorer/*"))
    }


def kinds(paths: Any) -> set[str]:
    return {path.removeprefix("explorer/").split(".")[0] for path in paths if path.startswith("explorer/")}


def test_a_run_writes_only_the_files_whose_rows_changed(
    ministry: Ministry, make_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "CHUNK", 2)
    take(ministry, make_page, 1, 2, 3, 4, 5)
    before = on_disk(ministry)
    written = take(ministry, make_page, 6, month=2)
    assert "texts-2027-01-0" in kinds(written)
    assert not kinds(written) & {"articles-2026-11-0", "texts-2026-11-0", "texts-2026-11-1", "texts-2026-11-2"}
    words = {path: sha for path, sha in before.items() if path.startswith(("explorer/articles-", "explorer/texts-"))}
    assert words.items() <= on_disk(ministry).items()
    written = take(ministry, make_page, 5, month=1, edited=True)
    assert {"articles-2026-11-0", "texts-2026-11-2", "wordings-2027-02-0"} <= kinds(written)
    assert not kinds(written) & {"texts-2026-11-0", "texts-2026-11-1", "texts-2027-01-0"}


def test_no_file_of_an_older_version_stays(ministry: Ministry, make_page: Any) -> None:
    take(ministry, make_page, 1)
    take(ministry, make_page, 1, 2, edited=True)
    descriptor = read_descriptor(ministry.workspace)
    assert descriptor
    listed = listed_files(ministry.workspace, descriptor)
    assert set(on_disk(ministry)) == {path for path in listed if path.startswith("explorer/")}
    own = {resource["path"] for resource in descriptor["resources"] if isinstance(resource["path"], str)}
    assert not [path for path in own if path.startswith("explorer/")], (
        "lists name them, so that the descriptor is short"
    )
    assert validate(ministry.workspace, full=True, engine="serial").errors == ()


def test_a_build_without_news_writes_nothing_and_a_rebuild_the_same(ministry: Ministry, make_page: Any) -> None:
    take(ministry, make_page, 1, 2)
    take(ministry, make_page, 1, 2, 3, edited=True)
    before = on_disk(ministry), (ministry.workspace.root / "index.html").read_bytes()
    assert publish(ministry) == ()
    publish(ministry, full=True)
    assert (on_disk(ministry), (ministry.workspace.root / "index.html").read_bytes()) == before
    assert reproduce(ministry.workspace, engine="serial").same


def test_a_package_of_an_older_form_opens_and_the_next_build_gives_it_an_explorer(
    ministry: Ministry, make_page: Any
) -> None:
    take(ministry, make_page, 1, 2)
    before = on_disk(ministry)
    forger = Forger(ministry.workspace)
    gone = [r for r in forger.descriptor["resources"] if str(r["path"]).startswith("indexes/explorer")]
    gone += [forger.resource("index.html")]
    forger.descriptor["resources"] = [r for r in forger.descriptor["resources"] if r not in gone]
    for path in [*before, *(str(r["path"]) for r in gone)]:
        (ministry.workspace.root / path).unlink()
    forger.save()
    assert validate(ministry.workspace, engine="serial").errors == ()
    take(ministry, make_page, 3)
    assert kinds(on_disk(ministry)) >= {"articles-2026-11-0", "texts-2026-11-0"}
    assert validate(ministry.workspace, engine="serial").errors == ()


def test_the_page_names_the_files_that_are_there(ministry: Ministry, make_page: Any) -> None:
    take(ministry, make_page, 1, 2)
    text = (ministry.workspace.root / "index.html").read_text("utf-8")
    facts = json.loads(text.partition('id="facts">')[2].partition("</script>")[0])
    assert facts["files"] == catalogue_of(on_disk(ministry))


def test_a_wacz_has_page_and_data_with_their_hashes(ministry: Ministry, make_page: Any, tmp_path: Path) -> None:
    take(ministry, make_page, 1, 2)
    export(ministry.workspace, "wacz", tmp_path / "p.wacz")
    with zipfile.ZipFile(tmp_path / "p.wacz") as packed:
        names = set(packed.namelist())
        listed = {r["path"]: r.get("hash") for r in json.loads(packed.read("datapackage.json"))["resources"]}
        for path in ("index.html", *on_disk(ministry)):
            assert path in names
            assert listed[path] == f"sha256:{hashlib.sha256(packed.read(path)).hexdigest()}"


def forged(ministry: Ministry, path: str, content: bytes) -> list[str]:
    """What `validate --full` says after one file of the explorer was changed and every hash made true again."""
    root, forger = ministry.workspace.root, Forger(ministry.workspace)
    if path == "index.html":
        forger.put(path, content)
    else:
        (root / path).write_bytes(content)
        (entry,) = (its for its in root.glob("indexes/explorer*.csv") if path in its.read_text())
        rows = entry.read_text().splitlines()
        sha = hashlib.sha256(content).hexdigest()
        rows = [f"{path},{len(content)},{sha}" if row.startswith(f"{path},") else row for row in rows]
        lines = "\n".join(rows) + "\n"
        name = f"{entry.name.split('.')[0]}.{hashlib.sha256(lines.encode()).hexdigest()[:8]}.csv"
        resource = forger.resource(f"indexes/{entry.name}")
        resource["path"] = f"indexes/{name}"
        entry.unlink()
        forger.put(f"indexes/{name}", lines)
    data = json.dumps(forger.descriptor).encode()
    ministry.workspace.descriptor.write_bytes(data)
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
    ministry.workspace.digest.write_text(json.dumps(digest))
    return [error.check for error in validate(ministry.workspace, full=True, engine="serial").errors]


@pytest.mark.parametrize("kind", ["texts", "articles", "media", "runs"])
@pytest.mark.parametrize("what", ["script", "words"])
def test_a_file_that_was_changed_is_found(ministry: Ministry, make_page: Any, kind: str, what: str) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title", "water").replace(b"</article>", b"<img src=/a.jpg width=900></article>"))
    run.done()
    publish(ministry)
    (path,) = (its for its in on_disk(ministry) if its.startswith(f"explorer/{kind}-"))
    stem = path.removeprefix("explorer/").split(".")[0]
    name, part, number = stem.split("-")[0], "-".join(stem.split("-")[1:-1]), int(stem.rpartition("-")[2])
    content = b"alert(1);\n" if what == "script" else shard(name, part, number, [{"title": "Other words"}]).packed()
    assert forged(ministry, path, content) == ["explorer"]
    report = validate(ministry.workspace, engine="serial")  # by default each file is seen to be data, which words are
    assert [error.check for error in report.errors] == (["explorer"] if what == "script" else [])
    assert what == "script" or "whether the explorer shows the rows" in report.looked_at


def test_a_page_that_was_changed_is_found(ministry: Ministry, make_page: Any) -> None:
    take(ministry, make_page, 1)
    page = (ministry.workspace.root / "index.html").read_bytes()
    assert forged(ministry, "index.html", page.replace(b"</body>", b"<script>alert(1)</script></body>")) == ["explorer"]
