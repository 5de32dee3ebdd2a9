"""The captures of a WARC file of a package, each record of it held against the digests that it states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.warc.answer import answer_of, target_of
from crawler.archive.warc.digests import normal
from crawler.archive.warc.fields import record_uuid
from crawler.archive.warc.fixity import BLOCK, PAYLOAD, REQUEST, is_block_right, is_payload_right
from crawler.archive.warc.reader import is_info_of_ingest, iter_exchanges
from crawler.archive.warc.records import Record
from crawler.archive.warc.repair import whole_prefix
from crawler.model import Capture
from crawler.workspace.files import size_of


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A digest that is of other bytes than those of its record. One that was so when the record came from another tool,
    as was written down then, `is_known`."""

    offset: int
    record_id: str
    kind: str  # of the record
    url: str
    digest: str  # BLOCK or PAYLOAD
    is_known: bool = False


class Verification:
    """One reading of a WARC file of a package."""

    def __init__(self, path: Path, warc_file: str) -> None:
        self._path, self._warc_file = path, warc_file
        self._whole: int | None = None
        self._is_ingested: bool | None = None
        self._is_ended = True  # no record stands behind the last whole exchange

    @property
    def whole(self) -> int:
        """The bytes at the beginning that are whole records, as `whole_prefix` tells it: where all records are of the
        usual form they have been seen to be whole, and nothing is unpacked a second time. Raises OSError."""
        if self._whole is None:
            self._whole = size_of(self._path) if self._is_ended else whole_prefix(self._path)
        return self._whole

    def captures(self, tell: Callable[[Mismatch], None]) -> Iterator[tuple[Capture, str | None]]:
        """The captures of the file in its order, each with the digest of its payload ("sha1:hex": of a revisit as it
        states it), with what is wrong in its whole records told on the way. A file has to be read to its end: records
        may stand behind the last capture. Raises ArchiveError."""
        wrong: list[Record] = []

        def look(record: Record) -> None:
            self._note(record)
            if is_block_right(record) is False:
                wrong.append(record)

        def told(mismatch: Mismatch) -> None:
            if self._whole is None or mismatch.offset < self._whole:
                tell(mismatch)

        for capture, main, _ in iter_exchanges(self._path, warc_file=self._warc_file, seen=look, odd=self._odd):
            known = {*(capture.foreign.mismatch.split(", ") if capture.foreign else ()), capture.truncated}
            for record in wrong:
                # A request stands behind its answer; that of another tool may not name it.
                name = BLOCK if record is main else f"{REQUEST} {BLOCK}" if record.kind == "request" else ""
                told(_mismatch(record, BLOCK, is_known=name in known))
            wrong.clear()
            if main.kind in ("response", "resource") and not _has_its_payload(main, capture):
                told(_mismatch(main, PAYLOAD, is_known=bool({BLOCK, PAYLOAD} & known)))
            stated = main.headers.get(PAYLOAD, "") if main.kind == "revisit" else capture.entity_sha1 or ""
            yield capture, normal(stated)
        for record in wrong:
            told(_mismatch(record, BLOCK))

    def _odd(self) -> None:
        self._whole = whole_prefix(self._path)

    def _note(self, record: Record) -> None:
        if is_first := self._is_ingested is None:
            self._is_ingested = is_info_of_ingest(record)
        # Of what other tools captured only the metadata behind it tell what it is: see `whole_prefix`.
        self._is_ended = is_first or not self._is_ingested or record.kind in ("metadata", "resource")


def _mismatch(record: Record, digest: str, *, is_known: bool = False) -> Mismatch:
    its = record_uuid(record.headers.get("warc-record-id", ""))
    return Mismatch(record.offset, its, record.kind, target_of(record), digest, is_known)


def _has_its_payload(record: Record, capture: Capture) -> bool:
    if capture.foreign and "warc-truncated" in record.headers:
        return True  # the digest may be that of the whole
    given = record.headers.get(PAYLOAD, "")
    if given and given == capture.entity_sha1:
        return True
    stated = normal(given)
    if stated is None or stated in (normal(capture.entity_sha1 or ""), f"sha256:{capture.payload_sha256}"):
        return True
    return is_payload_right(record, *answer_of(record)) is not False
