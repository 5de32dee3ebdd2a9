"""A run that publishes what it calls NOT VALID says error and ends with exit code 5."""

from __future__ import annotations

import dataclasses

import pytest

from crawler.app import commands
from crawler.package.checks.findings import Finding
from crawler.package.checks.validate import validate


@pytest.mark.parametrize("runs", [2, 1], ids=["a-good-run-follows", "the-last"])
def test_it_is_an_error_in_any_run(invoke, tmp_path, monkeypatch, runs) -> None:
    done_runs = []

    def not_valid(*arguments, **options):
        report = validate(*arguments, **options)
        done_runs.append(report)
        wrong = (Finding("hash", "its SHA-256 is not the listed one", "data/x.csv"),)
        return dataclasses.replace(report, valid=False, errors=wrong) if len(done_runs) == 1 else report

    monkeypatch.setattr(commands, "check", not_valid)
    done = invoke("demo", "--quiet", "--runs", runs, "--package", tmp_path / "package")
    assert len(done_runs) == runs
    assert done.returncode == 5
    assert "error: data/x.csv: its SHA-256 is not the listed one [hash]" in done.stderr
