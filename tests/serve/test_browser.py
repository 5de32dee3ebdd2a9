"""Hostile snapshots in headless Chromium: nothing outside of the archive is asked, or even looked up."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.writer import Recorder, run_id
from crawler.errors import NotFound
from crawler.model import Role
from crawler.serve import Library, make_server
from crawler.workspace import Workspace
from tests.browser import CHROMIUM, needs_browser
from tests.serve.hostile_pages import HOSTILE

NAME, SITE = "looked-up.test", "https://ministry.example"
THEN = datetime(2026, 11, 23, 8, 5, 6, tzinfo=UTC)

pytestmark = needs_browser


class Canary:
    """What nobody may ask: it counts connections, by the first line that comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.2", 0))
        self.place = f"127.0.0.2:{self.socket.getsockname()[1]}"
        self.asked: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(peer,), daemon=True).start()

    def _answer(self, peer: socket.socket) -> None:
        place = len(self.asked)
        self.asked.append(b"a connection, and nothing said")
        with peer, suppress(OSError):
            peer.settimeout(5)
            self.asked[place] = peer.recv(4096).split(b"\r\n")[0]
            peer.sendall(b"HTTP/1.1 404 N\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    found = Canary()
    yield found
    found.socket.close()


def hostile(name: str, canary: Canary) -> bytes:
    page = HOSTILE[name].replace("CANARY", canary.place).replace("NAME", NAME)
    return f"<html><head><title>{name}</title></head><body><p>words of {name}</p>{page}".encode()


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory, canary: Canary) -> Iterator[int]:
    """The port of `serve` over an archive of the hostile pages and a hostile style sheet."""
    workspace = Workspace(tmp_path_factory.mktemp("serve"))
    info = RunInfo("xx.tests", run_id("xx.tests", THEN), "", "agent", "tests", "tests")
    recorder = Recorder(workspace.open_archive, info)

    def keep(path: str, body: bytes, mime: str):  # type: ignore[no-untyped-def]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nLink: <http://{canary.place}>; rel=preconnect\r\n"
        response = f"{head}Refresh: 0;url=http://{canary.place}/\r\n\r\n".encode() + body
        return recorder.record(Exchange(SITE + path, "GET", THEN, 1, b"", response), Intent(Role.ARTICLE))

    captures = [keep(f"/{name}", hostile(name, canary), "text/html") for name in HOSTILE]
    captures.append(keep("/sheet", b'<link rel=stylesheet href="/a.css"><p>words of sheet', "text/html"))
    css = f"@import 'http://{canary.place}/a';p{{background:url(http://{canary.place}/b)}}"
    captures.append(keep("/a.css", css.encode(), "text/css"))
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml"><h:link rel="preconnect"
        href="http://{canary.place}"/><h:link rel="dns-prefetch" href="http://{NAME}"/><h:link rel="stylesheet"
        href="http://{canary.place}/s"/><h:meta http-equiv="refresh" content="0;url=http://{canary.place}/r"/>
        <text>words of drawing</text></svg>"""
    captures.append(keep("/drawing", svg.encode(), "image/svg+xml"))
    captures.append(keep("/framed", b'<p>words of framed</p><iframe src="/drawing"></iframe>', "text/html"))
    recorder.seal(workspace.archive)
    workspace.indexes.mkdir(parents=True)
    (workspace.indexes / "2026-11.cdx").write_bytes(cdxj(captures))

    def find(article_id: str):  # type: ignore[no-untyped-def]
        raise NotFound(article_id)

    with closing(Library(workspace, [], find, find)) as library, make_server(library, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def browse(url: str, folder: Path) -> tuple[str, set[str]]:
    """(the page as the browser has it, the names that it looked up)."""
    log = folder / "net.json"
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
        "--disable-extensions", "--no-proxy-server", "--disable-domain-reliability", "--metrics-recording-only",
        f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--virtual-time-budget=3000",
        "--dump-dom", url,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(log.read_text("utf-8"))
    kinds = {number: name for name, number in told["constants"]["logEventTypes"].items()}
    events = [e for e in told["events"] if kinds[e["type"]].startswith("HOST_RESOLVER")]
    return done.stdout.decode("utf-8", "replace"), {str(e.get("params", {}).get("host", "")) for e in events}


@pytest.mark.parametrize("name", [*HOSTILE, "sheet", "drawing", "framed"])
def test_a_hostile_snapshot_reaches_nothing(name: str, replayed: int, canary: Canary, tmp_path: Path) -> None:
    before = len(canary.asked)
    page, names = browse(f"http://127.0.0.1:{replayed}/replay/20261123080506/{SITE}/{name}", tmp_path)
    time.sleep(0.3)
    assert f"words of {name}" in page or name == "frameset"
    assert canary.asked[before:] == []
    assert not [found for found in names if NAME in found]


class _AsServed(BaseHTTPRequestHandler):
    page = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("name", ["links", "pictures", "styles", "svg", "confusion"])
def test_the_same_pages_as_they_were_served_reach_it(name: str, canary: Canary, tmp_path: Path) -> None:
    """What the test above would see, if there were something to see."""
    handler = type("AsServed", (_AsServed,), {"page": hostile(name, canary)})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        before = len(canary.asked)
        _, names = browse(f"http://127.0.0.1:{server.server_port}/", tmp_path)
        time.sleep(0.3)
        server.shutdown()
    assert canary.asked[before:]
    assert name != "links" or [found for found in names if NAME in found]
