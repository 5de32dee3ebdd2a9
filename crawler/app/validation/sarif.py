"""What `validate` found as SARIF 2.1.0 (OASIS, with Errata 01), which code scanning of forges and editors show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawler import __version__
from crawler.package.checks.check_names import CHECKS
from crawler.package.checks.findings import Finding, ValidationReport

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "PACKAGE"
# (level, kind) of a result: 3.27.9 calls `open` what there was not enough information to decide.
_ERROR, _OPEN, _WARNING = ("error", "fail"), ("none", "open"), ("warning", "fail")


def sarif(report: ValidationReport, package: Path) -> dict[str, Any]:
    """The report as a SARIF log of one run. Addresses are relative: to the working folder where the package lies in
    it, as code scanning needs them, else to the package (`uriBaseId`). A line is that of the unpacked file. Nothing of
    it depends on the machine or the clock."""
    found = [
        *((finding, _ERROR) for finding in report.errors),
        *((finding, _OPEN) for finding in report.unproved),
        *((finding, _WARNING) for finding in report.warnings),
    ]
    names = sorted({finding.check for finding, _ in found})
    folder = _folder(package)
    run = {
        "tool": {"driver": {"name": "ministry-news", "version": __version__, "rules": [_rule(name) for name in names]}},
        "automationDetails": {"id": "ministry-news/validate/"},
        "invocations": [{"executionSuccessful": True, "exitCode": int(report.exit_code)}],
        "columnKind": "unicodeCodePoints",
        "results": list(_results(found, names, folder)),
        "properties": {
            "verdict": report.verdict,
            "asExpected": report.is_as_expected,
            "lookedAt": report.looked_at,
            "counts": report.counts,
            "rows": report.rows,
        },
    }
    if folder is None:
        run["originalUriBaseIds"] = {_BASE: {"description": {"text": "The folder of the data package."}}}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str) -> dict[str, Any]:
    words = CHECKS.get(name, name)
    return {"id": name, "shortDescription": {"text": words}, "help": {"text": words}}


def _results(
    found: Sequence[tuple[Finding, tuple[str, str]]], names: Sequence[str], folder: str | None
) -> Iterator[dict[str, Any]]:
    for finding, (level, kind) in found:
        told = f"{finding.check}\n{finding.path}\n{finding.message}"
        yield {
            "ruleId": finding.check,
            "ruleIndex": names.index(finding.check),
            "level": level,
            "kind": kind,
            "message": {"text": finding.line()},
            "locations": [{"physicalLocation": _place(finding, folder)}],
            "partialFingerprints": {"finding/v1": hashlib.sha256(told.encode()).hexdigest()},
        }


def _place(finding: Finding, folder: str | None) -> dict[str, Any]:
    path = finding.path or "datapackage.json"  # of the whole package
    file = {"uri": quote(path, safe="/"), "uriBaseId": _BASE} if folder is None else {"uri": quote(f"{folder}{path}")}
    place: dict[str, Any] = {"artifactLocation": file}
    if finding.row is not None and finding.row > 0:
        place["region"] = {"startLine": finding.row}
    return place


def _folder(package: Path) -> str | None:
    """The folder of the package below the working folder, with a slash at its end where it is not that itself; None
    where it lies elsewhere."""
    try:
        inside = package.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return None
    return "" if inside == "." else f"{inside}/"
