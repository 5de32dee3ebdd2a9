"""What the last run over a source has left, as it says itself at the end of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.scanning.tail import last_report
from crawler.archive.warc.reader import is_ingested
from crawler.workspace.files import matching


@dataclass(frozen=True, slots=True)
class Before:
    """What the last run over a source has left. Without a report (the run was killed) nothing is settled."""

    settled: Mapping[str, str] = field(default_factory=dict)
    read_on: Mapping[str, str] = field(default_factory=dict)  # listing -> ISO day on which it was read to its end
    is_unfinished: bool = False  # it may have seen changes that it did not follow


def files_by_source(archive: Path) -> dict[str, list[Path]]:
    """The files of runs in an archive by the id of their source, the newest first."""
    out: dict[str, list[Path]] = {}
    for path in matching(archive, "*-[0-9]*T[0-9]*Z-[0-9]*.warc.gz")[::-1]:
        out.setdefault(path.name.rsplit("-", 2)[0], []).append(path)
    return out


def read_before(files: Sequence[Path]) -> Before:
    """What the last run over a source says of itself at the end of its files, the newest of which comes first.

    Raises ArchiveError when one cannot be read.
    """
    for path in files:
        report = last_report(path)
        settled = report.get("settled") if report is not None else None
        if report is not None and isinstance(settled, dict):
            return Before(_texts(settled), _texts(report.get("read_on")), _is_unfinished(report))
        if not is_ingested(path):  # which says nothing of our listings
            return Before(is_unfinished=True)
    return Before()


def _texts(raw: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in raw.items()} if isinstance(raw, dict) else {}


def _is_unfinished(report: Mapping[str, object]) -> bool:
    counts = report.get("counts")
    left = isinstance(counts, dict) and counts.get("re-visits left for later")
    return bool(left) or report.get("result") not in ("complete", "partial")
