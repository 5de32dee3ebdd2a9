"""ReplayWeb.page in the user's cache: only the bytes that were pinned are ever used."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.errors import EnvironmentFault, NotFound
from crawler.serve.replay import component


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "ministry-news" / "tools"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A registry that sends something else, endlessly; the paths that it was asked for."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(10_000):
                    self.wfile.write(b"x" * 100_000)
            except ConnectionError:
                asked.append("left")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/npm/")
        yield asked
        server.shutdown()


def test_without_it_the_user_is_told_how_to_get_it() -> None:
    with pytest.raises(NotFound, match=r"AGPL-3.0-or-later.*--fetch"):
        component.component()


def test_other_bytes_are_not_used(cache: Path) -> None:
    cache.mkdir(parents=True)
    (cache / f"replaywebpage-{component.VERSION}.tgz").write_bytes(b"something else")
    with pytest.raises(EnvironmentFault, match="SHA-512"):
        component.component()


def test_other_bytes_are_not_kept_and_not_read_to_their_end(cache: Path, registry: list[str]) -> None:
    with pytest.raises(EnvironmentFault, match="SHA-512"):
        component.fetch()
    assert registry[0] == f"/npm/replaywebpage/-/replaywebpage-{component.VERSION}.tgz"
    assert list(cache.iterdir()) == []


def test_no_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:1")
    with pytest.raises(EnvironmentFault, match="refused"):
        component.fetch()


def test_a_registry_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "file:///etc")
    with pytest.raises(EnvironmentFault, match="no address"):
        component.fetch()
