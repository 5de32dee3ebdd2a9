"""What seeds expect of their sources and do not get, told from the published version: no row is read that the
descriptor has counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.model import Seed
from crawler.package.descriptor.published import Published
from crawler.package.tables.article_counts import count_rows, stated
from crawler.package.tables.expectations import NEWEST, Stock, newest_languages, unmet
from crawler.package.tables.filled_counts import count_filled, stated_filled
from crawler.package.tables.partitions import read_part
from crawler.package.tables.run_history import REACHED
from crawler.package.tables.tables import Row, table


def unmet_expectations(
    state: Published, seeds: Mapping[str, Seed], runs: Mapping[str, Sequence[Row]]
) -> dict[str, tuple[str, ...]]:
    """By source: what is not as its seed expects, in words. `runs` are rows of runs of each source, oldest first."""
    articles = state.parts.get("articles", ())
    tally = stated(state.descriptor)
    tally = count_rows(state.workspace, articles) if tally is None else tally
    filled = stated_filled(state.descriptor)
    filled = count_filled(state.workspace, articles) if filled is None else filled
    found = {}
    for source, seed in sorted(seeds.items()):
        its = runs.get(source, ())
        if not its:
            continue
        live = tally.get(source, {}).get("live", 0)
        languages = _newest(state, source) if seed.expect.languages else []
        stock = Stock(live, filled.get(source, {}), languages, seen(its))
        if words := unmet(seed.expect, stock):
            found[source] = words
    return found


def seen(runs: Sequence[Row]) -> list[tuple[str, bool]]:
    """The runs that could reach their source, as `Stock` has them."""
    return [(row["started_at"], row["new"] != "0") for row in runs if row["outcome"] in REACHED]


def _newest(state: Published, source: str) -> list[str]:
    """The languages of a source's newest articles, from the newest parts backwards."""
    rows: list[Row] = []
    for path in reversed(state.parts.get("articles", ())):
        part = read_part(table("articles"), state.workspace.resolve(path))
        rows += [row for row in part if row["source_id"] == source and row["status"] == "live"]
        if len(rows) >= NEWEST:
            break
    return newest_languages(rows)
