"""The rows of the runs of one build, with what only reading their pages tells: that some could not be read, or none,
that some still wait since an earlier run, or that of some only the first of several was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.ids import text_sha256
from crawler.model import GOES_ON, Article, Capture, Reason, Role
from crawler.package.build.waiting_pages import Waiting, lost_pages, waits
from crawler.package.descriptor.run_rows import (
    NO_ARTICLE,
    Captured,
    as_in_part,
    as_led_away,
    as_never_read,
    as_read,
    as_repeating,
    as_unread_again,
    as_waiting,
    listed,
    run_row,
)
from crawler.package.gates.build_plan import Plan
from crawler.package.history.absences import ABSENT
from crawler.package.history.history import Folded
from crawler.package.publication.pending_rows import Rows
from crawler.package.tables.row_builders import Sight
from crawler.package.tables.tables import Row

_ABSENT = {reason.value for reason in ABSENT}
_NO_ARTICLE = {reason.value for reason in NO_ARTICLE}
_LISTING = {Reason.LISTING.value}
_NO_TARGET = _ABSENT | _NO_ARTICLE
_FEW_WORDS = 300  # characters: what guards or mends a site says no more
_REPEATED = 3  # articles with the same title and text


@dataclass(slots=True)
class RunCounts:
    """What became of the captures of the runs of a build: counts by run, and kind of change or reason."""

    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    covered: Counter[tuple[str, str]] = field(default_factory=Counter)
    # of these, pages whose document another capture of the run shows, as an API does behind a page that a script fills
    in_part: dict[str, tuple[int, str]] = field(default_factory=dict)
    # of a run, the articles of which it read the first of several pages, and the least of their addresses
    said: Counter[bytes] = field(default_factory=Counter)
    # new articles that say the same in few words, by the first bytes of a digest of run, language version and words
    repeating: dict[str, tuple[int, str]] = field(default_factory=dict)
    # of a run, how many of them say the same, and the address of one

    def take(self, sights: Sequence[Sight], folded: Folded) -> None:
        """Counts what became of the captures of one document."""
        self.kinds.update(folded.counts)
        self.covered.update(folded.covered)
        parts = {sight.capture.run_id: address for sight in sights if (address := _read_in_part(sight))}
        for run_id, address in parts.items():
            count, first = self.in_part.get(run_id, (0, address))
            self.in_part[run_id] = count + 1, min(first, address)
        if (row := folded.row) and (row["run_id"], "new") in folded.counts and len(row["text"]) < _FEW_WORDS:
            self._take_words(row, sights[0].capture.language or "")

    def _take_words(self, row: Row, version: str) -> None:
        # Versions of one item that are not translated yet say the same; a seed's languages keep them apart.
        words = "\n".join((row["run_id"], version, row["title"], row["text"]))
        key = bytes.fromhex(text_sha256(words)[:16])
        self.said[key] += 1
        if self.said[key] >= _REPEATED:
            most, address = self.repeating.get(row["run_id"], (0, row["url"]))
            self.repeating[row["run_id"]] = max(most, self.said[key]), min(address, row["url"])


def rows_of_runs(
    plan: Plan, counts: RunCounts, rejections: Rows, had_articles: Collection[str], waiting: Mapping[str, Waiting]
) -> list[Row]:
    """The rows, by run id. `had_articles` are the sources of which articles are published already, and `waiting`, by
    source, the pages that the published runs have not read."""
    its: dict[str, dict[str, int]] = {}
    for (run_id, name), count in counts.kinds.items():
        its.setdefault(run_id, {})[name] = count
    known, found = set(had_articles), []
    still = {source: dict(its) for source, its in waiting.items()}
    for run_id in sorted(plan.runs, key=lambda i: (plan.runs[i].started_at, i)):
        run, of_run, its_rejected = plan.runs[run_id], its.get(run_id, {}), list(rejections.of_run(run_id))
        row = run_row(run, _captured(plan, run_id), of_run, plan.run_files[run_id])
        unread = {name: n - counts.covered[run_id, name] for name, n in of_run.items()}
        is_known = row["source_id"] in known
        shown = listed(run, "new")
        missing = _unread_of_new(_ABSENT, shown, of_run.get("new", 0), its_rejected, is_known=is_known)
        others = _unread_of_new(
            {Reason.LISTING.value}, shown, of_run.get("new", 0) + missing, its_rejected, is_known=is_known
        )
        told = as_read(row["outcome"], unread, its_rejected, missing=missing, others=others, is_known=is_known)
        its_waiting = still.setdefault(row["source_id"], {})
        _note(its_waiting, plan.captures.of_run(run_id), its_rejected)
        if told is None and row["outcome"] == "complete":
            old = (r for r in its_waiting.values() if r["run_id"] != run_id)
            told = as_waiting([r for r in old if waits(r["fetched_at"], row["started_at"])])
            told = told or as_repeating(*counts.repeating.get(run_id, (0, "")))
            told = told or as_unread_again(*_unread_again(its_rejected, counts, run_id))
            told = told or as_led_away(*_led_away(plan.captures.of_run(run_id), its_rejected))
            told = told or as_in_part(*counts.in_part.get(run_id, (0, "")))
            told = told or (None if is_known or row["new"] != "0" else as_never_read(run))
        row |= dict(zip(("outcome", "first_fault"), told, strict=True)) if told else {}
        if row["new"] != "0":
            known.add(row["source_id"])
        found.append(row)
    return sorted(found, key=lambda row: row["run_id"])


def _read_in_part(sight: Sight) -> str | None:
    """The address of an article of which a page came, and its other pages did not; what repeats a page tells nothing,
    and is not read."""
    article, is_new = sight.outcome, sight.capture.kind != "revisit"
    if not isinstance(article, Article) or not is_new or not any(w.startswith(GOES_ON) for w in article.warnings):
        return None
    return article.url


def _captured(plan: Plan, run_id: str) -> Captured:
    found = Captured()
    for capture in plan.captures.of_run(run_id):
        found.take(capture)
    return found


def _note(waiting: Waiting, captures: Iterable[Capture], rejections: Iterable[Row]) -> None:
    """Takes what a run has asked for out of `waiting`, and puts in what it has lost."""
    if waiting:
        for capture in captures:
            if capture.role is Role.ARTICLE and capture.document:
                waiting.pop(capture.document, None)
    waiting |= lost_pages(rejections)


def _unread_again(rejections: Sequence[Row], counts: RunCounts, run_id: str) -> tuple[int, str]:
    """How many known articles a run asked for, and found without a headline or text, and the least of their
    addresses."""
    its = [row for row in rejections if row["article_id"] and row["reason"] in _NO_ARTICLE]
    read = sum(counts.covered[run_id, reason] for reason in _NO_ARTICLE)
    return max(0, len(its) - read), min((row["url"] for row in its), default="")


def _led_away(captures: Iterable[Capture], rejections: Sequence[Row]) -> tuple[int, str]:
    """How many known articles led to a page that is none, and the least of their addresses."""
    reasons = {row["capture_id"]: row["reason"] for row in rejections}
    led = {row["url"]: row["url"] for row in rejections if row["reason"] == Reason.REDIRECT and row["article_id"]}
    away = set()
    for capture in captures if led else ():  # in the order of time: a hop stands behind the one that led to it
        if capture.role is Role.ARTICLE and (first := led.get(capture.via or "")):
            reason = reasons.get(capture.capture_id)
            if reason == Reason.REDIRECT:
                led[capture.url] = first
            elif reason in _NO_TARGET:
                away.add(first)
    return len(away), min(away, default="")


def _unread_of_new(
    reasons: Collection[str], shown: int | None, read: int, rejections: Iterable[Row], *, is_known: bool
) -> int:
    """How many pages a run was shown for the first time, and refused for one of `reasons`. `shown` are those that its
    listings showed for the first time, where it has told, of which `read` have another end: what it knew before was
    told of when it was new."""
    refused = {row["document"] for row in rejections if row["reason"] in reasons and not row["article_id"]}
    if shown is None:
        return 0 if is_known else len(refused)
    return min(len(refused), max(0, shown - read))
