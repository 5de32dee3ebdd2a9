"""The rows of the runs of one build, with what only reading their pages tells: that some could not be read, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from crawler.model import Capture
from crawler.package.descriptor.run_rows import as_read, run_row
from crawler.package.gates.build_plan import Plan
from crawler.package.tables.tables import Row


def rows_of_runs(
    plan: Plan,
    counts: Counter[tuple[str, str]],
    covered: Counter[tuple[str, str]],
    rejections: Iterable[Row],
    had_articles: Collection[str],
) -> list[Row]:
    """The rows, by run id. `counts` are by run and kind or reason, `covered` of these the pages whose document another
    capture of the run shows, as an API does behind a page that a script fills; `had_articles` are the sources of which
    articles are published already."""
    captures: dict[str, list[Capture]] = {}
    for capture in plan.captures:
        captures.setdefault(capture.run_id, []).append(capture)
    its: dict[str, dict[str, int]] = {}
    for (run_id, name), count in counts.items():
        its.setdefault(run_id, {})[name] = count
    rejected: dict[str, list[Row]] = {}
    for row in rejections:
        rejected.setdefault(row["run_id"], []).append(row)
    known, found = set(had_articles), []
    for run_id in sorted(plan.runs, key=lambda i: (plan.runs[i].started_at, i)):
        of_run = its.get(run_id, {})
        row = run_row(plan.runs[run_id], captures.get(run_id, []), of_run, plan.run_files[run_id])
        missed = {name: n - covered[run_id, name] for name, n in of_run.items()}
        if told := as_read(row["outcome"], missed, rejected.get(run_id, []), is_known=row["source_id"] in known):
            row |= dict(zip(("outcome", "first_fault"), told, strict=True))
        if row["new"] != "0":
            known.add(row["source_id"])
        found.append(row)
    return sorted(found, key=lambda row: row["run_id"])
