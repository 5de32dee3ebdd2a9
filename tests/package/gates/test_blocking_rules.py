"""The rules of the gates by themselves: rows in, verdicts out."""

from __future__ import annotations

import pytest

from crawler.package.gates.blocking_rules import (
    Reread,
    of_count,
    of_filling,
    of_length,
    of_reading,
    of_replaced,
    of_runs,
    of_words,
)


def article(n: int = 0, **cells: str) -> dict[str, str]:
    row = {"language": "en", "text_sha256": str(n), "text": "A text of some length.", "title": f"Title {n}",
           "published_at": "", "published_date": "2026-11-20", "seen_at": "2026-11-23T08:00:00.000000Z",
           "category": "News", "summary": "", "authors": ""}  # fmt: skip
    return row | cells


def reread(pairs: list[tuple[frozenset[str], dict[str, str]]]) -> Reread:
    its = Reread()
    for filled, row in pairs:
        its.take(filled, row)
    return its


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
    (verdict,) = of_reading("xx.tests", reread([(filled, article(i, category="")) for i in range(9)]))
    assert (verdict.gate, verdict.refuses) == ("filled", True)
    assert verdict.words == "category is filled in 0% of 9 published articles read again, 100% before"
    most = [(filled, article(i, category="News" if i else "")) for i in range(6)]
    assert [v.refuses for v in of_reading("xx.tests", reread(most))] == [False]
    assert of_reading("xx.tests", reread([(filled, article(i)) for i in range(9)])) == []


def test_one_wording_that_was_sent_for_all_is_told_when_it_has_been_replaced() -> None:
    rows = [article(1, change_kind="edited")] * 5
    (verdict,) = of_replaced("xx.tests", rows)
    assert (verdict.gate, verdict.refuses) == ("same-text", False)
    assert of_replaced("xx.tests", rows[:4]) == []
    assert of_replaced("xx.tests", [article(1, change_kind="withdrawn")] * 9) == [], "these have no text"


def test_blocked_pages_are_no_reason_to_keep_others_waiting() -> None:
    blocked = run_row(article_captures="40", rejected='{"blocked":40}')
    (verdict,) = of_runs("xx.tests", [blocked], [run_row(new="9")])
    assert (str(verdict), verdict.refuses) == (
        "xx.tests: 40 of 40 pages that were asked for were blocked [blocked]",
        False,
    )
    assert of_runs("xx.tests", [run_row(article_captures="90", rejected='{"blocked":40}')], [run_row(new="9")]) == []
