"""WARC 1.1 files written so that no crash can leave a record half in a file that others trust.

Each exchange is serialised in memory and appended in one write; files end in `.open` until they are sealed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from crawler.addresses import mask_text, mask_url
from crawler.archive.http.exchange import Exchange, Intent, Origin, RunInfo
from crawler.archive.http.http1 import Head, is_chunked, parse_head, split_message
from crawler.archive.http.mask import mask_head
from crawler.archive.http.message import Message, read_message
from crawler.archive.warc.fields import (
    NO_DIGESTS,
    Digests,
    capture_of,
    entity_digests,
    origin_fields,
    warc_date,
    warc_fields,
)
from crawler.archive.warc.files import Member, WarcFiles
from crawler.archive.warc.headers import info_fields, revisit_headers
from crawler.archive.warc.recent import Original, Recent, original_of
from crawler.archive.warc.serialise import FIELDS, Batch, safe_target
from crawler.clock import now
from crawler.errors import EnvironmentFault
from crawler.model import Capture
from crawler.workspace.files import nameless_file

_AT_ONCE = 1 << 20  # bytes of what is taken in that are written at once
Lookup = Callable[[str], Capture | None]  # address -> its latest capture with a payload


def new_id() -> str:
    """A WARC-Record-ID: a random UUID (RFC 9562, 5.4)."""
    digits = os.urandom(16).hex()  # as uuid.uuid4 does, for a fifth of its time: every exchange has three
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"<urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}>"


def run_id(source_id: str, started: datetime) -> str:
    """`uz.eco-20261123T201500123456Z`: the source and the moment (UTC, microseconds) the run began."""
    return f"{source_id}-{started.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


class Recorder:
    """Writes the WARC files of one run. Not thread-safe; both schemes of a crawl share one.

    `folder` holds the files while they are open. `lookup` tells the latest capture with a payload of an address,
    for revisit records. `mask_secrets=False` is for private archives only.
    `clock` tells the moment at which a file is begun, for its warcinfo.
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
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.info = info
        self._clock = clock
        self._lookup, self._mask = lookup, mask_secrets
        self._files = WarcFiles(folder, info.run_id, max_bytes)
        self._warcinfo_id = ""
        self._recent = Recent()
        self._waiting: list[Member] = []  # what was taken in and is not yet written
        self._waiting_bytes = 0

    # ------------------------------------------------------------ what a crawl records

    def record(self, exchange: Exchange, intent: Intent, message: Message | None = None) -> Capture:
        """The capture that now stands in the archive for `exchange`; `message` is its answer, if it was read before."""
        exchange, intent = self._presentable(exchange, intent)
        if not exchange.response:
            return self._record_failure(exchange, intent)
        message = self._safe(message or read_message(exchange.response, exchange.body))
        head = message.head
        digests = entity_digests(head, message.entity)
        original = self._original(exchange, head, digests)
        common = self._common(exchange)
        headers = common | {"WARC-Record-ID": new_id()} | _own_headers(exchange, head, digests, original)
        batch = Batch()
        kind = "revisit" if original else "response"
        batch.add(kind, exchange.url, headers, message.head_bytes, b"" if original else message.raw)
        self._add_beside(batch, exchange, intent, common, of=headers["WARC-Record-ID"])
        capture = capture_of(
            kind,
            headers,
            exchange=exchange,
            intent=intent,
            info=self.info,
            locator=self._files.append(batch.members),
            head=head,
            digests=NO_DIGESTS if original else digests,
            original=original.capture_id if original else None,
        )
        if not original and head.status == 200 and not capture.truncated:
            self._recent.add(capture)
        return capture

    def take_in(self, members: Sequence[bytes], intent: Intent, of: Origin) -> None:
        """Adds one foreign exchange: its records as they stand, each a gzip member, and our own of where it is from."""
        self._make_room()
        headers = {
            "WARC-Record-ID": new_id(),
            "WARC-Date": warc_date(of.fetched_at),
            "WARC-Warcinfo-ID": self._warcinfo_id,
            "WARC-Concurrent-To": of.record_id,
        }
        batch = Batch()
        batch.add("metadata", of.url, headers, None, origin_fields(intent, of), content_type=FIELDS, is_packed=False)
        self._waiting += [*members, *batch.members]
        self._waiting_bytes += sum(map(len, members))
        if self._waiting_bytes > _AT_ONCE:
            self._write_waiting()

    def _write_waiting(self) -> None:
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if waiting:
            self._files.append(waiting)

    def record_report(self, report: Mapping[str, object]) -> None:
        """Adds the report of the whole run, as JSON; the last record of a run that was not killed."""
        self._write_waiting()
        self._make_room()
        body = json.dumps(report, ensure_ascii=False, sort_keys=True, default=str).encode()
        self._add_resource(f"urn:x-ministry-news:run:{self.info.run_id}", "application/json", body)

    def scratch_file(self) -> IO[bytes]:
        """An empty nameless file beside those of the run, for a large body. Raises OSError."""
        return nameless_file(self._files.folder)

    def seal(self, archive: Path) -> list[Path]:
        """The finished files, synced to disk and moved under their final names into `archive`."""
        self._write_waiting()
        return self._files.seal(archive)

    # ------------------------------------------------------------ records

    def _record_failure(self, exchange: Exchange, intent: Intent) -> Capture:
        common = self._common(exchange)
        headers = common | {"WARC-Record-ID": new_id()}
        batch = Batch()
        batch.add("metadata", exchange.url, headers, None, warc_fields(intent, exchange), content_type=FIELDS)
        self._add_request(batch, exchange, common, of=headers["WARC-Record-ID"])
        locator = self._files.append(batch.members)
        return capture_of("failure", headers, exchange=exchange, intent=intent, info=self.info, locator=locator)

    def _add_beside(
        self, batch: Batch, exchange: Exchange, intent: Intent, common: Mapping[str, str], *, of: str
    ) -> None:
        self._add_request(batch, exchange, common, of=of)
        headers = {**common, "WARC-Record-ID": new_id(), "WARC-Concurrent-To": of}
        batch.add("metadata", exchange.url, headers, None, warc_fields(intent, exchange), content_type=FIELDS)

    def _add_request(self, batch: Batch, exchange: Exchange, common: Mapping[str, str], *, of: str) -> None:
        if exchange.request:
            head, body = split_message(exchange.request)
            headers = {**common, "WARC-Record-ID": new_id(), "WARC-Concurrent-To": of}
            batch.add("request", exchange.url, headers, mask_head(head) if self._mask else head, body)

    def _common(self, exchange: Exchange) -> dict[str, str]:
        """The fields that all records of an exchange share."""
        self._make_room()
        headers = {"WARC-Date": warc_date(exchange.started), "WARC-Warcinfo-ID": self._warcinfo_id}
        if exchange.ip:
            headers["WARC-IP-Address"] = exchange.ip
        return headers

    def _original(self, exchange: Exchange, head: Head, digests: Digests) -> Original | None:
        """The capture whose payload this answer repeats, or None."""
        if head.status not in (200, 304) or exchange.truncated or digests.problem:
            return None
        original = self._recent.get(exchange.url) or original_of(self._lookup(exchange.url))
        if original is None or head.status == 304:
            return original
        return original if original.entity_sha1 and original.entity_sha1 == digests.entity_sha1 else None

    def _presentable(self, exchange: Exchange, intent: Intent) -> tuple[Exchange, Intent]:
        """Both with addresses that can stand in a header line, and without credentials where those are masked."""
        if not self._mask:
            return replace(exchange, url=safe_target(exchange.url)), intent
        exchange = replace(
            exchange,
            url=mask_url(safe_target(exchange.url)),
            detail=_masked(exchange.detail),
            interim=mask_head(exchange.interim),
        )
        return exchange, replace(
            intent,
            document=_masked(intent.document),
            via=_masked(intent.via),
            modified_hint=_masked(intent.modified_hint),
            soft_404=_masked(intent.soft_404),
        )

    def _safe(self, message: Message) -> Message:
        """`message` without secrets, where those are masked."""
        head_bytes = mask_head(message.head_bytes) if self._mask else message.head_bytes
        if head_bytes == message.head_bytes:
            return message
        return replace(message, head_bytes=head_bytes, head=parse_head(head_bytes))

    def _make_room(self) -> None:
        """Opens the next file where there is none, or where it is full; its first records say what it is."""
        if not self._files.is_full:
            return
        self._write_waiting()
        name = self._files.open_next()
        self._warcinfo_id = new_id()
        urn = f"urn:x-ministry-news:seed:{self.info.source_id}"
        try:
            self._add_warcinfo(name)
            self._add_resource(urn, "application/toml", self.info.seed_toml.encode())
        except EnvironmentFault:
            self._files.give_up()  # records in a file that names no run could never be built upon
            raise

    def _add_warcinfo(self, filename: str) -> None:
        headers = {"WARC-Record-ID": self._warcinfo_id, "WARC-Date": self._now(), "WARC-Filename": filename}
        batch = Batch()
        batch.add("warcinfo", None, headers, None, info_fields(self.info, masked=self._mask), content_type=FIELDS)
        self._files.append(batch.members)

    def _now(self) -> str:
        return warc_date(self._clock())

    def _add_resource(self, urn: str, content_type: str, body: bytes) -> None:
        headers = {"WARC-Record-ID": new_id(), "WARC-Date": self._now(), "WARC-Warcinfo-ID": self._warcinfo_id}
        batch = Batch()
        batch.add("resource", urn, headers, None, body, content_type=content_type)
        self._files.append(batch.members)


def _masked(told: str | None) -> str | None:
    return mask_text(told) if told else told


def _own_headers(exchange: Exchange, head: Head, digests: Digests, original: Original | None) -> dict[str, str]:
    """The fields that only the record of an answer has."""
    if original:
        return revisit_headers(original, head.status)
    headers = {}
    if digests.entity_sha1 and not is_chunked(head):
        # The standard's payload of a chunked message is what no common validator computes: left out, as it may be.
        headers["WARC-Payload-Digest"] = digests.entity_sha1
    if exchange.truncated:
        headers["WARC-Truncated"] = exchange.truncated
    return headers
