"""The payloads of a run so far, in a form that stays small: a long run must not grow with its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.archive.warc.fields import parse_warc_date, warc_date
from crawler.model import Capture


@dataclass(frozen=True, slots=True)
class Original:
    """The whole 200 answer that a revisit record may refer to."""

    capture_id: str
    url: str
    fetched_at: datetime
    entity_sha1: str | None


def original_of(capture: Capture | None) -> Original | None:
    """`capture` as what a revisit refers to; None where it is no response, which have no payload."""
    if capture is None or capture.kind != "response":
        return None
    return Original(capture.capture_id, capture.url, capture.fetched_at, capture.entity_sha1)


class Recent:
    """The latest whole 200 answer of each address, in about 300 bytes."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def add(self, capture: Capture) -> None:
        """Remembers a capture that has a digest."""
        if capture.entity_sha1:
            told = f"{capture.capture_id} {warc_date(capture.fetched_at)} {capture.entity_sha1}"
            self._known[capture.url] = told.encode("ascii")

    def get(self, url: str) -> Original | None:
        told = self._known.get(url)
        if told is None:
            return None
        identity, moment, digest = told.decode("ascii").split(" ")
        return Original(identity, url, parse_warc_date(moment), digest)
