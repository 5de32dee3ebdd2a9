"""Tables in TOML and their copies."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.toml_tables import copied, copy_of, read_toml


@pytest.mark.parametrize("path", copied(), ids=lambda path: path.name)
def test_a_copy_says_what_its_table_says(path: Path) -> None:
    told = f"{path.name} has changed: run `python -m crawler.toml_tables`"
    assert path.with_suffix(".json").read_text("utf-8") == copy_of(path), told
    assert read_toml(path) == tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("copy", [None, "", "{", '{"digest": "0", "table": {"a": 2}}'])
def test_a_copy_of_other_bytes_is_not_read(tmp_path: Path, copy: str | None) -> None:
    table = tmp_path / "table.toml"
    table.write_text("a = 1", "utf-8")
    if copy is not None:
        table.with_suffix(".json").write_text(copy, "utf-8")
    assert read_toml(table) == {"a": 1}
    table.with_suffix(".json").write_text(copy_of(table), "utf-8")
    table.write_text("a = 3", "utf-8")
    assert read_toml(table) == {"a": 3}
