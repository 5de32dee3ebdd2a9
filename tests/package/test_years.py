"""Seven simulated weeks of daily runs; `tests/benchmarks/ten_years.py` makes ten years of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.descriptor.published import published
from crawler.package.exports import query
from crawler.package.tables.partitions import part_of_file


@pytest.fixture(scope="module")
def years() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "ten_years.py"
    spec = importlib.util.spec_from_file_location("ten_years", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["ten_years"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_weeks_of_news_edits_absences_and_outages_add_up(years: ModuleType, tmp_path: Path) -> None:
    simulation = years.Simulation(tmp_path / "package")
    for day in range(1, 51):
        simulation.day()
        if day in (1, 50):
            simulation.check()
    assert all(simulation.changes[kind] for kind in ("new", "edited", "metadata", "withdrawn")), simulation.changes
    state = published(simulation.workspace)
    assert state
    for name in ("captures", "runs"):
        parts = [part_of_file(path)[1] for path in state.parts[name]]
        newest = max(row["fetched_at"] for row in query.rows(simulation.workspace, "captures"))
        assert parts[-1] == newest[:13]
        assert {part for part in parts if len(part) == 7} == {"2027-01"}
        assert all(part[:7] == newest[:7] for part in parts if len(part) > 7)
    simulation.items[0].wording += 1000
    simulation.items[0].known = simulation.items[0].shown
    simulation.changes["edited"] += 1
    with pytest.raises(years.Broken, match="revisions"):  # the check can fail
        simulation.check()
    assert reproduce(simulation.workspace, engine="serial").same, "steps and a whole rebuild give the same bytes"
    proved = validate(simulation.workspace, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()
