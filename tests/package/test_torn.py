"""A package whose last run was killed inside an exchange: repaired, valid, and whole again after the next run."""

from __future__ import annotations

import os

from crawler.archive.warc.reader import iter_captures, records
from crawler.archive.warc.repair import recover
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports import query


def test_a_torn_exchange_is_listed_and_asked_for_again(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"), document="1/en")
    run.get("/n/2", make_page("Title 2", "wind"), document="2/en")
    (path,) = ministry.workspace.open_archive.iterdir()
    request = list(records(path))[-2]
    os.truncate(path, request.offset + request.length + 9)  # in the metadata record
    (repair,) = recover(ministry.workspace)
    assert repair.cut == 9
    assert _titles(ministry) == ["Title 1"]
    assert [row["role"] for row in query.rows(ministry.workspace, "captures")] == ["article", "probe"]
    again = ministry.run()
    again.get("/n/2", make_page("Title 2", "wind"), document="2/en")
    again.done()
    assert _titles(ministry) == ["Title 1", "Title 2"]
    assert [c.kind for p in ministry.workspace.archive.iterdir() for c in iter_captures(p)] == ["response"] * 3


def _titles(ministry) -> list[str]:
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    assert validate(ministry.workspace, full=True, reextract=True, engine="serial").lines()[-1].startswith("valid")
    return sorted(row["title"] for row in query.rows(ministry.workspace, "articles"))
