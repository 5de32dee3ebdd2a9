"""From captures to tables, in steps and at once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import EnvironmentFault, NotFound, PackageInvalid
from crawler.model import Role
from crawler.package.build.build import BuildReport, build, extract_archive
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.history import extraction_results
from crawler.workspace import Workspace


def build_now(ministry, **options) -> BuildReport:
    seeds = {ministry.seed.id: ministry.seed}
    return build(ministry.workspace, seeds=seeds, **({"engine": "serial"} | options))


def snapshot(workspace: Workspace) -> dict[str, str]:
    files = (p for p in sorted(workspace.root.rglob("*")) if p.is_file() and ".work" not in p.parts)
    return {workspace.relative(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def only(workspace: Workspace, name: str, **wanted: str) -> list[dict[str, str]]:
    return [row for row in query.rows(workspace, name) if all(row[k] == v for k, v in wanted.items())]


@pytest.fixture
def grown(ministry, make_page):
    """A package of five runs in which everything happens; each is built on its own."""
    run = ministry.run()
    run.get("/feed.xml", b"x", role=Role.LISTING)
    for i in range(5):
        run.get(f"/n/{i}", make_page(f"Title {i}", f"water {i}"))
    run.get("/missing", status=404)
    run.done()
    build_now(ministry)
    run = ministry.run()
    run.get("/n/0", make_page("Title 0", "water 0"))  # identical: a revisit
    run.get("/n/1", make_page("Another title 1", "water 1"))  # edited
    run.get("/n/2", make_page("Title 2", "water 2", clock="12:00"))  # only a volatile part
    run.get("/n/3", status=404)  # absent for the first time
    run.get("/n/4", failure="timeout")
    run.done("partial")
    build_now(ministry)
    run = ministry.run()
    run.get("/n/3", status=410)  # the proof
    run.get("/n/1", make_page("Title 1", "water 1"))  # A, B, A
    run.get("/n/4", make_page("Title 4", "water 4", date="2026-03-13T11:00:00+05:00"))
    run.done()
    build_now(ministry)
    run = ministry.run(20)
    run.get("/n/3", make_page("Title 3", "water 3"))  # back as it was
    run.get("/n/9", make_page("Title 9", "wind"))
    run.done()
    build_now(ministry)
    return ministry


def test_the_first_build_has_a_row_for_each_capture(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.get("/missing", status=404)
    run.done()
    report = build_now(ministry)
    assert report.sources == {"xx.tests": {"new": 1, "not-found": 1}}
    (article,) = query.rows(ministry.workspace, "articles")
    assert (article["title"], article["published_at"]) == ("A title", "2026-03-12T10:00:00+05:00")
    assert len(article["text"].split("\n")) == 3
    assert article["first_seen_at"] == "2026-11-23T08:00:01.000000Z"


def test_history_of_each_kind(grown) -> None:
    space = grown.workspace
    kinds = [(row["change_kind"], row["title"]) for row in query.rows(space, "revisions")]
    assert kinds == [
        ("edited", "Title 1"),
        ("withdrawn", "Title 3"),
        ("edited", "Another title 1"),
        ("metadata", "Title 4"),
        ("restored", "Title 3"),
    ]
    assert {row["title"]: row["status"] for row in query.rows(space, "articles")} == {
        **{f"Title {i}": "live" for i in range(5)},
        "Title 9": "live",
    }
    reasons = [row["reason"] for row in query.rows(space, "rejections")]
    assert sorted(reasons) == ["fetch-failed", "not-found", "not-found", "unchanged", "unchanged"]


def test_an_unchanged_article_keeps_its_row_and_its_part(grown) -> None:
    before = next(p for p in snapshot(grown.workspace) if "articles-2026-11" in p)
    run = grown.run()
    run.get("/n/9", b"", status=404)
    run.done()
    report = build_now(grown)
    assert before in snapshot(grown.workspace)
    assert not [path for path in report.written if "articles" in path]


def test_in_steps_and_at_once_give_the_same_bytes(grown) -> None:
    before = snapshot(grown.workspace)
    assert build_now(grown, full=True, use_cache=False).full
    assert snapshot(grown.workspace) == before


def test_a_run_writes_its_hour_and_a_new_day_or_month_joins_what_came_before(grown, make_page) -> None:
    def parts() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(snapshot(grown.workspace)):
            name = path.rpartition("/")[2].partition(".")[0]
            table, _, part = name.partition("-") if path.startswith("data/") else ("index", "", name)
            if (path.startswith("data/") and table in ("captures", "rejections")) or path.endswith(".cdx"):
                found.setdefault(table, []).append(part)
        return found

    def went_on(days: float, status: int = 404) -> BuildReport:
        run = grown.run(days)
        run.get("/n/9", make_page("Title 9", "wind") if status == 200 else b"", status=status)
        run.done()
        report = build_now(grown)  # of runs, the warcinfo has the clock of this machine
        assert not [path for path in report.written if "2026-11" in path and "runs" not in path]
        return report

    alike = ("captures", "index")
    assert parts() == {key: ["2026-11", "2026-12-15T08"] for key in alike} | {"rejections": ["2026-11"]}
    report = went_on(1 / 24)
    assert not [path for path in report.written if "T08" in path and "runs" not in path]
    assert parts() == {key: ["2026-11", "2026-12-15T08", "2026-12-15T09"] for key in alike} | {
        "rejections": ["2026-11", "2026-12-15T09"]
    }
    went_on(2)  # the proof that it is gone: no rejection
    assert parts() == {key: ["2026-11", "2026-12-15", "2026-12-17T09"] for key in alike} | {
        "rejections": ["2026-11", "2026-12-15"]
    }
    went_on(20, 200)
    assert parts() == {key: ["2026-11", "2026-12", "2027-01-06T09"] for key in alike} | {
        "rejections": ["2026-11", "2026-12"]
    }
    before = snapshot(grown.workspace)
    build_now(grown, full=True, use_cache=False)
    assert snapshot(grown.workspace) == before
    assert validate(grown.workspace, engine="serial").lines()[-1].startswith("valid")


@pytest.mark.parametrize(("engine", "workers"), [("processes", 1), ("processes", 2), ("dask", 2)])
def test_every_engine_gives_the_same_bytes(grown, engine: str, workers: int) -> None:
    before = snapshot(grown.workspace)  # read in this process
    build_now(grown, full=True, use_cache=False, engine=engine, workers=workers)
    assert snapshot(grown.workspace) == before


def test_a_build_without_news_changes_nothing(grown) -> None:
    before = snapshot(grown.workspace)
    assert build_now(grown).written == ()
    assert snapshot(grown.workspace) == before


def test_the_lookup_and_the_cache_are_only_caches(grown, make_page) -> None:
    for path in sorted(grown.workspace.cache.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    run = grown.run()
    run.get("/n/1", make_page("Title 1 again", "water 1"))
    run.done()
    assert build_now(grown).sources["xx.tests"] == {"edited": 1}
    assert validate(grown.workspace, full=True, reextract=True, engine="serial").lines()[-1].startswith("valid")


def test_a_part_of_the_archive_is_read_and_waits_for_the_next_build(
    ministry, make_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        run = ministry.run()
        run.get(f"/n/{number}", make_page(f"Title {number}", "water"))
        run.get(f"/gone/{number}", b"Not found", status=404)
        run.done()
    read: list[int] = []
    real = extraction_results.tasks

    def counted(pages: Any, seeds: Any) -> Any:
        every = list(real(pages, seeds))
        read.append(sum(len(its) for _, its in every))
        return every

    monkeypatch.setattr(extraction_results, "tasks", counted)
    day = ministry.now.date() - timedelta(days=1)
    told = {"engine": "serial", "seeds": {"xx.tests": ministry.seed}}
    counts = extract_archive(ministry.workspace, source="xx", since=day, **told)
    assert counts["articles"] == 2
    assert read == [4]
    assert extract_archive(ministry.workspace, source="xx.tests", **told)["articles"] == 3
    assert read[1:] == [2], "what was read before is not read again"
    build(ministry.workspace, seeds={"xx.tests": ministry.seed}, engine="serial")
    assert sum(read[2:]) == 0
    with pytest.raises(NotFound, match=r"no source xx\.test$"):
        extract_archive(ministry.workspace, source="xx.test", **told)


def test_what_does_not_fit_in_memory_gives_the_same_bytes(grown, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(grown.workspace)
    monkeypatch.setattr("crawler.workspace.spool.MOST", 1)
    build_now(grown, full=True, use_cache=False)
    assert snapshot(grown.workspace) == before


def test_a_full_disk_of_temporary_files_is_told_and_changes_nothing(grown, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(schema: str) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    before = snapshot(grown.workspace)
    monkeypatch.setattr("crawler.workspace.spool.MOST", 1)
    monkeypatch.setattr("crawler.workspace.spool.temporary_database", refuse)
    with pytest.raises(EnvironmentFault, match="disk is full"):
        build_now(grown, full=True)
    with pytest.raises(EnvironmentFault, match="disk is full"):
        extract_archive(grown.workspace, seeds={grown.seed.id: grown.seed}, engine="serial")
    assert snapshot(grown.workspace) == before


def test_the_package_is_valid_for_us_and_for_the_published_frictionless(grown) -> None:
    report = validate(grown.workspace, full=True, reextract=True, engine="serial")
    assert report.valid, report.lines()
    assert report.warnings == ()
    command = [str(Path(sys.executable).parent / "frictionless"), "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=grown.workspace.root, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_absence_needs_enough_runs_and_hours(ministry, make_page) -> None:
    def look(hours: float, **answer) -> str:
        run = ministry.run(hours / 24)
        run.get("/n/1", **answer)
        run.done()
        build_now(ministry)
        return next(iter(query.rows(ministry.workspace, "articles")))["status"]

    gone, there = {"status": 404}, {"body": make_page("A title", "water")}
    assert look(0, **there) == "live"
    assert look(1, **gone) == "live"
    assert look(20, **gone) == "live", "two runs, but within a day"
    assert look(1, status=403) == "live"
    assert look(1, status=503) == "live"
    assert look(5, **gone) == "withdrawn"
    assert look(30, **gone) == "withdrawn"
    assert look(1, **there) == "live"
    assert look(30, **gone) == "live", "absences before it came back do not count"
    build_now(ministry, full=True)
    assert only(ministry.workspace, "articles")[0]["status"] == "live"


def test_a_language_version_never_seen_is_no_article(ministry) -> None:
    for _ in range(3):
        run = ministry.run()
        run.get("/n/1", status=404)
        run.done()
        build_now(ministry)
    assert only(ministry.workspace, "articles") == []
    assert [row["article_id"] for row in query.rows(ministry.workspace, "rejections")] == ["", "", ""]


def test_a_changed_extractor_is_labelled_and_is_no_edit(grown, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {row["article_id"]: row for row in query.rows(grown.workspace, "articles")}
    from crawler.package.history import history

    real = history.article_row

    def shouting(sight, article, zone):
        row = real(sight, article, zone)
        return row | {"title": row["title"].upper()}

    monkeypatch.setattr(history, "article_row", shouting)
    for module in ("gates.build_plan", "gates.published_state", "history.extraction_results"):
        monkeypatch.setattr(f"crawler.package.{module}.extraction_version", lambda: "0.2.0+test")
    monkeypatch.setattr("crawler.package.gates.build_plan.extraction_code", lambda: "another code")
    report = build_now(grown)
    assert (report.full, report.why, report.extractor) == (True, "extraction has changed", len(before))
    labelled = only(grown.workspace, "revisions", change_kind="extractor")
    assert {row["article_id"]: row["title"] for row in labelled} == {i: row["title"] for i, row in before.items()}
    assert len(only(grown.workspace, "revisions", change_kind="edited")) == 2
    again = snapshot(grown.workspace)
    build_now(grown, full=True)
    assert snapshot(grown.workspace) == again, "older readings are carried over"
    report = validate(grown.workspace, full=True)
    assert report.valid, report.lines()


def test_media_lead_to_their_capture_whenever_it_is_made(ministry, make_page) -> None:
    body = make_page("A title", "water").replace(
        b"</article>", b'<p>See <a href="/files/report.pdf">the report</a> for all figures.</p></article>'
    )
    run = ministry.run()
    run.get("/n/1", body)
    run.done()
    build_now(ministry)
    (row,) = only(ministry.workspace, "media")
    assert (row["kind"], row["capture_id"]) == ("attachment", "")
    run = ministry.run()
    capture = run.get("/files/report.pdf", b"%PDF", role=Role.MEDIA, mime="application/pdf")
    run.done()
    build_now(ministry)
    (row,) = only(ministry.workspace, "media")
    assert (row["capture_id"], row["payload_sha256"]) == (capture, hashlib.sha256(b"%PDF").hexdigest())
    before = snapshot(ministry.workspace)
    build_now(ministry, full=True)
    assert snapshot(ministry.workspace) == before


def test_an_older_archive_file_is_put_where_it_belongs_in_time(grown, make_page, tmp_path) -> None:
    grown.now = grown.now.replace(month=11, day=1)
    run = grown.run(0)
    run.get("/n/1", make_page("Title 1 before", "water 1"))
    run.done()
    report = build_now(grown)
    assert report.full
    assert "older" in report.why
    first = only(grown.workspace, "revisions")[0]
    assert (first["title"], first["change_kind"]) == ("Title 1 before", "edited")


def test_a_missing_or_changed_archive_file_stops_the_build(grown) -> None:
    victim = sorted(grown.workspace.archive.iterdir())[0]
    content = victim.read_bytes()
    victim.unlink()
    before = snapshot(grown.workspace)
    with pytest.raises(PackageInvalid, match="put it back"):
        build_now(grown)
    assert snapshot(grown.workspace) == before
    victim.write_bytes(content + b"x")
    with pytest.raises(PackageInvalid, match="not the published"):
        build_now(grown)


def test_a_package_of_another_name_is_left_alone(ministry, make_page) -> None:
    ministry.workspace.root.mkdir()
    other = json.dumps({"name": "something-else", "resources": []})
    ministry.workspace.descriptor.write_text(other)
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    with pytest.raises(PackageInvalid, match="another data package"):
        build_now(ministry)
    assert ministry.workspace.descriptor.read_text() == other


def test_counts_of_runs_add_up(grown) -> None:
    for run in query.rows(grown.workspace, "runs"):
        found = sum(int(run[kind]) for kind in ("new", "edited", "metadata", "withdrawn", "restored"))
        assert found + sum(json.loads(run["rejected"]).values()) == int(run["article_captures"])
    assert [run["outcome"] for run in query.rows(grown.workspace, "runs")] == ["complete", "partial", *["complete"] * 2]


def test_an_article_is_found_by_id_prefix_and_address(grown) -> None:
    found = query.find(grown.workspace, "https://MINISTRY.example/n/1?utm_source=x")
    assert found.article["title"] == "Title 1"
    assert [row["title"] for row in found.revisions] == ["Title 1", "Another title 1"]
    assert query.find(grown.workspace, found.article["article_id"][:9]).article == found.article
