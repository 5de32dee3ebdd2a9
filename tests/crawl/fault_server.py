"""A news site on which everything goes wrong that can: one switch per fault, each a page with its own misbehaviour.

Faults of a page stand in `FAULTS`: some pass when asked again (the article must arrive whole), some do not (the run must
end, and tell the address and the reason). Whole-site faults (robots.txt, listings, sitemaps) are options of the server."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCE = "The river was measured at noon and the reading was written into the book of the station. "


def page(name: str) -> bytes:
    body = "".join(f"<p>{SENTENCE * 3} Paragraph {number} of {name}.</p>" for number in range(5))
    return (
        f"<html lang=en><head><title>Report {name}</title></head><body><main><article><h1>Report {name}</h1>"
        f"<time datetime='2026-05-04T10:30:00+05:00'>4 May 2026</time>{body}</article></main></body></html>"
    ).encode()


Send = Callable[["Handler", str], None]


@dataclass(frozen=True)
class Fault:
    """`passes`: the same request succeeds later. `reason`: how the run report tells the fault, None for none at all.
    `promise`: what the reader of the table in docs/faults.md is told."""

    name: str
    send: Send
    promise: str
    passes: bool = False
    reason: str | None = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: FaultSite

    def do_GET(self) -> None:
        site = self.site
        with site.guard:
            site.requests.append((time.monotonic(), self.path, dict(self.headers.items())))
            site.tries[self.path] += 1
        name = self.path.partition("?")[0].strip("/").partition("/")[2]
        if self.path in site.pages:
            site.pages[self.path](self)
        elif (bare := self.path.partition("?")[0]) in site.prefixes:
            site.prefixes[bare](self)
        elif self.path.startswith("/a/") and name in BY_NAME:
            fault = BY_NAME[name]
            if fault.passes and site.tries[self.path] > 1:
                self.plain(page(name))
            else:
                fault.send(self, name)
        elif self.path.startswith("/good/"):
            self.plain(page(self.path.rpartition("/")[2]))
        elif site.fallback:
            site.fallback(self)
        else:
            self.plain(b"<h1>Not found</h1>", status=404)

    def plain(self, body: bytes, status: int = 200, mime: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": mime, **headers, "Content-Length": str(len(body))}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes, *, reset: bool = False) -> None:
        """Bytes as they are, then the end of the connection; with RST if asked."""
        self.close_connection = True
        try:
            self.connection.sendall(data)
        except OSError:
            return
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class FaultSite:
    """The running server. `pages` are extra addresses: path with query -> function of the handler; `prefixes` the same
    for a path with any query."""

    pages: dict[str, Callable[[Handler], None]] = field(default_factory=dict)
    prefixes: dict[str, Callable[[Handler], None]] = field(default_factory=dict)
    fallback: Callable[[Handler], None] | None = None  # what is not there, in place of 404
    requests: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    guard: threading.Lock = field(default_factory=threading.Lock)
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer((self.address, 0), type("SiteHandler", (Handler,), {"site": self}))
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.host = f"{self.address}:{self.server.server_address[1]}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def list(self, paths: list[str]) -> None:
        """A listing page at / that links to `paths`."""
        links = "".join(f'<li><a href="{path}">A headline that is long enough, {path}</a></li>' for path in paths)
        self.pages["/"] = lambda h: h.plain(f"<html><body><ul>{links}</ul></body></html>".encode())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def seed(self, *, crawl: str = "", entries: str = "") -> str:
        entries = entries or f'[[entries]]\nkind = "listing"\nurl = "{self.url}/"\nlinks = "li a"\n'
        return (
            f'title = {{ en = "Faults" }}\nhomepage = "{self.url}/"\nplatform = "generic"\ntimezone = "Asia/Tashkent"\n'
            f'[languages]\nen = "en"\n{entries}\n'
            f'[crawl]\ndelay_s = 0.005\nbackoff_s = 0.02\nprobe = false\ntimeout_s = 1.5\nmax_body_mb = 1\nallow_private = ["{self.host}"]\n{crawl}\n'
        )


# ---------------------------------------------------------------- what can go wrong with one page


def _head(status: str = "200 OK", *fields: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *fields, "", ""]).encode()


def _drip(handler: Handler, name: str) -> None:
    handler.close_connection = True
    try:
        handler.connection.sendall(_head("200 OK", "Content-Length: 100000"))
        for _ in range(10_000):  # until the client leaves
            handler.connection.sendall(b"x")
            time.sleep(0.05)
    except OSError:
        return


def _endless(head: bytes, chunk: bytes) -> Send:
    def send(handler: Handler, name: str) -> None:
        handler.close_connection = True
        try:
            handler.connection.sendall(head)
            for _ in range(4000):
                handler.connection.sendall(chunk)
        except OSError:
            return

    return send


def _stall(handler: Handler, name: str) -> None:
    handler.close_connection = True
    time.sleep(60)  # longer than any crawl waits, also on a busy machine


def _bomb(kind: str) -> bytes:
    data = bytes(64 << 20)
    if kind == "gzip":
        return gzip.compress(data, mtime=0)
    if kind == "nested":
        return gzip.compress(gzip.compress(data, mtime=0), mtime=0)
    if kind == "br":
        import brotli

        return bytes(brotli.compress(data, quality=5))
    if kind == "zstd":
        import zstandard

        return zstandard.ZstdCompressor().compress(data)
    return zlib.compress(data)


def _coded(coding: str, body: Callable[[str], bytes]) -> Send:
    return lambda h, name: h.plain(body(name), Content_Encoding=coding)


def _status(status: int, **headers: str) -> Send:
    return lambda h, name: h.plain(b"<h1>Sorry</h1>", status=status, **headers)


def _raw(make: Callable[[str], bytes], *, reset: bool = False) -> Send:
    return lambda h, name: h.raw(make(name), reset=reset)


def _location(target: str) -> Send:
    return lambda h, name: h.plain(b"", status=302, Location=target)


FAULTS: tuple[Fault, ...] = (
    # faults that pass
    Fault("reset", _raw(lambda n: b"", reset=True), "tried again", passes=True),
    Fault("close-without-answer", _raw(lambda n: b""), "tried again", passes=True),
    Fault("reset-inside-body", _raw(lambda n: _head("200 OK", "Content-Length: 9000") + page(n)[:300], reset=True), "tried again", passes=True),
    Fault("short-body", _raw(lambda n: _head("200 OK", "Content-Length: 99999") + page(n)), "never published cut; tried again", passes=True),
    Fault("missing-last-chunk", _raw(lambda n: _head("200 OK", "Transfer-Encoding: chunked") + b"5\r\n<html\r\n"), "tried again", passes=True),
    Fault("broken-chunk-size", _raw(lambda n: _head("200 OK", "Transfer-Encoding: chunked") + b"zz\r\n<html\r\n"), "tried again", passes=True),
    Fault("empty-200", lambda h, n: h.plain(b""), "tried again", passes=True),
    Fault("cut-gzip", _coded("gzip", lambda n: gzip.compress(page(n), mtime=0)[:-30]), "its end is checked; tried again", passes=True),
    Fault("garbage-instead-of-http", _raw(lambda n: b"SSH-2.0-OpenSSH_9\r\n"), "tried again", passes=True),
    *(Fault(f"status-{s}-once", _status(s), "tried again", passes=True) for s in (408, 425, 500, 502, 503, 504, 520)),
    Fault("429-retry-after-seconds", _status(429, Retry_After="1"), "the host is left alone as long as it asks", passes=True),
    Fault("503-retry-after-date", _status(503, Retry_After="Mon, 01 Jan 2024 00:00:00 GMT"), "a date in the past is now", passes=True),
    Fault("503-retry-after-junk", _status(503, Retry_After="soon"), "junk is passed over", passes=True),
    # odd, but whole
    Fault("gzip-lie", _coded("gzip", page), "the bytes are taken as they are"),
    Fault("text-under-an-unknown-coding", _coded("sdch", page), "the bytes are taken as they are"),
    Fault("deflate-raw", _coded("deflate", lambda n: zlib.compress(page(n), wbits=-15)), "decoded"),
    Fault("gzip-padding", _coded("gzip", lambda n: gzip.compress(page(n), mtime=0) + b"\0\0\0"), "decoded"),
    Fault("until-close", _raw(lambda n: _head() + page(n)), "read to the end of the connection"),
    Fault("bytes-behind-the-body", _raw(lambda n: _head("200 OK", f"Content-Length: {len(page(n))}") + page(n) + b"junk"), "dropped"),
    Fault("bare-lf-head", _raw(lambda n: b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page(n)), "read"),
    Fault("nul-in-page", lambda h, n: h.plain(page(n).replace(b"noon", b"no\0on")), "cleaned"),
    Fault("cp1251-declared-utf8", lambda h, n: h.plain(page(n).replace(b"river", "река".encode("cp1251"))), "another charset is found"),
    Fault("deep-nesting", lambda h, n: h.plain(page(n).replace(b"<article>", b"<div>" * 400 + b"<article>")), "read whole"),
    Fault("crlf-in-header", _raw(lambda n: _head("200 OK", "X-A: b", f"Content-Length: {len(page(n))}").replace(b"X-A: b", b"X-A: b%0d%0aWARC-Type: evil") + page(n)), "never a WARC header"),
    Fault("early-hints", _raw(lambda n: b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + _head("200 OK", f"Content-Length: {len(page(n))}") + page(n)), "kept apart from the answer"),
    Fault("folded-header", _raw(lambda n: _head("200 OK", "X-Fold: a\r\n b", f"Content-Length: {len(page(n))}") + page(n)), "kept byte for byte"),
    # faults that stay
    Fault("status-500-always", _status(500), "told", reason="server-error"),
    Fault("status-403", _status(403), "blocked, never gone", reason="blocked"),
    Fault("status-401", _status(401), "blocked, never gone", reason="blocked"),
    Fault("status-451", _status(451), "blocked, never gone", reason="blocked"),
    Fault("empty-202", _status(202), "no article", reason=None),
    Fault("drip", _drip, "ended after the seed's time", reason="timeout"),
    Fault("stall", _stall, "ended after the seed's time", reason="timeout"),
    Fault("endless-body", _endless(_head("200 OK", "Connection: close"), b"<p>x" * 4096), "ended at the seed's size", reason="too-large"),
    Fault("endless-chunks", _endless(_head("200 OK", "Transfer-Encoding: chunked"), b"1000\r\n" + b"x" * 4096 + b"\r\n"), "ended at the seed's size", reason="too-large"),
    Fault("endless-header", _endless(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 1000 + b"\r\n"), "ended at 256 KiB", reason="too-large"),
    Fault("huge-header-line", _raw(lambda n: b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 200_000 + b"\r\n\r\n"), "refused", reason="disconnect"),
    Fault("two-gigabytes-announced", _raw(lambda n: _head("200 OK", "Content-Length: 2147483648") + b"x"), "refused at once", reason="too-large"),
    Fault("always-cut", _raw(lambda n: _head("200 OK", "Content-Length: 99999") + page(n)), "never published", reason="cut"),
    *(Fault(f"bomb-{kind}", _coded(coding, lambda n, k=kind: _bomb(k)), "unfolded only up to the limit, never published", reason="too-large")
      for kind, coding in (("gzip", "gzip"), ("nested", "gzip, gzip"), ("deflate", "deflate"), ("br", "br"), ("zstd", "zstd"))),
    Fault("unknown-coding", _coded("sdch", lambda n: gzip.compress(page(n), mtime=0)[10:]), "told", reason="cut"),
    Fault("redirect-loop", lambda h, n: h.plain(b"", status=302, Location=f"/a/{n}?{h.site.tries.total()}"), "ended", reason="redirects"),
    Fault("redirect-offsite", _location("http://example.invalid/x"), "not followed", reason="offsite"),
    Fault("redirect-file", _location("file:///etc/passwd"), "not followed", reason="offsite"),
    Fault("redirect-other-port", _location("http://127.0.0.1:9/x"), "not followed", reason="offsite"),
    Fault("redirect-decimal-address", _location("http://2130706433/x"), "not followed", reason="offsite"),
    Fault("redirect-ipv6-loopback", _location("http://[::1]/x"), "not followed", reason="offsite"),
    Fault("redirect-data", _location("data:text/html,x"), "not followed", reason="offsite"),
    Fault("redirect-control-characters", _location("/a/b\tc\x7f"), "made harmless", reason=None),
    Fault("redirect-home", _location("/"), "no article", reason=None),
    Fault("meta-refresh", lambda h, n: h.plain(b"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'></head></html>"), "not followed, told", reason="offsite"),
    Fault("png-as-page", lambda h, n: h.plain(b"\x89PNG\r\n\x1a\n" + bytes(99), mime="image/png"), "no article", reason=None),
    Fault("status-204", _raw(lambda n: b"HTTP/1.1 204 No Content\r\n\r\n"), "no article", reason=None),
    Fault("status-206", lambda h, n: h.plain(page(n)[:400], status=206, Content_Range="bytes 0-399/9999"), "no article", reason=None),
    Fault("status-404", _status(404), "no article", reason=None),
    Fault("status-410", _status(410), "no article", reason=None),
    Fault("soft-404", lambda h, n: h.plain(b"<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"), "no article", reason=None),
    Fault("challenge", lambda h, n: h.plain(b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"), "no article", reason=None),
)  # fmt: skip

BY_NAME = {fault.name: fault for fault in FAULTS}
WHOLE = [f.name for f in FAULTS[: next(i for i, f in enumerate(FAULTS) if f.name == "status-500-always")]]
