"""One build, step by step: fold what is new, write the parts it touches, pass the gates, publish."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from crawler.model import Article
from crawler.package.build.counts import ArticleCounts
from crawler.package.build.extractor_revisions import extractor_rows, published_extractor_rows
from crawler.package.build.news import FreshChanges, arrived, per_source, told
from crawler.package.build.run_outcomes import RunCounts, rows_of_runs
from crawler.package.build.version_files import VersionFiles, newest_hour
from crawler.package.build.waiting_pages import published_waiting
from crawler.package.descriptor.descriptor import Facts, rows_of
from crawler.package.descriptor.published import Published
from crawler.package.descriptor.settings import Settings
from crawler.package.gates.build_plan import Plan, reading_of
from crawler.package.gates.build_report import BuildReport, article_warnings, revisit_warnings
from crawler.package.gates.decide import captured_until, judge, other_months, refuse, refused
from crawler.package.history.absences import ABSENT
from crawler.package.history.canonical_documents import addresses, at_home, pointed_at, pointed_ids
from crawler.package.history.documents import Documents
from crawler.package.history.doubt import is_doubtful, wording
from crawler.package.history.extraction_results import Reader
from crawler.package.history.history import Folded, Known, fold
from crawler.package.history.known_state import known_documents
from crawler.package.history.media_captures import fill_media
from crawler.package.history.sights import Sights
from crawler.package.history.stated_articles import MOST, StatedArticles
from crawler.package.history.tombstones import fold_withdrawn
from crawler.package.publication.pending_rows import Changes
from crawler.package.publication.quarantine import FILE as REFUSAL
from crawler.package.publication.quarantine import Refusal, Verdict
from crawler.package.publication.transaction import Publication
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import KINDS, other_reading_row
from crawler.package.tables.last_runs import LastRuns, last_runs, stated_last_runs
from crawler.package.tables.row_builders import Sight, capture_row, source_row, zone_of
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.run_history import all_runs
from crawler.package.tables.tables import SCHEMA_MAJOR, Row


class Assembly:
    """One build, from a plan to a published version."""

    def __init__(
        self,
        plan: Plan,
        publication: Publication,
        lookup: Lookup | None,
        reader: Reader,
        accept: Collection[str],
        replaced: Collection[str],
    ) -> None:
        self.plan = plan
        self.publication = publication
        self.lookup = lookup
        self.reader = reader
        self.accept = accept
        self.replaced = replaced
        self.workspace = publication.workspace
        self.changes = Changes(newest_hour(plan))
        self.counts = RunCounts()
        self.changed: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self.articles = ArticleCounts(None if plan.full else plan.published)
        self.extractor = 0
        self.runs: list[Row] = []  # the newest published ones, and those of this build
        self.verdicts: list[Verdict] = []

    def judge(self) -> list[Verdict]:
        """Takes in what is new; what the gates say of it."""
        self._fold()
        self.changes.put("captures", map(capture_row, self.plan.captures))
        fill_media(self.changes, self.plan.captures, self.lookup, self.workspace)
        if self.plan.full and self.plan.published:
            self._keep_other_readings()
        self.runs = self._runs()
        self.verdicts = judge(
            self.workspace,
            self.plan,
            changed=self.changed,
            rows=self.changes.of("articles"),
            runs=self.runs,
            replaced=[] if self.plan.full and self.plan.published else self.changes.of("revisions"),
        )
        return self.verdicts

    def publish(self, recovered: tuple[str, ...], refusal: Refusal | None) -> BuildReport:
        """Publishes what was judged, with the record of what was held back from it. Raises Refused when a rebuild gives
        other articles than are published."""
        read = self.changes.of("articles")
        warnings = (*map(str, self.verdicts), *revisit_warnings(self.plan.captures), *article_warnings(read))
        sources = [source_row(seed, self._first_seen(source)) for source, seed in self.plan.seeds.items()]
        self.changes.put("sources", sources)
        published = self.plan.published
        old_parts = published.parts if published else {}
        counted = rows_of(published.descriptor) if published else {}
        parts, grown = self.changes.write(self.publication, old_parts, counted, full=self.plan.full)
        rows = {name: grown[name] + (0 if self.plan.full else counted.get(name, 0)) for name in grown}
        if others := refused(other_months(self.plan, parts), self.accept):
            refuse(self.workspace, self.plan, Refusal(captured_until(self.runs, others), tuple(others)))
        files = VersionFiles(self.plan, self.publication, self.changes.newest, self.replaced)
        files.stage(parts, {name: self.changes.of(name) for name in ("changes", "articles", "revisions")})
        descriptor = files.describe(parts, self._facts(rows, sources, files.issue()))
        version = json.loads(descriptor)["version"]
        fresh = FreshChanges(self.workspace, self.plan, self.changes.of("changes"), read)
        files.publish(descriptor, replace(refusal, version=version) if refusal else None)
        return BuildReport(
            version, self.plan.full, self.plan.why, per_source(self.plan, self.counts.kinds), self._changed_ids(), rows,
            tuple(sorted({*self.publication.moves} - {REFUSAL})), self.extractor, recovered,
            told(read, self.changed), arrived(read, self.changed["new"]), warnings,
            tuple(str(verdict) for verdict in refusal.verdicts) if refusal else (),
            fresh.counted(), fresh.newest(),
        )  # fmt: skip

    def close(self) -> None:
        """Gives back memory and disk."""
        self.changes.close()

    # ------------------------------------------------------------ history

    def _fold(self) -> None:
        seen = Sights(self.reader, self.plan.captures, self.lookup)
        known = self._known(seen, self.lookup) if self.lookup else {}
        with closing(seen), closing(StatedArticles(known)) as articles, closing(Documents(seen)) as documents:
            for article_id, sight in at_home(seen.runs(), articles):
                documents.put(article_id, sight)
            total = len(documents)
            for done, (article_id, its) in enumerate(documents, 1):
                self._fold_document(article_id, its, known.get(article_id, Known()))
                if done % 1000 == 0:
                    self.reader.progress("build", done, total)

    def _known(self, seen: Iterable[Sight], lookup: Lookup) -> Mapping[str, Known]:
        """What is published of the documents that were captured, and of those that captures name."""
        documents: dict[str, list[Sight]] = {}
        for sight in seen:
            documents.setdefault(sight.article_id, []).append(sight)
        absent = {i for i, its in documents.items() if any(_is_absence(sight) for sight in its)}
        wanted = {*documents, *pointed_ids(documents)}
        for (source, address), ids in addresses(documents).items():
            claimants = lookup.claimants(source, address, MOST + 1)
            wanted.update(claimants)
            absent.update(claimants if ids & absent else ())
        return known_documents(self.workspace, lookup, wanted, absent, _doubting(documents))

    def _fold_document(self, article_id: str, its: Sequence[Sight], so_far: Known) -> None:
        if article_id in self.plan.withdrawn:
            folded = fold_withdrawn(self.plan.withdrawn[article_id], so_far, its)
        else:
            zone = zone_of(self.plan.seeds[its[0].capture.source_id])
            folded = fold(so_far, its, self.plan.seed_of, zone)
        self.counts.take(its, folded)
        self._take(article_id, folded)
        self.articles.take(so_far.row, folded)

    def _take(self, article_id: str, folded: Folded) -> None:
        if folded.row and folded.changed:
            self.changes.put("articles", [folded.row])
        self.changes.put("revisions", folded.revisions)
        self.changes.put("rejections", folded.rejections)
        self.changes.put("confirmations", folded.confirmations)
        self.changes.put("media", self._unknown_media(folded.media))
        self.changes.put("changes", folded.changes)
        for (_, kind), count in folded.counts.items():
            if count and kind in self.changed:
                self.changed[kind].add(article_id)

    def _unknown_media(self, media: Sequence[Row]) -> Iterable[Row]:
        return [row for row in media if not (self.lookup and self.lookup.has_media(row["media_id"]))]

    def _keep_other_readings(self) -> None:
        new = self.changes.of("articles")
        for name in ("revisions", "changes"):
            self.changes.put(name, published_extractor_rows(name, self.workspace, self.plan, new))
        for revision, now in extractor_rows(self.workspace, self.plan, new):
            self.changes.put("revisions", [revision])
            self.changes.put("changes", [other_reading_row(revision, now)])
            self.extractor += 1

    # ------------------------------------------------------------ runs and sources

    def _runs(self) -> list[Row]:
        """Rows of runs, the newest published ones and those of this build, which are put among the changes."""
        had = {source for source, its in self.articles.published().items() if any(its.values())}
        waiting = published_waiting(self.workspace, self.plan, self.lookup)
        mine = rows_of_runs(self.plan, self.counts, self.changes.of("rejections"), had, waiting)
        self.changes.put("runs", mine)
        return mine if self.plan.full else [*self.plan.run_rows, *mine]

    def _first_seen(self, source: str) -> str:
        known = [] if self.plan.full else [self.plan.since[source]] if source in self.plan.since else []
        return min([*known, *(row["started_at"] for row in self.runs if row["source_id"] == source)])

    def _facts(self, rows: Mapping[str, int], sources: Sequence[Row], issue: int) -> Facts:
        before = self.plan.published if not self.plan.full else None
        ended = max([*(row["ended_at"] for row in self.runs), *([before.created] if before else [])], key=_seconds)
        began = [*(row["started_at"] for row in self.runs), *([before.first_captured] if before else [])]
        return Facts(
            created=cell_format.parse_utc(ended),
            major=SCHEMA_MAJOR + len(self.plan.withdrawn),
            issue=issue,
            first_captured=cell_format.parse_utc(min(began, key=_seconds)),
            sources=sources,
            extraction=reading_of(self.plan),
            rows=rows,
            articles=self.articles.statuses(),
            filled=self.articles.filled(),
            missing=self.articles.missing(),
            last_runs=self._last_runs(before),
            settings=self.plan.kept.settings if self.plan.kept else Settings(),
        )

    def _last_runs(self, before: Published | None) -> LastRuns:
        told = stated_last_runs(before.descriptor) if before else {}
        every = all_runs(self.workspace, before.parts) if before and told is None else ()
        return last_runs([*every, *self.runs], told)

    def _changed_ids(self) -> dict[str, tuple[str, ...]]:
        return {kind: tuple(sorted(ids)) for kind, ids in self.changed.items()}


def _seconds(moment: str) -> str:
    """What is comparable in times with and without fractions."""
    return moment[:19]


def _doubting(documents: Mapping[str, Sequence[Sight]]) -> Callable[[Row], bool]:
    """Whether one of the captures that may be of an article says something wholly else than its row."""
    pointing = [sight for its in documents.values() for sight in its if pointed_at(sight)]

    def is_doubted(row: Row) -> bool:
        outcomes = [sight.outcome for sight in (*documents.get(row["article_id"], ()), *pointing)]
        return any(is_doubtful(row, wording(o)) for o in outcomes if isinstance(o, Article))

    return is_doubted


def _is_absence(sight: Sight) -> bool:
    return not isinstance(sight.outcome, Article) and sight.outcome.reason in ABSENT
