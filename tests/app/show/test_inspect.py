"""`show --explain` says why each field is what it is; `show --diff` what changed, in colour only where it helps."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

from crawler.errors import PackageInvalid
from crawler.package.build.build import build
from crawler.package.descriptor.cell_types import checked_row
from crawler.package.exports import query

DATE = "2026-03-12T10:00:00+05:00"


@pytest.fixture
def package(ministry, make_page):
    """An article that was edited, and one that only the API has."""
    for run_of in (("Title 1", "water"), ("Title 1 corrected", "water and air")):
        run = ministry.run()
        run.get("/n/1", make_page(*run_of))
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


def test_explain_has_candidates_choice_and_reason_for_each_field(package, invoke) -> None:
    (row,) = query.rows(package, "articles")
    done = invoke("show", row["article_id"], "--package", package.root, "--explain")
    assert done.returncode == 0, done.stderr
    header, *lines = [line.split("\t") for line in done.stdout.rstrip("\n").split("\n")]
    assert header == ["field", "chosen", "source", "value", "raw", "why"]
    chosen = {line[0]: line for line in lines if line[1] == "chosen"}
    assert {"title", "published", "category", "authors", "text", "language", "url", "story", "images"} <= set(chosen)
    assert chosen["title"][3:] == ["Title 1 corrected", "Title 1 corrected", "most other places have its words"]
    assert chosen["published"][2:5] == ["meta:article:published_time", DATE, DATE]
    assert chosen["published"][5] == "the first place in the order of trust; to the second, offset stated"
    assert chosen["language"][3] == "en"
    assert "the page declares en" in chosen["language"][5]
    assert all(line[5] for line in chosen.values())
    assert {line[2] for line in lines if line[0] == "title"} >= {"h1", "title"}


def test_explain_reads_what_a_repetition_repeats(ministry, make_page, invoke) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"), document="one")
    run.get("/copy/1", make_page("Title 1", "water"), document="two")
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    for row in query.rows(ministry.workspace, "articles"):
        done = invoke("show", row["article_id"], "--package", ministry.workspace.root, "--explain")
        assert done.returncode == 0, done.stderr
        assert "Title 1" in done.stdout


def shown(package, *, terminal: bool, **env: str) -> str:
    (row,) = query.rows(package, "articles")
    words = [sys.executable, "-m", "crawler", "show", row["article_id"], "--package", str(package.root), "--diff"]
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    environment = {**clean, "TERM": "xterm-256color", "COLUMNS": "200", **env}
    if not terminal:
        return subprocess.run(words, capture_output=True, text=True, env=environment, check=True).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(words, stdout=theirs, env=environment) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # the other side has closed
                break
            if not data:
                break
            found += data
        assert process.wait() == 0
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


def test_diff_is_in_colour_on_a_terminal_only(package) -> None:
    piped = shown(package, terminal=False)
    lines = piped.splitlines()
    assert lines[0].startswith("@ edited 2026-11-")
    assert {"-Title 1", "+Title 1 corrected"} <= set(lines)
    assert not any(line.startswith(("---", "+++")) for line in lines)
    assert "\x1b" not in piped
    coloured = shown(package, terminal=True)
    assert "\x1b[32m+Title 1 corrected" in coloured
    assert "\x1b[31m-Title 1" in coloured
    assert "\x1b" not in shown(package, terminal=True, NO_COLOR="1")


def test_diff_tells_fields_too_and_each_change_under_its_own_heading(ministry, make_page, invoke) -> None:
    for date in (DATE, "2026-03-13T11:00:00+05:00", "2026-03-14T12:00:00+05:00"):
        run = ministry.run()
        run.get("/n/1", make_page("Title 1", "water", date=date))
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    (row,) = query.rows(ministry.workspace, "articles")
    lines = invoke("show", row["article_id"], "--package", ministry.workspace.root, "--diff").stdout.splitlines()
    told = [line for line in lines if line.startswith(("@ ", "-published_at", "+published_at"))]
    assert [line.split(" ")[0] for line in told] == ["@", "-published_at:", "+published_at:"] * 2
    assert told[1].endswith("2026-03-12T10:00:00+05:00")
    assert told[5].endswith("2026-03-14T12:00:00+05:00")


def test_an_article_without_an_earlier_wording_says_so(ministry, make_page, invoke) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    (row,) = query.rows(ministry.workspace, "articles")
    words = ("show", row["article_id"], "--package", ministry.workspace.root, "--diff")
    assert invoke(*words).stdout == "There is no earlier wording.\n"
    assert invoke(*words, "--format", "json").stdout.strip() == "[]"


def test_both_are_json_when_asked_for(package, invoke) -> None:
    (row,) = query.rows(package, "articles")
    words = ("show", row["article_id"], "--package", package.root, "--format", "json")
    explained = json.loads(invoke(*words, "--explain").stdout)
    assert {tuple(line) for line in explained} == {("field", "chosen", "source", "value", "raw", "why")}
    assert {line["field"] for line in explained} >= {"title", "published", "text", "language"}
    lines = json.loads(invoke(*words, "--diff").stdout)
    assert any(line.startswith("+") for line in lines) and any(line.startswith("-") for line in lines)


@pytest.mark.parametrize("column", ["warc_offset", "warc_length", "published_at"])
def test_a_row_that_its_columns_cannot_hold_is_refused_where_it_is_shown(package, column: str) -> None:
    """`serve` takes single cells of a package that may be another's: offsets to seek to, moments to show."""
    (row,) = query.rows(package, "articles")
    assert checked_row("articles", row) is row
    for cell in ("\x1b]0;x\x07", "9" * 5_000, "[" * 1_000):
        with pytest.raises(PackageInvalid, match=column):
            checked_row("articles", row | {column: cell})


@pytest.mark.parametrize("cell", ["9999-12-31T23:59:59.000000Z", "0001-01-01T00:00:00.000000Z"])
def test_a_moment_of_a_capture_that_cannot_be_is_refused(package, cell: str) -> None:
    (row,) = query.rows(package, "articles")
    with pytest.raises(PackageInvalid, match="seen_at"):
        checked_row("articles", row | {"seen_at": cell})
    assert checked_row("articles", row | {"published_at": "1985-12-31T23:59:59+00:00"})
