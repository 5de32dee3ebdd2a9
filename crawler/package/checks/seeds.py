"""What the seeds expect of their sources: alarms, told as warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.model import Seed
from crawler.package.checks.findings import Findings
from crawler.package.exports.alarms import seen
from crawler.package.tables.expectations import Stock, filled_columns, newest_languages, unmet
from crawler.package.tables.tables import Row

_SAME_TEXT = 3  # so many equal texts of one source look like a page that says "blocked"


def check_expectations(
    articles: Sequence[Row], seeds: Mapping[str, Seed], runs: Mapping[str, Sequence[Row]], findings: Findings
) -> None:
    """Compares the rows of articles with `[expect]` of each seed, and looks for texts that repeat. `runs` are those of
    each source, oldest first."""
    by_source: dict[str, list[Row]] = {source: [] for source in seeds}
    for row in articles:
        if row["status"] == "live":
            by_source.setdefault(row["source_id"], []).append(row)
    for source, rows in sorted(by_source.items()):
        _repeated(source, rows, findings)
        seed = seeds.get(source)
        if seed is None:
            continue
        filled = filled_columns(rows) if seed.expect.filled else {}
        stock = Stock(len(rows), filled, newest_languages(rows), seen(runs.get(source, ())))
        for words in unmet(seed.expect, stock) if runs.get(source) else ():
            findings.warning("expect", f"{source}: {words}")


def _repeated(source: str, rows: Sequence[Row], findings: Findings) -> None:
    same = Counter((row["language"], row["text_sha256"]) for row in rows)
    for (_, digest), count in same.items():
        if count > _SAME_TEXT:
            findings.warning("same-text", f"{source}: {count} articles have one text (sha256 {digest[:12]}…)")
