"""What the records of an archive tell, held against the tables and the index: the rows of captures, the lines that the
index should have, and the payloads that revisits repeat.

Kept in the engine, so that a package of any size needs the same memory."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.archive.index.cdxj import lines_of_file
from crawler.package.checks.archive.archive_reading import ArchiveReading
from crawler.package.checks.archive.file_facts import FACTS, hash_of
from crawler.package.checks.archive.unreadable import UNREADABLE, reason
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.engine import text
from crawler.package.checks.findings import Findings
from crawler.workspace import Workspace
from crawler.workspace.files import remove, size_of

_BATCH = 10_000  # lines of the index that are handed to the engine at once


class RecordFacts:
    """What the files of `reading` say. `columns` were loaded with digests."""

    def __init__(self, columns: Columns, reading: ArchiveReading) -> None:
        self._columns, self._reading = columns, reading
        columns.engine.execute(
            """CREATE TABLE placed AS SELECT warc_file, coalesce(TRY_CAST(warc_offset AS BIGINT), -1) AS place, part,
                n, capture_id, row_digest FROM captures ORDER BY warc_file, place, part, n"""
        )
        columns.engine.execute(f"CREATE TABLE facts ({FACTS})")
        columns.engine.execute("CREATE TABLE index_lines (hash BIGINT, file INTEGER, line BIGINT)")
        columns.engine.execute(
            "CREATE TABLE files AS SELECT unnest(range(?)) AS file, unnest(?::VARCHAR[]) AS path",
            [len(reading.files), list(reading.files)],
        )

    def take(self) -> None:
        """Reads what was found, and removes it from the disk."""
        kinds = ", ".join("{}: {}".format(*map(text, its.split())) for its in FACTS.split(", "))
        for facts in self._reading.found():
            if size_of(facts):
                reader = f"read_csv({text(str(facts))}, auto_detect = false, header = false, columns = {{{kinds}}})"
                self._columns.engine.execute(f"INSERT INTO facts SELECT * FROM {reader}")  # noqa: S608
            remove(facts)

    def differing(self) -> list[str]:
        """The files whose captures are not those of the table, row for row. A row that stands twice is told of as such
        elsewhere."""
        query = """SELECT DISTINCT coalesce(its.path, warc_file) AS path FROM
            (SELECT path, place, row_digest FROM facts JOIN files USING (file)) AS its
            FULL JOIN (SELECT warc_file, place, row_digest FROM placed
                QUALIFY row_number() OVER (PARTITION BY warc_file, place, capture_id ORDER BY part, n) = 1) AS stated
            ON its.path = warc_file AND its.place = stated.place AND its.row_digest = stated.row_digest
            WHERE its.path IS NULL OR warc_file IS NULL ORDER BY 1"""
        return [path for (path,) in self._columns.ask(query)]

    def check_revisits(self, findings: Findings) -> None:
        """Tells of revisits that state another digest than that of the payload which they repeat."""
        query = """SELECT its.file, its.place, capture_id FROM facts AS its
            JOIN facts AS original ON its.repeats = original.id
            LEFT JOIN files ON files.file = its.file
            LEFT JOIN placed ON warc_file = path AND placed.place = its.place
            WHERE its.payload <> original.original ORDER BY its.file, its.place"""
        for number, at, capture_id in self._columns.ask(query):
            words = "the payload digest of the revisit is not that of what it repeats"
            path = self._reading.files[number]
            findings.error("digest", f"offset {at}: record {capture_id}: {words}", path)

    def check_index(self, workspace: Workspace, paths: Sequence[str], findings: Findings) -> None:
        """Tells of lines that no record makes, of lines out of order, and of records without a line."""
        for number, path in enumerate(paths):
            try:
                self._read(workspace, path, number, findings)
            except UNREADABLE as error:
                findings.cause("index", reason(workspace, path, error), path)
                return
        query = """SELECT file, line FROM
            (SELECT *, row_number() OVER (PARTITION BY hash ORDER BY file, line) AS nth FROM index_lines)
            LEFT JOIN (SELECT line AS hash, count(*) AS made FROM facts GROUP BY line) USING (hash)
            WHERE nth > coalesce(made, 0) ORDER BY file, line"""
        for file, line in self._columns.ask(query):
            findings.error("index", "a line that no record makes, or that stands twice", paths[file], line)
        query = """SELECT count(*) FROM
            (SELECT line AS hash, row_number() OVER (PARTITION BY line) AS nth FROM facts)
            LEFT JOIN (SELECT hash, count(*) AS there FROM index_lines GROUP BY hash) USING (hash)
            WHERE nth > coalesce(there, 0)"""
        ((missing,),) = self._columns.ask(query)
        if missing:
            because = [path for path in findings.broken if path.startswith("indexes/")]
            findings.error("index", f"{missing} records have no line in it", "indexes", because=because)

    def _read(self, workspace: Workspace, path: str, number: int, findings: Findings) -> None:
        last, hashes, begin = b"", list[int](), 1
        for line in lines_of_file(workspace.resolve(path)):
            hashes.append(hash_of(line, self._reading.key))
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
