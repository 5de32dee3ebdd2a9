"""How many articles a source has, told by the descriptor: the same in steps, at once, and as counted."""

from __future__ import annotations

import json

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import digest
from crawler.package.tables.article_counts import added, as_tally, count_rows, stated


def test_a_tally_follows_articles_as_they_come_go_and_return(ministry, make_page) -> None:
    space = ministry.workspace
    told = []
    for pages in ((1, 2, 3), (), (), (3,)):
        run = ministry.run(days=2)
        for n in (1, 2, 3):
            if n in pages or n == 1:
                run.get(f"/n/{n}", make_page(f"Title {n}", f"topic {n}"))
            else:
                run.get(f"/n/{n}", b"gone", status=404)
        run.done()
        build(space, seeds={ministry.seed.id: ministry.seed}, engine="serial")
        descriptor = json.loads(space.descriptor.read_bytes())
        parts = next(r["path"] for r in descriptor["resources"] if r["name"] == "articles")
        assert stated(descriptor) == count_rows(space, parts)
        told.append(stated(descriptor)["xx.tests"])
    assert told == [{"live": 3}, {"live": 3}, {"live": 1, "withdrawn": 2}, {"live": 2, "withdrawn": 1}]
    before = space.descriptor.read_bytes()
    build(space, seeds={ministry.seed.id: ministry.seed}, full=True, engine="serial")
    assert space.descriptor.read_bytes() == before


def test_the_next_build_counts_a_package_of_an_earlier_program(ministry, make_page) -> None:
    space = ministry.workspace
    for n in (1, 2):
        run = ministry.run()
        run.get(f"/n/{n}", make_page(f"Title {n}", f"topic {n}"))
        run.done()
        build(space, seeds={ministry.seed.id: ministry.seed}, engine="serial")
        value = json.loads(space.descriptor.read_bytes())
        assert value.pop("articles") == {"xx.tests": {"live": n}}
        space.descriptor.write_text(json.dumps(value))


def test_validate_counts(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title", "topic"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    wrong = ministry.workspace.descriptor.read_bytes().replace(b'"live": 1', b'"live": 2')
    ministry.workspace.descriptor.write_bytes(wrong)
    ministry.workspace.digest.write_bytes(digest(wrong))
    (error,) = validate(ministry.workspace, engine="serial").errors
    assert error.check == "row-count"
    assert "'live': 2}} stated" in error.message


@pytest.mark.parametrize("value", [None, [], {"a": 1}, {"a": {"live": "1"}}, {"a": {"live": True}}])
def test_what_is_no_tally_is_none(value: object) -> None:
    assert stated({"articles": value}) is None


def test_what_is_none_is_not_told() -> None:
    assert added({"a": {"live": 2}}, {("a", "live"): -2, ("a", "withdrawn"): 2}) == {"a": {"withdrawn": 2}}
    assert as_tally({("a", "live"): 0}) == {}
