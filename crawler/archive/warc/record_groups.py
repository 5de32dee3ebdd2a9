"""The records of a file that belong together: those of one exchange are written together and name each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.parts import PartStarts
from crawler.archive.warc.answer import is_document
from crawler.archive.warc.fields import parse_fields
from crawler.archive.warc.records import Record, records


@dataclass(slots=True)
class Group:
    """The records of one exchange."""

    main: Record  # a response, revisit, resource of the web, or the metadata of a fetch that failed
    request: Record | None = None
    metadata: Record | None = None


def groups(
    path: Path, seen: Callable[[Record], None] | None = None, odd: Callable[[], None] | None = None
) -> Iterator[tuple[Group, Mapping[str, str]]]:
    """The exchanges of a file, each with the fields of the warcinfo that names its run: the part's, in a joined file.
    `seen` is called with each record of the file, `odd` as `records` does. Raises ArchiveError.
    """
    info: dict[str, str] = {}
    group: Group | None = None
    starts = PartStarts(str(path))
    for record in records(path, odd=odd):
        if starts.begins(record):
            if group:
                yield group, info
            group, info = None, {}
        if record.kind == "warcinfo":
            # The first that names a run: files that `ingest` made carry those of other tools behind their own.
            fields = parse_fields(record.block)
            info = info or (fields if "run" in fields else {})
        elif record.kind in ("response", "revisit") or _is_failure(record) or is_document(record):
            if group:
                yield group, info
            group = Group(record)
        elif group and _belongs(record, group.main):
            _join(group, record)
        if seen:
            seen(record)
    if group:
        yield group, info
    starts.check_end()


def _belongs(record: Record, main: Record) -> bool:
    own, its = main.headers.get("warc-record-id"), record.headers.get("warc-record-id")
    if record.headers.get("warc-concurrent-to", "") == own:
        return True
    # wget lets the response name its request.
    return record.kind == "request" and its == main.headers.get("warc-concurrent-to", "")


def _join(group: Group, record: Record) -> None:
    if record.kind == "request":
        group.request = record
    elif record.kind == "metadata":
        group.metadata = record


def _is_failure(record: Record) -> bool:
    return record.kind == "metadata" and "warc-concurrent-to" not in record.headers and b"fetch-error:" in record.block
