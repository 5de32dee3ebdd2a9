"""The documentation: built without a network, current, and every command and recipe in it works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
from ruamel.yaml import YAML

from crawler.cli import app
from crawler.package.build.build import build
from crawler.package.exports.export import export
from crawler.workspace import Workspace
from tests.docs.reference import stale
from tests.package.conftest import make_ministry, make_page, seed

__all__ = ["make_ministry", "make_page", "seed"]

TOP = Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), TOP / "README.md"]


def fences(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_generated_pages_are_current() -> None:
    assert stale() == [], "python tests/docs/reference.py --write"


class Loaded(HTMLParser):
    """The addresses that a page loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        if tag in ("script", "img", "iframe", "source"):
            self.addresses.append(its.get("src") or "")
        if tag == "link" and its.get("rel") not in ("canonical", "next", "prev"):
            self.addresses.append(its.get("href") or "")


def test_the_site_is_built_strictly_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    dead = "http://127.0.0.1:9"  # whatever asks the network asks here, and fails
    environment = {**os.environ, **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), dead)}
    build_ = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(build_, cwd=TOP, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    built = sorted((tmp_path / "site").rglob("*.html"))
    assert len(built) > 15
    for path in built:
        foreign = [a for a in Loaded(path.read_text("utf-8")).addresses if re.match(r"(https?:)?//", a)]
        assert foreign == [], path.name


def test_every_page_is_in_the_navigation() -> None:
    config = (TOP / "mkdocs.yml").read_text("utf-8")
    named = set(re.findall(r"(\S+\.md)", config))
    assert named == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert YAML(typ="safe").load(config)["theme"]["font"] is False


def commands() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        for block in fences(path, "sh"):
            for line in block.replace("\\\n", " ").splitlines():
                if line.startswith("ministry-news "):
                    yield path.relative_to(TOP).as_posix(), line


@pytest.mark.parametrize(("page", "line"), [*commands()])
def test_every_command_is_one_of_this_program(page: str, line: str) -> None:
    group: Any = typer.main.get_command(app)
    words = shlex.split(line, comments=True)[1:]
    while hasattr(group, "commands"):
        name, *words = words
        group = group.commands[name]
    group.make_context(name, words)  # raises UsageError for what does not exist


@pytest.fixture(scope="module")
def package(tmp_path_factory, make_ministry, make_page) -> Path:
    ministry = make_ministry(tmp_path_factory.mktemp("docs") / "datapackage")
    for number in range(2):
        run = ministry.run()
        run.get("/n/1", make_page(f"Title {number}", f"topic {number}"))
        run.get(f"/m/{number}", make_page(f"More {number}", f"others {number}"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    folder = Path(ministry.workspace.root)
    (folder.parent / "demo").symlink_to(folder)
    return folder


def test_the_recipes_run(package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(package.parent)
    export(Workspace(package), "sqlite", Path("news.sqlite"))
    names: dict[str, Any] = {}
    blocks = fences(DOCS / "cookbook.md", "python")
    for block in blocks:
        exec(compile(block, "cookbook.md", "exec"), names)  # noqa: S102 - our own words
    printed = capsys.readouterr().out
    assert len(blocks) >= 5 and "3 documents, 3 stories" in printed and "% of the words" in printed
    assert sorted(names["then"].title) == ["More 0", "More 1", "Title 1"]
    *_, query = fences(DOCS / "cookbook.md", "sql")
    assert duckdb.sql(query).fetchall() == [("en", 3)]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", []),
        ("2026-11-23", ["Back", "Edited", "Gone", "Stays"]),
        ("2026-11-25", ["Stays"]),
        ("2026-11-27", ["Back", "Edited again", "Stays"]),
    ],
)
def test_what_a_source_said_on_a_day(
    archived: Path, day: str, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archived.parent)
    export(Workspace(archived), "sqlite", Path("news.sqlite"))
    names: dict[str, Any] = {}
    for block in fences(DOCS / "cookbook.md", "python"):
        exec(compile(block.replace("2026-11-24", day), "cookbook.md", "exec"), names)  # noqa: S102 - our own words
        if "rows" in names and "found" not in names:
            names["found"] = names["database"].execute(
                "SELECT title FROM articles_at_all_times WHERE valid_from <= :at "
                "AND (valid_to IS NULL OR valid_to > :at) AND status = 'live'", {"at": f"{day}T23:59:59.999999Z"},
            ).fetchall()  # fmt: skip
        if "live_then" in names:
            break
    assert sorted(names["then"].title) == said
    assert sorted(title for (title,) in names["found"]) == said
    assert sorted(names["live_then"]["title"]) == said
    query = fences(DOCS / "cookbook.md", "sql")[0].replace("2026-11-24", day)
    assert [title for _, title, _ in duckdb.sql(query).fetchall()] == said


@pytest.fixture(scope="module")
def archived(tmp_path_factory, make_ministry, make_page) -> Path:
    """A package of six days: what goes on the third, what is back on the fifth as it was or edited, what stays."""
    ministry = make_ministry(tmp_path_factory.mktemp("days") / "datapackage")
    ministry.now -= timedelta(hours=32)  # runs begin at midnight
    pages = {name: make_page(name.title(), f"topic {name}") for name in ("gone", "back", "edited", "stays")}
    for number in range(6):  # an absence is proved by the second run that finds it
        span = number // 2
        run = ministry.run()
        for name, page in pages.items():
            is_edited = (name, span) == ("edited", 2)
            if name != "stays" and (span == 1 or (span == 2 and name == "gone")):
                run.get(f"/n/{name}", status=404)
            else:
                run.get(f"/n/{name}", make_page("Edited again", "other words") if is_edited else page)
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return Path(ministry.workspace.root)


def test_the_tutorial_for_researchers_runs(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(package.parent)
    for block in fences(DOCS / "tutorials/researcher.md", "python"):
        exec(compile(block, "researcher.md", "exec"), {})  # noqa: S102 - our own words
    assert "payload_sha256" in capsys.readouterr().out


def test_links_of_the_readme_lead_somewhere() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    places = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert len(places) > 8 and [p for p in places if not (TOP / p).exists()] == []
