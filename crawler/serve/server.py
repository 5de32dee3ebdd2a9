"""The server of the explorer and of snapshots, in which nothing runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from crawler.addresses import joined
from crawler.archive.index.snapshots import Snapshot
from crawler.archive.warc.fields import media_type
from crawler.errors import MinistryNewsError, NotFound
from crawler.ids import canonical_url
from crawler.model import Locator
from crawler.serve import pages
from crawler.serve.library import Library
from crawler.serve.local import LocalHandler, LocalServer
from crawler.serve.rewrite import TooLarge, replay_path, rewritten_css, rewritten_html

DEFAULT_PORT = 8432
_REPLAY = re.compile(r"/replay/(\d{14,20})/(https?:/.+)", re.S)
_ARTICLE = re.compile(r"/article/([0-9a-f]{16})")
_OF_WORDING = re.compile(r"/snapshot/([0-9a-f]{16})/([A-Za-z0-9._:-]{1,200})")
_SHARD = re.compile(r"/(explorer/[A-Za-z0-9.-]{1,200}\.js)")
_SNAPSHOT = re.compile(r"/snapshot/([0-9a-f]{16})/(\d{14,20})/(https?:/.+)", re.S)
_OWN_POLICY = (
    f"default-src 'none'; style-src '{pages.STYLE_HASH}'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# A page of the archive runs nothing, and reaches nothing but this server. Its origin is this server's, which without
# scripts is of no use to it: Chromium draws a frame with an origin of its own in another process, whose picture is
# often not there yet when a screenshot is taken, and asks for its fonts as for those of another site.
_ARCHIVED_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; img-src {own} data:; media-src {own}; "
    "style-src {own} 'unsafe-inline'; font-src {own} data:; frame-src {own}; "
    "script-src 'none'; base-uri 'none'; form-action 'none'"
)
_SHOWN = re.compile(
    r"image/[a-z0-9.+-]+|audio/[a-z0-9.+-]+|video/[a-z0-9.+-]+|font/[a-z0-9.+-]+|application/font-woff2?"
)
# As a picture such a file reaches nothing. As a page of its own it has elements of HTML, and may name hosts to look up
# and to connect to, which no policy holds back.
_DOCUMENTS = ("image/svg+xml", "image/svg")
_TEXT = re.compile(r"text/.*|application/(?:.*\+)?(?:json|xml)|application/javascript")


class _Server(LocalServer):
    library: Library
    replay: str


def make_server(library: Library, port: int | None, *, replay: str = "") -> ThreadingHTTPServer:
    """A server on 127.0.0.1 that is ready for `serve_forever`; port 0 is any free one. `replay` is the address of
    ReplayWeb.page (`http://host:port`), where it is served too.

    Raises EnvironmentFault when the port is taken."""
    server = _Server(DEFAULT_PORT if port is None else port, _Handler)
    server.library, server.replay = library, replay
    return server


class _Handler(LocalHandler):
    server: _Server

    def route(self) -> None:
        try:
            self._route()
        except NotFound as error:
            self.tell(404, "Not found", str(error))
        except TooLarge as error:
            self.tell(413, "Too large to be shown", f"{error}. The archive holds all of it.")
        except MinistryNewsError as error:
            self.tell(500, "Cannot be shown", str(error))

    def tell(self, status: int, title: str, words: str) -> None:
        self._own(status, pages.message_page(title, words))

    def _route(self) -> None:
        target = self.path if self.path.startswith("/") else "/"
        path, _, query = target.partition("?")
        if path == "/":
            self._explorer()
        elif match := _SHARD.fullmatch(path):
            self.send(200, self.server.library.explorer(match[1]), {"Content-Type": "text/javascript; charset=utf-8"})
        elif path == "/articles":
            asked = parse_qs(query)
            words, page = asked.get("q", [""])[0][:200], asked.get("page", ["0"])[0]
            number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0
            self._own(200, pages.index_page(self.server.library.listed(words, number), words, number))
        elif match := _ARTICLE.fullmatch(path):
            self._article(match[1])
        elif match := _OF_WORDING.fullmatch(path):
            self._of_wording(match[1], match[2])
        elif match := _SNAPSHOT.fullmatch(_decoded(path)):
            moment = _moment(match[2])
            place = replay_path(match[2], match[3])
            other = urlencode({"url": match[3], "ts": match[2][:14]})
            other = f"{self.server.replay}/?{other}" if self.server.replay else ""
            self._own(200, pages.frame_page(match[3], f"{moment:%Y-%m-%d %H:%M:%S} UTC", place, match[1], other))
        elif match := _REPLAY.fullmatch(_decoded(target)):
            self._replay(match[1], match[2])
        else:
            raise NotFound("There is no such page.")

    def _explorer(self) -> None:
        """The page of the package, whose policy lets its one script run; for a package of an older form, the list."""
        try:
            page = self.server.library.explorer("index.html")
        except NotFound:
            self.send(302, b"", {"Location": "/articles"})
            return
        self._own(200, page.decode(), policy="frame-ancestors 'none'")

    def _of_wording(self, article_id: str, capture_id: str) -> None:
        row, revisions = self.server.library.find(article_id)
        wording = next((its for its in (row, *revisions) if its["capture_id"] == capture_id), None)
        path = self._snapshot_path(row, wording) if wording else None
        if not path:
            raise NotFound("There is no snapshot of these words.")
        self.send(302, b"", {"Location": path})

    def _article(self, article_id: str) -> None:
        row, revisions = self.server.library.find(article_id)
        paths = {r["capture_id"]: path for r in (*revisions, row) if (path := self._snapshot_path(row, r))}
        self._own(200, pages.article_page(row, revisions, paths))

    def _snapshot_path(self, article: Mapping[str, str], row: Mapping[str, str]) -> str | None:
        """Where the snapshot of one wording is: the page at the article's address, captured with the row's record; the
        record's own address where that page was not (an API's answer)."""
        if not row.get("warc_file"):
            return None
        snapshots = self.server.library.snapshots
        locator = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
        own, moment = snapshots.origin(locator)
        url = next((u for u in (row.get("url") or article["url"], own) if any(snapshots.entries(u))), None)
        path = replay_path(f"{moment:%Y%m%d%H%M%S%f}", url) if url else None
        return path and path.replace("/replay/", f"/snapshot/{article['article_id']}/", 1)

    # ------------------------------------------------------------ archived answers

    def _replay(self, stamp: str, url: str) -> None:
        if not _joined(url, ""):
            raise NotFound("That is no address.")
        snapshot = self._found(url, stamp)
        location, status = snapshot.head.get("location"), snapshot.head.status or 200
        if location and 300 <= status < 400:
            target = _joined(url, location)
            if target:
                self.send(302, b"", {"Location": replay_path(stamp, target)})
                return
        mime, body = self._content(snapshot, stamp, url)
        own = f"http://{self.headers['Host'].lower()}"
        headers = {"Content-Type": mime, "Content-Security-Policy": _ARCHIVED_POLICY.format(own=own)}
        if mime == "application/octet-stream":
            headers["Content-Disposition"] = "attachment"
        self.send(status if 200 <= status < 600 and status not in (204, 304) else 200, body, headers)

    def _found(self, url: str, stamp: str) -> Snapshot:
        snapshots = self.server.library.snapshots
        try:
            return snapshots.find(url, _moment(stamp))
        except NotFound:
            # The crawl takes the original of a picture that the page shows through a resizer.
            original = parse_qs(urlsplit(url).query).get("url", [""])[0]
            target = _joined(url, original) if original else None
            if not urlsplit(url).path.endswith("/_next/image") or not target:
                raise
            return snapshots.find(target, _moment(stamp))

    def _content(self, snapshot: Snapshot, stamp: str, url: str) -> tuple[str, bytes]:
        """(type, body) of an archived answer as it is shown. What could run anywhere is sent as text or a download."""
        stated = snapshot.head.get("content-type") or "text/html"
        mime = media_type(snapshot.head) or "text/html"

        def locate(address: str) -> str:
            return replay_path(stamp, address)

        if mime in ("text/html", "application/xhtml+xml"):
            return "text/html; charset=utf-8", rewritten_html(snapshot.body, url, stated, locate)
        if mime == "text/css":
            css = rewritten_css(snapshot.body.decode("utf-8", "replace"), url, locate)
            return "text/css; charset=utf-8", css.encode()
        if _SHOWN.fullmatch(mime) and (mime not in _DOCUMENTS or self.headers.get("Sec-Fetch-Dest") == "image"):
            return mime, snapshot.body
        if _TEXT.fullmatch(mime) or mime in _DOCUMENTS:
            return "text/plain; charset=utf-8", snapshot.body
        return "application/octet-stream", snapshot.body

    # ------------------------------------------------------------ answers

    def _own(self, status: int, page: str, *, policy: str = _OWN_POLICY) -> None:
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        self.send(status, page.encode("utf-8", "replace"), headers)


def _joined(base: str, address: str) -> str | None:
    """The absolute http(s) address of `address` on the page `base`, or None."""
    try:
        target = joined(base, address)
        canonical_url(target)
    except ValueError:
        return None
    return target


def _decoded(path: str) -> str:
    return unquote(path, errors="replace")


def _moment(stamp: str) -> datetime:
    try:
        moment = datetime.strptime(stamp[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotFound(f"{stamp}: not a time") from error
    return moment.replace(microsecond=int(stamp[14:].ljust(6, "0"))) if stamp[14:] else moment
