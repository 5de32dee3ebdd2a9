"""Archives written with the real recorder, on a clock that tests set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.warc.reader import iter_captures
from crawler.archive.warc.writer import Recorder, run_id
from crawler.model import Capture, Role

START = datetime(2026, 11, 23, 20, 15, 0, 123456, tzinfo=UTC)
TOML = 'title = { en = "Tests" }\nhomepage = "https://ministry.example/"\n'


@pytest.fixture
def info() -> RunInfo:
    return RunInfo("xx.tests", run_id("xx.tests", START), TOML, "agent/1 (tests)", "tests@example.org", "tests/1")


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    """An exchange: `body` behind a plain head, or `response` as given."""

    def make(url: str = "https://ministry.example/news/1", body: bytes = b"<p>News</p>", **fields: Any) -> Exchange:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        defaults: dict[str, Any] = {
            "method": "GET",
            "started": START + timedelta(seconds=7),
            "elapsed_ms": 12,
            "request": b"GET /news/1 HTTP/1.1\r\nHost: ministry.example\r\n\r\n",
            "response": head + body,
            "ip": "192.0.2.7",
            "protocols": ("http/1.1", "tls/1.3"),
            "cipher": "TLS_AES_128_GCM_SHA256",
        }
        return Exchange(url=url, **(defaults | fields))

    return make


@pytest.fixture
def intent() -> Intent:
    return Intent(Role.ARTICLE, document="1/en", language="en", via="https://ministry.example/news", modified_hint="m1")


@pytest.fixture
def recorder(tmp_path: Path, info: RunInfo) -> Recorder:
    return Recorder(tmp_path / "open", info)


@pytest.fixture
def captures(recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent, tmp_path: Path) -> list[Capture]:
    first = exchange()
    recorder.record(first, intent)
    recorder.record(replace(first, started=first.started + timedelta(hours=1)), intent)
    gone = exchange(url="https://ministry.example/gone", response=b"", failure="dns")
    recorder.record(replace(gone, started=first.started + timedelta(hours=2)), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    return list(iter_captures(path))
