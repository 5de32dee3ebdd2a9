"""What a version must pass before it is published.

A gate that refuses leaves the published version as it is, and the captures in archive/: the next build meets them
again, and passes when code or seed has been mended, or when a person has looked and names the gate as accepted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from crawler.errors import Refused, UsageError
from crawler.package import gate_rules
from crawler.package.partitions import read_part
from crawler.package.plan import Plan
from crawler.package.refusal import Verdict, record_refusal
from crawler.package.tables import Row, table
from crawler.workspace import Workspace

GATES = (
    "ids", "months", "same-text", "markup", "lost-characters", "future", "filled", "length", "none", "gone", "runaway",
)  # fmt: skip
_RECENT = 500  # articles of a source that tell what is usual
_RECENT_PARTS = 2  # months in which they are looked for
_ADVICE = (
    "What was captured is kept and waits. Look at it, mend the seed or the program, and build again; "
    "or, if the source really is so: ministry-news build {}"
)


def check_accepted(accept: Collection[str]) -> None:
    """Raises UsageError when a name means no gate: "same-text", or "same-text:uz.eco" for one source only."""
    for name in accept:
        if name.partition(":")[0] not in GATES:
            raise UsageError(f"no gate is called {name!r}; there are {', '.join(GATES)}")


def pass_gates(
    workspace: Workspace,
    plan: Plan,
    *,
    changed: Mapping[str, Collection[str]],
    rows: Mapping[str, Row],
    runs: Sequence[Row],
    accept: Collection[str] = (),
) -> list[Verdict]:
    """The warnings of all gates. `rows` are the rows of articles that this build read, by id, `changed` says which are
    new, edited ..., and `runs` are all rows of runs that the build knows. Raises Refused when a gate refuses that
    `accept` does not name; a record of it then stands beside datapackage.json."""
    before = _published_texts(workspace, plan)
    lost = before.keys() - rows.keys() if plan.full else set()
    verdicts: list[Verdict] = []
    if lost:
        words = f"{len(lost)} published articles would vanish: {', '.join(sorted(lost)[:5])}"
        verdicts.append(Verdict("ids", "", words, True))
    new = [row for i, row in sorted(rows.items()) if i in changed["new"] and i not in before]
    edited = [
        row
        for i, row in sorted(rows.items())
        if i in changed["edited"] and i not in changed["new"] and before.get(i) != row["text_sha256"]
    ]
    published = {row["run_id"] for row in plan.run_rows}
    fresh = [row for row in runs if row["run_id"] not in published]
    usual = _usual(workspace, plan, {row["source_id"] for row in new})
    for source in sorted(plan.seeds):
        its_new, its_edited, its_fresh, its_runs = (
            [row for row in group if row["source_id"] == source] for group in (new, edited, fresh, plan.run_rows)
        )
        verdicts += gate_rules.of_words(source, [*its_new, *its_edited])
        if its_new:
            verdicts += gate_rules.of_filling(source, its_new, plan.seeds[source].expect.filled, usual.get(source, []))
            verdicts += gate_rules.of_length(source, its_new, usual.get(source, []))
            verdicts += gate_rules.of_count(source, len(its_new), its_runs)
        verdicts += gate_rules.of_runs(source, its_fresh, its_runs)
    refuse(workspace, verdicts, runs, accept)
    return verdicts


def refuse(workspace: Workspace, verdicts: Sequence[Verdict], runs: Sequence[Row], accept: Collection[str]) -> None:
    """Raises Refused, and leaves its record, when one of the verdicts refuses and is not accepted."""
    refused = [v for v in verdicts if v.refuses and not {v.gate, f"{v.gate}:{v.source}"} & set(accept)]
    if refused:
        record_refusal(workspace, refused, max((row["ended_at"] for row in runs), default="never"))
        names = dict.fromkeys(f"{v.gate}:{v.source}" if v.source else v.gate for v in refused)
        raise Refused([str(v) for v in refused], _ADVICE.format(" ".join(f"--accept {name}" for name in names)))


def other_months(plan: Plan, parts: Mapping[str, Sequence[str]]) -> list[Verdict]:
    """A rebuild of what is published, by the same code and seeds, must give the same articles: another part would mean
    that something decided which is neither in archive/ nor in seeds/."""
    published = plan.published
    if not (plan.full and published) or plan.reread or plan.outdated:
        return []
    if {row["run_id"] for row in plan.run_rows} != plan.runs.keys() or plan.withdrawn:
        return []
    other = sorted(set(published.parts.get("articles", ())) - set(parts["articles"]))
    words = f"a rebuild without news gives other articles than {', '.join(other[:3])}"
    return [Verdict("months", "", words, True)] if other else []


def _published_texts(workspace: Workspace, plan: Plan) -> dict[str, str]:
    """In a full build: the hash of each published article's text, by id. A step that continues loses no id."""
    if not plan.full or plan.published is None:
        return {}
    its, adapt = table("articles"), "articles" in plan.outdated
    paths = plan.published.parts.get("articles", ())
    rows = (row for path in paths for row in read_part(its, workspace.resolve(path), adapt=adapt))
    return {row["article_id"]: row["text_sha256"] for row in rows}


def _usual(workspace: Workspace, plan: Plan, sources: Collection[str]) -> dict[str, list[Row]]:
    """The newest published articles of some sources, as they were read by this very program."""
    if plan.published is None or plan.reread or plan.outdated or not sources:
        return {}
    found: dict[str, deque[Row]] = {}
    for path in plan.published.parts.get("articles", ())[-_RECENT_PARTS:]:
        for row in read_part(table("articles"), workspace.resolve(path)):
            if row["source_id"] in sources and row["text"]:
                found.setdefault(row["source_id"], deque(maxlen=_RECENT)).append(row)
    return {source: list(rows) for source, rows in found.items()}
