"""What the seeds expect of their sources: alarms, told as warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.model import Seed
from crawler.package.checks.findings import Findings
from crawler.package.tables.tables import COLUMN, Row, table

_SAME_TEXT = 3  # so many equal texts of one source look like a page that says "blocked"


def check_expectations(articles: Sequence[Row], seeds: Mapping[str, Seed], findings: Findings) -> None:
    """Compares the rows of articles with `[expect]` of each seed, and looks for texts that repeat."""
    by_source: dict[str, list[Row]] = {source: [] for source in seeds}
    for row in articles:
        if row["status"] == "live":
            by_source.setdefault(row["source_id"], []).append(row)
    for source, rows in sorted(by_source.items()):
        _repeated(source, rows, findings)
        seed = seeds.get(source)
        if seed is None:
            continue
        if len(rows) < seed.expect.min_articles:
            words = f"{source}: {len(rows)} articles, its seed expects {seed.expect.min_articles}"
            findings.warning("expect", words)
        for name, least in sorted(seed.expect.filled.items()):
            _filled(source, rows, name, least, findings)


def _filled(source: str, rows: Sequence[Row], name: str, least: float, findings: Findings) -> None:
    column = COLUMN.get(name, name)
    if column not in table("articles").columns:
        findings.warning("expect", f"{source}: its seed expects {name!r}, which is no column")
        return
    share = sum(bool(row[column]) for row in rows) / len(rows) if rows else 1.0
    if share < least:
        findings.warning("expect", f"{source}: {name} is filled in {share:.1%} of articles, expected {least:.0%}")


def _repeated(source: str, rows: Sequence[Row], findings: Findings) -> None:
    same = Counter((row["language"], row["text_sha256"]) for row in rows)
    for (_, digest), count in same.items():
        if count > _SAME_TEXT:
            findings.warning("same-text", f"{source}: {count} articles have one text (sha256 {digest[:12]}…)")
