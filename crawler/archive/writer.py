"""WARC 1.1 files written so that no crash can leave a record half in a file that others trust.

Each exchange is serialised in memory and appended in one write; files end in `.open` until they are sealed."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.exchange import Exchange, Intent, Origin, RunInfo
from crawler.archive.fields import Digests, capture_of, clean, digests_of, origin_fields, warc_date, warc_fields
from crawler.archive.headers import info_fields, revisit_headers
from crawler.archive.http import Head, is_chunked, parse_head, split_message
from crawler.archive.mask import mask_head, mask_url
from crawler.archive.serialise import Batch, safe_target
from crawler.errors import EnvironmentFault
from crawler.model import Capture, Locator

Lookup = Callable[[str], Capture | None]  # address -> its latest capture with a payload


def new_id() -> str:
    return str(uuid.uuid4())


def run_id(source_id: str, started: datetime) -> str:
    """`uz.eco-20261123T201500123456Z`: the source and the moment (UTC, microseconds) the run began."""
    return f"{source_id}-{started.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


class Recorder:
    """Writes the WARC files of one run. Not thread-safe; both schemes of a crawl share one.

    `folder` holds the files while they are open. `lookup` tells the latest capture with a payload of an address,
    for revisit records. `mask_secrets=False` is for private archives only.
    Raises EnvironmentFault when a record cannot be written; the file then still ends with a whole record.
    """

    def __init__(
        self,
        folder: Path,
        info: RunInfo,
        *,
        lookup: Lookup = lambda _: None,
        max_bytes: int = 1 << 30,
        mask_secrets: bool = True,
    ) -> None:
        self.info = info
        self._folder, self._lookup, self._max_bytes, self._mask = folder, lookup, max_bytes, mask_secrets
        self._files: list[Path] = []
        self._fd: int | None = None
        self._torn: set[Path] = set()
        self._size = 0
        self._warcinfo_id = ""
        self._seen: dict[str, Capture] = {}

    # ------------------------------------------------------------ what a crawl records

    def record(self, exchange: Exchange, intent: Intent) -> Capture:
        """The capture that now stands in the archive for `exchange`."""
        exchange, intent = self._presentable(exchange, intent)
        if not exchange.response:
            return self._record_failure(exchange, intent)
        head_bytes, raw = split_message(exchange.response)
        head_bytes = self._safe(head_bytes)
        head = parse_head(head_bytes)
        digests = digests_of(head, raw)
        original = self._original(exchange, head, digests)
        kind = "revisit" if original else "response"
        headers = self._common(exchange, new_id())
        if original:
            headers |= revisit_headers(original, head.status)
        elif digests.entity_sha1 and not is_chunked(head):
            # The standard's payload of a chunked message is what no common validator computes: left out, as it may be.
            headers["WARC-Payload-Digest"] = digests.entity_sha1
        if exchange.truncated and not original:
            headers["WARC-Truncated"] = exchange.truncated
        batch = Batch()
        length = batch.add(kind, exchange.url, headers, head_bytes, b"" if original else raw)
        self._add_request(batch, exchange, headers)
        self._add_metadata(batch, exchange, intent, headers)
        locator = self._append(batch.contents(), length)
        kept = digests if kind == "response" else Digests()
        capture = capture_of(
            kind,
            headers,
            exchange=exchange,
            intent=intent,
            info=self.info,
            locator=locator,
            head=head,
            digests=kept,
            original=original,
        )
        if kind == "response" and head.status == 200 and not capture.truncated:
            self._seen[exchange.url] = capture
        return capture

    def take_in(self, members: Sequence[bytes], intent: Intent, of: Origin) -> None:
        """Adds one foreign exchange: its records as they stand, each a gzip member, and our own of where it is from."""
        headers = {
            "WARC-Record-ID": f"<urn:uuid:{new_id()}>",
            "WARC-Date": warc_date(of.fetched_at),
            "WARC-Concurrent-To": of.record_id,
        }
        if self._fd is None or self._size >= self._max_bytes:
            self._open_next()
        headers["WARC-Warcinfo-ID"] = self._warcinfo_id
        batch = Batch()
        block = origin_fields(intent, of)
        batch.add("metadata", of.url, headers, None, block, content_type="application/warc-fields")
        self._append(b"".join([*members, batch.contents()]), len(members[0]))

    def record_report(self, report: Mapping[str, object]) -> None:
        """Adds the report of the whole run, as JSON; the last record of a run that was not killed."""
        body = json.dumps(report, ensure_ascii=False, sort_keys=True, default=str).encode()
        self._add_resource(f"urn:x-ministry-news:run:{self.info.run_id}", "application/json", body)

    def seal(self, archive: Path) -> list[Path]:
        """The finished files, synced to disk and moved under their final names into `archive`."""
        self._close()
        archive.mkdir(parents=True, exist_ok=True)
        sealed = [seal_file(path, archive) for path in self._files if path not in self._torn]
        self._files = []
        return sealed

    # ------------------------------------------------------------ records

    def _record_failure(self, exchange: Exchange, intent: Intent) -> Capture:
        headers = self._common(exchange, new_id())
        batch = Batch()
        block = warc_fields(intent, exchange)
        length = batch.add("metadata", exchange.url, headers, None, block, content_type="application/warc-fields")
        self._add_request(batch, exchange, headers)
        locator = self._append(batch.contents(), length)
        return capture_of("failure", headers, exchange=exchange, intent=intent, info=self.info, locator=locator)

    def _add_request(self, batch: Batch, exchange: Exchange, of: Mapping[str, str]) -> None:
        if exchange.request:
            head, body = split_message(exchange.request)
            headers = self._common(exchange, new_id()) | {"WARC-Concurrent-To": of["WARC-Record-ID"]}
            batch.add("request", exchange.url, headers, self._safe(head), body)

    def _add_metadata(self, batch: Batch, exchange: Exchange, intent: Intent, of: Mapping[str, str]) -> None:
        headers = self._common(exchange, new_id()) | {"WARC-Concurrent-To": of["WARC-Record-ID"]}
        block = warc_fields(intent, exchange)
        batch.add("metadata", exchange.url, headers, None, block, content_type="application/warc-fields")

    def _common(self, exchange: Exchange, record_id: str) -> dict[str, str]:
        if self._fd is None or self._size >= self._max_bytes:
            self._open_next()
        headers = {
            "WARC-Record-ID": f"<urn:uuid:{record_id}>",
            "WARC-Date": warc_date(exchange.started),
            "WARC-Warcinfo-ID": self._warcinfo_id,
        }
        if exchange.ip:
            headers["WARC-IP-Address"] = exchange.ip
        return headers

    def _original(self, exchange: Exchange, head: Head, digests: Digests) -> Capture | None:
        """The capture whose payload this answer repeats, or None. Never a revisit: those have no payload."""
        original = self._seen.get(exchange.url) or self._lookup(exchange.url)
        if original is None or original.kind != "response" or exchange.truncated or digests.problem:
            return None
        if head.status == 304:
            return original
        same = original.entity_sha1 is not None and digests.entity_sha1 == original.entity_sha1
        return original if same and head.status == original.status == 200 else None

    def _presentable(self, exchange: Exchange, intent: Intent) -> tuple[Exchange, Intent]:
        """Both with addresses that can stand in a header line, and without credentials where those are masked."""
        mask = mask_url if self._mask else str
        url, detail, via = mask(safe_target(exchange.url)), exchange.detail, intent.via
        exchange = replace(exchange, url=url, detail=mask(clean(detail)) if detail else None)
        return exchange, replace(intent, via=mask(clean(via)) if via else None)

    def _safe(self, head: bytes) -> bytes:
        return mask_head(head) if self._mask else head

    # ------------------------------------------------------------ files

    def _open_next(self) -> None:
        self._close()
        name = f"{self.info.run_id}-{len(self._files):05d}.warc.gz"
        path = self._folder / f"{name}.open"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        except OSError as error:
            raise EnvironmentFault(f"{path}: {error.strerror}") from error
        self._files.append(path)
        self._size = 0
        self._warcinfo_id = f"<urn:uuid:{new_id()}>"
        self._add_warcinfo(name)
        urn = f"urn:x-ministry-news:seed:{self.info.source_id}"
        self._add_resource(urn, "application/toml", self.info.seed_toml.encode())

    def _add_warcinfo(self, filename: str) -> None:
        block = info_fields(self.info, masked=self._mask)
        headers = {"WARC-Record-ID": self._warcinfo_id, "WARC-Date": _now(), "WARC-Filename": filename}
        batch = Batch()
        length = batch.add("warcinfo", None, headers, None, block, content_type="application/warc-fields")
        self._append(batch.contents(), length)

    def _add_resource(self, urn: str, content_type: str, body: bytes) -> None:
        if self._fd is None:
            self._open_next()
        headers = {
            "WARC-Record-ID": f"<urn:uuid:{new_id()}>",
            "WARC-Date": _now(),
            "WARC-Warcinfo-ID": self._warcinfo_id,
        }
        batch = Batch()
        length = batch.add("resource", urn, headers, None, body, content_type=content_type)
        self._append(batch.contents(), length)

    def _append(self, data: bytes, first_length: int) -> Locator:
        """The place of the first record of `data`. A write that fails is taken back, so that no torn record stays."""
        if self._fd is None:
            raise EnvironmentFault("the archive file is closed")
        start = self._size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError as error:
            self._take_back(self._fd, start)
            raise EnvironmentFault(f"{self._files[-1]}: {error.strerror}") from error
        self._size += len(data)
        return Locator(f"archive/{self._files[-1].name.removesuffix('.open')}", start, first_length)

    def _take_back(self, fd: int, size: int) -> None:
        """Cuts the open file back to `size`. Where even that fails the file is left for repair, since behind a torn
        record nothing can be read, and the next record goes to a new one."""
        try:
            os.ftruncate(fd, size)
        except OSError:
            os.close(fd)
            self._fd = None
            self._torn.add(self._files[-1])

    def _close(self) -> None:
        if self._fd is not None:
            os.fsync(self._fd)
            os.close(self._fd)
            self._fd = None


def seal_file(path: Path, archive: Path) -> Path:
    """The final path of an open WARC file, after it has been synced and moved; the folder is synced too."""
    target = archive / path.name.removesuffix(".open")
    os.rename(path, target)  # noqa: PTH104 - Path.rename would overwrite just the same; the word is the system call's
    for folder in (archive, path.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return target


def _now() -> str:
    return warc_date(datetime.now(UTC))
