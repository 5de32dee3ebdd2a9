"""The page docs/library.md, run as the notebook that it is."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

from crawler.package.build.build import build

PAGE = Path(__file__).resolve().parents[2] / "docs" / "library.md"


@pytest.fixture
def folder(tmp_path: Path, make_ministry, make_page) -> Path:
    ministry = make_ministry(tmp_path / "datapackage")
    for number in range(2):
        run = ministry.run()
        run.get("/n/1", make_page(f"Title {number}", f"topic {number}"))
        run.get(f"/m/{number}", make_page(f"More {number}", f"others {number}"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return tmp_path


def test_the_notebook_runs(folder: Path) -> None:
    notebook = jupytext.read(PAGE)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 7
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    printed = "".join(output.get("text", "") for cell in cells for output in cell.outputs)
    assert "-Title 0" in printed and "+Title 1" in printed and "Article / Title 0" in printed
