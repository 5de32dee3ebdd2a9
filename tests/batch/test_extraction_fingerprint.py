"""What names a reading covers everything that a reading depends on: found from the code, not from a list."""

from __future__ import annotations

import ast
import shutil
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import crawler
from crawler.batch import extraction_fingerprint
from crawler.batch.extraction_fingerprint import _LIBRARIES, _digest, extraction_version, fingerprinted_files
from crawler.pages import platforms

PACKAGE = Path(crawler.__file__).parent
ROOTS = ["crawler.extraction", "crawler.batch.worker", *(f"crawler.pages.{name}" for name in platforms())]
# What these read is the seed, and `seed_fingerprint` names what it says; the schema only refuses seeds.
INPUTS = {"crawler.seeds", "crawler.workspace", "crawler.workspace.files", "crawler.workspace.path_walk"}
# Needed by libraries for what a reading never does: asking the network.
NETWORK = {"certifi", "urllib3"}


def module_file(name: str) -> Path | None:
    path = PACKAGE.parent / name.replace(".", "/")
    return next((p for p in (path / "__init__.py", path.with_suffix(".py")) if p.is_file()), None)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    if path == PACKAGE / "__init__.py":
        return names  # its names are for checkers of types, and loaded where somebody asks: no reading does
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return names


def closure() -> tuple[set[Path], set[str]]:
    """The package's files that the roots reach by import, and the other top-level modules that these import."""
    files: set[Path] = set()
    outside: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name.split(".")[0] != "crawler":
            outside.add(name.split(".")[0])
            continue
        path = module_file(name)
        if path is None or path in files or name in INPUTS:
            continue
        files.add(path)
        waiting += [name.rpartition(".")[0] or "crawler", *imported(path)]
    return files, outside - set(sys.stdlib_module_names)


def test_every_module_that_extraction_reaches_is_hashed() -> None:
    files, _ = closure()
    missed = files - set(fingerprinted_files(PACKAGE))
    assert {p.relative_to(PACKAGE).as_posix() for p in missed} == set()
    assert PACKAGE / "discovery" / "subresources" / "originals.py" in files  # the walk does leave extraction


def test_every_data_file_of_the_rooms_is_hashed() -> None:
    rooms = {p.relative_to(PACKAGE).parts[0] for p in closure()[0] if p.parent != PACKAGE} - {"archive", "batch"}
    data = {p for room in rooms for p in (PACKAGE / room).rglob("*") if p.is_file() and p.suffix not in {".pyc", ".md"}}
    assert data <= set(fingerprinted_files(PACKAGE))
    assert {".json", ".py"} <= {p.suffix for p in data}
    beside = {p for room in ("archive", "batch") for p in (PACKAGE / room).rglob("*") if p.is_file()}
    assert {p.suffix for p in beside} <= {".py", ".pyc"}  # a data file there would have to be named


def test_every_library_that_a_reading_runs_is_hashed() -> None:
    owners = packages_distributions()
    waiting = {owner for module in closure()[1] for owner in owners[module]}
    needed: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in needed or name in NETWORK:
            continue
        needed.add(name)
        for line in requires(name) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.add(requirement.name)
    assert needed | {"tzdata"} <= {canonicalize_name(name) for name in _LIBRARIES}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("package") / "crawler"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


CHANGED = [
    "discovery/subresources/originals.py",
    "extraction/dates/calendars/months.json",
    "extraction/language/profiles/kk.json",
    "ids.py",
]


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_file_gives_another_name(copy: Path, name: str) -> None:
    before = _digest(copy)
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content + b"\n")
    assert _digest(copy) != before
    (copy / name).write_bytes(content)
    assert _digest(copy) == before


def test_what_only_fetches_or_explains_changes_nothing(copy: Path) -> None:
    before = _digest(copy)
    (copy / "crawl" / "spider.py").write_text("")
    (copy / "extraction" / "README.md").write_text("words for people")
    assert _digest(copy) == before


@pytest.mark.parametrize("library", ["tzdata", "babel", "lxml", "w3lib"])
def test_another_release_of_a_library_gives_another_name(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    before, known = _digest(PACKAGE), extraction_fingerprint._version
    monkeypatch.setattr(extraction_fingerprint, "_version", lambda name: "0" if name == library else known(name))
    assert _digest(PACKAGE) != before


def test_the_name_begins_with_the_packages_version() -> None:
    assert extraction_version().startswith(f"{crawler.__version__}+")
    assert len(extraction_version().partition("+")[2]) == 12
