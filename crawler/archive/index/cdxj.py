"""The index of captures: CDXJ lines (SURT key, 14-digit time, JSON), for replay tools and for the crawl's memory.

Format: https://github.com/webrecorder/cdxj-indexer; our own fields stand behind the usual ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from crawler.archive.index.surt import surt_key
from crawler.archive.warc.fields import warc_date
from crawler.errors import ArchiveError
from crawler.model import Capture, Locator, Role
from crawler.workspace.files import open_read

_DIGITS = str.maketrans("", "", "-T:")
_LONGEST = 1 << 20  # bytes


def cdxj_line(capture: Capture) -> str:
    """The CDXJ line of a capture, without a line feed. Failures have one too, with status "-"."""
    date = warc_date(capture.fetched_at)
    fields: dict[str, str | None] = {
        "url": capture.url,
        "mime": "warc/revisit" if capture.kind == "revisit" else capture.mime or "unk",
        "status": str(capture.status) if capture.status is not None else "-",
        "digest": f"sha256:{capture.payload_sha256}" if capture.payload_sha256 else None,
        "sha1": capture.entity_sha1,
        "length": str(capture.locator.length),
        "offset": str(capture.locator.offset),
        "filename": capture.locator.warc_file.rpartition("/")[2],
        "id": capture.capture_id,
        "date": date,
        "source": capture.source_id,
        "run": capture.run_id,
        "role": capture.role.value,
        "kind": capture.kind,
        "document": capture.document,
        "etag": capture.etag,
        "lm": capture.last_modified,
        "hint": capture.modified_hint,
        "truncated": capture.truncated,
        "failure": capture.failure,
        "revisit-of": capture.revisit_of,
    }
    return f"{surt_key(capture.url)} {date[:19].translate(_DIGITS)} {_packed(fields)}"


def _packed(fields: Mapping[str, str | None]) -> str:
    # As `json.dumps` gives it, which takes three times as long: all are texts.
    told = ", ".join([f'"{name}": {encode_basestring(value)}' for name, value in fields.items() if value is not None])
    return f"{{{told}}}"


def moved_line(line: bytes, packed: Mapping[str, str], filename: str, offset: int) -> bytes:
    """A line of an index whose record now stands in another file; `packed` is its JSON."""
    now = {**packed, "offset": str(offset), "filename": filename}
    return line[: line.index(b" {") + 1] + _packed(now).encode()


def cdxj(captures: Iterable[Capture]) -> bytes:
    """A whole index: lines in the order of their bytes, so that readers can search it in halves."""
    return b"".join(line + b"\n" for line in sorted(cdxj_line(c).encode() for c in captures))


def index_lines(data: bytes) -> list[bytes]:
    """The lines of an index; a line feed ends each, and nothing else does."""
    return [line for line in data.split(b"\n") if line]


def lines_of_file(path: Path) -> Iterator[bytes]:
    """The lines of an index file, one after another, without their ends. Raises ArchiveError for a line that is longer
    than two addresses can make it, OSError."""
    with open_read(path) as file:
        number = 0
        while line := file.readline(_LONGEST + 1):
            number += 1
            if len(line) > _LONGEST:
                raise ArchiveError(f"{path}:{number}: a line of more than {_LONGEST} bytes is none of an index")
            if line := line.removesuffix(b"\n"):
                yield line


def packed_fields(line: bytes) -> dict[str, Any]:
    """The JSON of a line of an index. Raises ValueError for what is no such line."""
    value = json.loads(line[line.index(b" {") + 1 :])  # a brace may stand in the key, a blank may not
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def capture_of_line(packed: Mapping[str, str]) -> Capture:
    """The capture that the JSON of a line of an index tells. Raises KeyError or ValueError for another's line."""
    digest, status = packed.get("digest"), packed["status"]
    return Capture(
        capture_id=packed["id"],
        source_id=packed["source"],
        run_id=packed["run"],
        url=packed["url"],
        fetched_at=datetime.fromisoformat(packed["date"]),
        role=Role(packed["role"]),
        locator=Locator(f"archive/{packed['filename']}", int(packed["offset"]), int(packed["length"])),
        kind=packed["kind"],
        status=int(status) if status.isdigit() else None,
        payload_sha256=digest.removeprefix("sha256:") if digest else None,
        etag=packed.get("etag"),
        last_modified=packed.get("lm"),
        truncated=packed.get("truncated"),
        failure=packed.get("failure"),
        document=packed.get("document"),
        modified_hint=packed.get("hint"),
        entity_sha1=packed.get("sha1"),
        revisit_of=packed.get("revisit-of"),
    )
