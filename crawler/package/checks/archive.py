"""Checks against the archive: records stand where rows say, and hold what they said; the index leads to them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crawler.archive.digests import is_of, normal
from crawler.archive.foreign import settled
from crawler.archive.index import cdxj_line, lines_of_file
from crawler.archive.reader import Record, is_ingested, iter_captures, iter_exchanges, read_payload
from crawler.archive.repair import whole_prefix
from crawler.errors import ArchiveError, SeedError, UnsafeFile
from crawler.model import Capture, Seed
from crawler.package.checks.findings import Findings
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import capture_from, capture_row
from crawler.package.tables.tables import Row, table
from crawler.seeds import parse_seed
from crawler.seeds.limits import MAX_SEED
from crawler.workspace import Workspace
from crawler.workspace.files import read_text, size_of

UNREADABLE = (ArchiveError, OSError, EOFError, zlib.error)

_BLOCK, _PAYLOAD = "warc-block-digest", "warc-payload-digest"


def check_captures(
    workspace: Workspace, files: Iterable[str], parts: Sequence[str], indexes: Sequence[str], findings: Findings
) -> None:
    """Compares every record of every WARC file with the table captures and with the index, both ways."""
    stated: dict[str, dict[str, Row]] = {}
    for path in parts:
        for row in read_part(table("captures"), workspace.resolve(path)):
            stated.setdefault(row["warc_file"], {})[row["capture_id"]] = row
    index, foreign = _Index(), _foreign_captures(workspace, sorted(files))
    for path in sorted(files):
        rows = stated.pop(path, {})
        left = dict(rows)
        try:
            for found in _intact_captures(workspace, path, findings):
                capture = foreign.get(found.capture_id, found)
                _compare(capture, left.pop(capture.capture_id, {}), path, findings)
                index.expect(capture)
            _check_end(workspace, path, findings)
        except UNREADABLE as error:
            _tell_broken(workspace, path, rows.values(), error, findings)
            index.is_whole = False
            continue
        for capture_id in left:
            findings.error("captures", f"capture {capture_id} has no record", path)
    for path in stated:
        findings.error("captures", "is named by captures, but is no file of the package", path, because=(path,))
    if index.is_whole:
        index.compare(workspace, indexes, findings)
    if doubted := sum(capture.truncated in (_BLOCK, _PAYLOAD) for capture in foreign.values()):
        findings.warning("digest", f"{doubted} captures of other tools came with bytes that are not of their digests")


def _foreign_captures(workspace: Workspace, files: Sequence[str]) -> dict[str, Capture]:
    """By id: the captures of other tools, with the runs and originals that follow from all of the package."""
    every: list[Capture] = []
    try:
        if any(is_ingested(workspace.resolve(path)) for path in files):
            for path in files:
                every += iter_captures(workspace.resolve(path), warc_file=path)
    except UNREADABLE:
        pass  # told when the file is looked at
    return {capture.capture_id: capture for capture in settled(every) if capture.foreign}


def _intact_captures(workspace: Workspace, path: str, findings: Findings) -> Iterator[Capture]:
    """The captures of a WARC file; records with other bytes than their digests are errors."""
    for capture, main, request in iter_exchanges(workspace.resolve(path), warc_file=path):
        yield capture
        for record in (main, request) if request else (main,):
            if capture.truncated != _BLOCK and not _is_intact(record):
                words = f"offset {record.offset}: the block digest of the {record.kind} of {capture.url}"
                findings.error("digest", f"{words} is of other bytes", path)


def _is_intact(record: Record) -> bool:
    digest = normal(record.headers.get(_BLOCK, ""))
    return digest is None or is_of(digest, record.block)


def _check_end(workspace: Workspace, path: str, findings: Findings) -> None:
    """Tells where the last whole record ends, if something follows that is none: readers of records may not see it."""
    whole, size = whole_prefix(workspace.resolve(path)), size_of(workspace.resolve(path))
    if whole != size:
        findings.cause("warc", f"offset {whole}: the last {size - whole} bytes are no whole record", path)


def _compare(capture: Capture, row: Mapping[str, str], path: str, findings: Findings) -> None:
    now = capture_row(capture)
    if row != now:
        columns = [c for c in now if row and row[c] != now[c]]
        words = f"differs in {', '.join(columns)}" if row else "has no row in captures"
        because = () if row else ("captures",)
        findings.error("captures", f"record {capture.capture_id} {words}", path, because=because)


def broken_records(workspace: Workspace, path: str, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Those of the captures `rows` of one WARC file whose record cannot be read, and why."""
    for row in rows:
        try:
            read_payload(workspace.resolve(path), capture_from(row))
        except (*UNREADABLE, ValueError, KeyError) as error:
            yield row, reason(workspace, path, error)


def reason(workspace: Workspace, path: str, error: Exception) -> str:
    """What an error of the archive says, without the path of this machine and the bytes that were met."""
    return str(error).removeprefix(f"{workspace.root / path}: ").partition(", first line")[0]


def _tell_broken(workspace: Workspace, path: str, rows: Iterable[Row], error: Exception, findings: Findings) -> None:
    """Names the records that cannot be read, by the places that captures state; those behind them may be whole."""
    found = False
    for row, why in broken_records(workspace, path, rows):
        found = True
        words = f"offset {row['warc_offset']}: record {row['capture_id']} of {row['url']} cannot be read: {why}"
        findings.cause("warc", words, path)
    if not found:  # a record that is no capture: what a run or a request says of itself
        findings.cause("warc", reason(workspace, path, error), path)


class _Index:
    """The lines that the records make, as hashes: a package may have millions."""

    def __init__(self) -> None:
        self.is_whole = True
        self._lines: set[bytes] = set()

    def expect(self, capture: Capture) -> None:
        self._lines.add(_digest(cdxj_line(capture).encode()))

    def compare(self, workspace: Workspace, paths: Sequence[str], findings: Findings) -> None:
        """Tells of lines that no record makes, and of records without a line."""
        for path in paths:
            last = b""
            try:
                for number, line in enumerate(lines_of_file(workspace.resolve(path)), 1):
                    if (digest := _digest(line)) in self._lines:
                        self._lines.discard(digest)
                    else:
                        findings.error("index", "a line that no record makes, or that stands twice", path, number)
                    if line < last:
                        findings.error("index", "a line stands before an earlier one", path, number)
                    last = line
            except UNREADABLE as error:
                findings.cause("index", reason(workspace, path, error), path)
                return
        if self._lines:
            because = [path for path in findings.broken if path.startswith("indexes/")]
            findings.error("index", f"{len(self._lines)} records have no line in it", "indexes", because=because)


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=12).digest()


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
