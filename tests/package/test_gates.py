"""What must not be published is not; the version before stands, and the captures are kept."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from types import MappingProxyType

import pytest

from crawler.errors import ExitCode, Refused, UsageError
from crawler.model import Expect
from crawler.package.build import build
from crawler.package.gate_rules import of_count, of_filling, of_length, of_reading, of_replaced, of_runs, of_words
from crawler.package.gates import check_accepted
from crawler.package.health import health
from crawler.package.validate import validate


def build_now(ministry, **options):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options)


@pytest.fixture
def published(ministry, make_page):
    run = ministry.run()
    run.get("/n/0", make_page("A good title", "water"))
    run.done()
    build_now(ministry)
    return ministry


def refused(ministry, gate: str, match: str) -> None:
    """Nothing is published, nothing is lost, and the record says why, here and on a fresh machine."""
    space = ministry.workspace
    before = hashlib.sha256(space.descriptor.read_bytes()).hexdigest()
    waiting = set(space.archive.iterdir())
    with pytest.raises(Refused, match=match) as caught:
        build_now(ministry)
    assert caught.value.exit_code is ExitCode.REFUSED
    assert f"xx.tests: {match}" in str(caught.value)
    assert f"ministry-news build --accept {gate}:xx.tests" in str(caught.value)
    assert hashlib.sha256(space.descriptor.read_bytes()).hexdigest() == before
    assert set(space.archive.iterdir()) == waiting
    assert not space.staging.exists()
    report = validate(space, engine="serial")
    assert report.valid
    assert {finding.check for finding in report.warnings} == {"waiting", "refused"}
    shutil.rmtree(space.work)  # what a fresh machine does not have
    found = health(space, {}, named={}, now=ministry.now)
    assert found.refused is not None
    (verdict,) = found.refused.verdicts
    assert (verdict.gate, verdict.source) == (gate, "xx.tests")
    assert match in verdict.words
    assert (len(found.pending), found.sources[0].pending) == (1, 1)


def settled(ministry, *accept: str, **expected: int) -> None:
    """The next build publishes, and the record is gone."""
    assert build_now(ministry, accept=accept).sources["xx.tests"] == expected
    found = health(ministry.workspace, {}, named={}, now=ministry.now)
    assert (found.refused, found.pending) == (None, ())
    report = validate(ministry.workspace, engine="serial")
    assert report.valid
    assert not {"refused", "waiting"} & {finding.check for finding in report.warnings}


def test_one_page_for_everything_is_not_published_unless_accepted(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same"))
    run.done()
    refused(published, "same-text", "6 of 6 new or edited articles have one and the same text")
    with pytest.raises(Refused):
        build_now(published, accept=["same-text:xx.others", "markup"])
    with pytest.raises(UsageError, match="no gate is called 'sametext'"):
        check_accepted(["sametext"])
    settled(published, "same-text:xx.tests", new=6)


def test_one_page_in_place_of_known_articles_is_not_published(published, make_page) -> None:
    """A site that answers a re-visit of everything with one page would overwrite what is known."""
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    build_now(published)
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page("Sorry", "maintenance"))
    run.done()
    refused(published, "same-text", "6 of 6 new or edited articles have one and the same text")
    settled(published, "same-text", edited=6)
    build_now(published, full=True)  # what was accepted and published is not judged again


def test_good_articles_of_later_runs_hide_no_bad_run(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page("Sorry", "maintenance"))
    run.done()
    run = published.run()
    for i in range(20):
        run.get(f"/c/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    with pytest.raises(Refused, match="6 of 6 new or edited articles have one and the same text"):
        build_now(published)
    run = published.run()
    for i in range(6):  # the site is well again
        run.get(f"/b/{i}", make_page(f"Real title {i}", f"real topic {i}"))
    run.done()
    report = build_now(published)
    assert report.refused == ()
    words = (
        "xx.tests: 6 of 6 wordings that were replaced have one and the same text, and stand in revisions [same-text]"
    )
    assert words in report.warnings


def test_a_few_equal_texts_are_no_reason(published, make_page) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same" if i < 3 else f"topic {i}"))
    run.done()
    assert build_now(published).warnings == ()


def test_a_page_object_that_lost_its_hold(published, make_page) -> None:
    published.seed = replace(published.seed, expect=Expect(MappingProxyType({"category": 0.9, "title": 1.0}), 50))
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", f"topic {i}"))
    run.done()
    refused(published, "filled", "category is filled in 0% of 6 new articles, expected 90%")
    published.seed = replace(published.seed, expect=Expect())  # a person looked, and mended the seed
    settled(published, new=6)


def test_an_id_never_vanishes(published, make_page, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package import rows

    monkeypatch.setattr(
        rows.ids, "article_id", lambda source, document: hashlib.sha256(document.encode()).hexdigest()[:16]
    )
    with pytest.raises(Refused, match="1 published articles would vanish"):
        build_now(published, full=True)


def test_a_rebuild_without_news_must_give_the_same_articles(published, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package import history

    real = history.article_row
    monkeypatch.setattr(history, "article_row", lambda *a: real(*a) | {"category": "of another mind"})
    with pytest.raises(Refused, match="a rebuild without news gives other articles") as caught:
        build_now(published, full=True, use_cache=False)
    assert "build --accept months" in str(caught.value)


def test_a_first_build_that_is_refused_is_told_and_can_be_gone_on_with(ministry, make_page) -> None:
    run = ministry.run()
    for i in range(6):
        run.get(f"/b/{i}", make_page(f"Title {i}", "the same"))
    run.done()
    with pytest.raises(Refused):
        build_now(ministry)
    found = health(ministry.workspace, {}, named={}, now=ministry.now)
    assert (found.version, found.sources[0].source_id, found.sources[0].last_outcome) == ("", "xx.tests", "never")
    assert found.refused
    settled(ministry, "same-text", new=6)


def test_a_page_object_that_reads_nothing_any_more(published) -> None:
    run = published.run()
    for i in range(6):
        run.get(f"/b/{i}", b"<!doctype html><html><body><div></div></body></html>")
    run.done()
    refused(published, "none", "none of 6 pages could be read as an article, and the source had some before")


# ---------------------------------------------------------------- the rules by themselves


def article(n: int = 0, **cells: str) -> dict[str, str]:
    row = {"language": "en", "text_sha256": str(n), "text": "A text of some length.", "title": f"Title {n}",
           "published_at": "", "published_date": "2026-11-20", "seen_at": "2026-11-23T08:00:00.000000Z",
           "category": "News", "summary": "", "authors": ""}  # fmt: skip
    return row | cells


def run_row(**cells: str) -> dict[str, str]:
    return (
        {"outcome": "complete", "article_captures": "10", "rejected": "{}"}
        | dict.fromkeys(("new", "edited", "metadata", "withdrawn", "restored"), "0")
        | cells
    )


@pytest.mark.parametrize(
    ("gate", "cells"),
    [
        ("markup", {"text": "A <p>paragraph</p>"}),
        ("lost-characters", {"text": "lost \ufffd here"}),
        ("lost-characters", {"title": "lost \ufffd"}),
        ("future", {"published_at": "2026-11-25T02:00:01+05:00"}),
        ("future", {"published_date": "2031-01-01"}),
    ],
)
def test_most_of_five_refuse_and_one_warns(gate: str, cells: dict[str, str]) -> None:
    bad, good = [article(i, **cells) for i in range(3)], [article(i) for i in range(3, 9)]
    (verdict,) = of_words("xx.tests", bad + good[:2])
    assert (verdict.gate, verdict.refuses) == (gate, True)
    assert verdict.words.startswith("3 of 5 new or edited articles")
    (verdict,) = of_words("xx.tests", bad[:1] + good)
    assert (verdict.gate, verdict.refuses) == (gate, False)
    assert of_words("xx.tests", good) == []


def test_a_date_may_be_a_day_and_a_half_ahead() -> None:
    assert of_words("xx.tests", [article(i, published_at="2026-11-25T00:59:59+05:00") for i in range(6)]) == []


def test_columns_that_were_filled_before() -> None:
    usual = [article(i) for i in range(20)]
    new = [article(i, category="") for i in range(6)]
    (verdict,) = of_filling("xx.tests", new, {}, usual)
    assert (verdict.gate, verdict.refuses) == ("filled", True)
    assert verdict.words == "category is filled in 0% of 6 new articles, where 100% are usual"
    (verdict,) = of_filling("xx.tests", new[:2] + usual[:6], {}, usual)
    assert not verdict.refuses
    assert of_filling("xx.tests", new, {}, [article(i, category="") for i in range(20)]) == []
    assert of_filling("xx.tests", new[:4], {}, usual) == []


def test_texts_of_another_length_are_told() -> None:
    usual = [article(i, text="x" * 3000) for i in range(20)]
    (verdict,) = of_length("xx.tests", [article(i, text="x" * 200) for i in range(6)], usual)
    assert (verdict.gate, verdict.refuses) == ("length", False)
    assert of_length("xx.tests", [article(i, text="x" * 1600) for i in range(6)], usual) == []


def test_a_runaway_is_refused_a_busy_day_is_told_and_a_first_crawl_is_neither() -> None:
    quiet = [run_row(new="3")] * 6
    (verdict,) = of_count("xx.tests", [run_row(new="400")], quiet)
    assert (verdict.gate, verdict.refuses) == ("runaway", True)
    assert verdict.words == "400 new articles, where 3 are usual and 3 were the most"
    (verdict,) = of_count("xx.tests", [run_row(new="400")], [*quiet, run_row(new="250")])
    assert not verdict.refuses
    assert of_count("xx.tests", [run_row(new="199")], quiet) == []
    assert of_count("xx.tests", [run_row(new="90")] * 9, quiet) == [], "runs that waited together"
    assert of_count("xx.tests", [run_row(new="4000")], quiet[:3]) == []
    assert of_count("xx.tests", [run_row(new="4000")], [run_row(new="50", outcome="partial")] * 9) == [], (
        "crawls with a limit"
    )


def test_most_articles_gone_at_once() -> None:
    (verdict,) = of_runs("xx.tests", [run_row(withdrawn="25", article_captures="30")], [])
    assert (verdict.gate, verdict.refuses) == ("gone", True)
    (verdict,) = of_runs("xx.tests", [run_row(withdrawn="6", article_captures="10")], [])
    assert not verdict.refuses
    assert of_runs("xx.tests", [run_row(withdrawn="25", article_captures="300")], []) == []
    bad, later = run_row(withdrawn="25", article_captures="30"), run_row(article_captures="300")
    assert [v.refuses for v in of_runs("xx.tests", [bad, later], [])] == [True], "later runs hide nothing"
    assert of_runs("xx.tests", [bad, run_row(restored="25", article_captures="30")], []) == [], "they came back"


def test_most_pages_without_an_article_are_a_loss_where_they_are_not_usual() -> None:
    bad = run_row(new="1", rejected='{"no-text":9,"unchanged":1}')
    good = run_row(new="3", rejected='{"unchanged":40,"no-text":2}')
    (verdict,) = of_runs("xx.tests", [bad], [good] * 3)
    assert (verdict.gate, verdict.refuses) == ("none", True)
    assert verdict.words == "9 of 11 pages could not be read as an article, where 4% are usual"
    assert of_runs("xx.tests", [bad], [bad] * 9) == [], "a portal whose pages are shells beside its API"
    (verdict,) = of_runs("xx.tests", [run_row(new="1", rejected='{"no-text":11,"unchanged":30}')], [good] * 3)
    assert not verdict.refuses
    assert of_runs("xx.tests", [run_row(new="1", rejected='{"no-text":6,"unchanged":30}')], [good] * 3) == []
    assert of_runs("xx.tests", [good], []) == []


def test_a_column_that_another_reading_loses() -> None:
    filled = frozenset({"category", "published_date"})
    (verdict,) = of_reading("xx.tests", [(filled, article(i, category="")) for i in range(9)])
    assert (verdict.gate, verdict.refuses) == ("filled", True)
    assert verdict.words == "category is filled in 0% of 9 published articles read again, 100% before"
    most = [(filled, article(i, category="News" if i else "")) for i in range(6)]
    assert [v.refuses for v in of_reading("xx.tests", most)] == [False]
    assert of_reading("xx.tests", [(filled, article(i)) for i in range(9)]) == []


def test_one_wording_that_was_sent_for_all_is_told_when_it_has_been_replaced() -> None:
    rows = [article(1, change_kind="edited")] * 5
    (verdict,) = of_replaced("xx.tests", rows)
    assert (verdict.gate, verdict.refuses) == ("same-text", False)
    assert of_replaced("xx.tests", rows[:4]) == []
    assert of_replaced("xx.tests", [article(1, change_kind="withdrawn")] * 9) == [], "these have no text"


def test_blocked_pages_are_no_reason_to_keep_others_waiting() -> None:
    blocked = run_row(rejected='{"blocked":40}')
    assert of_runs("xx.tests", [blocked], [run_row(new="9")]) == []
