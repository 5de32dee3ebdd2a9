"""An HTTP server of this machine only: loopback, GET and HEAD, and no request that another site's page could make it
answer."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from crawler.errors import EnvironmentFault


class LocalServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; port 0 is any free one. Raises EnvironmentFault when the port is taken."""

    daemon_threads = True
    names: ClassVar[tuple[str, ...]] = ("127.0.0.1", "localhost")  # under which it answers

    def __init__(self, port: int, handler: type[LocalHandler]) -> None:
        try:
            super().__init__(("127.0.0.1", port), handler)
        except OSError as error:
            raise EnvironmentFault(f"port {port} of 127.0.0.1: {error.strerror}; try --port 0") from error

    def handle_error(self, request: object, client_address: object) -> None:
        """Tells of a defect; of a reader who has left, nothing."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self.server_port}" for name in self.names)


class LocalHandler(BaseHTTPRequestHandler):
    """Answers by `route`, and by `tell` where there is no answer."""

    server: LocalServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "ministry-news", ""
    timeout = 30

    def do_GET(self) -> None:
        # Another site's name that leads to this address (DNS rebinding) shows in the Host header.
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            names = " and ".join(self.server.names)
            self.tell(421, "Wrong host", f"This server answers to {names} only.")
        else:
            self.route()

    do_HEAD = do_GET

    @abstractmethod
    def route(self) -> None:
        """Sends what `self.path` asks for."""

    @abstractmethod
    def tell(self, status: int, title: str, words: str) -> None:
        """Sends a page that only says something."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.close_connection = True
        self.tell(code, "Not possible", message or self.responses.get(code, ("",))[0])

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what somebody reads is nobody's business."""

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """A whole answer; of HEAD its header."""
        self.send_head(status, len(body), headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_head(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        """The header of an answer whose content has `length` bytes."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-DNS-Prefetch-Control", "off")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(length))
        self.end_headers()
