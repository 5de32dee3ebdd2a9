"""What a command tells at its end: for a person, for a script, for a CI job's page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler.app import wording
from crawler.app.status.source_status import absent_words
from crawler.archive.foreign import FileAccount
from crawler.crawl.report import CrawlReport, Fault
from crawler.errors import ExitCode, Refused
from crawler.package.build.build import BuildReport
from crawler.package.checks.findings import ValidationReport
from crawler.package.descriptor.descriptor import read_descriptor, rows_of
from crawler.package.exports.health import SourceHealth
from crawler.package.tables.change_rows import KINDS
from crawler.workspace import Workspace

_NEWS = 10  # new articles of a source shown to a person
_TOLD = 20  # faults and errors shown to a person; JSON has all


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all sources of one command."""

    package: str
    version: str
    fetched: int
    found: Mapping[str, int]  # new, edited, metadata, withdrawn, restored
    rejected: Mapping[str, int]  # reason -> article captures
    rows: Mapping[str, int]
    crawls: tuple[CrawlReport, ...]
    valid: bool | None  # None: not checked
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    repairs: tuple[str, ...]
    news: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)  # kind -> (id, title, address)
    arrived: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)  # source -> (id, day, title)
    arrived_counts: Mapping[str, int] = field(default_factory=dict)  # source -> how many are new
    alarms: tuple[str, ...] = ()  # what is not as seeds expect of their sources
    absent: tuple[str, ...] = ()  # articles that were looked for in vain and wait for proof
    refused: tuple[str, ...] = ()  # what gates said
    lost: tuple[str, ...] = ()  # what of files that were taken in is damaged
    left_out: Mapping[str, int] = field(default_factory=dict)  # why records of them were not taken -> how many
    files: tuple[FileAccount, ...] = ()  # that were taken in
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # source -> change kind -> how many
    newest: tuple[Mapping[str, str], ...] = ()  # of the changes, with title, url ...
    hooks: tuple[str, ...] = ()  # why hooks failed that followed the run
    is_published: bool = True  # False: gates refused all, and the version before stands
    earlier: tuple[Summary, ...] = field(default=())

    @classmethod
    def of(
        cls,
        package: Path,
        crawls: Sequence[CrawlReport],
        built: BuildReport,
        validation: ValidationReport | None,
        repairs: Sequence[str],
        runs: Sequence[Mapping[str, str]] = (),
        state: Sequence[SourceHealth] = (),
    ) -> Summary:
        """`runs` are the rows of the runs that the command made; a build may have read older ones again, whose news are
        old. Without a run, all that was built counts. `state` tells how the sources stand now."""
        counts: Counter[str] = Counter()
        for row in runs:
            counts.update({kind: int(row[kind]) for kind in KINDS})
            counts.update({reason: int(n) for reason, n in json.loads(row["rejected"]).items()})
        for source in () if runs else built.sources.values():
            counts.update(source)
        return cls(
            package=str(package),
            version=built.version,
            fetched=sum(n for c in crawls for name, n in c.counts.items() if name.startswith("fetched:")),
            found={kind: counts.get(kind, 0) for kind in KINDS},
            rejected={name: n for name, n in sorted(counts.items()) if name not in KINDS},
            rows=built.rows,
            crawls=tuple(as_read(crawl, runs) for crawl in crawls),
            alarms=tuple(f"{source.source_id}: {words}" for source in state for words in source.unmet),
            absent=tuple(f"{s.source_id}: {absent_words(s.absent)}" for s in state if s.absent),
            valid=validation.valid if validation else None,
            errors=tuple(finding.line() for finding in validation.errors) if validation else (),
            warnings=(*built.warnings, *(finding.line() for finding in (validation.warnings if validation else ()))),
            repairs=tuple(repairs),
            news=built.news,
            arrived=built.arrived,
            arrived_counts={source: its["new"] for source, its in built.sources.items() if its.get("new")},
            refused=built.refused,
            changes=built.changes,
            newest=built.newest,
        )

    @classmethod
    def refusal(cls, package: Path, crawls: Sequence[CrawlReport], error: Refused, repairs: Sequence[str]) -> Summary:
        """What is told when a gate refused: what was fetched, and the version that stands."""
        standing = read_descriptor(Workspace(package)) or {}
        return cls(
            package=str(package),
            version=str(standing.get("version", "")),
            fetched=sum(n for c in crawls for name, n in c.counts.items() if name.startswith("fetched:")),
            found=dict.fromkeys(KINDS, 0),
            rejected={},
            rows=rows_of(standing) if standing else {},
            crawls=tuple(crawls),
            valid=None,
            errors=(str(error),),
            warnings=(),
            repairs=tuple(repairs),
            refused=error.verdicts,
            is_published=False,
        )

    def joined(self, later: Sequence[Summary]) -> Summary:
        """The last summary, which carries those before it."""
        every = [self, *later]
        last = every[-1]
        return Summary(**{**_values(last), "earlier": tuple(every[:-1])})

    @property
    def exit_code(self) -> ExitCode:
        if any(one.valid is False for one in (self, *self.earlier)):
            return ExitCode.INVALID
        if self.refused:
            return ExitCode.REFUSED
        if any(crawl.result == "interrupted" for crawl in self.crawls):
            return ExitCode.INTERRUPTED
        if self.lost or self.alarms or any(crawl.result not in ("complete", "postponed") for crawl in self.crawls):
            return ExitCode.INCOMPLETE
        return ExitCode.HOOK_FAILED if self.hooks else ExitCode.OK

    @property
    def told_errors(self) -> list[str]:
        """Why what was published is not valid, or why nothing was: the first errors, one line each."""
        every = [error for one in (*self.earlier, self) for error in one.errors]
        more = [f"and {len(every) - _TOLD} more errors (--json tells all)"] if len(every) > _TOLD else []
        return every[:_TOLD] + more

    @property
    def problems(self) -> list[str]:
        """The first warnings and faults, one line each."""
        faults = [f"{c.source_id}: {f.url}: {f.reason}: {f.detail}" for c in self.crawls for f in c.faults]
        limits = [f"{c.source_id}: the limit {name} bit {n} times" for c in self.crawls for name, n in c.limits.items()]
        held = [f"held back, what is new of it waits: {verdict}" for verdict in self.refused if self.is_published]
        told = [*self.hooks, *held, *self.lost, *self.alarms, *self.warnings, *limits, *faults]
        more = [f"and {len(told) - _TOLD} more (--json tells all)"] if len(told) > _TOLD else []
        return told[:_TOLD] + more

    def lines(self) -> Iterator[str]:
        """The summary for a person."""
        for number, summary in enumerate(self.earlier, 1):
            yield f"run {number}"
            yield from (f"  {line}" for line in summary._counts())
        if self.earlier:
            yield f"run {len(self.earlier) + 1}"
        yield from (f"  {line}" for line in self._counts())
        for absent in self.absent:
            yield f"absent    {absent}"
        for repair in self.repairs:
            yield f"repaired  {repair}"
        for account in self.files[:_TOLD]:
            yield f"file      {account}"
        if len(self.files) > _TOLD:
            yield f"          and {len(self.files) - _TOLD} more files (--json tells all)"
        for why, count in self.left_out.items():
            yield f"left out  {count} {why}"
        yield f"package   {self.package}, version {self.version}: {self.verdict}"

    @property
    def verdict(self) -> str:
        """What became of the version, in words."""
        if not self.is_published:
            return "stands, the new one was refused"
        words = wording.verdict(valid=self.valid)
        return f"{words}, and what gates refused is held back (see status)" if self.refused else words

    def _counts(self) -> Iterator[str]:
        for crawl in self.crawls:
            yield f"{crawl.source_id:<20} {crawl.result}: {crawl.counts.get('requests', 0)} requests"
            yield from self._arrived(crawl.source_id)
        for source in sorted(self.arrived.keys() - {crawl.source_id for crawl in self.crawls}):
            yield source
            yield from self._arrived(source)
        found = ", ".join(f"{n} {wording.kind(kind)}" for kind, n in self.found.items() if n or kind == "new")
        yield f"{'pages fetched':<20} {self.fetched}"
        yield f"{'articles':<20} {found}; {self.rows.get('articles', 0)} in all"
        if self.rejected:
            yield f"{'other pages':<20} {wording.counted(self.rejected)}"

    def _arrived(self, source: str) -> Iterator[str]:
        told = self.arrived.get(source, ())[:_NEWS]
        for article_id, day, title in told:
            yield f"  {article_id}  {day or 'no date   '}  {title}"
        if (more := self.arrived_counts.get(source, 0) - len(told)) > 0:
            yield f"  and {more} more new (`ministry-news list --source {source}`)"

    def as_dict(self) -> dict[str, Any]:
        """The summary for a script."""
        values = _values(self)
        values["crawls"] = [crawl.as_dict() for crawl in self.crawls]
        values["files"] = [asdict(account) for account in self.files]
        values["earlier"] = [summary.as_dict() for summary in self.earlier]
        return {**values, "exit_code": int(self.exit_code)}


def as_read(crawl: CrawlReport, runs: Sequence[Mapping[str, str]]) -> CrawlReport:
    """What is told of a crawl when its pages have been read: that some could not be, or none, which no crawl knows
    itself."""
    row = next((row for row in runs if row["run_id"] == crawl.run_id), None)
    if row is None or row["outcome"] not in ("empty", "partial") or crawl.result == row["outcome"]:
        return crawl
    reason, url, words = [*row["first_fault"].split(": ", 2), "", ""][:3]
    return replace(crawl, result=row["outcome"], faults=(Fault(url, reason, words), *crawl.faults))


def _values(summary: Summary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in Summary.__slots__}
