"""A page that says something wholly else replaces an article only when a capture of a later day still shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.history.doubt import is_doubtful
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import table

PARKED = (
    "This domain may be for sale. Please contact the broker to learn about its price and about others like it.",
    "Registration, hosting and mail for everybody: choose a plan, and be on the web within the hour.",
)
ERROR = (
    "Fatal error: out of memory (tried to allocate 20480 bytes) in the application, on line 211 of a template.",
) * 2


def other(title: str, paragraphs: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<main><article><h1>{title}</h1>{body}</article></main></body></html>"
    ).encode()


def rows(root: Path, name: str) -> list[dict[str, str]]:
    paths = sorted((root / "data").glob(f"{name}-*"))
    return [dict(row) for path in paths for row in read_part(table(name), path)]


def crawled(ministry, shown, *, steps: bool) -> Path:
    """The package of runs that showed (days after the one before, body) of one address; a build after each, or one."""
    for days, body in shown:
        run = ministry.run(days)
        run.get("/n/1", body) if body else run.get("/n/1", status=404)
        run.done()
        if steps:
            build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace.root


@pytest.fixture
def article(make_page) -> bytes:
    return make_page("Water is measured", "water")


@pytest.mark.parametrize("steps", [False, True])
@pytest.mark.parametrize(
    "body", [other("x.example is for sale", PARKED), other("Water is measured", ERROR)], ids=["parked", "error"]
)
def test_it_waits_and_the_article_stands(ministry, article, body, steps) -> None:
    root = crawled(ministry, [(0, article), (3, body), (0.5, body), (1, article), (3, body)], steps=steps)
    (row,) = rows(root, "articles")
    assert (row["title"], row["status"]) == ("Water is measured", "live")
    assert "laboratory" in row["text"]
    assert rows(root, "revisions") == []
    reasons = [r["reason"] for r in rows(root, "rejections")]
    assert sorted(reasons) == ["unchanged", "unconfirmed", "unconfirmed", "unconfirmed"]
    assert validate(ministry.workspace, full=True, reextract=True, engine="serial").verdict == "valid"


@pytest.mark.parametrize("steps", [False, True])
def test_a_second_capture_a_day_later_makes_it_an_edit(ministry, article, steps) -> None:
    body = other("x.example is for sale", PARKED)
    root = crawled(ministry, [(0, article), (3, body), (0.5, None), (0.6, body)], steps=steps)
    (row,) = rows(root, "articles")
    assert row["title"] == "x.example is for sale"
    assert [r["change_kind"] for r in rows(root, "revisions")] == ["edited"]
    assert validate(ministry.workspace, full=True, reextract=True, engine="serial").verdict == "valid"


def test_steps_and_one_build_give_the_same_tables(make_ministry, tmp_path, article, make_page) -> None:
    body, later = other("x.example is for sale", PARKED), make_page("Water is sold", "water")
    shown = [(0, article), (3, body), (1, article), (0.9, body), (0.2, later), (3, body), (0.9, body), (0.2, body)]
    found = []
    for steps in (False, True):
        root = crawled(make_ministry(tmp_path / str(steps)), shown, steps=steps)
        kinds = [(r["change_kind"], r["valid_from"], r["valid_to"]) for r in rows(root, "revisions")]
        found.append((kinds, [(r["reason"], r["fetched_at"]) for r in rows(root, "rejections")]))
    assert found[0] == found[1]
    assert [kind for kind, _, _ in found[0][0]] == ["edited", "edited"]


TEXT = "The ministry opened a laboratory for water in the capital on Monday, and the public was invited to see it. "


@pytest.mark.parametrize(
    ("title", "text", "doubtful"),
    [
        ("Water", TEXT * 3 + "A correction follows.", False),
        ("Another headline", TEXT + "Much of the rest was taken out.", False),
        ("Water", "Sign in with your account to read on.", True),
        ("Back soon", "We are working on our site, and will be here again when the work is done. " * 9, True),
        ("Water", "Engineers explained how the figures come about and why they are published every day. " * 4, False),
    ],
)
def test_what_has_nothing_of_the_article_is_doubtful(title: str, text: str, doubtful: bool) -> None:
    old = {"title": "Water", "text": TEXT * 3, "text_sha256": "a"}
    assert is_doubtful(old, {"title": title, "text": text, "text_sha256": "b"}) is doubtful
