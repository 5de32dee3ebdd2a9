"""Frictionless opens the files of a package as we do: not what was put in their place since we looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import UnsafeFile
from crawler.package.build.build import build
from crawler.package.checks.findings import Findings
from crawler.package.checks.frictionless import check_package, check_part
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.workspace import Workspace


@pytest.fixture
def space(make_ministry, make_page, tmp_path: Path) -> Workspace:
    ministry = make_ministry(tmp_path / "package")
    run = ministry.run()
    run.get("/n/1", make_page("Title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


@pytest.mark.parametrize("table", ["articles", "sources"])
def test_a_link_that_was_put_in_place_since_is_not_followed(space: Workspace, tmp_path: Path, table: str) -> None:
    (part,) = (path for path in space.data.iterdir() if path.name.startswith(f"{table}-") or table in path.name)
    name, findings = f"data/{part.name}", Findings(20)
    descriptor = read_descriptor(space)
    assert check_part(space, name, findings)
    assert check_package(space, descriptor, findings)
    moved = tmp_path / "elsewhere" / part.name
    moved.parent.mkdir()
    part.rename(moved)
    part.symlink_to(moved)
    with pytest.raises(UnsafeFile, match="link"):
        check_part(space, name, findings)
    with pytest.raises(UnsafeFile, match="link"):
        check_package(space, descriptor, findings)
    assert findings.errors == []
