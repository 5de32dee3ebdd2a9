"""Checks against the archive: records stand where rows say, and hold what they said."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from crawler.archive.reader import iter_captures
from crawler.errors import ArchiveError, SeedError, UnsafeFile
from crawler.model import Seed
from crawler.package.checks.findings import Findings
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import capture_row
from crawler.package.tables.tables import Row, table
from crawler.seeds import parse_seed
from crawler.seeds.parse import MAX_SEED
from crawler.workspace import Workspace
from crawler.workspace.files import read_text


def check_captures(workspace: Workspace, files: Iterable[str], parts: Sequence[str], findings: Findings) -> None:
    """Compares every record of every WARC file with the table captures, both ways."""
    stated: dict[str, dict[str, Row]] = {}
    for path in parts:
        for row in read_part(table("captures"), workspace.resolve(path)):
            stated.setdefault(row["warc_file"], {})[row["capture_id"]] = row
    for path in sorted(files):
        rows = stated.pop(path, {})
        try:
            for capture in iter_captures(workspace.resolve(path), warc_file=path):
                row, now = rows.pop(capture.capture_id, {}), capture_row(capture)
                if row != now:
                    columns = [c for c in now if row and row[c] != now[c]]
                    words = f"differs in {', '.join(columns)}" if row else "has no row in captures"
                    findings.error("captures", f"record {capture.capture_id} {words}", path)
        except (ArchiveError, OSError, EOFError, zlib.error) as error:
            findings.error("warc", str(error), path)
        for capture_id in rows:
            findings.error("captures", f"capture {capture_id} has no record", path)
    for path in stated:
        findings.error("captures", "is named by captures, but is no file of the package", path)


def load_seeds(workspace: Workspace, sources: Iterable[str], findings: Findings) -> dict[str, Seed]:
    """The seeds in the package, by id."""
    found = {}
    for source in sources:
        relative = f"seeds/{source}.toml"
        try:
            text = read_text(workspace.resolve(relative), limit=MAX_SEED)
            found[source] = parse_seed(text, seed_id=source, path=relative)
        except (OSError, UnicodeDecodeError, SeedError, UnsafeFile) as error:
            findings.error("seed", str(error), relative)
    return found
