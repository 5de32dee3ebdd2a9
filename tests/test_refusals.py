"""A source that suddenly sends one page for everything, or pages without their texts, through the whole main job: the
other source is published, this one stays as it was byte for byte, its captures wait, and every verb tells."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.package.exports import query
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from kills.newsrooms import Newsrooms

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Newsrooms]:
    site = Newsrooms(tmp_path / "seeds")
    yield site
    site.close()


def told_of_bad(space: Workspace) -> dict[str, list[dict[str, str]]]:
    names = ("sources", "runs", "captures", "articles", "revisions", "rejections", "changes")
    return {name: [row for row in query.rows(space, name) if row["source_id"] == "xx.bad"] for name in names}


@pytest.mark.parametrize(("mode", "gate", "mend"), [("block", "same-text", "well"), ("texts", "none", "accept")])
def test_a_refused_source_waits_and_the_other_is_published(
    command: Command, invoke: Command, site: Newsrooms, tmp_path: Path, mode: str, gate: str, mend: str
) -> None:
    space = Workspace(tmp_path / "package")
    crawl = ("crawl", *site.seeds, "--package", space.root, "--quiet")
    first = command(*crawl)
    assert first.returncode == 0, first.stderr
    before, files = told_of_bad(space), set(space.archive.iterdir())
    assert len(before["articles"]) == 6

    site.mode, site.count = mode, 8
    refused = command(*crawl, "--report", tmp_path / "report.json", "--report", tmp_path / "report.md")
    assert refused.returncode == 9, refused.stderr
    assert f"[{gate}]" in refused.stderr
    assert "valid, and what gates refused is held back" in refused.stdout
    assert told_of_bad(space) == before
    assert sum(row["source_id"] == "xx.good" for row in query.rows(space, "articles")) == 8
    waiting = set(space.archive.iterdir()) - files
    assert len([path for path in waiting if path.name.startswith("xx.bad-")]) == 1
    (record,) = json.loads((space.root / "refused.json").read_bytes())["refused"]
    assert (record["gate"], record["source"]) == (gate, "xx.bad")
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["exit_code"], len(report["refused"]), report["valid"]) == (9, 1, True)
    assert "### Held back" in (tmp_path / "report.md").read_text()
    said = invoke("status", "--package", space.root, "--fail-late")
    assert said.returncode == 9
    assert f"ministry-news build --accept {gate}:xx.bad" in said.stdout

    site.mode = "well"
    done = command(*crawl) if mend == "well" else invoke("build", "--package", space.root, "--accept", f"{gate}:xx.bad")
    assert done.returncode == 0, done.stderr
    assert not (space.root / "refused.json").exists()
    now = told_of_bad(space)
    assert len(now["captures"]) > len(before["captures"])
    assert [row["text_sha256"] for row in now["articles"]][:6] == [row["text_sha256"] for row in before["articles"]]
    assert invoke("validate", "--package", space.root, "--full", "--reextract").returncode == 0
    empty = (mode, mend) == ("texts", "accept")  # accepted, and still a source whose pages nobody can read
    assert invoke("status", "--package", space.root, "--fail-late").returncode == (4 if empty else 0)


def test_a_package_of_one_source_stays_byte_for_byte_as_it_was(
    command: Command, invoke: Command, site: Newsrooms, tmp_path: Path
) -> None:
    space = Workspace(tmp_path / "package")
    crawl = ("crawl", site.seeds[0], "--package", space.root, "--quiet")
    assert command(*crawl).returncode == 0

    def files() -> dict[str, bytes]:
        found = (path for path in space.root.rglob("*") if path.is_file() and ".work" not in path.parts)
        return {space.relative(path): path.read_bytes() for path in found}

    before = files()
    site.mode, site.count = "block", 8
    refused = command(*crawl)
    assert refused.returncode == 9
    assert "8 of 8 new or edited articles have one and the same text [same-text]" in refused.stderr
    assert "stands, the new one was refused" in refused.stdout
    after = files()
    assert {path: after[path] for path in before} == before
    more = sorted(after.keys() - before.keys())
    assert [path.partition("/")[0] for path in more] == ["archive", "refused.json"]
    assert invoke("validate", "--package", space.root).returncode == 0
    assert "held back" in invoke("status", "--package", space.root).stdout
    site.mode = "well"
    assert command(*crawl).returncode == 0
    assert len(list(query.rows(space, "articles"))) == 8
    assert {path for path in after if path.startswith("archive/")} < files().keys(), "every capture is kept"
    assert "refused.json" not in files()
