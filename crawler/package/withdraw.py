"""Taking an article out of a published package, on request."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.archive.blank import blanked
from crawler.errors import UsageError
from crawler.model import Locator
from crawler.package import cells, query
from crawler.package.build import build
from crawler.package.descriptor import files_of, read_descriptor
from crawler.package.lock import hold
from crawler.package.partitions import hash_file
from crawler.package.publish import Publication, recover, sync_file, write_synced
from crawler.package.reading import Progress
from crawler.package.reproduce import copied, package_seeds
from crawler.package.tombstones import FILE, Withdrawal, blank_row, dump_withdrawals, load_withdrawals
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WithdrawReport:
    """What was taken out."""

    article_id: str
    version: str
    records: int  # WARC records whose content is gone
    files: tuple[str, ...]  # WARC files that were replaced


def withdraw(
    workspace: Workspace,
    id_or_url: str,
    reason: str,
    *,
    now: datetime | None = None,
    engine: str = "processes",
    progress: Progress | None = None,
) -> WithdrawReport:
    """Blanks every wording of an article and the WARC records that hold them, leaves a tombstone, and publishes a
    version with a higher major number.

    Listings, feeds and media that name the article stay, as do copies of earlier versions elsewhere. Raises NotFound,
    UsageError when several articles are meant, it is withdrawn already, or `reason` is empty, and what `build` raises.
    """
    if not reason.strip():
        raise UsageError("a withdrawal needs a reason")
    with hold(workspace):
        recover(workspace)
        row = query.find(workspace, id_or_url).article
        known = load_withdrawals(workspace)
        if row["article_id"] in known:
            raise UsageError(f"article {row['article_id']} is withdrawn already")
        at = cells.utc(now or datetime.now(UTC))
        known[row["article_id"]] = Withdrawal(blank_row(row, at), cells.line(reason)[:300], at)
        by_file = _records(workspace, row["article_id"])
        with copied(workspace) as copy:
            for path, places in sorted(by_file.items()):
                draft = copy.root / f"{path}.new"
                blanked(workspace.resolve(path), draft, places)
                draft.replace(copy.root / path)
            write_synced(copy.root / FILE, dump_withdrawals(known))
            seeds = package_seeds(workspace)
            report = build(
                copy, seeds=seeds, full=True, engine=engine, progress=progress, use_cache=False, replaced=by_file
            )
            _take_over(workspace, copy)
        shutil.rmtree(workspace.cache, ignore_errors=True)  # it holds what was read
        records = sum(len(places) for places in by_file.values())
        return WithdrawReport(row["article_id"], report.version, records, tuple(sorted(by_file)))


def _records(workspace: Workspace, article_id: str) -> dict[str, list[Locator]]:
    """By WARC file: the responses that hold words of the article."""
    captures: set[str] = set()
    for name in ("articles", "revisions", "rejections"):
        rows = query.rows(workspace, name)
        captures |= {row["capture_id"] for row in rows if row["article_id"] == article_id}
    found: dict[str, list[Locator]] = {}
    for row in query.rows(workspace, "captures"):
        if row["capture_id"] in captures and row["kind"] == "response" and row["status"] == "200":
            where = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
            found.setdefault(where.warc_file, []).append(where)
    return found


def _take_over(workspace: Workspace, copy: Workspace) -> None:
    """Publishes what stands in `copy`."""
    publication = Publication(workspace)
    before = _files(workspace)
    for path in _files(copy):
        there = workspace.root / path
        if path in before and there.is_file() and hash_file(there) == hash_file(copy.root / path):
            continue
        staged = workspace.staging / path
        shutil.copyfile(copy.root / path, staged)
        sync_file(staged)
        publication.add_file(path)
    for path in before - _files(copy):
        publication.remove(path)
    publication.commit()


def _files(workspace: Workspace) -> set[str]:
    descriptor = read_descriptor(workspace) or {"resources": []}
    return {"datapackage.json", "datapackage-digest.json", *files_of(descriptor)}
