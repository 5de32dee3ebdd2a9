"""Articles listed and found on the command line, and one of them shown with typed values."""

from __future__ import annotations

import json

import pytest

from crawler.package.build.build import build
from crawler.package.exports import query


@pytest.fixture
def package(ministry, make_page):
    """Three articles of different days; the second is withdrawn, the third was looked for in vain once."""
    run = ministry.run()
    run.get("/n/1", make_page("Water for all", "water", date="2026-03-10T10:00:00+05:00"))
    run.get("/n/2", make_page("Air is measured", "air", date="2026-03-11T10:00:00+05:00"))
    run.get("/n/3", make_page("Soil and ÇAY", "soil", date="2026-03-12T10:00:00+05:00"))
    run.done()
    for paths in (("/n/2",), ("/n/2",), ("/n/3",)):
        run = ministry.run()
        for path in paths:
            run.get(path, b"gone", status=404)
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace.root


def titles(invoke, package, *arguments: str) -> list[str]:
    done = invoke(*arguments, "--package", package, "--json")
    assert done.returncode in (0, 8), done.stderr
    return [item["title"] for item in json.loads(done.stdout)]


def test_list_is_newest_first_and_filters(package, invoke) -> None:
    every = ["Soil and ÇAY", "Air is measured", "Water for all"]
    assert titles(invoke, package, "list") == every
    assert titles(invoke, package, "list", "--source", "xx") == every
    assert titles(invoke, package, "list", "--source", "xx.tests", "--language", "en") == every
    assert (
        titles(invoke, package, "list", "--language", "e") == titles(invoke, package, "list", "--language", "ru") == []
    )
    assert titles(invoke, package, "list", "--since", "2026-03-11") == every[:2]
    assert titles(invoke, package, "list", "--status", "withdrawn") == ["Air is measured"]
    header, first, *_ = invoke("list", "--package", package).stdout.splitlines()
    assert header.split("\t") == ["article_id", "date", "language", "source", "status", "title"]
    assert first.split("\t")[1:] == ["2026-03-12", "en", "xx.tests", "live", "Soil and ÇAY"]
    assert invoke("list", "--status", "gone", "--package", package).returncode == 2


def test_search_wants_every_word_in_any_case(package, invoke) -> None:
    assert titles(invoke, package, "search", "LABORATORY", "soil") == ["Soil and ÇAY"]
    assert titles(invoke, package, "search", "çay") == ["Soil and ÇAY"]
    assert titles(invoke, package, "search", "laboratory", "--status", "live") == ["Soil and ÇAY", "Water for all"]
    assert titles(invoke, package, "search", "opened a laboratory for air") == ["Air is measured"]
    done = invoke("search", "volcano", "--package", package)
    assert (done.returncode, done.stdout) == (8, "")
    (hit,) = json.loads(invoke("search", "minister said", "soil", "--package", package, "--json").stdout)
    assert "minister said" in hit["excerpt"].lower()


def test_show_has_typed_values(package, invoke) -> None:
    (row,) = [r for r in query.rows(_workspace(package), "articles") if r["title"].startswith("Soil")]
    start = row["article_id"][:3]
    shown = json.loads(invoke("show", start, "--package", package, "--format", "json").stdout)
    assert shown["article_id"] == row["article_id"]
    assert (shown["authors"], shown["summary"], shown["withdrawn_at"]) == ([], None, None)
    assert isinstance(shown["language_confidence"], float) and isinstance(shown["warc_offset"], int)
    assert shown["absent"]["runs"] == 1 and shown["absent"]["since"] < shown["absent"]["gone_after"]
    assert json.loads(invoke("show", row["url"], "--package", package, "--format", "json").stdout) == shown


def test_show_says_in_words_what_is_withdrawn_and_what_is_absent(package, invoke) -> None:
    text = {t: invoke("show", _id(package, t), "--package", package).stdout for t in ("Water", "Air", "Soil")}
    assert "[" not in text["Water"]
    assert "[withdrawn, known since 2026-11-25" in text["Air"]
    assert "[not found since 2026-11-26" in text["Soil"] and "in 1 run;" in text["Soil"]


def test_absences_are_told_by_status_until_they_end(package, ministry, make_page, invoke) -> None:
    told = invoke("status", "--package", package)
    assert "1 article absent since 2026-11-26" in told.stdout and "gone after 2026-11-27" in told.stdout
    run = ministry.run()
    run.get("/n/3", make_page("Soil and ÇAY", "soil", date="2026-03-12T10:00:00+05:00"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    assert "absent" not in invoke("status", "--package", package).stdout


@pytest.mark.parametrize("form", ["csv", "sqlite", "explorer", "wacz"])
def test_export_makes_the_folders_on_the_way(form: str, package, tmp_path, invoke) -> None:
    target = tmp_path / "new" / "dir" / "x"
    done = invoke("export", form, "--package", package, "--output", target)
    assert done.returncode == 0, done.stderr
    assert target.is_dir() if form == "explorer" else target.is_file()


def test_show_tells_when_an_article_was_last_confirmed(package, ministry, make_page, invoke) -> None:
    shown = json.loads(invoke("show", _id(package, "Water"), "--package", package, "--format", "json").stdout)
    assert shown["last_confirmed_at"] == shown["seen_at"]
    run = ministry.run()
    run.get("/n/1", make_page("Water for all", "water", date="2026-03-10T10:00:00+05:00"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    again = json.loads(invoke("show", _id(package, "Water"), "--package", package, "--format", "json").stdout)
    assert again["seen_at"] == shown["seen_at"]
    assert again["last_confirmed_at"][:10] == f"{ministry.now:%Y-%m-%d}"


def _id(package, title: str) -> str:
    return next(r["article_id"] for r in query.rows(_workspace(package), "articles") if r["title"].startswith(title))


def _workspace(package):
    from crawler.workspace import Workspace

    return Workspace(package)
