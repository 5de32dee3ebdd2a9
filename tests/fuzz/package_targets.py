"""Readers of a package that somebody else made: each target puts any bytes in the place of one file of a small package,
and asks what the verbs that read ask. Only documented errors may come of it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.app.status.source_status import status, status_notes, status_rows
from crawler.errors import MinistryNewsError
from crawler.package.checks.files import load
from crawler.package.checks.findings import Findings
from crawler.package.descriptor.descriptor import Facts, File, describe, digest
from crawler.package.exports import query
from crawler.package.publication.quarantine import last_refusal
from crawler.package.publication.transaction import read_journal
from crawler.package.publication.unfinished_commit import finish_begun
from crawler.package.tables.partitions import write_part
from crawler.package.tables.tables import Row, table, tables
from crawler.workspace import Workspace

NOW = datetime(2026, 11, 23, 21, tzinfo=UTC)
MOMENT = "2026-11-23T20:15:00.000000Z"
_CELLS = {"integer": "1", "datetime": MOMENT, "date": "2026-11-23", "number": "1.0"}
_SEED = (
    'title = { en = "T" }\nhomepage = "https://x.example/"\ntimezone = "Asia/Tashkent"\nplatform = "govuz"\n'
    '[languages]\nru = "ru"\n[options]\nauthority = "eco"\n'
)


def _row(name: str) -> Row:
    row = {field["name"]: _CELLS.get(field["type"], "") for field in table(name).schema["fields"]}
    known = {
        "source_id": "xx.fuzz", "outcome": "complete", "rejected": "{}", "faults": "{}", "run_id": "run", "languages": '["uz"]',
        "article_id": "0123456789abcdef", "title": "T", "url": "https://x.example/1", "text": "words", "status": "live",
        "capture_id": "01234567-0123-4123-8123-0123456789ab", "kind": "response", "role": "article",
        "homepage": "https://x.example/", "country": "xx", "warc_file": "archive/x.warc.gz",
    }  # fmt: skip
    row |= {column: value for column, value in known.items() if column in row}
    return row | ({"status": "200"} if name == "captures" else {})


@cache
def package() -> Workspace:
    """A package of one row in each table, made once in a process."""
    os.environ.setdefault("XDG_CACHE_HOME", tempfile.mkdtemp())
    os.environ.setdefault("XDG_STATE_HOME", tempfile.mkdtemp())
    space = Workspace(Path(tempfile.mkdtemp()) / "package")
    files, parts, rows = [], {}, {}
    for name in tables():
        its = table(name)
        folder = space.root / its.folder
        folder.mkdir(parents=True, exist_ok=True)
        row = _row(name)
        part = write_part(its, its.part_of(row, "2026-11-23T20"), [row], folder)
        path = f"{its.folder}/{part.file_name}"
        files.append(File(path, part.bytes, part.sha256))
        parts[name], rows[name] = [path], 1
    space.seeds.mkdir()
    (space.seeds / "xx.fuzz.toml").write_text(_SEED)
    facts = Facts(
        NOW, 1, 0, NOW, [_row("sources")], {"version": "1", "sources": {}}, rows, {"xx.fuzz": {"live": 1}}, {}, {}, {}
    )
    space.descriptor.write_bytes(describe(files, parts, facts))
    space.digest.write_bytes(digest(space.descriptor.read_bytes()))
    return space


def ask(space: Workspace) -> None:
    """What the verbs that read ask of a package."""
    with suppress(MinistryNewsError):
        finish_begun(space)
    with suppress(MinistryNewsError):
        health = status(space.root, (), NOW)
        list(status_rows(health))
        "\n".join(status_notes(health)).encode()
        json.dumps(health.as_dict()).encode()
    with suppress(MinistryNewsError):
        query.find(space, "0123")
    last_refusal(space)


def descriptor(data: bytes) -> None:
    """Any bytes as datapackage.json."""
    space = package()
    kept = space.descriptor.read_bytes()
    space.descriptor.write_bytes(data)
    try:
        ask(space)
        with suppress(MinistryNewsError):  # half a second, and of the descriptor alone
            load(space, Findings(20))
    finally:
        space.descriptor.write_bytes(kept)


def _places(space: Workspace) -> list[Path]:
    data_files = sorted(path for folder in (space.data, space.root / "changes") for path in folder.iterdir())
    return [
        space.journal, space.root / "refused.json", space.digest, space.waiting,
        space.root / "seeds/withdrawals.json", space.seeds / "xx.fuzz.toml", *data_files,
    ]  # fmt: skip


def starts() -> list[bytes]:
    """One input for each file that can be replaced, as it should be."""
    places = _places(package())
    return [bytes([n]) + (path.read_bytes() if path.exists() else b"{}") for n, path in enumerate(places)]


def package_file(data: bytes) -> None:
    """The first byte chooses a file, the rest is what stands in it."""
    space = package()
    places = _places(space)
    if not data:
        return
    path = places[data[0] % len(places)]
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data[1:])
    try:
        ask(space)
        with suppress(MinistryNewsError):
            read_journal(space)
    finally:
        path.unlink(missing_ok=True)
        if kept is not None:
            path.write_bytes(kept)
        shutil.rmtree(space.work, ignore_errors=True)
