"""The archive in ReplayWeb.page, in headless Chromium: archived scripts run, and reach nothing else.

Skipped where ReplayWeb.page was not fetched (`ministry-news serve --replay --fetch`): tests use no network."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, sync_playwright

from crawler.archive.containers.wacz import export_wacz, pages_jsonl
from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.writer import Recorder, run_id
from crawler.errors import NotFound
from crawler.model import Role
from crawler.serve.replay.component import component
from crawler.serve.replay.server import replay_server
from crawler.workspace import Workspace
from tests.browser import CHROMIUM, needs_browser

pytestmark = needs_browser
THEN = datetime(2026, 11, 23, 8, 5, 6, tzinfo=UTC)
URL = "https://ministry.example/news/1"
# Each way by itself: one that fails does not keep the next from being tried.
PAGE = """<!DOCTYPE html><title>News</title><h1>River</h1><p id=said>as it came</p><img src=/i.png id=picture>
<iframe id=frame></iframe><form id=form action="http://CANARY/form" target=_top></form><script>
const ways = [
  () => document.getElementById("said").textContent = "written by a script",
  () => fetch("http://CANARY/fetch", {mode: "no-cors"}),
  () => new WebSocket("ws://CANARY/socket"),
  () => new EventSource("http://CANARY/events"),
  () => navigator.sendBeacon("http://CANARY/beacon"),
  () => new Image().src = "http://CANARY/image",
  () => { const s = document.createElement("script"); s.src = "http://CANARY/script"; document.head.append(s) },
  () => { const s = new CSSStyleSheet(); s.replaceSync("p { background: url(http://CANARY/sheet) }");
          document.adoptedStyleSheets = [s] },  // nothing but the policy holds this one
  () => new Worker(URL.createObjectURL(new Blob(['fetch("http://CANARY/worker", {mode: "no-cors"})']))),
  () => document.getElementById("frame").src = "http://CANARY/frame",
  () => { const own = document.createElement("iframe"); document.body.append(own);
          own.contentWindow.fetch("http://CANARY/bare", {mode: "no-cors"});
          new own.contentWindow.WebSocket("ws://CANARY/bare-socket") },
];
const leaving = [
  () => open("http://CANARY/window"),
  () => document.getElementById("form").submit(),
  () => { window.top.location = "http://CANARY/top" },
  () => { const a = parent.document.createElement("a"); a.href = "http://CANARY/parent"; a.click() },
  () => { const a = parent.parent.document.createElement("a"); a.href = "http://CANARY/grandparent"; a.click() },
  () => { parent.parent.document.body.innerHTML = '<meta http-equiv=refresh content="0;url=http://CANARY/refresh">' },
];
for (const way of ways) { try { way() } catch { } }
setTimeout(() => { for (const way of leaving) { try { way() } catch { } } }, 2500);
</script>"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The component from the cache of who runs the tests, which all other tests leave alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.environ["CACHE_OF_USER"])
        try:
            return component()
        except NotFound as error:
            pytest.skip(str(error))


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """An address that nobody may ask, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.2", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    peer, _ = server.accept()
                    with peer:
                        peer.settimeout(2)
                        asked.append(peer.recv(4096).split(b"\r\n")[0])

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.2:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


def wacz_of(folder: Path, page: str) -> Path:
    workspace = Workspace(folder)
    recorder = Recorder(
        workspace.open_archive, RunInfo("xx.tests", run_id("xx.tests", THEN), "", "agent", "tests", "tests")
    )
    bodies = {URL: ("text/html", page.encode()), "https://ministry.example/i.png": ("image/png", b"\x89PNG")}
    captures = [
        recorder.record(
            Exchange(url, "GET", THEN, 1, b"", f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n\r\n".encode() + body),
            Intent(Role.ARTICLE),
        )
        for url, (mime, body) in bodies.items()
    ]
    recorder.seal(workspace.archive)
    workspace.indexes.mkdir(parents=True)
    (workspace.indexes / "2026-11.cdx").write_bytes(cdxj(captures))
    (folder / "pages").mkdir()
    (folder / "pages" / "pages.jsonl").write_bytes(pages_jsonl("News", [{"url": URL, "ts": "2026-11-23T08:05:06Z"}]))
    paths = [path for path in sorted(folder.rglob("*.*")) if path.suffix in (".gz", ".cdx", ".jsonl")]
    resources = [
        {
            "name": path.name.lower(),
            "path": str(path.relative_to(folder)),
            "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
            "bytes": path.stat().st_size,
        }
        for path in paths
    ]
    its = {"profile": "data-package", "wacz_version": "1.1.1", "name": "x", "resources": resources}
    workspace.descriptor.write_text(json.dumps(its))
    export_wacz(workspace, folder.parent / "x.wacz")
    return folder.parent / "x.wacz"


def archived(tab: Page) -> Frame:
    """The frame in the frames of the component that has the archived page."""
    for _ in range(300):
        found = next((frame for frame in tab.frames if frame.url.endswith(f"mp_/{URL}")), None)
        if found:
            return found
        tab.wait_for_timeout(200)
    pytest.fail(f"no snapshot among {[frame.url for frame in tab.frames]}")


def test_an_archived_script_runs_and_reaches_nothing(
    files: dict[str, bytes], canary: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    place, asked = canary
    wacz = wacz_of(tmp_path / "package", PAGE.replace("CANARY", place))
    options = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.*, EXCLUDE replay.localhost"]
    with sync_playwright() as tools, replay_server(files, wacz, "0123", 0) as address:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=options)
        tab = browser.new_page()
        tab.goto(f"{address}/?url={URL}&ts=20261123080506")
        shown = archived(tab)
        shown.get_by_text("written by a script").wait_for(timeout=30_000)
        tab.wait_for_timeout(4_000)
        assert tab.url.startswith(f"{address}/?url=")
        assert len(browser.contexts[0].pages) == 1
        assert [its.url for its in tab.frames if place in its.url and "/replay/w/" not in its.url] == []
        browser.close()
    assert [request for request in asked if request] == []  # no policy keeps a browser from a bare connection
