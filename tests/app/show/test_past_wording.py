"""`show --at`: an article as it stood at a moment of the past."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.app.show.past_wording import moment_of, show_at
from crawler.errors import NotFound, UsageError
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.package.tables.cell_format import parse_utc

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def package(ministry, make_page):
    """An article that said one thing, then another, was gone, and came back with a third wording."""
    for words in ("water", "water and air", None, None, "water, air and soil"):
        run = ministry.run(2)
        if words is None:
            run.get("/n/1", b"<html><body>Not found</body></html>", status=404)
        else:
            run.get("/n/1", make_page("Title 1", words))
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


def test_each_wording_stands_from_the_capture_that_shows_it_until_the_next(package) -> None:
    (row,) = query.rows(package, "articles")
    edited = [its for its in query.find(package, row["article_id"]).revisions if its["change_kind"] == "edited"]
    gone = next(its for its in query.find(package, row["article_id"]).revisions if its["change_kind"] == "withdrawn")
    first, second = edited
    for since, until, words in (
        (first["valid_from"], first["valid_to"], "water"),
        (second["valid_from"], gone["valid_from"], "water and air"),
    ):
        for moment in (parse_utc(since), parse_utc(until) - MOMENT):
            then = show_at(package.root, row["article_id"], moment)
            assert (first_words(then["text"]), then["status"], then["withdrawn_at"]) == (words, "live", None)
            assert then["replaced_at"] == (first if words == "water" else second)["valid_to"]
    away = show_at(package.root, row["article_id"], parse_utc(gone["valid_from"]))
    assert (first_words(away["text"]), away["status"]) == ("water and air", "withdrawn")
    assert away["withdrawn_at"] == gone["valid_from"]
    now = show_at(package.root, row["article_id"], parse_utc(row["seen_at"]))
    assert (first_words(now["text"]), now["status"], now["replaced_at"]) == ("water, air and soil", "live", None)
    with pytest.raises(NotFound, match="nothing shows it before"):
        show_at(package.root, row["article_id"], parse_utc(first["valid_from"]) - MOMENT)


def first_words(text: str) -> str:
    """What the made page says of its subject."""
    return next(words for words in ("water, air and soil", "water and air", "water") if words in text)


def test_the_command_says_of_when_the_words_are(package, invoke) -> None:
    (row,) = query.rows(package, "articles")
    first = query.find(package, row["article_id"]).revisions[0]
    words = ("show", row["article_id"], package.root, "--at", first["valid_from"])
    done = invoke(*words)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[as it stood at ") and ", other words since " in done.stdout.split("\n")[0]
    assert "Title 1" in done.stdout
    assert json.loads(invoke(*words, "--format", "json").stdout)["at"] == first["valid_from"]
    assert invoke(*words[:3], "--at", "1999-01-01").returncode == 8
    for wrong in (("--at", "yesterday"), ("--at", "2026-03-01T10:00"), ("--at", "2026-03-01", "--diff")):
        done = invoke(*words[:3], *wrong)
        assert done.returncode == 2 and "--at" in done.stderr


def test_a_day_is_meant_to_its_end_and_a_time_by_its_offset() -> None:
    assert moment_of("2026-03-01") == datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)
    assert moment_of("2026-03-01T01:00:00+05:00") == datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=5)))
    for wrong in ("2026-02-30", "", "2026-03-01 10:00"):
        with pytest.raises(UsageError, match="--at"):
            moment_of(wrong)
