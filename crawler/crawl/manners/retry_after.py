"""Hosts that asked to be left alone in an earlier run, read from the package, which is all that a new process has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from crawler.archive.warc.reader import read_payload
from crawler.crawl.faults import retry_after_s
from crawler.model import Capture
from crawler.workspace import Workspace

LONGEST_REST_S = 86_400.0  # a longer Retry-After is a mistake, or would have a source never asked again


def resting(refusals: Iterable[Capture], workspace: Workspace, now: datetime) -> Iterator[tuple[str, float]]:
    """(host, seconds from `now`) of each host whose Retry-After has not passed. `refusals` are captures of 429 and 503.

    Raises ArchiveError when a record cannot be read."""
    for capture in refusals:
        elapsed = (now - capture.fetched_at).total_seconds()
        if not 0 <= elapsed < LONGEST_REST_S:
            continue
        payload = read_payload(workspace.resolve(capture.locator.warc_file), capture)
        said = next((value for name, value in payload.headers if name.lower() == "retry-after"), "")
        wished = retry_after_s({"retry-after": said}, capture.fetched_at) or 0.0
        left = min(wished, LONGEST_REST_S) - elapsed
        if left > 0:
            yield urlsplit(capture.url).hostname or "", left
