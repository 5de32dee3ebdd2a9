"""When each source was seen, what is late, what fails and since when: at a moment that the test sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Expect
from crawler.package.build import build
from crawler.package.health import health
from crawler.standing import STATUS_COLUMNS, status_notes, status_rows


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
    assert source.reason == "server-error: https://ministry.example/feed.xml: 502", "the first of the streak"


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
    assert notes[-1].startswith("version 1.20261126.3")


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
    from crawler.package import query

    told = [(row["requests"], row["faults"], row["first_fault"]) for row in query.rows(ministry.workspace, "runs")]
    assert told == [("", "{}", "")] * 3
