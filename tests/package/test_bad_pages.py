"""A page that hangs, dies or breaks its reader costs its own record: a build has a row that says why, and the rest."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from crawler.batch.engines import engine
from crawler.batch.worker import Limits
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.history import extraction_results

FATES = {
    "hangs": "extraction-timeout",
    "dies": "extraction-error",
    "grows": "extraction-memory",
    "fails": "extraction-error",
}


@pytest.mark.parametrize("workers", [1, 2])
def test_each_bad_page_is_a_rejection_and_the_others_are_articles(
    ministry, make_page, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "stand_ins"))
    monkeypatch.setattr(extraction_results, "engine_named", partial(engine, limits=Limits(cpu_s=2, wall_s=60.0)))
    run = ministry.run()
    for number, name in enumerate(FATES):
        run.get(f"/good/{number}", make_page(f"Title of page {number}", ("water", "salt", "sand", "snow")[number]))
        run.get(f"/bad/{name}", make_page(f"Title of the page that {name}", "air"))
    run.get("/good/last", make_page("Title of the last page", "soil"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, workers=workers)
    rejected = {row["url"].rpartition("/")[2]: row["reason"] for row in query.rows(ministry.workspace, "rejections")}
    assert rejected == FATES
    titles = {row["title"] for row in query.rows(ministry.workspace, "articles")}
    assert titles == {*(f"Title of page {number}" for number in range(len(FATES))), "Title of the last page"}
    assert validate(ministry.workspace).valid
