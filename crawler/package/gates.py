"""What a version must pass before it is published.

A gate that refuses leaves the published version as it is, and the captures in archive/: the next build meets them
again, and passes when code or seed has been mended, or when a person has looked and names the gate as accepted. The
bounds are wide on purpose: they catch a site that answers with one page to everything, or a page object that lost its
hold, and not a ministry that had a busy day.
"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.errors import PackageInvalid
from crawler.model import Seed
from crawler.package import cells
from crawler.package.checks_rows import MARKUP
from crawler.package.checks_seeds import COLUMN
from crawler.package.plan import Plan
from crawler.package.publish import write_synced
from crawler.package.tables import Row
from crawler.workspace import Workspace

FEWEST = 5  # new articles of a source below which shares say nothing
_SHARE = 0.5  # of the new articles of a source: more of one fault is no accident
_LOST_HOLD = 0.8  # of the share that a seed expects to be filled
_AHEAD = timedelta(hours=36)
_BUSY = 5.0  # times the median of new articles per run
_BUSY_LEAST = 200

GATES = ("ids", "same-text", "markup", "future", "filled")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says: (gate, source, words)."""

    gate: str
    source: str
    words: str
    refuses: bool

    def __str__(self) -> str:
        return f"{self.source}: {self.words} [{self.gate}]" if self.source else f"{self.words} [{self.gate}]"


def pass_gates(
    workspace: Workspace,
    plan: Plan,
    *,
    lost: Collection[str],
    new: Sequence[Row],
    runs: Sequence[Row],
    accept: Collection[str] = (),
) -> list[Verdict]:
    """The warnings of all gates. `lost` are ids that were published and are no more, `new` the rows of new articles,
    `runs` all rows of runs. Raises PackageInvalid when a gate refuses that `accept` does not name; a record of it is
    then in `.work/reports/`."""
    verdicts: list[Verdict] = []
    if lost:
        words = f"{len(lost)} published articles would vanish: {', '.join(sorted(lost)[:5])}"
        verdicts.append(Verdict("ids", "", words, True))
    by_source: dict[str, list[Row]] = {}
    for row in new:
        by_source.setdefault(row["source_id"], []).append(row)
    for source, rows in sorted(by_source.items()):
        verdicts += _of_source(source, rows, plan.seeds)
        verdicts += _busy(source, len(rows), plan.run_rows)
    refused = [verdict for verdict in verdicts if verdict.refuses and verdict.gate not in accept]
    if refused:
        _record(workspace, refused, runs)
        raise PackageInvalid(
            "not published, the version before stands: " + "; ".join(str(verdict) for verdict in refused)
        )
    return verdicts


def _of_source(source: str, rows: Sequence[Row], seeds: Mapping[str, Seed]) -> list[Verdict]:
    found: list[Verdict] = []
    texts = Counter((row["language"], row["text_sha256"]) for row in rows)
    same = max(texts.values())
    faults = {
        "same-text": (same if same > 1 else 0, "have one and the same text"),
        "markup": (sum(bool(MARKUP.search(row["text"])) for row in rows), "have markup in the text"),
        "future": (sum(map(_ahead, rows)), "are dated in the future"),
    }
    for gate, (count, words) in faults.items():
        refuses = len(rows) >= FEWEST and count > _SHARE * len(rows)
        if refuses or (count and gate != "same-text"):
            found.append(Verdict(gate, source, f"{count} of {len(rows)} new articles {words}", refuses))
    expected = seeds[source].expect.filled if source in seeds else {}
    for name, least in sorted(expected.items()):
        column = COLUMN.get(name, name)
        share = sum(bool(row.get(column)) for row in rows) / len(rows)
        if share < least:
            words = f"{name} is filled in {share:.0%} of {len(rows)} new articles, expected {least:.0%}"
            found.append(Verdict("filled", source, words, len(rows) >= FEWEST and share < _LOST_HOLD * least))
    return found


def _busy(source: str, count: int, runs: Sequence[Row]) -> list[Verdict]:
    before = [int(row["new"]) for row in runs if row["source_id"] == source][-30:]
    usual = statistics.median(before) if len(before) >= FEWEST else None
    if usual is None or count < _BUSY_LEAST or count <= _BUSY * max(usual, 1):
        return []
    return [Verdict("busy", source, f"{count} new articles, where {usual:g} are usual", False)]


def _ahead(row: Row) -> bool:
    day = row["published_at"] or (row["published_date"] and f"{row['published_date']}T00:00:00+00:00")
    return bool(day) and datetime.fromisoformat(day) > cells.parse_utc(row["seen_at"]) + _AHEAD


def _record(workspace: Workspace, refused: Sequence[Verdict], runs: Sequence[Row]) -> None:
    last = max((row["ended_at"] for row in runs), default="never")
    name = "refused-" + last[:19].replace(":", "").replace("-", "") + "Z.json"
    said = [{"gate": v.gate, "source": v.source, "words": v.words} for v in refused]
    content = json.dumps({"captured_until": last, "refused": said}, ensure_ascii=False, indent=1)
    write_synced(workspace.reports / name, content.encode())
