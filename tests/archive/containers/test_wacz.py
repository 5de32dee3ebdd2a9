"""A package as WACZ: the same files, zipped as replay tools and validators want them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from crawler.archive.containers.wacz import digest_of, export_wacz, pages_jsonl
from crawler.errors import ArchiveError
from crawler.workspace import Workspace

SCHEMA = {"fields": [{"name": "id", "type": "string"}]}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A small package whose table has two parts."""
    space = Workspace(tmp_path / "package")
    files = {
        "archive/a.warc.gz": b"\x1f\x8b...",
        "data/t-1.csv": b"id\n1\n",
        "data/t-2.csv": b"id\n2\n3\n",
        "pages/pages.jsonl": pages_jsonl("Pages", [{"url": "https://m.example/", "ts": "2026-11-23T20:15:00Z"}]),
    }
    resources: list[dict[str, Any]] = []
    for path, data in files.items():
        (space.root / path).parent.mkdir(parents=True, exist_ok=True)
        (space.root / path).write_bytes(data)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        resources.append({"name": path, "path": path, "format": "bin", "bytes": len(data), "hash": digest})
    paths = ["data/t-1.csv", "data/t-2.csv"]
    resources.append({"name": "t", "type": "table", "path": paths, "format": "csv", "schema": SCHEMA})
    descriptor = {"profile": "data-package", "wacz_version": "1.1.1", "name": "x", "resources": resources}
    space.descriptor.write_text(json.dumps(descriptor))
    return space


def test_every_listed_file_is_in_it(workspace: Workspace, tmp_path: Path) -> None:
    output = tmp_path / "out" / "x.wacz"
    assert export_wacz(workspace, output) == output.stat().st_size
    with zipfile.ZipFile(output) as package:
        names = package.namelist()
        assert names[:2] == ["datapackage.json", "datapackage-digest.json"]
        assert sorted(names[2:]) == ["archive/a.warc.gz", "data/t-1.csv", "data/t-2.csv", "pages/pages.jsonl"]
        assert package.getinfo("archive/a.warc.gz").compress_type == zipfile.ZIP_STORED
        assert package.read("datapackage-digest.json") == digest_of(package.read("datapackage.json"))
        resources = json.loads(package.read("datapackage.json"))["resources"]
    assert all(isinstance(resource["path"], str) for resource in resources)  # wabac.js refuses lists
    assert "hash" in resources[0]


def test_an_entry_begins_where_the_central_directory_tells(workspace: Workspace, tmp_path: Path) -> None:
    """wabac.js adds the lengths that stand there to the place of the local header, and does not look at that."""
    export_wacz(workspace, tmp_path / "x.wacz")
    packed = (tmp_path / "x.wacz").read_bytes()
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        for entry in package.infolist():
            extra = int.from_bytes(packed[entry.header_offset + 28 : entry.header_offset + 30], "little")
            assert extra == len(entry.extra) == 0, entry.filename


def test_frictionless_reads_all_parts_of_a_table(workspace: Workspace, tmp_path: Path) -> None:
    export_wacz(workspace, tmp_path / "x.wacz")
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        package.extractall(tmp_path / "unzipped")
    table = Package(str(tmp_path / "unzipped" / "datapackage.json")).get_resource("t")
    assert [row["id"] for row in table.read_rows()] == ["1", "2", "3"]


def test_the_same_package_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    export_wacz(workspace, tmp_path / "1.wacz")
    for path in workspace.root.rglob("*.csv"):
        path.touch()
    export_wacz(workspace, tmp_path / "2.wacz")
    assert (tmp_path / "1.wacz").read_bytes() == (tmp_path / "2.wacz").read_bytes()


@pytest.mark.parametrize("damage", ["changed", "missing", "outside", "no-descriptor", "junk"])
def test_what_is_not_as_described_is_not_exported(workspace: Workspace, tmp_path: Path, damage: str) -> None:
    csv = workspace.root / "data/t-1.csv"
    if damage == "changed":
        csv.write_text("id\n9\n")
    elif damage == "missing":
        csv.unlink()
    elif damage == "outside":
        workspace.descriptor.write_text(workspace.descriptor.read_text().replace("data/t-1.csv", "../secret"))
    elif damage == "no-descriptor":
        workspace.descriptor.unlink()
    else:
        workspace.descriptor.write_text("[]")
    (tmp_path / "x.wacz").write_text("an older one")
    with pytest.raises(ArchiveError):
        export_wacz(workspace, tmp_path / "x.wacz")
    assert (tmp_path / "x.wacz").read_text() == "an older one"
    assert not list(tmp_path.glob(".*"))
