"""Archive and seeds give back every other byte; and when they do not, it is said."""

from __future__ import annotations

import pytest

from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce


@pytest.fixture
def built(ministry, make_page):
    for title in ("First", "Second"):
        run = ministry.run()
        run.get("/n/1", make_page(f"{title} title", "water"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


def test_a_package_is_reproduced(built) -> None:
    result = reproduce(built, engine="serial")
    assert result.same
    assert result.files > 10
    assert not list(built.work.glob("reproduce-*"))


def test_a_part_made_by_hand_is_found(built) -> None:
    part = next(built.data.glob("runs-*"))
    text = part.read_text("utf-8").replace("complete", "partial", 1)
    part.unlink()
    part.write_text(text, "utf-8")
    result = reproduce(built, engine="serial")
    assert not result.same
    assert result.other == (f"data/{part.name}",)
