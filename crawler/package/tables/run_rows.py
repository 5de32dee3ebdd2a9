"""The rows of `runs`: what a run did, from its records and from its own report in the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.archive.reader import RunRecord
from crawler.model import Capture, Role
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.published import seed_sha256
from crawler.package.tables.tables import Row

_OUTCOMES = ("complete", "partial", "failed", "postponed", "interrupted")
_LONGEST = 500  # characters of a fault in words


def run_row(run: RunRecord, captures: Sequence[Capture], counts: Mapping[str, int], files: Sequence[str]) -> Row:
    """The row of a run that made `captures`; `counts` are its new, edited ... and the reasons of its rejections."""
    report = run.report or {}
    result = str(report.get("result", "killed"))
    times = [capture.fetched_at for capture in captures] or [run.started_at]
    return {
        "run_id": run.run_id,
        "source_id": run.source_id,
        "started_at": cell_format.utc(min(run.started_at, *times)),
        "ended_at": cell_format.utc(max(times)),
        "outcome": result if result in _OUTCOMES else "killed",
        "software": cell_format.line(run.software),
        "requests": _requests(report),
        "faults": cell_format.mapping(_faults(report)),
        "first_fault": _first_fault(report),
        "captures": str(len(captures)),
        "article_captures": str(sum(capture.role is Role.ARTICLE for capture in captures)),
        **{kind: str(counts.get(kind, 0)) for kind in KINDS},
        "rejected": cell_format.mapping({k: n for k, n in counts.items() if k not in KINDS}),
        "warc_files": cell_format.array(sorted(files)),
        "seed_sha256": seed_sha256(run.seed_toml) if run.seed_toml else "",
    }


# The report stands in a WARC file, which may come from anywhere: whatever has another form than ours is not told.


def _counts(report: Mapping[str, Any]) -> dict[str, int]:
    counts = report.get("counts")
    items = counts.items() if isinstance(counts, dict) else ()
    return {str(name): n for name, n in items if isinstance(n, int) and not isinstance(n, bool) and n >= 0}


def _requests(report: Mapping[str, Any]) -> str:
    counts = _counts(report)
    return str(counts.get("requests", 0)) if counts else ""


def _faults(report: Mapping[str, Any]) -> dict[str, int]:
    found = ((name.partition(":"), n) for name, n in _counts(report).items())
    return {cell_format.line(reason)[:80]: n for (kind, _, reason), n in found if kind == "fault" and n}


def _first_fault(report: Mapping[str, Any]) -> str:
    faults = report.get("faults")
    first = faults[0] if isinstance(faults, list) and faults else None
    if not isinstance(first, dict):
        return ""
    told = [cell_format.line(str(first.get(key) or ""))[:_LONGEST] for key in ("reason", "url", "detail")]
    return ": ".join(part for part in told if part)[:_LONGEST]
