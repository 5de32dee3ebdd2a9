"""The servers of ReplayWeb.page: ranges of the WACZ, and who may ask for what."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from crawler.serve.replay.server import replay_server, span_of

WACZ = bytes(range(256)) * 4
FILES = {"ui.js": b"ui", "wabac.js": b"worker", "LICENSE": b"AGPL"}
Answer = tuple[int, Mapping[str, str], bytes]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the frame; what is in the frame has one that the frame's page tells."""
    wacz = tmp_path_factory.mktemp("replay") / "x.wacz"
    wacz.write_bytes(WACZ)
    with replay_server(FILES, wacz, "0123", 0) as address:
        yield int(address.rpartition(":")[2])


def ask(port: int, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request(method, path, headers={"Host": f"replay.localhost:{port}", **(headers or {})})
    answer = link.getresponse()
    body = answer.read()
    link.close()
    return answer.status, answer.headers, body


@pytest.fixture
def inner(port: int) -> int:
    policy = ask(port, "/")[1]["Content-Security-Policy"]
    return int(policy.partition("frame-src http://replay.localhost:")[2].partition(";")[0])


def test_the_page_around_has_no_script_and_one_origin_in_its_frame(port: int, inner: int) -> None:
    status, headers, page = ask(port, "/?url=https%3A%2F%2Fa.example%2F&ts=20261123080506")
    assert status == 200
    assert f'src="http://replay.localhost:{inner}/?url=https%3A%2F%2Fa.example%2F&amp;ts=2026' in page.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert b"AGPL-3.0-or-later" in page
    assert inner != port
    assert ask(port, "/0123.wacz")[0] == 404


def test_what_runs_scripts_is_shown_in_a_frame_only(inner: int) -> None:
    assert ask(inner, "/")[0] == 403
    assert ask(inner, "/", {"Sec-Fetch-Dest": "document"})[0] == 403
    status, headers, page = ask(inner, "/?url=https%3A%2F%2Fa.example%2F%22%3E&ts=2026", {"Sec-Fetch-Dest": "iframe"})
    assert status == 200
    assert b'source="/0123.wacz"' in page
    assert b'url="https://a.example/&#34;&gt;" ts="2026"' in page
    assert "frame-ancestors http://replay.localhost:*" in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert b"javascript" not in ask(inner, "/?url=javascript:x&ts=1", {"Sec-Fetch-Dest": "iframe"})[2]


def test_what_a_browser_kept_is_cleared_once(tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(WACZ)
    with replay_server(FILES, tmp_path / "x.wacz", "0123", 0) as address:
        policy = ask(int(address.rpartition(":")[2]), "/")[1]["Content-Security-Policy"]
        inner = int(policy.partition("frame-src http://replay.localhost:")[2].partition(";")[0])
        told = [ask(inner, "/", {"Sec-Fetch-Dest": "iframe"})[1].get("Clear-Site-Data") for _ in range(2)]
    assert told == ['"storage"', None]


def test_another_name_of_this_machine_is_refused(port: int, inner: int) -> None:
    for name in ("127.0.0.1", "localhost", "evil.example"):
        assert ask(port, "/", {"Host": f"{name}:{port}"})[0] == 421
        assert ask(inner, "/0123.wacz", {"Host": f"{name}:{inner}"})[0] == 421


def test_the_files_of_the_component(inner: int) -> None:
    assert ask(inner, "/ui.js")[2] == ask(inner, "/replay/ui.js")[2] == b"ui"
    assert ask(inner, "/replay/wabac.js")[2] == b"worker"
    assert ask(inner, "/LICENSE")[2] == b"AGPL"
    _, headers, worker = ask(inner, "/replay/sw.js?serveIndex=1")
    assert b'importScripts("wabac.js")' in worker
    assert "connect-src 'self'" in headers["Content-Security-Policy"]
    assert ask(inner, "/../etc/passwd")[0] == 404


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=0-3", 206, WACZ[:4], "bytes 0-3/1024"),
        ("bytes=1000-", 206, WACZ[1000:], "bytes 1000-1023/1024"),
        ("bytes=1000-99999", 206, WACZ[1000:], "bytes 1000-1023/1024"),
        ("bytes=-10", 206, WACZ[-10:], "bytes 1014-1023/1024"),
        ("bytes=-5000", 206, WACZ, "bytes 0-1023/1024"),
        ("bytes=1024-", 416, b"", "bytes */1024"),
        ("bytes=9-3", 416, b"", "bytes */1024"),
        ("bytes=-0", 416, b"", "bytes */1024"),
        ("bytes=-", 416, b"", "bytes */1024"),
        ("bytes=0-1,4-5", 200, WACZ, None),
        ("pages=1-2", 200, WACZ, None),
    ],
)
def test_a_range(inner: int, asked: str, status: int, body: bytes, told: str | None) -> None:
    got, headers, content = ask(inner, "/0123.wacz", {"Range": asked})
    assert (got, content, headers.get("Content-Range")) == (status, body, told)
    got, headers, content = ask(inner, "/0123.wacz", {"Range": asked}, method="HEAD")
    assert (got, content, headers["Content-Length"]) == (status, b"", str(len(body)))


def test_a_range_of_an_empty_file_is_empty() -> None:
    assert not span_of("0", "", 0)
    assert not span_of("", "5", 0)
