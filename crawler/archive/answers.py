"""Archived answers found again by address and request: what a crawl is fed from instead of the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.addresses import mask_url
from crawler.archive.containers.open import archives
from crawler.archive.foreign.revisits import with_originals
from crawler.archive.http.exchange import Exchange
from crawler.archive.http.http1 import entity, parse_head, split_message
from crawler.archive.warc.answer import message_of
from crawler.archive.warc.reader import Record, iter_exchanges, read_record
from crawler.archive.warc.serialise import safe_target
from crawler.errors import ArchiveError
from crawler.ids import canonical_url
from crawler.model import Capture, Locator
from crawler.workspace.files import move, named_by_user

# Fields that every client sets in its own way; the others choose between answers of one address.
_ORDINARY = frozenset(
    "host user-agent accept accept-encoding accept-language accept-charset connection keep-alive proxy-connection te "
    "cache-control pragma cookie referer origin dnt priority range upgrade-insecure-requests content-length "
    "if-none-match if-modified-since if-match if-unmodified-since if-range authorization x-requested-with".split()
)
_CONDITIONS = ("if-none-match", "if-modified-since")


@dataclass(frozen=True, slots=True)
class _Place:
    """One archived exchange. `choices` are the fields of its request that may choose an answer; None: unknown."""

    path: Path
    capture: Capture
    request: Locator | None
    choices: Mapping[str, str] | None
    body: str | None = None  # digest of what its request sent; None: unknown


class Answers:
    """The exchanges of WARC, ARC and WACZ files, by address. A context manager: unpacked members live as long as it.

    Keeps places, not bodies. Raises ArchiveError when a file is not what its format says.
    """

    def __init__(self, files: Iterable[Path], scratch: Path) -> None:
        self._by_url: dict[str, list[_Place]] = {}
        self._by_id: dict[str, _Place] = {}
        self._stack = ExitStack()
        try:
            for file in map(named_by_user, files):
                for opened in self._stack.enter_context(archives(file, scratch)):
                    name, path = opened.name, opened.path
                    if lost := [words for words in opened.lost if ": lost: " in words]:
                        raise ArchiveError("; ".join(lost))
                    # The next member of a zip is unpacked in the place of this one.
                    kept = path
                    if path != file:
                        kept = path.with_name(f"kept-{len(self._by_id)}")
                        move(path, kept)
                    for found in iter_exchanges(kept, warc_file=name):
                        self._add(kept, name, *found)
            self._settle()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Removes what had to be unpacked."""
        self._stack.close()

    def __len__(self) -> int:
        return len(self._by_id)

    def _add(self, path: Path, name: str, capture: Capture, main: Record, request: Record | None) -> None:
        choices, locator, sent = None, None, None
        if request is not None:
            locator = Locator(name, request.offset, request.length)
            head = parse_head(split_message(request.block)[0])
            choices, sent = _choices(dict(head.fields)), _digest(entity(head, split_message(request.block)[1]).data)
        place = _Place(path, capture, locator, choices, sent)
        self._by_id[capture.capture_id] = place
        for key in _keys(capture.url):
            self._by_url.setdefault(key, []).append(place)

    def _settle(self) -> None:
        """Finds what the revisits repeat that were taken in from other tools."""
        every = [place.capture for place in self._by_id.values()]
        for before, after in zip(every, with_originals(every), strict=True):
            if before.revisit_of != after.revisit_of:
                place = self._by_id[after.capture_id]
                self._by_id[after.capture_id] = new = replace(place, capture=after)
                for key in _keys(after.url):
                    self._by_url[key] = [new if its is place else its for its in self._by_url[key]]

    def answer(self, url: str, method: str, headers: Mapping[str, str], body: bytes = b"") -> Exchange | None:
        """The newest archived exchange that answers this request, or None; whole answers come before cut ones, and
        those before failures. Of requests with a body only one with the same answers, JSON being compared by what it
        means. A 304 answers only a request with a condition; for others, and for payloads that a
        revisit leaves out, the record that it refers to stands. Raises ArchiveError."""
        wanted, sent = _choices(headers), _digest(body)
        conditional = any(name.lower() in _CONDITIONS for name in headers)
        for key in _keys(url):
            fitting = [p for p in self._by_url.get(key, ()) if p.capture.method == method and _fits(p, wanted, sent)]
            for place in sorted(fitting, key=lambda p: _rank(p, wanted, sent), reverse=True):
                if exchange := self._exchange(place, url, conditional=conditional):
                    return exchange
        return None

    def _exchange(self, place: _Place, url: str, *, conditional: bool) -> Exchange | None:
        capture = place.capture
        record = read_record(place.path, capture.locator)
        response = b"" if capture.kind == "failure" else message_of(record)
        if capture.kind == "revisit" and not (capture.status == 304 and conditional):
            original = self._by_id.get(capture.revisit_of or "")
            if original is None or original.capture.kind != "response":
                return None
            # Head and framing of a message belong together, so that both are the original's.
            response = message_of(read_record(original.path, original.capture.locator))
        return Exchange(
            url=url,
            method=capture.method,
            started=capture.fetched_at,
            elapsed_ms=0,
            request=read_record(place.path, place.request).block if place.request else b"",
            response=response,
            ip=record.headers.get("warc-ip-address"),
            truncated=record.headers.get("warc-truncated") if capture.kind == "response" else None,
            failure=capture.failure,
            detail=f"as archived: {capture.failure}" if capture.failure else None,
        )


def _keys(url: str) -> tuple[str, ...]:
    """The forms under which an address is looked up: as it is archived, and canonical (other tools archive others)."""
    archived = mask_url(safe_target(url.partition("#")[0]))
    try:
        other = canonical_url(archived)
    except ValueError:
        return (archived,)
    return (archived,) if other == archived else (archived, other)


def _choices(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name.lower(): value.strip()
        for name, value in headers.items()
        if name.lower() not in _ORDINARY and not name.lower().startswith("sec-")
    }


def _digest(body: bytes) -> str:
    """A digest of what a request sends; of JSON, whatever its spacing and the order of its keys."""
    with suppress(ValueError, RecursionError):
        body = json.dumps(json.loads(body), sort_keys=True).encode()
    return hashlib.sha256(body).hexdigest()


def _fits(place: _Place, wanted: Mapping[str, str], sent: str) -> bool:
    """False where the archived request chose otherwise. Nothing is known against a record without its request."""
    if place.body not in (None, sent):
        return False
    return place.choices is None or all(place.choices.get(name) == value for name, value in wanted.items())


def _rank(place: _Place, wanted: Mapping[str, str], sent: str) -> tuple[bool, bool, bool, datetime]:
    capture, is_exact = place.capture, place.choices == wanted and place.body == sent
    return capture.kind != "failure", capture.truncated is None, is_exact, capture.fetched_at
