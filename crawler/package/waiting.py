"""Captures that a killed run left: sealed in archive/, and in no index of the published version yet."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.index import cdxj
from crawler.archive.reader import iter_captures
from crawler.errors import ArchiveError
from crawler.model import Capture
from crawler.package import cells
from crawler.package.partitions import read_part
from crawler.package.plan import published
from crawler.package.publish import write_synced
from crawler.package.tables import table
from crawler.workspace import Workspace


def waiting_files(workspace: Workspace) -> list[Path]:
    """The WARC files that no published descriptor lists, by name. Raises PackageInvalid for a foreign descriptor."""
    if not workspace.archive.is_dir():
        return []
    before = published(workspace)
    listed = before.files if before else {}
    return [path for path in sorted(workspace.archive.glob("*.warc.gz")) if workspace.relative(path) not in listed]


def index_waiting(workspace: Workspace) -> list[str]:
    """What was done, in words: captures of files that wait now stand in `.work/cache/waiting.cdx`, so that the next
    crawl knows what the killed one has seen, and what was asked of it (a Retry-After)."""
    captures: list[Capture] = []
    done = []
    for path in waiting_files(workspace):
        try:
            captures += list(iter_captures(path, warc_file=workspace.relative(path)))
            done.append(f"{path.name}: indexed, and waits for the next version")
        except ArchiveError as error:
            done.append(f"{path.name}: cannot be read, and no version can be built; `doctor` sets it aside: {error}")
    if not captures:
        workspace.waiting.unlink(missing_ok=True)
        return done
    draft = workspace.waiting.with_suffix(".new")
    write_synced(draft, cdxj(captures))
    draft.replace(workspace.waiting)
    return done


def last_capture(workspace: Workspace) -> datetime | None:
    """The moment of the newest capture of the package, published or waiting (as indexed); None when there is none."""
    before = published(workspace)
    paths = before.parts.get("runs", []) if before else []
    ends = [row["ended_at"] for path in paths for row in read_part(table("runs"), workspace.resolve(path))]
    moments = [cells.parse_utc(end) for end in ends]
    if workspace.waiting.exists():
        lines = workspace.waiting.read_bytes().splitlines()
        moments += [datetime.fromisoformat(json.loads(line[line.index(b"{") :])["date"]) for line in lines]
    return max((moment.astimezone(UTC) for moment in moments), default=None)
