"""When each source was seen, what is late, what fails and since when: at a moment that the test sets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.app.status.source_status import STATUS_COLUMNS, status_notes, status_rows
from crawler.model import Expect
from crawler.package.build.build import build
from crawler.package.exports.health import health
from crawler.seeds import parse_seed

PAST = datetime(2022, 3, 1, 8, 0, tzinfo=UTC)  # a run begins when this machine writes it, or before


def look(ministry, after: timedelta = timedelta(), seed=None):
    seeds = {ministry.seed.id: seed or ministry.seed}
    return health(ministry.workspace, seeds, named={}, now=ministry.now + after)


@pytest.fixture
def watched(ministry, make_page):
    """Four runs a day apart; the last two fail."""
    for i, result in enumerate(("complete", "partial", "failed", "failed")):
        run = ministry.run()
        run.get(f"/n/{i}", make_page(f"Title {i}", f"topic {i}")) if i < 2 else run.get(f"/n/{i}", failure="timeout")
        fault = {"url": "https://ministry.example/feed.xml", "reason": "server-error", "detail": f"50{i}"}
        counts = {"requests": 7, "fault:server-error": 2} if i else {"requests": 7}
        run.recorder.record_report({"result": result, "counts": counts, "faults": [fault] if i else []})
        run.recorder.seal(ministry.workspace.archive)
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry


def test_what_fails_since_when_and_why(watched) -> None:
    (source,) = look(watched).sources
    assert (source.runs, source.live, source.last_outcome, source.failing_runs) == (4, 2, "failed", 2)
    assert [t[:10] for t in (source.last_complete, source.last_seen, source.last_run, source.failing_since)] == [
        "2026-11-23", "2026-11-24", "2026-11-26", "2026-11-25",
    ]  # fmt: skip
    assert source.last_new[:10] == "2026-11-24"
    assert source.reason == "server-error: https://ministry.example/feed.xml: 503", "the newest of the streak"


def test_late_is_three_usual_gaps_or_what_the_seed_says(watched) -> None:
    assert look(watched, timedelta(hours=23)).late == []  # seen two days ago
    assert look(watched, timedelta(hours=26)).late == ["xx.tests"]
    strict = replace(watched.seed, expect=Expect(late_hours=12))
    (source,) = look(watched, seed=strict).sources
    assert source.late_since[:13] == "2026-11-24T20"
    patient = replace(watched.seed, expect=Expect(late_hours=24 * 30))
    assert look(watched, timedelta(days=20), seed=patient).late == []


def test_a_clock_before_the_last_run_makes_nothing_late(watched) -> None:
    assert look(watched, timedelta(days=-400)).late == []


def test_captures_that_wait_are_told_with_their_source(watched, make_page) -> None:
    run = watched.run()
    run.get("/n/9", make_page("Title 9", "topic 9"))
    assert [name.partition("/")[0] for name in look(watched).pending] == [".work"]
    run.done()
    found = look(watched)
    assert [name.partition("/")[0] for name in found.pending] == ["archive"]
    assert found.sources[0].pending == 1


def test_a_source_that_was_never_crawled_is_told_when_it_is_named(watched) -> None:
    other = replace(watched.seed, id="xx.other")
    found = health(watched.workspace, {}, named={"xx.other": other}, now=watched.now)
    assert [(s.source_id, s.last_outcome) for s in found.sources] == [("xx.other", "never"), ("xx.tests", "failed")]


def test_words_for_people(watched) -> None:
    found = look(watched, timedelta(days=9))
    (row,) = status_rows(found)
    assert len(row) == len(STATUS_COLUMNS)
    assert row[1] == "failing, late"
    notes = list(status_notes(found))
    assert notes[0].startswith("xx.tests fails since 2026-11-25 08:00 (2 runs): server-error: https://")
    assert notes[1].startswith("xx.tests is late: it should have been seen by 2026-11-27")
    assert notes[-1].startswith("version 2.20261126.3")


def test_a_report_of_another_form_is_not_believed(ministry, make_page) -> None:
    for report in (
        {"counts": [1]},
        {"counts": {"fault:x": "many", "requests": True}, "faults": {"0": 1}},
        {"faults": [3]},
    ):
        run = ministry.run()
        run.get("/n/1", make_page("Title", "topic"))
        run.recorder.record_report({"result": "complete", **report})
        run.recorder.seal(ministry.workspace.archive)
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    from crawler.package.exports import query

    told = [(row["requests"], row["faults"], row["first_fault"]) for row in query.rows(ministry.workspace, "runs")]
    assert told == [("", "{}", "")] * 3


@pytest.fixture
def years(ministry, make_page):
    """A run a month for three years, and daily ones of a last month, half of them without news."""
    ministry.now = PAST
    for month in range(36):
        run = ministry.run(days=30)
        run.get(f"/n/{month}", make_page(f"Title {month}", f"topic {month}"))
        run.done()
    for day in range(31):
        run = ministry.run()
        if day < 16:
            run.get(f"/d/{day}", make_page(f"Day {day}", f"work {day}"))
        else:
            run.get("/d/1", make_page("Day 1", "work 1"))
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry


def test_old_parts_are_not_opened(years) -> None:
    """Whatever a package holds, status reads the descriptor, the lists of WARC files, sources, and the runs of
    the last months."""
    space = years.workspace
    before = look(years)
    paths = sorted(space.data.glob("runs-*"))
    recent = [path for path in paths if path.name[len("runs-") :] >= before.looked_back_to]
    assert before.looked_back_to
    assert 2 < len(recent) < len(paths) - 20
    for path in space.data.iterdir():
        if path not in recent and not path.name.startswith("sources"):
            path.write_bytes(b"whoever opens this fails")
    indexes = (path for path in space.indexes.iterdir() if not path.name.startswith("warc-"))
    for path in (*indexes, *space.archive.iterdir(), *(space.root / "changes").iterdir()):
        path.write_bytes(b"")
    assert look(years) == before
    (source,) = before.sources
    assert (source.live, source.withdrawn, source.last_outcome) == (52, 0, "complete")


def test_a_source_without_news_for_longer_than_its_seed_expects_is_quiet(years) -> None:
    (source,) = look(years).sources
    assert source.quiet_since == "", "a month without news is usual here"
    found = look(years, seed=replace(years.seed, expect=Expect(quiet_days=10)))
    assert found.sources[0].quiet_since[:10] == (years.now - timedelta(days=15)).date().isoformat()
    assert status_rows(found)[0][1] == "quiet"
    assert any(note.startswith("xx.tests is quiet: nothing new since") for note in status_notes(found))


def test_a_source_that_had_no_run_for_more_than_a_year_is_late_and_not_unknown(
    ministry, make_page, make_ministry
) -> None:
    other = make_ministry(ministry.workspace.root)
    other.seed = parse_seed(other.seed.toml, seed_id="xx.others", path="others.toml")
    ministry.now = other.now = PAST
    seeds = {m.seed.id: m.seed for m in (ministry, other)}
    for source, days in ((other, 1), *[(ministry, 60)] * 12):
        run = source.run(days=days)
        run.get("/n/1", make_page("Title", f"topic {len(ministry.runs)}"))
        run.done()
        build(ministry.workspace, seeds=seeds, engine="serial")
    found = health(ministry.workspace, seeds, named={}, now=ministry.now)
    lost, seen = found.sources
    assert (lost.source_id, lost.runs, lost.live, lost.last_outcome) == ("xx.others", 0, 1, "unknown")
    assert found.late == ["xx.others"]
    assert seen.runs >= 6
    since = found.looked_back_to
    assert next(list(row[1:6]) for row in status_rows(found)) == [
        "late",
        *[f"before {since}"] * 2,
        f"before {since} unknown",
        f"before {since}",
    ]
    assert f"xx.others had no run since {since}" in list(status_notes(found))


def test_a_package_of_an_earlier_program_is_counted(watched) -> None:
    path = watched.workspace.descriptor
    value = json.loads(path.read_bytes())
    assert value.pop("articles") == {"xx.tests": {"live": 2}}
    path.write_text(json.dumps(value))
    assert look(watched).sources[0].live == 2


def _run(ministry, path: str, result: str, **page) -> None:
    run = ministry.run()
    run.get(path, **page)
    run.done(result)
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


def test_one_interruption_is_no_failure_and_three_are(ministry, make_page) -> None:
    for n, (result, failing) in enumerate(
        [
            ("complete", 0),
            ("interrupted", 0),
            ("complete", 0),
            ("interrupted", 0),
            ("interrupted", 0),
            ("interrupted", 1),
        ]
    ):
        _run(ministry, f"/n/{n}", result, body=make_page(f"Title {n}", f"topic {n}"))
        (source,) = look(ministry).sources
        assert bool(source.failing_since) == bool(failing), n
    _run(ministry, "/n/9", "failed", failure="timeout")
    (source,) = look(ministry).sources
    assert source.reason == "failed"


def test_a_run_of_which_nothing_could_be_read_is_empty(ministry) -> None:
    run = ministry.run()
    for n in range(12):
        run.get(f"/n/{n}", b"<html><body><div id=app></div><script src=x.js></script></body></html>")
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    found = look(ministry)
    (source,) = found.sources
    assert source.last_outcome == "empty" and found.failing == ["xx.tests"]
    assert source.reason.startswith("empty: https://ministry.example/n/"), source.reason
    assert "0 of 12 pages could be read" in source.reason


def test_one_odd_page_of_a_source_with_articles_is_no_alarm(ministry, make_page) -> None:
    _run(ministry, "/n/1", "complete", body=make_page("Title", "water"))
    _run(ministry, "/n/2", "complete", body=b"<html><body><p>-</p></body></html>")
    (source,) = look(ministry).sources
    assert source.last_outcome == "complete" and not source.failing_since


def test_a_page_of_scripts_is_not_missed_where_its_article_is_read_elsewhere(ministry, make_page) -> None:
    """As on portals that fill their pages from an API, both of which are captured."""
    shell = b"<html><body><div id=app></div><script src=x.js></script></body></html>"
    page = make_page("Title", "water")
    for seen, expected in (("https://ministry.example/n/1", "complete"), ("https://ministry.example/n/2", "partial")):
        run = ministry.run()
        run.get("/n/1", shell, document="https://ministry.example/n/1")
        run.get("/api/1", page, document=seen)
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
        assert look(ministry).sources[0].last_outcome == expected
