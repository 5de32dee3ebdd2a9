"""The fold by itself: forms of a document within a run, and order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from crawler.model import Article, Attachment, Capture, Image, Locator, Reason, Rejection, Role
from crawler.package.gates.build_report import article_warnings
from crawler.package.history.absences import Absence
from crawler.package.history.history import Folded, Known, fold
from crawler.package.history.same_bytes import Shown
from crawler.package.tables.row_builders import Sight
from crawler.seeds import parse_seed
from tests.seed_texts import MINISTRY

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
SEED = parse_seed(MINISTRY, seed_id="xx.x", path="x.toml")
PAGE, API = "text/html", "application/json"


def article(text: str = "One paragraph.", **fields) -> Article:
    values = {"url": "https://x.example/1", "title": "Title", "language": "en", "document": "1/en"}
    return Article(text=text, **(values | fields))


def gone(reason: Reason = Reason.NOT_FOUND) -> Rejection:
    return Rejection(reason, "", None, "1/en")


_numbers = count(1)


def sight(
    run: int, outcome: Article | Rejection, *, mime: str = PAGE, url: str = "https://x.example/1", at: int = 0
) -> Sight:
    number = next(_numbers)
    moment = START + timedelta(days=run, seconds=at)
    where = Locator("archive/r.warc.gz", number, 10)
    capture = Capture(f"{number:08d}", "xx.x", f"run-{run}", url, moment, Role.ARTICLE, where, mime=mime)
    return Sight(capture, outcome)


def shown(run: int, outcome: Article, payload: str, **told) -> Sight:
    """A sight of a page whose bytes have a digest."""
    its = sight(run, outcome, **told)
    return replace(its, capture=replace(its.capture, payload_sha256=payload))


def run_fold(*sights: Sight, known: Known | None = None) -> Folded:
    folded = fold(known or Known(), sights[::-1], lambda _: SEED, UTC)
    rows = [folded.row] if folded.row and folded.changed else []
    ended = {row["capture_id"] for row in [*rows, *folded.revisions, *folded.rejections]}
    mine = {s.capture.capture_id for s in sights}
    assert mine <= ended, "nothing vanishes"
    assert sum(folded.counts.values()) == len(sights), "each capture is counted once"
    return folded


def reasons(folded: Folded) -> list[tuple[str, str]]:
    return [(row["reason"], row["detail"]) for row in sorted(folded.rejections, key=lambda r: r["capture_id"])]


def test_the_page_outranks_the_api_whichever_came_first() -> None:
    api = sight(0, article("One paragraph. "), mime=API, url="https://api.example/1", at=0)
    page = sight(0, article(), at=5)
    folded = run_fold(api, page)
    assert folded.row
    assert folded.row["capture_id"] == page.capture.capture_id
    assert reasons(folded) == [("alternate", "differs in text")]


@pytest.mark.parametrize("first", ["page", "api"])
def test_a_page_and_an_api_that_contradict_each_other_are_told_in_the_row(first: str) -> None:
    page = sight(0, article(category="News", warnings=("charset: x",)), at=0 if first == "page" else 5)
    api = sight(0, article("Another paragraph."), mime=API, url="https://api.example/1", at=0 if first == "api" else 5)
    folded = run_fold(page, api)
    assert folded.row
    assert json.loads(folded.row["warnings"]) == ["charset: x", "forms: the API's answer differs in text"]
    assert reasons(folded) == [("alternate", "differs in text, category")]
    (line,) = [line for line in article_warnings([folded.row]) if "forms" in line]
    assert line.startswith("xx.x: 1 warnings of forms, first ")
    assert line.endswith(" forms: the API's answer differs in text")


def test_an_api_that_agrees_or_comes_in_a_later_run_writes_no_row() -> None:
    page = sight(0, article())
    assert run_fold(page, sight(0, article(), mime=API, url="https://api.example/1")).row["warnings"] == "[]"
    known = Known(run_fold(page).row)
    later = run_fold(sight(1, article("B"), mime=API, url="https://api.example/1"), known=known)
    assert not later.changed


def test_an_api_that_differs_makes_no_edit_in_a_later_run() -> None:
    first = sight(0, article())
    later = sight(1, article("Other spacing."), mime=API, url="https://api.example/1")
    folded = run_fold(first, later)
    assert folded.revisions == []
    assert reasons(folded) == [("alternate", "differs in text")]


def test_where_only_the_api_speaks_it_is_believed() -> None:
    one = sight(0, article("A"), mime=API)
    two = sight(1, article("B"), mime=API)
    folded = run_fold(one, two)
    assert [row["text"] for row in folded.revisions] == ["A"]
    assert folded.row
    assert folded.row["text"] == "B"


def test_another_address_of_the_document_in_one_run_is_an_alternate() -> None:
    one = sight(0, article(), at=0)
    two = sight(0, article("Not the same."), url="https://x.example/amp/1", at=1)
    three = sight(0, article(), url="https://x.example/copy/1", at=2)
    assert reasons(run_fold(one, two, three)) == [("alternate", "differs in text"), ("alternate", "")]


def test_the_same_address_twice_in_one_run_is_an_edit() -> None:
    folded = run_fold(sight(0, article("A"), at=0), sight(0, article("B"), at=60))
    assert [(row["change_kind"], row["text"]) for row in folded.revisions] == [("edited", "A")]


def test_absence_of_the_page_does_not_count_while_the_api_still_has_it() -> None:
    sights = [sight(0, article())]
    for run in (1, 3):
        sights += [
            sight(run, gone(Reason.NO_VERSION), at=0),
            sight(run, article(), mime=API, url="https://api.example/1"),
        ]
    folded = run_fold(*sights)
    assert folded.row
    assert folded.row["status"] == "live"


@pytest.mark.parametrize(
    "reason", [Reason.BLOCKED, Reason.SERVER_ERROR, Reason.FETCH_FAILED, Reason.REDIRECT, Reason.SHELL]
)
def test_what_is_not_absence_never_withdraws(reason: Reason) -> None:
    folded = run_fold(sight(0, article()), *(sight(run, gone(reason)) for run in range(1, 6)))
    assert folded.row
    assert folded.row["status"] == "live"


def test_two_answers_of_one_run_prove_nothing() -> None:
    folded = run_fold(
        sight(0, article()), sight(1, gone(), at=0), sight(1, gone(), at=80_000, url="https://api.example/1")
    )
    assert folded.row
    assert folded.row["status"] == "live"


def test_absences_of_earlier_builds_are_remembered() -> None:
    first = run_fold(sight(0, article()))
    known = Known(first.row, (Absence("run-1", "2026-11-24T08:00:00.000000Z"),))
    folded = run_fold(sight(3, gone(), mime=PAGE), known=known)
    assert [row["change_kind"] for row in folded.revisions] == ["withdrawn"]
    assert (folded.revisions[0]["text"], folded.revisions[0]["title"]) == ("", "Title")
    assert folded.row
    assert (folded.row["status"], folded.row["text"]) == ("withdrawn", "One paragraph.")


def test_coming_back_with_other_words_is_an_edit() -> None:
    folded = run_fold(sight(0, article("A")), sight(1, gone()), sight(3, gone()), sight(4, article("B")))
    assert [row["change_kind"] for row in folded.revisions] == ["withdrawn", "edited"]
    assert folded.row
    assert (folded.row["status"], folded.row["withdrawn_at"]) == ("live", "")


def test_what_is_volatile_makes_no_revision() -> None:
    one = sight(0, article(warnings=("a",), language_confidence=0.9))
    two = sight(1, article(warnings=("b",), language_confidence=0.7, images=(Image("https://x.example/i.jpg?t=2"),)))
    folded = run_fold(one, two)
    assert (folded.revisions, reasons(folded), folded.media) == ([], [("unchanged", "")], [])


def test_an_identity_outlives_its_words_and_keeps_its_first_time() -> None:
    first = run_fold(sight(0, article("A")))
    later = run_fold(sight(40, article("B")), known=Known(first.row))
    assert first.row
    assert later.row
    assert later.row["first_seen_at"] == first.row["first_seen_at"]
    assert later.row["article_id"] == first.row["article_id"]
    assert later.row["seen_at"] > first.row["seen_at"]


def test_media_are_named_once() -> None:
    images = (Image("https://x.example/i.jpg", "A caption"), Image("https://x.example/i.jpg"))
    files = (Attachment("https://x.example/f.pdf", "Report", "application/pdf"),)
    folded = run_fold(sight(0, article("A", images=images)), sight(1, article("B", images=images, attachments=files)))
    assert [(row["kind"], row["position"], row["caption"]) for row in folded.media] == [
        ("image", "1", "A caption"),
        ("attachment", "1", "Report"),
    ]


def test_the_same_bytes_are_no_edit_though_they_read_otherwise() -> None:
    """A date that a page states is not believed before it comes."""
    early, late = shown(0, article(), "a" * 64), shown(9, article(category="March"), "a" * 64)
    folded = run_fold(early, late)
    assert folded.revisions == []
    assert folded.row
    assert folded.row["capture_id"] == early.capture.capture_id
    assert reasons(folded) == [("unchanged", "")]
    assert len(folded.confirmations) == 1


def test_the_same_bytes_are_no_edit_in_a_later_build() -> None:
    first = run_fold(shown(0, article(), "a" * 64))
    known = Known(first.row, shown=Shown("https://x.example/1", "a" * 64))
    assert not run_fold(shown(1, article(category="March"), "a" * 64), known=known).changed
    assert run_fold(shown(1, article(category="March"), "b" * 64), known=known).changed


def test_bytes_that_come_back_after_others_are_an_edit() -> None:
    folded = run_fold(
        shown(0, article("A"), "a" * 64), shown(1, article("B"), "b" * 64), shown(2, article("A"), "a" * 64)
    )
    assert [row["text"] for row in folded.revisions] == ["A", "B"]


def test_the_same_bytes_at_another_address_are_compared() -> None:
    one = shown(0, article(), "a" * 64)
    two = shown(1, article(category="March"), "a" * 64, url="https://x.example/2")
    assert run_fold(one, two).changed
