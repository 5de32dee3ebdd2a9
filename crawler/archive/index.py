"""The index of captures: CDXJ lines (SURT key, 14-digit time, JSON), for replay tools and as the crawl's memory.

Format: https://github.com/webrecorder/cdxj-indexer; our own fields stand behind the usual ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive.fields import warc_date
from crawler.archive.keys import surt_key
from crawler.errors import ArchiveError
from crawler.model import Capture, Locator, Role


def cdxj_line(capture: Capture) -> str:
    """The CDXJ line of a capture, without a line feed. Failures have one too, with status "-"."""
    fields: dict[str, object] = {
        "url": capture.url,
        "mime": "warc/revisit" if capture.kind == "revisit" else capture.mime or "unk",
        "status": str(capture.status) if capture.status is not None else "-",
        "digest": f"sha256:{capture.payload_sha256}" if capture.payload_sha256 else None,
        "sha1": capture.entity_sha1,
        "length": str(capture.locator.length),
        "offset": str(capture.locator.offset),
        "filename": capture.locator.warc_file.rpartition("/")[2],
        "id": capture.capture_id,
        "date": warc_date(capture.fetched_at),
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
    }
    packed = json.dumps({k: v for k, v in fields.items() if v is not None}, ensure_ascii=False)
    return f"{surt_key(capture.url)} {capture.fetched_at.astimezone(UTC):%Y%m%d%H%M%S} {packed}"


def cdxj(captures: Iterable[Capture]) -> bytes:
    """A whole index: lines in the order of their bytes, so that readers can search it in halves."""
    return b"".join(line + b"\n" for line in sorted(cdxj_line(c).encode() for c in captures))


@dataclass(frozen=True, slots=True)
class Sighting:
    """When a document was asked for, and what came."""

    fetched_at: datetime
    status: int | None
    kind: str
    hint: str | None
    run_id: str
    url: str


@dataclass(slots=True)
class Memory:
    """What a crawl knows from earlier runs, per address and per document."""

    latest: dict[str, Capture] = field(default_factory=dict)  # address -> latest response that holds a whole payload
    documents: dict[str, list[Sighting]] = field(default_factory=dict)  # "source document" -> sightings, oldest first
    refusals: dict[str, Capture] = field(default_factory=dict)  # host and port -> its latest answer 429 or 503

    def add(self, capture: Capture) -> None:
        """Takes in one capture; captures come in the order of their times."""
        if capture.status in (429, 503):
            self.refusals[urlsplit(capture.url).netloc] = capture
        # What is not read must not be repeated: a 304 would then stand for a page that nobody has.
        if (
            capture.kind == "response"
            and capture.status == 200
            and not capture.truncated
            and capture.role != Role.PROBE
        ):
            self.latest[capture.url] = capture
        if capture.document and capture.role is Role.ARTICLE:
            key = f"{capture.source_id} {capture.document}"
            self.documents.setdefault(key, []).append(
                Sighting(
                    capture.fetched_at, capture.status, capture.kind, capture.modified_hint, capture.run_id, capture.url
                )
            )

    def lookup(self, url: str) -> Capture | None:
        """The latest whole payload of an address."""
        return self.latest.get(url)

    def sightings(self, source_id: str, document: str) -> list[Sighting]:
        return self.documents.get(f"{source_id} {document}", [])


def load_memory(indexes: Iterable[Path], *, source_id: str | None = None) -> Memory:
    """What the index files at `indexes` tell; of one source, if given. Raises ArchiveError naming file and line."""
    captures: list[Capture] = []
    for path in indexes:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    packed = json.loads(line[line.index("{") :])
                    if source_id is None or packed.get("source") == source_id:
                        captures.append(_capture(packed))
                except (ValueError, KeyError, TypeError) as error:
                    raise ArchiveError(f"{path}:{number}: not a line of this index: {error}") from error
    memory = Memory()
    for capture in sorted(captures, key=lambda c: c.fetched_at):
        memory.add(capture)
    return memory


def _capture(packed: Mapping[str, str]) -> Capture:
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
    )
