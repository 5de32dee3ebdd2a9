"""The demo site as a real HTTP server on loopback. It has an age, so that a second crawl finds something."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from crawler.demo import pages
from crawler.demo.content import LANGUAGES, Story, orchards, portal
from crawler.errors import EnvironmentFault

DEFAULT_PORT = 8431  # part of the articles' addresses: the same one keeps the ids of a demo package
_PER_PAGE = 12
_VIEW = re.compile(r"/(oz|uz|ru|en)/rivers/news/view/(\d{1,12})")
_LIST = re.compile(r"/(oz|uz|ru|en)/rivers/news/news")
_POST = re.compile(r"/orchards/\d{4}/\d\d/(\d{1,6})/")


class DemoServer:
    """The running site. `age` may be set between two crawls; `requests` lists what was asked for:
    (monotonic seconds, method, path with query, headers with names in lower case)."""

    def __init__(self, port: int | None = None, age: int = 1, stories: Sequence[Story] | None = None) -> None:
        self.age = age
        self.stories = portal() if stories is None else tuple(stories)
        self.requests: list[tuple[float, str, str, dict[str, str]]] = []
        self.views = count(100)
        self._httpd = _listen(port, self)
        self.port = int(self._httpd.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._httpd.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def serve(port: int | None = None, age: int = 1, stories: Sequence[Story] | None = None) -> DemoServer:
    """The demo site on 127.0.0.1. Without a port: the usual one, or a free one when that is taken; port 0 is any free
    one. `stories` take the place of the portal's own.

    Raises EnvironmentFault when `port` is given and taken.
    """
    return DemoServer(port, age, stories)


def _listen(port: int | None, demo: DemoServer) -> ThreadingHTTPServer:
    handler = type("DemoHandler", (_Handler,), {"demo": demo})
    for candidate in (port,) if port is not None else (DEFAULT_PORT, 0):
        try:
            server = ThreadingHTTPServer(("127.0.0.1", candidate or 0), handler)
            server.daemon_threads = True
            return server
        except OSError as error:
            if port is not None:
                raise EnvironmentFault(f"port {port} of 127.0.0.1 cannot be used: {error.strerror}") from error
    raise EnvironmentFault("no free port on 127.0.0.1")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    demo: DemoServer

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.demo.requests.append((time.monotonic(), self.command, self.path, headers))
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        for pattern, answer in _ROUTES:
            if match := pattern.fullmatch(parts.path):
                answer(self, match, query)
                return
        self.send(404, "text/html; charset=utf-8", "<h1>404 Not Found</h1>")

    do_HEAD = do_GET

    @property
    def base(self) -> str:
        return self.demo.url

    def send(self, status: int, mime: str, content: str | bytes, **extra: str) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        for name, value in {"Content-Type": mime, **extra, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_tagged(self, mime: str, content: str | bytes) -> None:
        """With an ETag, and 304 to whoever has it already."""
        body = content.encode() if isinstance(content, str) else content
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
        else:
            self.send(200, mime, body, ETag=tag)

    def send_json(self, value: Any) -> None:
        self.send(200, "application/json", json.dumps(value, ensure_ascii=False))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the request log is `DemoServer.requests`."""


# ---------------------------------------------------------------- the portal


def _live(demo: DemoServer, language: str) -> list[Story]:
    found = [s for s in demo.stories if s.lives(demo.age) and language in s.texts]
    return sorted(found, key=lambda s: s.published, reverse=True)


