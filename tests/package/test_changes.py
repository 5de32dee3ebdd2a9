"""Lists of what was added, changed and withdrawn, and versions that only grow."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.takedown import withdraw


def build_now(ministry, **options):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options)


def told(ministry) -> list[tuple[str, str]]:
    return [(row["change_kind"], row["run_id"]) for row in query.rows(ministry.workspace, "changes")]


def version(ministry) -> tuple[int, ...]:
    return tuple(map(int, json.loads(ministry.workspace.descriptor.read_bytes())["version"].split(".")))


@pytest.fixture
def grown(ministry, make_page):
    """Added, edited, gone and back, in five runs built one by one; the last is of another month."""
    answers = [
        {"body": make_page("Title", "water")},
        {"body": make_page("Other title", "wind")},
        {"status": 404},
        {"status": 404},
        {"body": make_page("Other title", "wind")},
    ]
    for days, answer in zip((0, 1, 1, 2, 20), answers, strict=True):
        run = ministry.run(days)
        run.get("/n/1", **answer)
        run.done()
        build_now(ministry)
    return ministry


def test_each_change_has_its_row_with_the_hash_before_and_after(grown) -> None:
    rows = list(query.rows(grown.workspace, "changes"))
    assert [row["change_kind"] for row in rows] == ["new", "edited", "withdrawn", "restored"]
    assert [row["run_id"] for row in rows] == [grown.runs[0], grown.runs[1], grown.runs[3], grown.runs[4]]
    (article,) = query.rows(grown.workspace, "articles")
    first, edited, *later = rows
    assert (first["previous_text_sha256"], first["text_sha256"]) == ("", edited["previous_text_sha256"])
    assert edited["text_sha256"] == article["text_sha256"]
    assert all(row["text_sha256"] == row["previous_text_sha256"] == article["text_sha256"] for row in later)


def test_they_stand_in_a_folder_of_their_own_as_a_table_of_the_descriptor(grown) -> None:
    space = grown.workspace
    names = {path.name.partition(".")[0] for path in (space.root / "changes").glob("*.csv.gz")}
    assert names == {"changes-2026-11", "changes-2026-12-17T08"}  # a month that is over is one file
    described = json.loads(space.descriptor.read_bytes())["resources"]
    table = next(r for r in described if r["name"] == "changes")
    assert table["rows"] == 4
    assert all(path.startswith("changes/") for path in table["path"])
    assert table["schema"]["primaryKey"] == ["change_id"]
    assert validate(space, full=True, engine="serial").valid
    assert reproduce(space, engine="serial").same
    proved = validate(space, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_what_is_new_since_a_version_is_told_by_its_runs(grown, make_page) -> None:
    had = {row["run_id"] for row in query.rows(grown.workspace, "runs")}
    run = grown.run()
    run.get("/n/2", make_page("Second", "stone"))
    run.done()
    build_now(grown)
    since = [row["change_kind"] for row in query.rows(grown.workspace, "changes") if row["run_id"] not in had]
    assert since == ["new"]


def test_a_change_that_is_not_told_is_found(grown) -> None:
    space = grown.workspace
    path = next((space.root / "changes").glob("changes-2026-11.*"))
    header, *rows = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    path.write_bytes(gzip.compress("".join([header, *rows[1:]]).encode()))
    assert "accounting" in {finding.check for finding in _forged(space, path).errors}


def _forged(space, path):
    import hashlib

    value = json.loads(space.descriptor.read_bytes())
    relative = space.relative(path)
    its = next(r for r in value["resources"] if r["path"] == relative)
    its |= {"bytes": path.stat().st_size, "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()}
    space.descriptor.write_text(json.dumps(value))
    return validate(space, engine="serial")


def test_an_article_taken_out_is_told_without_a_trace_of_its_words(grown) -> None:
    (before,) = {row["article_id"] for row in query.rows(grown.workspace, "changes")}
    hashes = {row["text_sha256"] for row in query.rows(grown.workspace, "changes")}
    withdraw(grown.workspace, before, "asked", now=datetime(2027, 2, 1, tzinfo=UTC), engine="serial")
    rows = list(query.rows(grown.workspace, "changes"))
    assert [(row["change_kind"], row["run_id"]) for row in rows] == [("new", grown.runs[1]), ("erased", "")]
    assert not hashes & {row[name] for row in rows for name in ("text_sha256", "previous_text_sha256")}
    assert validate(grown.workspace, full=True, engine="serial").valid
    assert reproduce(grown.workspace, engine="serial").same
    proved = validate(grown.workspace, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_another_reading_is_told_once_and_is_carried_over(grown, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package.gates import build_plan, published_state
    from crawler.package.history import history

    before, real = version(grown), history.article_row
    monkeypatch.setattr(history, "article_row", lambda *a: real(*a) | {"title": "READ OTHERWISE"})
    for module in (build_plan, published_state):
        monkeypatch.setattr(module, "extraction_version", lambda: "another")
    monkeypatch.setattr(build_plan, "extraction_code", lambda: "another")
    build_now(grown, use_cache=False)
    assert [kind for kind, _ in told(grown)].count("extractor") == 1
    assert version(grown) > before
    again = version(grown)
    build_now(grown, full=True)
    assert [kind for kind, _ in told(grown)].count("extractor") == 1
    assert version(grown) == again
    assert validate(grown.workspace, engine="serial").valid


def test_versions_grow_also_when_older_captures_are_taken_in(grown, make_page) -> None:
    versions = [version(grown)]
    now = grown.now
    for days in (-40, -39, 0, 1):  # as `ingest` brings them, then two runs on one day
        grown.now = now + timedelta(days=days)
        run = grown.run(0)
        run.get(f"/n/{days}", make_page(f"Title {days}", f"topic {days}"))
        run.done()
        build_now(grown)
        versions.append(version(grown))
    assert versions == sorted(set(versions))
    assert reproduce(grown.workspace, engine="serial").same
    proved = validate(grown.workspace, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_a_package_with_other_columns_is_read_anew_and_loses_nothing(grown) -> None:
    """As after an update of this program: a published table lacks a column, and another table is missing."""
    space, before = grown.workspace, version(grown)
    value = json.loads(space.descriptor.read_bytes())
    value["resources"] = [r for r in value["resources"] if r["name"] != "changes" and "changes/" not in str(r["path"])]
    runs = next(r for r in value["resources"] if r["name"] == "runs")
    runs["schema"]["fields"] = [f for f in runs["schema"]["fields"] if f["name"] != "first_fault"]
    path = space.root / runs["path"][0]
    path.write_text("".join(line.replace("first_fault,", "", 1) for line in path.read_text().splitlines(keepends=True)))
    space.descriptor.write_text(json.dumps(value))
    for stale in (space.root / "changes").iterdir():
        stale.unlink()
    report = build_now(grown)
    assert report.why == "other columns in changes, runs than before"
    assert version(grown) > before
    assert len(told(grown)) == 4
    assert validate(space, full=True, engine="serial").valid


def test_another_release_of_time_zones_changes_only_the_rows_whose_offset_it_changes(
    ministry, make_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a country is found to have left its offset on a day: what was published on the other side of that day
    reads as it did. Tashkent and Almaty have had the same clock since 1 March 2024."""
    from crawler import timezones
    from crawler.extraction.page import page as page_module
    from crawler.package.gates import build_plan, published_state
    from crawler.package.tables import row_builders

    run = ministry.run(0)
    for number, day in enumerate(("2024-02-12T10:00:00", "2024-04-12T10:00:00")):
        run.get(f"/n/{number}", make_page(f"Title {number}", "water", date=day))
    run.done()
    build_now(ministry)
    real = timezones.timezone
    for module in (page_module, row_builders):
        monkeypatch.setattr(module, "timezone", lambda _: real("Asia/Almaty"))
    for module in (build_plan, published_state):
        monkeypatch.setattr(module, "extraction_version", lambda: "another")
    monkeypatch.setattr(build_plan, "extraction_code", lambda: "another")
    build_now(ministry, use_cache=False)
    revisions = list(query.rows(ministry.workspace, "revisions"))
    assert [(row["change_kind"], row["published_at"]) for row in revisions] == [
        ("extractor", "2024-02-12T10:00:00+05:00")
    ]
    descriptor = json.loads(ministry.workspace.descriptor.read_bytes())
    assert descriptor["extraction"]["timezones"] == timezones.release()
