"""Small archives, written with the real recorder: a ministry whose pages the tests word, on a clock that they set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.memory import load_memory
from crawler.archive.warc.writer import Recorder, run_id
from crawler.model import Role, Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

SEED = """
title = { en = "Ministry of Tests", ru = "Министерство проверок" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
ru = "ru"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
[crawl]
gone_runs = 2
gone_hours = 24
"""
BODY = (
    "The ministry opened a laboratory for {topic} in the capital on Monday, and the public was invited to see it.",
    "Engineers explained how {topic} is measured, what the limits are, and why the figures are published daily.",
    "The minister said that the budget for {topic} would be doubled next year if parliament agrees to the proposal.",
)


def words(topic: str) -> list[str]:
    return [paragraph.format(topic=topic) for paragraph in BODY]


def page(title: str, topic: str, *, date: str = "2026-03-12T10:00:00+05:00", clock: str = "") -> bytes:
    """A page of the ministry; `clock` is a volatile part."""
    paragraphs = "".join(f"<p>{text}</p>" for text in words(topic))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{date}"></head><body><header>Now: {clock}</header>'
        f"<main><article><h1>{title}</h1>{paragraphs}</article></main></body></html>"
    ).encode()


@dataclass
class Ministry:
    """Makes runs over one source."""

    workspace: Workspace
    seed: Seed
    now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    runs: list[str] = field(default_factory=list)

    def run(self, days: float = 1.0) -> Run:
        """A new run, `days` after the one before."""
        if self.runs:
            self.now += timedelta(days=days)
        return Run(self)


class Run:
    def __init__(self, ministry: Ministry) -> None:
        self.ministry = ministry
        self.run_id = run_id(ministry.seed.id, ministry.now)
        ministry.runs.append(self.run_id)
        space = ministry.workspace
        indexes = sorted(space.indexes.glob("*.cdx")) if space.indexes.is_dir() else []
        memory = load_memory(indexes, source_id=ministry.seed.id)
        info = RunInfo(ministry.seed.id, self.run_id, ministry.seed.toml, "agent/1", "tests", "ministry-news/test")
        self.recorder = Recorder(space.open_archive, info, lookup=memory.lookup, clock=lambda: ministry.now)
        self.ids: list[str] = []

    def get(
        self,
        path: str,
        body: bytes = b"",
        *,
        status: int = 200,
        mime: str = "text/html; charset=utf-8",
        role: Role = Role.ARTICLE,
        document: str | None = None,
        failure: str | None = None,
        location: str | None = None,
        via: str | None = None,
    ) -> str:
        """Records one exchange; returns its capture id."""
        self.ministry.now += timedelta(seconds=1)
        url = path if "://" in path else f"https://ministry.example{path}"
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n"
        head += f"Location: {location}\r\n\r\n" if location else "\r\n"
        exchange = Exchange(
            url=url,
            method="GET",
            started=self.ministry.now,
            elapsed_ms=5,
            request=f"GET {path} HTTP/1.1\r\nHost: ministry.example\r\n\r\n".encode(),
            response=b"" if failure else head.encode() + body,
            failure=failure,
        )
        capture = self.recorder.record(
            exchange, Intent(role, document=document or (url if role is Role.ARTICLE else None), via=via)
        )
        self.ids.append(capture.capture_id)
        return capture.capture_id

    def done(self, result: str = "complete", **counts: int) -> None:
        self.recorder.record_report({"result": result} | ({"counts": counts} if counts else {}))
        self.recorder.seal(self.ministry.workspace.archive)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "package")


@pytest.fixture(scope="session")
def seed() -> Seed:
    return parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")


@pytest.fixture
def ministry(workspace: Workspace, seed: Seed) -> Ministry:
    return Ministry(workspace, seed)


@pytest.fixture(scope="session")
def make_page() -> Callable[..., bytes]:
    return page


@pytest.fixture(scope="session")
def make_ministry(seed: Seed) -> Callable[[Path], Ministry]:
    return lambda folder: Ministry(Workspace(folder), seed)
