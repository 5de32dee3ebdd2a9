"""What the README of a package, and that of this program, show of reading a package: each snippet runs in an
interpreter of its tool, on cells that are hard for readers, and gives every cell as it was written."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.package.publication import hard_package

REPOSITORY = Path(__file__).parents[3]
_SNIPPET = re.compile(r"```(python|sql|r)\n(.*?)```", re.S)
_OURS = (REPOSITORY / "README.md").read_text("utf-8")
OURS = _SNIPPET.findall(_OURS[_OURS.index("## Read the data") : _OURS.index("## Schedule it")])
TOOLS = ("pandas", "polars", "DuckDB", "pyarrow", "readr", "gzip", "frictionless")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `datapackage/`, and the rows of its articles in `rows.json`."""
    root = tmp_path_factory.mktemp("hard")
    rows = hard_package.write_package(root / "datapackage")
    (root / "rows.json").write_text(json.dumps(rows), "utf-8")
    return root


@pytest.mark.parametrize("tool", TOOLS)
def test_a_recipe_of_a_package_gives_every_cell(folder: Path, tool: str) -> None:
    text = (folder / "datapackage/README.md").read_text("utf-8")
    (found,) = [(kind, code) for kind, code in _SNIPPET.findall(text) if tool in code]
    run(*found, folder / "datapackage", folder)


@pytest.mark.parametrize("number", range(len(OURS)))
def test_a_recipe_of_this_program_gives_every_cell(folder: Path, number: int) -> None:
    run(*OURS[number], folder, folder)


def run(kind: str, code: str, where: Path, folder: Path) -> None:
    """Runs a snippet, and compares `articles` with what was written."""
    if kind == "python":
        run_python(code, where, folder)
    elif kind == "sql":
        engine = duckdb.connect()
        engine.execute(f"SET file_search_path = '{where}'; SET timezone = 'UTC'").fetchall()
        engine.execute(code).fetchall()
        found = engine.execute("FROM articles ORDER BY article_id")
        names = [column[0] for column in found.description or ()]
        hard_package.check([dict(zip(names, row, strict=True)) for row in found.fetchall()], str(folder / "rows.json"))
    else:
        run_r(code, where, folder)


def run_python(code: str, where: Path, folder: Path) -> None:
    told = f"from tests.package.publication.hard_package import check\ncheck(articles, {str(folder / 'rows.json')!r})\n"
    path = f"import sys; sys.path.append({str(REPOSITORY)!r})\n"
    done = _run([sys.executable, "-c", f"{code}\n{path}{told}"], where)
    assert done.returncode == 0, done.stderr[-2000:]


def run_r(code: str, where: Path, folder: Path) -> None:
    """R gives back what it read a column at a time, each cell ended by a NUL."""
    r = shutil.which("Rscript")
    if r is None or _run([r, "-e", "library(readr)"], where).returncode:
        pytest.skip("R with readr is not installed")
    told = f"""
stopifnot(nrow(problems(articles)) == 0)
moments <- sapply(articles, function(column) inherits(column, "POSIXct"))
articles[moments] <- lapply(articles[moments], format, format = "%Y-%m-%dT%H:%M:%OS6Z", tz = "UTC")
articles <- lapply(articles, function(column) ifelse(is.na(column), "", as.character(column)))
for (name in names(articles)) writeBin(enc2utf8(articles[[name]]), file.path("{folder}", name))
"""
    script = folder / "recipe.R"
    script.write_text(code + told, "utf-8")
    done = _run([r, str(script)], where)
    assert done.returncode == 0, done.stderr[-2000:]
    expected = json.loads((folder / "rows.json").read_text("utf-8"))
    for column in expected[0]:
        cells = (folder / column).read_bytes().decode().split("\0")[:-1]
        assert len(cells) == len(expected)
        for cell, row in zip(cells, expected, strict=True):
            assert _same_in_r(cell, row[column], column), (row["article_id"], column, cell[:80])


def _same_in_r(cell: str, right: str, column: str) -> bool:
    if column in ("language_confidence", "warc_offset", "warc_length"):
        return float(cell) == float(right)
    if column in ("first_seen_at", "seen_at"):  # R counts seconds since 1970 in a double
        return abs(datetime.fromisoformat(cell) - datetime.fromisoformat(right)) < timedelta(milliseconds=1)
    return cell == right


def _run(words: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, check=False, cwd=where, capture_output=True, text=True)