def _robots(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send(
        200, "text/plain", f"User-agent: *\nDisallow: /admin/\nSitemap: {handler.base}/orchards/wp-sitemap.xml\n"
    )


def _api_list(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language = handler.headers.get("language", "oz")
    found = _live(handler.demo, language) if handler.headers.get("code") == pages.AUTHORITY else []
    page = int(query["page"]) if query.get("page", "1").isdigit() and "page" in query else 1
    items = [
        pages.api_item(s, language, handler.demo.age, handler.base, next(handler.demo.views), whole=False)
        for s in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    ]
    handler.send_json({"data": items, "total_page": -(-len(found) // _PER_PAGE), "current_page": page})


def _api_view(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language, age = handler.headers.get("language", "oz"), handler.demo.age
    story = next((s for s in _live(handler.demo, language) if str(s.number) == query.get("id")), None)
    views = next(handler.demo.views)
    handler.send_json(
        {"data": pages.api_item(story, language, age, handler.base, views, whole=True) if story else None}
    )


def _portal_article(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language, age = match[1], handler.demo.age
    live = _live(handler.demo, language)
    story = next((s for s in live if str(s.number) == match[2]), None)
    if story is None:
        handler.send(200, "text/html; charset=utf-8", pages.missing(language))
        return
    others = [s for s in live if s is not story][:3]
    views = next(handler.demo.views)
    handler.send(200, "text/html; charset=utf-8", pages.article(story, language, age, handler.base, views, others))


def _portal_listing(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language, age = match[1], handler.demo.age
    items = [
        pages.api_item(s, language, age, handler.base, next(handler.demo.views), whole=False)
        for s in _live(handler.demo, language)[:_PER_PAGE]
    ]
    handler.send(200, "text/html; charset=utf-8", pages.listing(items, language))


def _home(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    links = "".join(f'<li><a href="/{code}/rivers/news/news">{pages.NAMES[code]}</a></li>' for code in LANGUAGES)
    handler.send(
        200, "text/html; charset=utf-8", pages.shell(pages.NAMES["en"], "en", f"<main><ul>{links}</ul></main>", "")
    )


def _picture(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send_tagged("image/png", _png(int(match[1]) % 256))


def _document(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send_tagged("application/pdf", _pdf(f"Terms of tender {match[1]} (demonstration)"))


# ---------------------------------------------------------------- the WordPress-like section


def _posts(age: int) -> list[Story]:
    return sorted((s for s in orchards() if s.lives(age)), key=lambda s: s.published, reverse=True)


def _post(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    story = next((s for s in orchards() if str(s.number) == match[1]), None)
    if story is None:
        handler.send(404, "text/html; charset=utf-8", "<h1>Page not found</h1>")
    elif not story.lives(handler.demo.age):
        handler.send(410, "text/html; charset=utf-8", "<h1>Gone</h1>")
    else:
        handler.send_tagged("text/html; charset=utf-8", pages.post(story, handler.demo.age, handler.base))


def _feed(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send_tagged(
        "application/rss+xml; charset=utf-8", pages.feed(_posts(handler.demo.age), handler.demo.age, handler.base)
    )


def _sitemap(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    age = handler.demo.age
    handler.send_tagged("application/xml; charset=utf-8", pages.sitemap(_posts(age), age, handler.base))


def _sitemap_index(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send_tagged("application/xml; charset=utf-8", pages.sitemap_index(handler.base))


def _rest(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    per_page, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
    posts = _posts(handler.demo.age)
    total = -(-len(posts) // per_page)
    if page > total:
        handler.send(400, "application/json", json.dumps({"code": "rest_post_invalid_page_number"}))
        return
    items = [
        {
            "id": s.number,
            "link": pages.post_url(handler.base, s),
            "modified_gmt": f"{s.changed_at(handler.demo.age):%Y-%m-%dT%H:%M:%S}",
        }
        for s in posts[(page - 1) * per_page : page * per_page]
    ]
    handler.send(200, "application/json", json.dumps(items), X_WP_TotalPages=str(total))


def _png(shade: int) -> bytes:
    """A real 64 x 48 PNG of one colour (PNG specification, 5.2)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + bytes((40, shade, 120)) * 64) * 48
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _pdf(text: str) -> bytes:
    """A real one-page PDF 1.4 with one line of text."""
    stream = f"BT /F1 18 Tf 72 720 Td ({text.replace('(', '[').replace(')', ']')}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        start,
    )
    return bytes(out)


_Answer = Callable[[_Handler, re.Match[str], dict[str, str]], None]
_ROUTES: tuple[tuple[re.Pattern[str], _Answer], ...] = (
    (re.compile(r"/robots\.txt"), _robots),
    (re.compile(r"/authorities/news/category"), _api_list),
    (re.compile(r"/authorities/news/view"), _api_view),
    (_VIEW, _portal_article),
    (_LIST, _portal_listing),
    (re.compile(r"/(?:oz|uz|ru|en)?/?"), _home),
    (re.compile(r"/uploads/\d+/\d{4}/\d\d/\d\d/(\d+)_lists_slider_\.png"), _picture),
    (re.compile(r"/uploads/\d+/\d{4}/\d\d/\d\d/(\d+)_media_\.pdf"), _document),
    (_POST, _post),
    (re.compile(r"/orchards/feed/"), _feed),
    (re.compile(r"/orchards/wp-sitemap\.xml"), _sitemap_index),
    (re.compile(r"/orchards/wp-sitemap-posts-post-1\.xml"), _sitemap),
    (re.compile(r"/orchards/wp-json/wp/v2/posts"), _rest),
)
