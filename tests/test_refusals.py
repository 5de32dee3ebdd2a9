"""A source that suddenly sends one page for everything, or pages without their texts, through the whole main job: the
other source is published, this one stays as it was byte for byte, its captures wait, and every verb tells."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.package import query
from crawler.workspace import Workspace

Command = Callable[..., subprocess.CompletedProcess[str]]
TOPICS = ("water", "wind", "roads", "schools", "forests", "harbours", "rivers", "bridges")
TEXT = (
    "The ministry opened a laboratory for {} in the capital on Monday, and the public was invited to see it.",
    "Engineers explained how {} are measured, what the limits are, and why the figures are published every day.",
    "The minister said that the budget for {} would be doubled next year if parliament agrees to the proposal.",
)
SEED = """
title = {{ en = "{name}" }}
homepage = "{base}/{name}/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "listing"
url = "{base}/{name}/"
links = "ul a"
[crawl]
delay_s = 0
recheck_days = 0
allow_private = ["127.0.0.1"]
"""


class Site:
    """Two newsrooms on one server: `well` shows `count` articles of each, `block` one page for every article of bad,
    `texts` pages of bad without their texts."""

    def __init__(self) -> None:
        self.mode, self.count = "well", 6
        handler = type("Handler", (_Handler,), {"site": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def page(self, path: str) -> str | None:
        _, room, name = path.split("/", 2) if path.count("/") == 2 else ("", "", "robots.txt")
        if room in ("bad", "good") and not name:
            links = "".join(f'<li><a href="/{room}/{i}">{topic}</a></li>' for i, topic in self.shown())
            return f"<html><body><h1>News</h1><ul>{links}</ul></body></html>"
        topic = dict(self.shown()).get(int(name)) if name.isdigit() else None
        if topic is None:
            return None
        if room == "bad" and self.mode == "block":
            return _article("Works on our site", "all services of this portal")
        return _article(f"About {topic}", topic, empty=room == "bad" and self.mode == "texts")

    def shown(self) -> list[tuple[int, str]]:
        return list(enumerate(TOPICS))[: self.count]


def _article(title: str, topic: str, *, empty: bool = False) -> str:
    text = "" if empty else "".join(f"<p>{line.format(topic)}</p>" for line in TEXT)
    return (
        f'<html lang="en"><head><title>{title}</title>'
        '<meta property="article:published_time" content="2026-03-12T10:00:00+05:00"></head>'
        f"<body><main><article><h1>{title}</h1>{text}</article></main></body></html>"
    )


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        body = self.site.page(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len((body or "").encode())))
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def told_of_bad(space: Workspace) -> dict[str, list[dict[str, str]]]:
    names = ("sources", "runs", "captures", "articles", "revisions", "rejections", "changes")
    return {name: [row for row in query.rows(space, name) if row["source_id"] == "xx.bad"] for name in names}


@pytest.mark.parametrize(("mode", "gate", "mend"), [("block", "same-text", "well"), ("texts", "none", "accept")])
def test_a_refused_source_waits_and_the_other_is_published(
    command: Command, invoke: Command, site: Site, tmp_path: Path, mode: str, gate: str, mend: str
) -> None:
    seeds = [tmp_path / "seeds" / "xx" / f"{name}.toml" for name in ("bad", "good")]
    seeds[0].parent.mkdir(parents=True)
    for path in seeds:
        path.write_text(SEED.format(base=site.base, name=path.stem))
    space = Workspace(tmp_path / "package")
    crawl = ("crawl", *seeds, "--package", space.root, "--quiet")
    first = command(*crawl)
    assert first.returncode == 0, first.stderr
    before, files = told_of_bad(space), set(space.archive.iterdir())
    assert len(before["articles"]) == 6

    site.mode, site.count = mode, 8
    refused = command(*crawl, "--report", tmp_path / "report.json", "--report", tmp_path / "report.md")
    assert refused.returncode == 9, refused.stderr
    assert f"[{gate}]" in refused.stderr
    assert "valid, and what gates refused is held back" in refused.stdout
    assert told_of_bad(space) == before
    assert sum(row["source_id"] == "xx.good" for row in query.rows(space, "articles")) == 8
    waiting = set(space.archive.iterdir()) - files
    assert len([path for path in waiting if path.name.startswith("xx.bad-")]) == 1
    (record,) = json.loads((space.root / "refused.json").read_bytes())["refused"]
    assert (record["gate"], record["source"]) == (gate, "xx.bad")
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["exit_code"], len(report["refused"]), report["valid"]) == (9, 1, True)
    assert "### Held back" in (tmp_path / "report.md").read_text()
    said = invoke("status", "--package", space.root, "--fail-late")
    assert said.returncode == 9
    assert f"ministry-news build --accept {gate}:xx.bad" in said.stdout

    site.mode = "well"
    done = command(*crawl) if mend == "well" else invoke("build", "--package", space.root, "--accept", f"{gate}:xx.bad")
    assert done.returncode == 0, done.stderr
    assert not (space.root / "refused.json").exists()
    now = told_of_bad(space)
    assert len(now["captures"]) > len(before["captures"])
    assert [row["text_sha256"] for row in now["articles"]][:6] == [row["text_sha256"] for row in before["articles"]]
    assert invoke("validate", "--package", space.root, "--full", "--reextract").returncode == 0
    assert invoke("status", "--package", space.root, "--fail-late").returncode == 0
