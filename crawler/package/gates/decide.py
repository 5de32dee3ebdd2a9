"""What a version must pass before it is published.

A gate that refuses a source keeps its new captures waiting in archive/, and the others are published without them; one
that refuses the package leaves the published version as it is. The next build meets all that waits again, and passes
when the site is well again, when code or seed has been mended, or when a person has looked and names the gate as
accepted.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import NoReturn

from crawler.errors import Refused, UsageError
from crawler.ids import article_id
from crawler.model import Seed
from crawler.package.gates import blocking_rules, warning_rules
from crawler.package.gates.build_plan import Plan
from crawler.package.gates.judged_rows import Judged, JudgedRows
from crawler.package.gates.readings import Readings
from crawler.package.publication.pending_rows import Rows
from crawler.package.publication.quarantine import Refusal, Verdict, advice, record_refusal
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

GATES = (
    "ids", "months", "same-text", "markup", "lost-characters", "future", "filled", "length", "none", "gone", "runaway",
)  # fmt: skip
_RECENT = 500  # articles of a source that tell what is usual
_RECENT_PARTS = 2  # months in which they are looked for
_ADVICE = (
    "What was captured is kept and waits. Look at it, mend the seed or the program, and build again; "
    "or, if the source really is so: {}"
)


def check_accepted(accept: Collection[str]) -> None:
    """Raises UsageError when a name means no gate: "same-text", or "same-text:uz.eco" for one source only."""
    for name in accept:
        if name.partition(":")[0] not in GATES:
            raise UsageError(f"no gate is called {name!r}; there are {', '.join(GATES)}")


def judge(
    workspace: Workspace,
    plan: Plan,
    *,
    changed: Mapping[str, Collection[str]],
    rows: Rows,
    runs: Sequence[Row],
    replaced: Iterable[Row],
) -> list[Verdict]:
    """What all gates say. `rows` are the rows of articles that this build read, `changed` says which are new, edited
    ..., `runs` are all rows of runs that the build knows, and `replaced` the rows of revisions that it made."""
    before = _published_readings(workspace, plan)
    verdicts = _of_ids([i for i in before if not rows.has(i)], rows) if plan.full else []
    published = {row["run_id"] for row in plan.run_rows}
    fresh = [row for row in runs if row["run_id"] not in published]
    with closing(_judged(changed, rows, before)) as its, closing(_all(replaced, "revision_id")) as gone:
        usual = _usual(workspace, plan, {source for source in plan.seeds if len(its.new(source))})
        for source, seed in sorted(plan.seeds.items()):
            new_runs, old_runs = (
                [row for row in group if row["source_id"] == source] for group in (fresh, plan.run_rows)
            )
            worded = its.worded(source)
            material = _Material(its.new(source), worded, _sample(worded, rows), new_runs, old_runs, gone.new(source))
            verdicts += _of_source(seed, material, usual.get(source, []))
    for source, reread in sorted(_reread(plan, rows, before).items()):
        verdicts += blocking_rules.of_reading(source, reread)
    return verdicts


def _judged(changed: Mapping[str, Collection[str]], rows: Rows, before: Readings) -> JudgedRows:
    """The new and the edited articles; what is published already, with this text, is neither."""
    found = JudgedRows()
    for row in rows:
        article = row["article_id"]
        if article in changed["new"] and article not in before:
            found.put(row)
        elif article in changed["edited"] and not before.has_text(article, row["text_sha256"]):
            found.put(row, is_new=False)
    return found


def _all(rows: Iterable[Row], key: str) -> JudgedRows:
    found = JudgedRows(key)
    for row in rows:
        found.put(row)
    return found


def _sample(judged: Judged, rows: Rows) -> list[Row]:
    """Some of the rows with their words, spread evenly."""
    step = max(1, -(-len(judged) // warning_rules.LOOKED_AT))
    return list(filter(None, (rows.get(row["article_id"]) for row in islice(judged, 0, None, step))))


def _reread(plan: Plan, rows: Iterable[Row], before: Readings) -> dict[str, blocking_rules.Reread]:
    found: dict[str, blocking_rules.Reread] = {}
    for row in rows if plan.reread else ():
        source = row["source_id"]
        if source in plan.reread and (filled := before.filled(row["article_id"])) is not None:
            found.setdefault(source, blocking_rules.Reread()).take(filled, row)
    return found


def _of_ids(lost: Collection[str], rows: Iterable[Row]) -> list[Verdict]:
    """What is said of published articles that a rebuild does not give. Some are other addresses of an article: captures
    that came in since are older, and tell it."""
    others: dict[str, str] = {}
    missing = frozenset(lost)
    for row in rows if lost else ():
        for address in {row["url"], *cell_format.parse_array(row["aliases"])} - {row["document"]}:
            if (other := article_id(row["source_id"], address)) in missing:
                others[other] = min(row["article_id"], others.get(other, row["article_id"]))
    joined, gone = sorted(i for i in lost if i in others), sorted(i for i in lost if i not in others)
    verdicts: list[Verdict] = []
    if gone:
        words = f"{len(gone)} published articles would vanish: {', '.join(gone[:5])}"
        verdicts.append(Verdict("ids", "", words, True))
    if joined:
        pairs = ", ".join(f"{i} is {others[i]}" for i in joined[:5])
        words = f"{len(joined)} published articles are other addresses of one that older captures show: {pairs}"
        verdicts.append(Verdict("ids", "", words, False))
    return verdicts


@dataclass(frozen=True, slots=True)
class _Material:
    """Rows of one source."""

    new: Judged  # of articles
    worded: Judged  # new and edited articles
    sample: Sequence[Row]  # of these, with their words
    fresh: Sequence[Row]  # of runs to publish
    runs: Sequence[Row]  # that are published
    replaced: Judged  # of revisions


def _of_source(seed: Seed, its: _Material, usual: Sequence[Row]) -> list[Verdict]:
    verdicts = [*_of_words(seed.id, its.worded), *blocking_rules.of_replaced(seed.id, its.replaced)]
    if len(its.new):
        verdicts += blocking_rules.of_filling(seed.id, its.new, seed.expect.filled, usual)
        verdicts += blocking_rules.of_length(seed.id, its.new, usual)
        verdicts += warning_rules.of_languages(seed.id, its.new, usual, seed.expect.languages)
        verdicts += warning_rules.of_alike(seed.id, its.sample, usual)
        verdicts += warning_rules.of_moments(seed.id, its.worded, usual)
        verdicts += warning_rules.of_dropped(seed.id, its.worded, usual)
        verdicts += warning_rules.of_order(seed.id, its.worded, usual)
    if its.fresh:
        verdicts += warning_rules.of_quiet(seed.id, [*its.runs, *its.fresh], seed.expect.quiet_days)
    verdicts += blocking_rules.of_count(seed.id, its.fresh, its.runs)
    return [*verdicts, *blocking_rules.of_runs(seed.id, its.fresh, its.runs)]


def _of_words(source: str, rows: Iterable[Row]) -> list[Verdict]:
    """Of all rows together, and of those that each run has left: good articles of later runs must not hide that all of
    one run are bad, and only when these are read again, and well, is that run no reason any more."""
    every, of_runs = blocking_rules.Faults(), defaultdict[str, blocking_rules.Faults](blocking_rules.Faults)
    for row in rows:
        every.take(row)
        of_runs[row["run_id"]].take(row)
    found = every.verdicts(source)
    for run_id in sorted(of_runs) if every.rows > blocking_rules.FEWEST else ():
        told = {verdict.gate for verdict in found if verdict.refuses}
        found += [v for v in of_runs[run_id].verdicts(source) if v.refuses and v.gate not in told]
    return found


def refused(verdicts: Sequence[Verdict], accept: Collection[str]) -> list[Verdict]:
    """Those of the verdicts that refuse and are not accepted."""
    return [verdict for verdict in verdicts if verdict.refuses and not {verdict.gate, verdict.name} & set(accept)]


def refuse(workspace: Workspace, plan: Plan, refusal: Refusal) -> NoReturn:
    """Raises Refused: nothing is published. Its record then stands beside datapackage.json."""
    standing = str(plan.published.descriptor["version"]) if plan.published else ""
    record_refusal(workspace, replace(refusal, version=standing))
    raise Refused([str(v) for v in refusal.verdicts], _ADVICE.format(advice(refusal.verdicts)))


def captured_until(runs: Sequence[Row], verdicts: Sequence[Verdict]) -> str:
    """The end of the last of `runs` over the sources that are refused, as a cell; "never" when there is none."""
    sources = {verdict.source for verdict in verdicts}
    return max((row["ended_at"] for row in runs if row["source_id"] in sources or "" in sources), default="never")


def other_months(plan: Plan, parts: Mapping[str, Sequence[str]]) -> list[Verdict]:
    """A rebuild of what is published, by the same code and seeds, must give the same articles: another part would mean
    that something decided which is neither in archive/ nor in seeds/."""
    published = plan.published
    if not (plan.full and published) or plan.reread or plan.outdated:
        return []
    if plan.news or {row["run_id"] for row in plan.run_rows} != plan.runs.keys() or plan.withdrawn:
        return []
    other = sorted(set(published.parts.get("articles", ())) - set(parts["articles"]))
    words = f"a rebuild without news gives other articles than {', '.join(other[:3])}"
    return [Verdict("months", "", words, True)] if other else []


def _published_readings(workspace: Workspace, plan: Plan) -> Readings:
    """In a full build: what is published of each article. A step that continues loses no id."""
    if not plan.full or plan.published is None:
        return Readings(())
    its, adapt = table("articles"), "articles" in plan.outdated
    paths = plan.published.parts.get("articles", ())
    return Readings(row for path in paths for row in read_part(its, workspace.resolve(path), adapt=adapt))


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
