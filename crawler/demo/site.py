"""The demo site as a real HTTP server on loopback. It has an age, so that a second crawl finds something."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from crawler.demo import pages, wordpress
from crawler.demo.content import LANGUAGES, Story, portal
from crawler.demo.files import guid, pdf, png
from crawler.errors import EnvironmentFault

DEFAULT_PORT = 8431  # part of the articles' addresses: the same one keeps the ids of a demo package
_PER_PAGE = 12
_ZONE = timezone(timedelta(hours=5))  # the site's own
_VIEW = re.compile(r"/(oz|uz|ru|en)/rivers/news/view/(\d{1,12})")
_LIST = re.compile(r"/(oz|uz|ru|en)/rivers/news/news")
_UPLOAD = r"/uploads/7/\d{4}/\d\d/\d\d/([0-9a-f-]{36})_(?:lists_slider_\.png|media_\.pdf)"


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
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_tagged(self, mime: str, content: str | bytes, modified: datetime | None = None) -> None:
        """With an ETag, and Last-Modified where `modified` is known; 304 to whoever has it already (RFC 9110, 13.2.2).
        A time without a zone is the site's own."""
        body = content.encode() if isinstance(content, str) else content
        validators = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
        if modified is not None:
            moment = modified if modified.tzinfo else modified.replace(tzinfo=_ZONE)
            validators["Last-Modified"] = format_datetime(moment.astimezone(UTC), usegmt=True)
        if self._has(validators):
            self.send_response(304)
            for name, value in validators.items():
                self.send_header(name, value)
            self.end_headers()
        else:
            self.send(200, mime, body, **validators)

    def _has(self, validators: dict[str, str]) -> bool:
        """Whether the asker holds this very answer. If-None-Match, where it is sent, alone decides."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return validators["ETag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == validators.get("Last-Modified")

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


def _upload(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    for story in handler.demo.stories:
        if match[1] in (guid(f"{story.number}/{slide}") for slide in range(story.slides)):
            handler.send_tagged("image/png", png(match[1]), story.published)
            return
        if story.attachment and match[1] == guid(f"{story.number}/document"):
            title = story.texts["en"].title if "en" in story.texts else f"Annex to item {story.number}"
            handler.send_tagged("application/pdf", pdf(title, (pages.NOTICE["en"],)), story.published)
            return
    handler.send(404, "text/plain", "no such file")


def _asset(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    if match[1] == "river.png":
        handler.send_tagged("image/png", png("river"))
    else:
        handler.send_tagged("text/css", pages.STYLE if match[1] == "portal.css" else pages.FONTS)


def _resized(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    """The original, whatever size is asked for."""
    parts = urlsplit(query.get("url", ""))
    inner = re.fullmatch(_UPLOAD, parts.path)
    if inner is None or f"{parts.scheme}://{parts.netloc}" != handler.base:
        handler.send(400, "text/plain", '"url" parameter is not allowed')
        return
    _upload(handler, inner, {})


# ---------------------------------------------------------------- the WordPress-like section


def _post(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    every = wordpress.posts(handler.demo.age)
    post = next((post for post in every if post.path == match[0]), None)
    if post is not None:
        handler.send_tagged("text/html; charset=utf-8", wordpress.article(handler.base, post, every), post.changed)
        return
    gone = wordpress.withdrawn(match[0])
    title = "This post has been withdrawn" if gone else "Page not found"
    handler.send(410 if gone else 404, "text/html; charset=utf-8", wordpress.page("en", title, f"<h1>{title}</h1>"))


def _in(handler: _Handler, language: str) -> list[wordpress.Post]:
    return [post for post in wordpress.posts(handler.demo.age) if post.language == language]


def _bulletin(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language = match[1] or "en"
    handler.send_tagged("text/html; charset=utf-8", wordpress.home(language, _in(handler, language)))


def _feed(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    language = match[1] or "en"
    body = wordpress.feed(handler.base, language, _in(handler, language))
    handler.send_tagged("application/rss+xml; charset=utf-8", body)


def _sitemap(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    body = wordpress.sitemap(handler.base, wordpress.posts(handler.demo.age))
    handler.send_tagged("application/xml; charset=utf-8", body)


def _sitemap_index(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    handler.send_tagged("application/xml; charset=utf-8", wordpress.sitemap_index(handler.base))


def _rest(handler: _Handler, match: re.Match[str], query: dict[str, str]) -> None:
    status, value, fields = wordpress.rest(handler.base, wordpress.posts(handler.demo.age), query)
    handler.send(status, "application/json", json.dumps(value, ensure_ascii=False), **fields)


_Answer = Callable[[_Handler, re.Match[str], dict[str, str]], None]
_ROUTES: tuple[tuple[re.Pattern[str], _Answer], ...] = (
    (re.compile(r"/robots\.txt"), _robots),
    (re.compile(r"/authorities/news/category"), _api_list),
    (re.compile(r"/authorities/news/view"), _api_view),
    (_VIEW, _portal_article),
    (_LIST, _portal_listing),
    (re.compile(r"/(?:oz|uz|ru|en)?/?"), _home),
    (re.compile(_UPLOAD), _upload),
    (re.compile(r"/_next/image"), _resized),
    (re.compile(r"/assets/(portal\.css|fonts\.css|river\.png)"), _asset),
    (re.compile(r"/orchards/(?:(ru|uz)/)?"), _bulletin),
    (re.compile(r"/orchards/(?:(ru|uz)/)?feed/"), _feed),
    (re.compile(r"/orchards/(?:(?:ru|uz)/)?\d{4}/\d\d/[a-z0-9-]+/"), _post),
    (re.compile(r"/orchards/wp-sitemap\.xml"), _sitemap_index),
    (re.compile(r"/orchards/wp-sitemap-posts-post-1\.xml"), _sitemap),
    (re.compile(r"/orchards/wp-json/wp/v2/posts"), _rest),
)
