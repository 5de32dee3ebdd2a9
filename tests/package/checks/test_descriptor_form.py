"""What a verdict on the form of a descriptor is remembered by: counts and paths may change, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.package.checks import frictionless
from crawler.package.checks.descriptor_form import form_of
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import read_descriptor

MAY_DIFFER = {"extraction", "articles", "filled", "missing", "last_runs"}


@pytest.fixture
def descriptor(ministry, make_page) -> dict[str, Any]:
    return published(ministry, make_page)


def published(ministry, make_page) -> dict[str, Any]:
    number = len(ministry.runs) + 1
    its = ministry.run(days=30)
    its.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"), document=f"{number}/en")
    its.done()
    return built(ministry)


def built(ministry) -> dict[str, Any]:
    from crawler.package.build.build import build

    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return read_descriptor(ministry.workspace) or {}


def test_two_versions_of_a_package_have_one_form(ministry, make_page) -> None:
    published(ministry, make_page)
    one, other = published(ministry, make_page), published(ministry, make_page)
    assert one["version"] != other["version"] and one["resources"] != other["resources"]
    assert form_of(one) == form_of(other)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a descriptor stands."""
    for key, its in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(its, (*path, key))


def test_any_other_value_makes_another_form(descriptor) -> None:
    """Each value by another type, or not there: also paths, names, hashes and counts, which are left out only where
    they are spelt as this program spells them."""
    form = form_of(descriptor)
    wheres = [where for where in places(descriptor) if where[0] not in MAY_DIFFER and "schema" not in where[2:-1]]
    wheres.remove(("resources",))  # a descriptor without these is refused before
    assert len(wheres) > 100
    for where in wheres:
        for other in (None, -1, "x y", {"strange": 1}):
            changed = copy.deepcopy(descriptor)
            holder = changed
            for key in where[:-1]:
                holder = holder[key]
            holder[where[-1]] = other
            assert form_of(changed) != form, (where, other)
    assert form_of({**descriptor, "more": 1}) != form
    assert form_of({**descriptor, "extraction": "x"}) != form


def test_frictionless_is_asked_once_of_a_form_and_of_each_table(ministry, make_page, monkeypatch) -> None:
    asked: list[str] = []
    check, sample = frictionless.check_descriptor, frictionless.faulty_in_sample
    monkeypatch.setattr(frictionless, "check_descriptor", lambda *its: asked.append("descriptor") or check(*its))
    monkeypatch.setattr(frictionless, "faulty_in_sample", lambda *its: asked.append(its[0]) or sample(*its))

    def run(*, gone: bool = False) -> list[str]:
        asked.clear()
        if gone:
            its = ministry.run(days=30)
            its.get("/n/1", b"gone", status=404, document="1/en")
            its.done()
        its = built(ministry) if gone else published(ministry, make_page)
        paths = {path for r in its["resources"] if r.get("type") == "table" for path in r["path"]}
        report = validate(ministry.workspace, written=paths, engine="serial")
        assert report.valid, report.lines()
        assert ("frictionless" in report.checks) == bool(asked)
        return list(asked)

    assert {"descriptor", "articles"} < set(run())
    run()
    assert run() == []
    assert "rejections" in run(gone=True), "a table that had no rows before"
    path = ministry.workspace.cache / "validated.json"
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "checker": "another version of Frictionless"}))
    assert "descriptor" in run()
    assert {"descriptor", "articles"} < set(validate_all(ministry.workspace, asked)), "who asks for it gets it"


def validate_all(space, asked: list[str]) -> list[str]:
    asked.clear()
    assert validate(space, engine="serial").valid
    return asked
