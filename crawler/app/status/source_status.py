"""How the sources of a package stand, in the words of `status`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from crawler.errors import NotFound
from crawler.package.exports.health import Absent, Health, SourceHealth, health
from crawler.package.publication.consistent_read import steadily
from crawler.package.publication.quarantine import advice
from crawler.package.publication.sidecar_files import package_seeds
from crawler.seeds import catalogue, find_seeds
from crawler.workspace import Workspace
from crawler.workspace.files import is_file

STATUS_COLUMNS = ("source", "state", "last seen", "last complete", "last run", "last new", "live", "gone", "waiting")


def status(package: Path, names: Sequence[str], now: datetime, folders: Sequence[Path] = ()) -> Health:
    """How each source of a package is doing, and those that `names` mean though they were never crawled. Raises
    NotFound when there is no package, SeedError."""
    workspace = Workspace(package)
    if not is_file(workspace.descriptor) and not workspace.archive.is_dir():
        raise NotFound(f"{package}: no package here; run `crawl` or `demo` first")
    seeds = package_seeds(workspace)
    named = {seed.id: seed for seed in find_seeds(names, catalogue(folders, carried=workspace.seeds))}
    return steadily(workspace, lambda: health(workspace, seeds, named=named, now=now))


def status_rows(health: Health) -> list[Sequence[object]]:
    """One line per source, in the order of STATUS_COLUMNS."""
    return [
        (
            s.source_id, state_words(health, s),
            moment_of(health, s, s.last_seen), moment_of(health, s, s.last_complete),
            f"{moment_of(health, s, s.last_run)} {s.last_outcome}".strip(), moment_of(health, s, s.last_new), s.live,
            s.withdrawn, s.pending,
        )
        for s in health.sources
    ]  # fmt: skip


def status_notes(health: Health) -> Iterator[str]:
    """What a person should look at, one line each."""
    for source in health.sources:
        yield from source_notes(health, source)
    if health.pending:
        yield f"{len(health.pending)} WARC files wait for a build"
    if health.refused:
        until = minute(health.refused.captured_until)
        stands = health.refused.version or "none"
        yield f"a gate refused what was captured until {until}; the version without it is {stands}:"
        for verdict in health.refused.verdicts:
            since = f", first {minute(verdict.since)}" if verdict.since else ""
            yield f"  {verdict}{since}; if it really is so: {advice([verdict])}"
    yield f"version {health.version}, of {health.created}" if health.version else "no version was published yet"


def source_notes(health: Health, source: SourceHealth) -> Iterator[str]:
    """What a person should look at of one source."""
    if source.failing_since:
        runs = f"{source.failing_runs} run{'s' if source.failing_runs > 1 else ''}"
        yield f"{source.source_id} fails since {minute(source.failing_since)} ({runs}): {source.reason}"
    for words in source.unmet:
        yield f"{source.source_id}: {words}"
    if source.absent:
        yield f"{source.source_id}: {absent_words(source.absent)}"
    if source.late_since:
        yield f"{source.source_id} is late: it should have been seen by {minute(source.late_since)}"
    if source.quiet_since:
        yield f"{source.source_id} is quiet: nothing new since {minute(source.quiet_since)}, longer than usual"
    if health.is_lost(source):
        yield f"{source.source_id} had no run since {health.looked_back_to}"
    elif not source.runs:
        waits = "; what was captured waits for a build" if source.pending else ""
        yield f"{source.source_id} has no published run{waits}"


def absent_words(absent: Absent) -> str:
    """1 article absent since 2026-11-23 10:00, gone after 2026-11-24 10:00 if a run still finds it so."""
    articles, them = ("1 article", "it") if absent.count == 1 else (f"{absent.count} articles", "them")
    since, after = minute(absent.since), minute(absent.gone_after)
    return f"{articles} absent since {since}, gone after {after} if a run still does not find {them}"


def states_of(health: Health, source: SourceHealth) -> dict[str, bool]:
    """What a source may be that a person should know, and whether it is so."""
    return {
        "held back": bool(source.held_since),
        "failing": bool(source.failing_since),
        "late": source.source_id in health.late,
        "not as expected": any(not words.endswith("[quiet_days]") for words in source.unmet),
        "quiet": bool(source.quiet_since),
    }


def state_words(health: Health, source: SourceHealth) -> str:
    """What a source is, in words: "failing, late", or "ok"."""
    words = [word for word, is_so in states_of(health, source).items() if is_so]
    return ", ".join(words) or ("ok" if source.runs else "never crawled")


def moment_of(health: Health, source: SourceHealth, moment: str) -> str:
    """A moment; that it was before the runs that were looked at, if it was not among them."""
    before = f"before {health.looked_back_to}" if health.looked_back_to and source.is_published else ""
    return minute(moment) or before


def minute(moment: str) -> str:
    """2026-11-23 20:15 for 2026-11-23T20:15:00.000000Z."""
    return moment[:16].replace("T", " ")
