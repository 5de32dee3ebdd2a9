"""What the seeds expect of their sources: alarms, told as warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from crawler.model import Seed
from crawler.package.checks.columns import facts
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.findings import Findings
from crawler.package.exports.alarms import seen
from crawler.package.tables.expectations import Stock, unmet
from crawler.package.tables.filled_counts import by_source
from crawler.package.tables.tables import Row

_SAME_TEXT = 3  # so many equal texts of one source look like a page that says "blocked"


def check_expectations(
    columns: Columns, seeds: Mapping[str, Seed], runs: Mapping[str, Sequence[Row]], findings: Findings
) -> None:
    """Compares the rows of articles with `[expect]` of each seed, and looks for texts that repeat. `runs` are those of
    each source, oldest first."""
    live: Counter[str] = Counter()
    for (source, status), count in facts.statuses(columns).items():
        live[source] += count if status == "live" else 0
    filled = by_source(facts.filled(columns))
    same = {source: list(its) for source, its in groupby(facts.same_texts(columns, _SAME_TEXT), key=itemgetter(0))}
    for source in sorted({*seeds, *live}):
        for _, digest, count in same.get(source, ()):
            findings.warning("same-text", f"{source}: {count} articles have one text (sha256 {digest[:12]}…)")
        seed = seeds.get(source)
        if seed is None or not runs.get(source):
            continue
        languages = facts.newest_languages(columns, source) if seed.expect.languages else []
        stock = Stock(live[source], filled.get(source, {}), languages, seen(runs[source]))
        for words in unmet(seed.expect, stock):
            findings.warning("expect", f"{source}: {words}")
