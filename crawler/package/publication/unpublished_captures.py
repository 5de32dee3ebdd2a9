"""Captures of a killed run, or of one that a gate refused: sealed in archive/, and in no index of the published version
yet."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.index.cdxj import cdxj, index_lines, packed_fields
from crawler.archive.warc.reader import iter_captures
from crawler.errors import ArchiveError, UnsafeFile
from crawler.model import Role
from crawler.package.descriptor.published import published
from crawler.package.publication.joined_copies import news_among
from crawler.package.publication.quarantine import last_refusal
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import table
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, matching, move, read_bytes, remove, write_synced

MAX_WAITING = 512 << 20  # bytes
_TRUSTED = timedelta(days=1)  # so a site that is blocked for long is asked for each document once a day at most


def waiting_files(workspace: Workspace) -> list[Path]:
    """The WARC files that no published descriptor lists, by name, without copies of what is published (`news_among`).
    Raises PackageInvalid for a foreign descriptor."""
    there = matching(workspace.archive, "*.warc.gz")
    if not there:
        return []
    before = published(workspace)
    listed = before.files if before else {}
    fresh = [path for path in there if workspace.relative(path) not in listed]
    return news_among(fresh, [path for path in there if workspace.relative(path) in listed])


def index_waiting(workspace: Workspace, now: datetime) -> list[str]:
    """What was done, in words: captures of files that wait now stand in `.work/waiting.cdx`, so that the next
    crawl knows what a killed run, or one that a gate refused, has seen, and what was asked of it (a Retry-After). What
    stands there already is not read again: a refused source may wait for weeks.

    What a refused source has sent for an article is perhaps none, and nobody would ask again for a month: after a day,
    by `now`, it stands as no answer there, and the crawl asks. So a site that is well again mends itself."""
    known = _known_lines(workspace.waiting)
    lines: list[bytes] = []
    done = []
    for path in waiting_files(workspace):
        if path.name in known:
            lines += known[path.name]
            continue
        try:
            lines += index_lines(cdxj(iter_captures(path, warc_file=workspace.relative(path))))
            done.append(f"{path.name}: indexed, and waits for the next version")
        except ArchiveError as error:
            done.append(f"{path.name}: cannot be read, and no version can be built; `doctor` sets it aside: {error}")
    refusal = last_refusal(workspace)
    held = {verdict.source for verdict in refusal.verdicts} if refusal else set()
    content = b"".join(_as_known(line, held, now - _TRUSTED) + b"\n" for line in sorted(lines))
    if not content:
        remove(workspace.waiting)
    elif not is_file(workspace.waiting) or read_bytes(workspace.waiting, limit=MAX_WAITING) != content:
        draft = workspace.waiting.with_suffix(".new")
        write_synced(draft, content)
        move(draft, workspace.waiting)
    return done


def _as_known(line: bytes, held: Collection[str], until: datetime) -> bytes:
    """A line of the index, with an article's answer taken for none where it is of a source in `held` and older than
    `until`."""
    at = line.index(b" {") + 1
    fields = json.loads(line[at:])
    is_old = datetime.fromisoformat(fields["date"]) < until
    if fields["source"] not in held or fields["role"] != Role.ARTICLE or fields["status"] != "200" or not is_old:
        return line
    return line[:at] + json.dumps(fields | {"status": "-"}, ensure_ascii=False).encode()


def _known_lines(path: Path) -> dict[str, list[bytes]]:
    """The lines of the index of what waits, by the name of their WARC file; none where it cannot be read."""
    found: dict[str, list[bytes]] = {}
    try:
        for line in index_lines(read_bytes(path, limit=MAX_WAITING)):
            found.setdefault(str(packed_fields(line)["filename"]), []).append(line)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, UnsafeFile):
        return {}
    return found


def last_capture(workspace: Workspace) -> datetime | None:
    """The moment of the newest capture of the package, published or waiting (as indexed); None when there is none."""
    before = published(workspace)
    paths = before.parts.get("runs", []) if before else []
    ends = [row["ended_at"] for path in paths for row in read_part(table("runs"), workspace.resolve(path))]
    moments = [cell_format.parse_utc(end) for end in ends]
    if is_file(workspace.waiting):
        lines = index_lines(read_bytes(workspace.waiting, limit=MAX_WAITING))
        moments += [datetime.fromisoformat(packed_fields(line)["date"]) for line in lines]
    return max((moment.astimezone(UTC) for moment in moments), default=None)
