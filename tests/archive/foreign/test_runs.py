"""Runs of captures that other tools made follow from their times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.archive.foreign.runs import with_runs
from crawler.model import Capture, Foreign, Locator, Role

BEGIN = datetime(2026, 3, 5, 12, tzinfo=UTC)


def capture(hours: float, *, source: str = "xx.tests", run: str | None = None) -> Capture:
    moment = BEGIN + timedelta(hours=hours)
    foreign = Foreign(f"{hours}", run=run)
    return Capture(f"{hours} {source}", source, "", "https://a.example/", moment, Role.ARTICLE, Locator("f", 0, 1),
                   foreign=foreign)  # fmt: skip


def runs(*captures: Capture) -> list[str]:
    return [c.run_id for c in with_runs(sorted(captures, key=lambda c: (c.fetched_at, c.capture_id)))]


def test_a_gap_begins_a_run() -> None:
    first, same, other = runs(capture(0), capture(5.9), capture(12))
    assert first == same == "xx.tests-20260305T120000000000Z"
    assert other == "xx.tests-20260306T000000000000Z"


def test_a_day_without_a_gap_ends_a_run() -> None:
    assert len(set(runs(*(capture(n) for n in range(100))))) == 4


def test_sources_have_runs_of_their_own() -> None:
    assert len(set(runs(capture(0), capture(0, source="xx.others")))) == 2


def test_a_run_of_another_package_keeps_its_name() -> None:
    assert runs(capture(0, run="xx.tests-20260101T000000Z"), capture(1))[0] == "xx.tests-20260101T000000Z"


def test_what_this_program_captured_is_left_alone() -> None:
    own = Capture("1", "xx.tests", "its run", "https://a.example/", BEGIN, Role.ARTICLE, Locator("f", 0, 1))
    assert list(with_runs([own])) == [own]


def test_a_warcinfo_of_another_package_of_ours_names_the_run(tool: Any) -> None:
    info = b"software: ministry-news/1\r\nisPartOf: xx.tests\r\nrun: xx.tests-20260101T000000123456Z\r\n"
    warcinfo = tool.record("warcinfo", "", info, content_type="application/warc-fields", number=9)
    tool.take(warcinfo, tool.page())
    assert [c.run_id for c in tool.captures()] == ["xx.tests-20260101T000000123456Z"]


def test_a_warcinfo_cannot_name_the_run_of_another_source_or_anything(tool: Any) -> None:
    for n, (source, run) in enumerate([("xx.others", "xx.others-20260101T000000Z"), ("xx.tests", "../../etc")]):
        info = f"software: a\r\nisPartOf: {source}\r\nrun: {run}\r\n".encode()
        warcinfo = tool.record("warcinfo", "", info, content_type="application/warc-fields", number=9 + n)
        tool.take(warcinfo, tool.page(f"/{n}", number=n), name=f"{n}.warc.gz")
    assert {c.run_id for c in tool.captures()} == {"xx.tests-20260305T120000000000Z"}
