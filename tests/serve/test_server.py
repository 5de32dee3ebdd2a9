"""The archive over HTTP: articles, snapshots, and what hostile pages and hostile requests get."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.cdxj import cdxj
from crawler.archive.warc.writer import Recorder, run_id
from crawler.errors import EnvironmentFault, NotFound
from crawler.model import Capture, Role
from crawler.serve import Library, make_server
from crawler.workspace import Workspace

URL = "https://ministry.example/news/1?a=%D0%B0&b=x y"
THEN, LATER = (datetime(2026, 11, 23, hour, 5, 6, 123456, tzinfo=UTC) for hour in (8, 20))
PAGE = """<html><head><meta charset=windows-1251><title>Новость</title><base href="/news/">
<script>alert(1)</script><link rel=stylesheet href="a.css">
<meta http-equiv=refresh content="0;url=https://evil.example/"><style>b { background: url(/i.png) }</style></head>
<body onload="alert(2)"><h1>Река</h1><img data-src="/i.png" onerror=x()>
<img srcset="/i.png 1x, //cdn.example/b.png 2x"><a href="javascript:alert(3)">x</a><a href="2">next</a>
<iframe srcdoc="<script>alert(4)</script>"></iframe><object data="/x.swf"></object></body></html>"""
ID = "0123456789abcdef"

EXPLORER = {
    "index.html": b"<!DOCTYPE html><title>The explorer</title>",
    "explorer/articles-2026-11-0.00000000.js": b"data",
}
Ask = Callable[..., tuple[int, Mapping[str, str], bytes]]


def answer(body: bytes, mime: str, *, status: str = "200 OK", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Capture]]:
    workspace = Workspace(tmp_path_factory.mktemp("serve"))
    info = RunInfo("xx.tests", run_id("xx.tests", THEN), "", "agent", "tests", "tests")
    recorder = Recorder(workspace.open_archive, info)

    def keep(url: str, response: bytes, moment: datetime = THEN) -> Capture:
        return recorder.record(
            Exchange(url, "GET", moment, 1, b"GET / HTTP/1.1\r\n\r\n", response), Intent(Role.ARTICLE)
        )

    page = answer(PAGE.encode("cp1251"), "text/html; charset=windows-1251")
    first = keep(URL, page)
    captures = [
        first,
        keep(URL, page, LATER),  # a revisit
        keep("https://ministry.example/news/a.css", answer(b"p { background: url('/i.png') }", "text/css")),
        keep("https://ministry.example/i.png", answer(b"\x89PNG", "image/png")),
        keep("https://ministry.example/run.js", answer(b"alert(5)", "application/javascript")),
        keep("https://ministry.example/a.pdf", answer(b"%PDF", "application/pdf")),
        keep("https://ministry.example/old", answer(b"", "text/html", status="301 M", extra="Location: /i.png\r\n")),
        keep("https://ministry.example/news/2", answer(b"<p>two", "text/html")),
        keep("https://ministry.example/news/2", answer(b"<p>two, edited", "text/html"), LATER),
    ]  # fmt: skip
    recorder.seal(workspace.archive)
    workspace.indexes.mkdir(parents=True)
    (workspace.indexes / "2026-11.cdx").write_bytes(cdxj(captures))
    row = {
        "article_id": ID, "title": "<b>Река & море</b>", "published_at": "", "published_date": "2026-11-23", "url": URL,
        "source_id": "xx.tests", "language": "ru", "status": "live", "text": "One\n<script>two</script>",
        "category": "N", "first_seen_at": "2026-11-23T08:05:06.123456Z", "seen_at": "", "withdrawn_at": "",
        "warc_file": first.locator.warc_file, "warc_offset": str(first.locator.offset), "warc_length": str(first.locator.length),
        "capture_id": first.capture_id,
    }  # fmt: skip
    others = [row | {"article_id": f"{n:016x}", "title": f"Story {n}"} for n in range(120)]

    def find(article_id: str) -> tuple[Mapping[str, str], list[Mapping[str, str]]]:
        if article_id != ID:
            raise NotFound(f"no article {article_id}")
        old = row | {"change_kind": "edited", "valid_from": "2026", "valid_to": "", "title": "<i>old</i>"}
        return row, [old]

    def explorer(path: str) -> bytes:
        if path not in EXPLORER:
            raise NotFound(path)
        return EXPLORER[path]

    with closing(Library(workspace, [row, *others], find, explorer)) as library, make_server(library, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, first
        server.shutdown()


@pytest.fixture
def ask(served: tuple[int, Capture]) -> Ask:
    def run(path: str, *, method: str = "GET", host: str | None = None) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", served[0], timeout=10)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{served[0]}"})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, dict(response.getheaders()), body

    return run


def replay(url: str, stamp: str = "20261123080506") -> str:
    return f"/replay/{stamp}/{quote(url, safe='/:')}"


def test_the_list_is_escaped_and_has_pages(ask: Ask) -> None:
    status, headers, body = ask("/articles")
    text = body.decode()
    assert status == 200
    assert "121 articles" in text
    assert text.count("<li>") == 50
    assert "<b>" not in text
    assert "script" not in headers["Content-Security-Policy"].replace("script-src 'none'", "")
    assert ask("/articles?q=&page=2")[2].count(b"<li>") == 21


def test_the_first_page_is_the_explorer_with_its_data(ask: Ask) -> None:
    status, headers, body = ask("/")
    assert (status, body) == (200, EXPLORER["index.html"])
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'", "the page has a policy of its own"
    status, headers, body = ask("/explorer/articles-2026-11-0.00000000.js")
    assert (status, body) == (200, b"data")
    assert headers["Content-Type"].startswith("text/javascript")
    assert ask("/explorer/none-0.00000000.js")[0] == 404
    assert ask("/explorer/../datapackage.json")[0] == 404


def test_a_wording_leads_to_its_snapshot(ask: Ask, served: tuple[int, Capture]) -> None:
    status, headers, _ = ask(f"/snapshot/{ID}/{served[1].capture_id}")
    assert status == 302
    assert headers["Location"].startswith(f"/snapshot/{ID}/20261123080506")
    assert ask(headers["Location"])[0] == 200
    assert ask(f"/snapshot/{ID}/00000000-0000-0000-0000-000000000000")[0] == 404


def test_a_search_takes_words_as_they_are(ask: Ask) -> None:
    assert "1 articles" in ask("/articles?q=" + quote("РЕКА"))[2].decode()
    assert b"0 articles" in ask("/articles?q=%25_")[2]
    assert b"<script>" not in ask("/articles?q=%3Cscript%3E")[2]


def test_an_article_leads_to_its_snapshot(ask: Ask) -> None:
    text = ask(f"/article/{ID}")[2].decode()
    assert "&lt;b&gt;Река &amp; море" in text
    assert "<script>" not in text
    assert "&lt;i&gt;old" in text
    path = text.partition('href="/snapshot/')[2].partition('"')[0]
    status, _, frame = ask(f"/snapshot/{path.replace('&amp;', '&')}")
    assert status == 200
    assert b'<iframe sandbox="allow-same-origin" title="archived page"' in frame
    source = frame.decode().partition('src="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Река" in ask(source)[2].decode()


def test_a_page_is_shown_and_nothing_in_it_runs(ask: Ask) -> None:
    status, headers, body = ask(replay(URL))
    text = body.decode()
    assert status == 200
    assert "<h1>Река</h1>" in text
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'; ")  # and no allow-scripts
    assert "script-src 'none'" in policy
    assert "script-src 'none'" in policy
    for hostile in (
        "<script",
        "onload",
        "onerror",
        "javascript:",
        "refresh",
        "srcdoc",
        "<object",
        "<base",
        "windows-1251",
    ):
        assert hostile not in text, hostile
    assert 'href="/replay/20261123080506/https://ministry.example/news/a.css"' in text
    assert 'src="/replay/20261123080506/https://ministry.example/i.png"' in text
    assert "/replay/20261123080506/https://cdn.example/b.png 2x" in text
    assert 'href="/replay/20261123080506/https://ministry.example/news/2"' in text
    assert 'url("/replay/20261123080506/https://ministry.example/i.png")' in text


def test_a_snapshot_leads_to_replay_web_page_where_that_is_served(served: tuple[int, Capture], tmp_path: Path) -> None:
    path = f"/snapshot/{ID}/20261123080506123456/{quote(URL, safe='/:')}"
    library = Library(Workspace(tmp_path), [], lambda _: ({}, []), lambda _: b"")
    with closing(library), make_server(library, 0, replay="http://replay.localhost:8433") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        answer = urlopen(f"http://127.0.0.1:{server.server_port}{path}")
        page = answer.read().decode()
        server.shutdown()
    assert 'href="http://replay.localhost:8433/?url=https%3A%2F%2Fministry.example%2Fnews%2F1%3Fa%3D' in page
    assert "&amp;ts=20261123080506" in page
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"], "the frame itself shows no other origin"


def test_a_revisit_shows_what_it_repeats_and_the_nearest_time_counts(ask: Ask) -> None:
    assert "Река" in ask(replay(URL, "20261123200506123456"))[2].decode()
    early, late = (
        ask(replay("https://ministry.example/news/2", stamp))[2] for stamp in ("20250101000000", "20270101000000")
    )
    assert b"edited" not in early
    assert b"edited" in late


def test_other_types(ask: Ask) -> None:
    assert ask(replay("https://ministry.example/i.png"))[1]["Content-Type"] == "image/png"
    assert b'url("/replay/' in ask(replay("https://ministry.example/news/a.css"))[2]
    assert ask(replay("https://ministry.example/run.js"))[1]["Content-Type"].startswith("text/plain")
    assert ask(replay("https://ministry.example/a.pdf"))[1]["Content-Disposition"] == "attachment"
    assert ask(replay("https://ministry.example/_next/image?url=%2Fi.png&w=640"))[1]["Content-Type"] == "image/png"
    status, headers, _ = ask(replay("https://ministry.example/old"))
    assert (status, headers["Location"]) == (302, "/replay/20261123080506/https://ministry.example/i.png")


@pytest.mark.parametrize(
    "path",
    ["/article/ffffffffffffffff", "/replay/20261123080506/https://ministry.example/none", "/replay/2026/https://x/",
     "/etc/passwd", "/replay/99999999999999/https://ministry.example/i.png", "/..%2f..%2fetc/passwd", "/replay/20261123080506/file:///etc/passwd",
     "/replay/20261123080506/http://[::1/", "/replay/20261123080506/http://x/_next/image?url=//[", "/replay/20261123080506/http://x:99999999/",
     "/replay/20261123080506/http:///", "/snapshot/0123456789abcdef/20261123080506x/http://[",
     "/replay/20261123080506/http://x/_next/image?url=http%3A%2F%2F%5B", "/replay/20261123080506/http://x%00y/"],
)  # fmt: skip
def test_what_is_not_there(ask: Ask, path: str) -> None:
    assert ask(path)[0] == 404


def test_only_reading_from_this_machine(ask: Ask) -> None:
    status, _, body = ask("/", method="HEAD")
    assert (status, body) == (200, b"")
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask("/", method=method)[0] in (405, 501)
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "127.0.0.1"):
        assert ask("/", host=host)[0] == 421


def test_a_taken_port_is_told(served: tuple[int, Capture], tmp_path: Path) -> None:
    with (
        closing(Library(Workspace(tmp_path), [], lambda _: ({}, []), lambda _: b"")) as library,
        pytest.raises(EnvironmentFault, match="port"),
    ):
        make_server(library, served[0])
