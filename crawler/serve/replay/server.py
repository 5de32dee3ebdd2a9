"""The servers of ReplayWeb.page: one has its files and the package as a WACZ that is read by ranges, one the frame in
which they are shown.

Archived scripts run in the frame. So its host (`replay.localhost`) is not the explorer's, and browsers keep its cookies
and its storage apart; there is nothing on it that is not in the package. Policies keep what runs from all other hosts
and from new windows, and the page around the frame, on an origin of its own, keeps it from leading the window
elsewhere. What a browser kept of an archive that was served here before is cleared when the first page is sent."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

from crawler.serve import pages
from crawler.serve.local import LocalHandler, LocalServer
from crawler.serve.replay.component import PRODUCT

DEFAULT_PORT = 8433
_NAME = "replay.localhost"  # RFC 6761, section 6.3: browsers know that it is this machine
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_STEP = 1 << 18
_SANDBOX = "sandbox allow-scripts allow-same-origin allow-forms allow-downloads; "
_AROUND = f"frame-ancestors http://{_NAME}:*"
_OUTER_POLICY = (
    f"default-src 'none'; style-src '{pages.STYLE_HASH}'; frame-src {{inner}}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PAGE_POLICY = (
    f"{_SANDBOX}default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    f"font-src 'self' data:; connect-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; {_AROUND}"
)
_WORKER_POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'"
_WORDS_POLICY = f"{_SANDBOX}default-src 'none'; style-src '{pages.STYLE_HASH}'; {_AROUND}"
_SCRIPT = "text/javascript; charset=utf-8"


@contextmanager
def replay_server(files: Mapping[str, bytes], wacz: Path, name: str, port: int | None) -> Iterator[str]:
    """The address of the frame, while both servers are at work: on `port` and the one after it; 0 is any free ones.

    `files` are those of `component`; `name` tells the WACZ from all others. Raises EnvironmentFault when a port is
    taken."""
    first = DEFAULT_PORT if port is None else port
    with _Inner(first and first + 1, _InnerHandler) as inner, _Outer(first, _OuterHandler) as outer:
        inner.files, inner.archive = files, f"/{name}.wacz"
        inner.is_cleared = False
        inner.descriptor = os.open(wacz, os.O_RDONLY | os.O_CLOEXEC)
        inner.size = os.fstat(inner.descriptor).st_size
        outer.inner = f"http://{_NAME}:{inner.server_port}"
        for server in (inner, outer):
            Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{_NAME}:{outer.server_port}"
        finally:
            for server in (outer, inner):
                server.shutdown()
            os.close(inner.descriptor)


class _Outer(LocalServer):
    names = (_NAME,)
    inner: str  # the origin of what is in the frame


class _Inner(LocalServer):
    names = (_NAME,)
    files: Mapping[str, bytes]
    archive: str  # the path of the WACZ; another for another version, since browsers keep what they read of it
    descriptor: int  # of its file
    size: int  # bytes
    is_cleared: bool


class _Handler(LocalHandler):
    def html(self, status: int, page: str, policy: str, more: Mapping[str, str] | None = None) -> None:
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        self.send(status, page.encode("utf-8", "replace"), {**headers, **(more or {})})

    def tell(self, status: int, title: str, words: str) -> None:
        self.html(status, pages.message_page(title, words), _WORDS_POLICY)


class _OuterHandler(_Handler):
    server: _Outer

    def route(self) -> None:
        path, _, query = self.path.partition("?")
        if path != "/":
            self.tell(404, "Not found", "There is no such page.")
            return
        page = pages.replay_frame_page(f"{self.server.inner}/?{query}", PRODUCT)
        more = {"Cross-Origin-Opener-Policy": "same-origin"}
        self.html(200, page, _OUTER_POLICY.format(inner=self.server.inner), more)


class _InnerHandler(_Handler):
    server: _Inner

    def route(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/":
            self._page(query)
        elif path == self.server.archive:
            self._archive()
        elif path == "/replay/sw.js":
            self.send(200, _worker(), {"Content-Type": _SCRIPT, "Content-Security-Policy": _WORKER_POLICY})
        elif path in ("/ui.js", "/replay/ui.js", "/replay/wabac.js"):
            self.send(200, self.server.files[path.rpartition("/")[2]], {"Content-Type": _SCRIPT})
        elif path == "/LICENSE":
            self.send(200, self.server.files["LICENSE"], {"Content-Type": "text/plain; charset=utf-8"})
        elif path == "/replay/":  # until the service worker answers there: what it does, too
            self.html(200, pages.replay_app_page(), _PAGE_POLICY)
        else:
            self.tell(404, "Not found", "There is no such page.")

    def _page(self, query: str) -> None:
        """The component, which shows the capture of `url` nearest to `ts` (YYYYMMDDhhmmss), or lists the pages."""
        if self.headers.get("Sec-Fetch-Dest") != "iframe":
            self.tell(403, "Not alone", "This page is shown in a frame only: open the address that `serve` tells.")
            return
        asked = parse_qs(query)
        url, stamp = (asked.get(name, [""])[0] for name in ("url", "ts"))
        if not url.startswith(("http://", "https://")) or not (stamp.isascii() and stamp.isdigit()):
            url = stamp = ""
        more = {} if self.server.is_cleared else {"Clear-Site-Data": '"storage"'}
        self.server.is_cleared = True
        self.html(200, pages.replay_page(self.server.archive, url, stamp), _PAGE_POLICY, more)

    def _archive(self) -> None:
        """The WACZ, or the range of it that is asked for (RFC 9110, section 14; one range, as readers of WACZ ask)."""
        size = self.server.size
        headers = {
            "Content-Type": "application/wacz",
            "Accept-Ranges": "bytes",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        asked = _RANGE.fullmatch(self.headers.get("Range", "").strip())  # what is of another kind is ignored
        span = span_of(asked[1], asked[2], size) if asked else range(size)
        if asked and not span:
            self.send(416, b"", {**headers, "Content-Range": f"bytes */{size}"})
            return
        if asked:
            headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
        self.send_head(206 if asked else 200, len(span), headers)
        if self.command != "HEAD":
            for start in range(span.start, span.stop, _STEP):
                self.wfile.write(os.pread(self.server.descriptor, min(_STEP, span.stop - start), start))


def span_of(first: str, last: str, size: int) -> range:
    """The bytes of a file of `size` bytes that the two figures of a range name: from `first` to `last`, or the `last`
    many where no first is told. Empty where there are none."""
    if not first:
        return range(max(0, size - int(last or 0)), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


@cache
def _worker() -> bytes:
    return (resources.files("crawler.serve.replay") / "sw.js").read_bytes()
