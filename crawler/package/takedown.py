"""Taking an article out of a published package, on request."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.archive.blank import blanked
from crawler.archive.warc.reader import iter_captures, read_payload
from crawler.errors import UsageError
from crawler.ids import article_id
from crawler.model import Capture, Locator, Role
from crawler.package.build.build import build
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.exports import query
from crawler.package.history.extraction_results import Progress
from crawler.package.history.tombstones import FILE, Withdrawal, blank_row, dump_withdrawals, load_withdrawals
from crawler.package.publication.lock import hold
from crawler.package.publication.package_copy import copied
from crawler.package.publication.sidecar_files import package_seeds
from crawler.package.publication.transaction import Publication, recover
from crawler.package.publication.unpublished_captures import waiting_files
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import hash_file
from crawler.package.tables.row_builders import capture_from
from crawler.package.tables.tables import Row
from crawler.workspace import Workspace
from crawler.workspace.files import copy_file, is_file, move, remove_tree, write_synced

_PLAIN = re.compile(r"[\w ,.;:()-]+")  # "The ministry said on Monday, that"
_BEGINNING = 60
_TELLING = 40  # characters of an article that no other prints by chance


@dataclass(frozen=True, slots=True)
class WithdrawReport:
    """What was taken out."""

    article_ids: tuple[str, ...]
    version: str
    records: int  # WARC records whose content is gone
    files: tuple[str, ...]  # WARC files that were replaced
    tombstones: tuple[Row, ...] = ()  # the rows of articles that stay


def withdraw(
    workspace: Workspace,
    id_or_url: str,
    reason: str,
    *,
    story: bool = False,
    now: datetime | None = None,
    engine: str = "processes",
    progress: Progress | None = None,
) -> WithdrawReport:
    """Blanks every wording of an article and the WARC records that hold them, leaves a tombstone, and publishes a
    version with a higher major number. With `story`, all language versions of the article go.

    Feeds and listings that print a paragraph or the summary go too, as do files of media that no other article names.
    What only names the article (title, address) stays, as do copies of earlier versions elsewhere. Raises NotFound,
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
        at = cell_format.utc(now or datetime.now(UTC))
        going = {row["article_id"]: row} | ({r["article_id"]: r for r in _versions(workspace, row)} if story else {})
        for its_id in going.keys() - known.keys():
            known[its_id] = Withdrawal(blank_row(going[its_id], at), cell_format.line(reason)[:300], at)
        words = _words(going.values())
        by_file = _records(workspace, going, words)
        waiting = _waiting_records(workspace, going, words)
        version = _publish_without(workspace, known, by_file, waiting, engine=engine, progress=progress)
        by_file |= waiting
        records = sum(len(places) for places in by_file.values())
        stones = tuple(known[its_id].row for its_id in sorted(going))
        return WithdrawReport(tuple(sorted(going)), version, records, tuple(sorted(by_file)), stones)


def _publish_without(
    workspace: Workspace,
    known: Mapping[str, Withdrawal],
    by_file: Mapping[str, list[Locator]],
    waiting: Mapping[str, list[Locator]],
    *,
    engine: str,
    progress: Progress | None,
) -> str:
    """The version in which the records of `by_file`, and of what is `waiting`, are blank."""
    with copied(workspace) as copy:
        for path, places in sorted(by_file.items()):
            draft = copy.root / f"{path}.new"
            blanked(workspace.resolve(path), draft, places)
            move(draft, copy.root / path)
        write_synced(copy.root / FILE, dump_withdrawals(known))
        seeds = package_seeds(workspace)
        report = build(
            copy, seeds=seeds, full=True, engine=engine, progress=progress, use_cache=False, replaced=by_file
        )
        _take_over(workspace, copy, waiting)
    if workspace.cache:
        remove_tree(workspace.cache)  # it holds what was read
    return report.version


def _versions(workspace: Workspace, row: Row) -> Iterator[Row]:
    same = ("source_id", "story_id")
    return (its for its in query.rows(workspace, "articles") if all(its[name] == row[name] for name in same))


def _records(workspace: Workspace, going: Mapping[str, Row], words: set[bytes]) -> dict[str, list[Locator]]:
    """By WARC file: the published responses that hold words or files of the articles and of no other. `words` of these
    grow by those of earlier wordings."""
    captures: set[str] = set()
    for name in ("articles", "revisions", "rejections"):
        for row in query.rows(workspace, name):
            if row["article_id"] in going:
                captures.add(row["capture_id"])
                words |= _words([row]) if name == "revisions" else set()
    named: dict[str, set[str]] = {}
    for row in query.rows(workspace, "media"):
        named.setdefault(row["capture_id"], set()).add(row["article_id"])
    captures |= {capture for capture, ids in named.items() if capture and ids <= going.keys()}
    found: dict[str, list[Locator]] = {}
    for row in query.rows(workspace, "captures"):
        if row["kind"] != "response" or row["status"] != "200":
            continue
        if row["capture_id"] in captures or (
            row["role"] == Role.LISTING and _prints(workspace, capture_from(row), words)
        ):
            where = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
            found.setdefault(where.warc_file, []).append(where)
    return found


def _waiting_records(
    workspace: Workspace, going: Mapping[str, Row], words: Collection[bytes]
) -> dict[str, list[Locator]]:
    """As `_records`, of what waits for a build: of a killed run, or of a source that a gate refused."""
    addresses = {url for row in going.values() for url in (row["url"], *cell_format.parse_array(row["aliases"]))}
    found: dict[str, list[Locator]] = {}
    for path in waiting_files(workspace):
        relative = workspace.relative(path)
        for capture in iter_captures(path, warc_file=relative):
            if capture.kind != "response" or capture.status != 200:
                continue
            is_its = capture.role is Role.ARTICLE and article_id(capture.source_id, capture.document or "") in going
            if is_its or capture.url in addresses or _prints(workspace, capture, words):
                found.setdefault(relative, []).append(capture.locator)
    return found


def _prints(workspace: Workspace, capture: Capture, words: Collection[bytes]) -> bool:
    body = read_payload(workspace.resolve(capture.locator.warc_file), capture).body
    return any(word in body for word in words)


def _words(rows: Iterable[Row]) -> set[bytes]:
    """Beginnings of stretches of paragraphs and summaries, without characters that HTML, XML or JSON would print
    otherwise, as UTF-8 and as JSON's escapes."""
    found: set[bytes] = set()
    for row in rows:
        for paragraph in (*row["text"].split("\n"), row["summary"]):
            for stretch in _PLAIN.findall(paragraph):
                if len(stretch) >= _TELLING:  # its beginning: an excerpt is often cut
                    found |= {stretch[:_BEGINNING].encode(), json.dumps(stretch[:_BEGINNING])[1:-1].encode()}
    return found


def _take_over(workspace: Workspace, copy: Workspace, waiting: Mapping[str, list[Locator]]) -> None:
    """Publishes what stands in `copy`, and replaces the files that wait by ones without the records of `waiting`."""
    publication = Publication(workspace)
    before = _files(workspace)
    for path in _files(copy):
        there = workspace.root / path
        if path in before and is_file(there) and hash_file(there) == hash_file(copy.root / path):
            continue
        staged = workspace.staging / path
        copy_file(copy.root / path, staged)
        publication.add_file(path)
    for path, places in waiting.items():
        blanked(workspace.resolve(path), workspace.staging / path, places)
        publication.add_file(path)
    for path in before - _files(copy):
        publication.remove(path)
    publication.commit()


def _files(workspace: Workspace) -> set[str]:
    descriptor = read_descriptor(workspace) or {"resources": []}
    return {"datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)}
