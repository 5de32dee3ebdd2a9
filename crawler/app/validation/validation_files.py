"""What `validate` found, written to files: JSON, SARIF, or Markdown for the page of a job."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.app.markdown import TOLD, code, words
from crawler.app.status.status_formats import write_whole
from crawler.app.validation.sarif import sarif
from crawler.errors import EnvironmentFault
from crawler.package.checks.findings import Finding, ValidationReport


def reports_to(named: Sequence[Path]) -> list[Path]:
    """The files to write: those that are `named`, and the page of the job where GitHub Actions has one."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    return list(dict.fromkeys([*named, *([Path(page)] if page else [])]))


def write_reports(report: ValidationReport, package: Path, files: Sequence[Path]) -> None:
    """Writes each of `files`: as JSON (the same as --json) if it ends in .json, as SARIF 2.1.0 if in .sarif, else as
    Markdown behind what is there. Raises EnvironmentFault when the disk refuses."""
    made: Mapping[str, Callable[[], Mapping[str, Any]]] = {
        ".json": report.as_dict,
        ".sarif": lambda: sarif(report, package),
    }
    for path in files:
        try:
            if path.suffix in made:
                write_whole(path, json.dumps(made[path.suffix](), ensure_ascii=False, indent=1) + "\n")
            else:
                with path.open("a", encoding="utf-8") as file:
                    file.write(validation_markdown(report, package))
        except OSError as error:
            raise EnvironmentFault(f"{path}: {error.strerror or error}") from error


def validation_markdown(report: ValidationReport, package: Path) -> str:
    """The report as Markdown (GitHub's), ended by an empty line. What comes from the package is made text that no
    parser takes for markup."""
    return "\n".join(_lines(report, package)) + "\n\n"


def _lines(report: ValidationReport, package: Path) -> Iterator[str]:
    verdict = report.verdict if report.is_as_expected else f"{report.verdict}, not as expected"
    yield f"## Validation of {code(str(package))}: {verdict}\n"
    if report.looked_at:
        yield f"{words(report.looked_at)}\n"
    if report.rows:
        yield "| table | rows |\n|---|---:|"
        yield from (f"| {words(name)} | {count} |" for name, count in report.rows.items())
    yield from _listed("Errors", report.errors)
    yield from _listed("Not proved", report.unproved)
    yield from _listed("Warnings", report.warnings)
    more = sum(report.counts.values()) - len(report.errors) - len(report.unproved) - len(report.warnings)
    if more > 0:
        yield f"\n{more} more of the same kinds."


def _listed(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield f"\n### {title}\n"
        yield from (f"- {code(finding.line())}" for finding in findings[:TOLD])
    if len(findings) > TOLD:
        yield f"- and {len(findings) - TOLD} more"
