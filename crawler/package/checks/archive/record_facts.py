"""What the records of an archive tell: the lines that the index should have, and the payloads that revisits repeat.

Kept in the engine, so that a package of any size needs the same memory."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from crawler.archive.index.cdxj import cdxj_line, lines_of_file
from crawler.model import Capture
from crawler.package.checks.archive.unreadable import UNREADABLE, reason
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.findings import Findings
from crawler.workspace import Workspace

_BATCH = 10_000  # records that are handed to the engine at once


class RecordFacts:
    """Takes captures in any order."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._key = secrets.token_bytes(16)  # nobody can make a line that has the hash of another
        self._lines: list[int] = []
        self._payloads: list[tuple[str, str, str, str, int]] = []
        columns.engine.execute("CREATE TABLE record_lines (hash BIGINT)")
        columns.engine.execute("CREATE TABLE index_lines (hash BIGINT, file INTEGER, line BIGINT)")
        columns.engine.execute(
            "CREATE TABLE payloads (capture_id VARCHAR, revisit_of VARCHAR, digest VARCHAR, path VARCHAR, place BIGINT)"
        )

    def add(self, capture: Capture, digest: str | None) -> None:
        """A capture, and the digest of its payload; of a revisit as it states it."""
        self._lines.append(self._hash(cdxj_line(capture).encode()))
        if len(self._lines) >= _BATCH:
            self._flush_lines()
        is_original = capture.kind == "response" and capture.status == 200
        if digest and (is_original or (capture.revisit_of and not capture.foreign)):
            where = capture.locator
            of = (capture.capture_id, capture.revisit_of or "", digest, where.warc_file, where.offset)
            self._payloads.append(of)
            if len(self._payloads) >= _BATCH:
                self._flush_payloads()

    def check_revisits(self, findings: Findings) -> None:
        """Tells of revisits that state another digest than that of the payload which they repeat."""
        self._flush_payloads()
        query = """SELECT its.path, its.place, its.capture_id FROM payloads AS its
            JOIN payloads AS original ON its.revisit_of = original.capture_id
            WHERE its.revisit_of <> '' AND original.revisit_of = '' AND its.digest <> original.digest
            ORDER BY its.path, its.place"""
        for path, at, capture_id in self._columns.ask(query):
            words = "the payload digest of the revisit is not that of what it repeats"
            findings.error("digest", f"offset {at}: record {capture_id}: {words}", path)

    def check_index(self, workspace: Workspace, paths: Sequence[str], findings: Findings) -> None:
        """Tells of lines that no record makes, of lines out of order, and of records without a line."""
        self._flush_lines()
        for number, path in enumerate(paths):
            try:
                self._read(workspace, path, number, findings)
            except UNREADABLE as error:
                findings.cause("index", reason(workspace, path, error), path)
                return
        query = """SELECT file, line FROM
            (SELECT *, row_number() OVER (PARTITION BY hash ORDER BY file, line) AS nth FROM index_lines)
            LEFT JOIN (SELECT hash, count(*) AS made FROM record_lines GROUP BY hash) USING (hash)
            WHERE nth > coalesce(made, 0) ORDER BY file, line"""
        for file, line in self._columns.ask(query):
            findings.error("index", "a line that no record makes, or that stands twice", paths[file], line)
        query = """SELECT count(*) FROM
            (SELECT *, row_number() OVER (PARTITION BY hash) AS nth FROM record_lines)
            LEFT JOIN (SELECT hash, count(*) AS there FROM index_lines GROUP BY hash) USING (hash)
            WHERE nth > coalesce(there, 0)"""
        ((missing,),) = self._columns.ask(query)
        if missing:
            because = [path for path in findings.broken if path.startswith("indexes/")]
            findings.error("index", f"{missing} records have no line in it", "indexes", because=because)

    def _read(self, workspace: Workspace, path: str, number: int, findings: Findings) -> None:
        last, hashes, begin = b"", list[int](), 1
        for line in lines_of_file(workspace.resolve(path)):
            hashes.append(self._hash(line))
            if line < last:
                words = "a line stands before an earlier one"
                findings.error("index", words, path, begin + len(hashes) - 1)
            last = line
            if len(hashes) >= _BATCH:
                self._add_lines(hashes, number, begin)
                begin += len(hashes)
                hashes.clear()
        self._add_lines(hashes, number, begin)

    def _add_lines(self, hashes: Sequence[int], number: int, begin: int) -> None:
        query = "INSERT INTO index_lines SELECT unnest(?::BIGINT[]), ?, unnest(range(?, ?))"
        self._columns.engine.execute(query, [list(hashes), number, begin, begin + len(hashes)])

    def _flush_lines(self) -> None:
        self._columns.engine.execute("INSERT INTO record_lines SELECT unnest(?::BIGINT[])", [self._lines])
        self._lines.clear()

    def _flush_payloads(self) -> None:
        if self._payloads:
            query = "INSERT INTO payloads SELECT " + ", ".join(
                f"unnest(?::{kind}[])" for kind in ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "BIGINT")
            )
            self._columns.engine.execute(query, [list(cells) for cells in zip(*self._payloads, strict=True)])
            self._payloads.clear()

    def _hash(self, line: bytes) -> int:
        digest = hashlib.blake2b(line, digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big", signed=True)
