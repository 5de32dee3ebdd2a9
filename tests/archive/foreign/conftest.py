"""Records as other tools write them, one after another."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.foreign import Taken, contents_in, ingest, settled
from crawler.archive.warc.reader import iter_captures
from crawler.model import Capture, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.seed_texts import MINISTRY

SEED = MINISTRY.replace('//ministry.example/"', '//www.ministry.example/"', 1)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def sha1(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"


@dataclass
class Tool:
    """Writes records and takes them in."""

    folder: Path
    seed: Seed
    workspace: Workspace

    def record(
        self, kind: str, url: str, block: bytes, *, number: int = 0, date: str = "2026-03-05T12:00:00Z", **fields: str
    ) -> bytes:
        """A record; `number` makes its id, and `fields` are others, with _ for - in their names."""
        its: dict[str, Any] = {
            "warc_type": kind,
            "warc_record_id": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
            "warc_date": date,
            "warc_target_uri": url,
            "content_type": f"application/http; msgtype={'request' if kind == 'request' else 'response'}",
            **fields,
            "content_length": str(len(block)),
        }
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in its.items() if value]
        return "\r\n".join(["WARC/1.1", *lines, "", ""]).encode() + block + b"\r\n\r\n"

    def page(self, path: str = "/news/1", body: bytes = b"<p>News", **fields: Any) -> bytes:
        return self.record("response", f"https://ministry.example{path}", HEAD + body, **fields)

    def take(self, *records: bytes, name: str = "x.warc.gz") -> Taken:
        path = self.folder / name
        path.write_bytes(b"".join(map(gzip.compress, records)))
        return ingest([path], {self.seed.id: (self.seed, page_object(self.seed).owns)}, self.workspace)

    def captures(self) -> list[Capture]:
        """Those of the package, as a build settles them."""
        files = sorted(self.workspace.archive.glob("*.warc.gz"))
        captures = [capture for path in files for capture in iter_captures(path)]
        captures.sort(key=lambda capture: (capture.fetched_at, capture.capture_id))
        return list(settled(captures, contents_in(self.workspace.resolve)))


@pytest.fixture
def seed() -> Seed:
    return parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")


@pytest.fixture
def tool(tmp_path: Path, seed: Seed) -> Tool:
    return Tool(tmp_path, seed, Workspace(tmp_path / "package"))


@pytest.fixture(scope="session")
def digest() -> Callable[[bytes], str]:
    return sha1
