"""A made-up site on loopback whose listings a test writes; its articles are at /a/N, and are real enough to be read."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

WORDS = ("rivers", "wells", "pumps", "bridges", "dams", "pipes", "canals", "springs", "floods", "ponds", "locks")
Answer = tuple[str, str | bytes]  # media type, body


@dataclass(frozen=True)
class Reply:
    """An answer with a status and fields of its own."""

    body: str | bytes = ""
    mime: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Callable[["Asked"], "Answer | Reply | int"]


class Asked:
    """A request: path, raw query, its parameters, the posted JSON."""

    def __init__(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> None:
        parts = urlsplit(target)
        self.method, self.path, self.query, self.headers = method, unquote(parts.path), parts.query, headers
        self.body = json.loads(body) if body else None
        self._values = parse_qs(parts.query, encoding="latin-1")

    def get(self, name: str, default: str = "") -> str:
        return self._values.get(name, [default])[0]


def title(number: int) -> str:
    return f"Report number {number} on {WORDS[number % len(WORDS)]}"


def text(number: int) -> str:
    word = WORDS[number % len(WORDS)]
    return (
        f"<p>The ministry published report number {number} on the {word} of the northern districts, which was asked "
        f"for by {number + 3} villages.</p><p>It counts {number * 37 + 11} {word} and asks for {number * 5 + 2} "
        "million to repair them before the end of the year.</p>"
    )


def article(number: int, headline: str | None = None) -> Answer:
    head = headline or title(number)
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{head}</title></head><body><h1>{head}</h1>'
        f'<div class="date">{1 + number % 27} March 2026</div>{text(number)}</body></html>'
    )
    return "text/html; charset=utf-8", page


def listing(links: list[str], more: str = "") -> Answer:
    items = "".join(f'<li><a href="{link}">A headline that is long enough</a></li>' for link in links)
    head = '<html><head><meta charset="utf-8"><title>News</title></head>'
    page = f'{head}<body><ul class="n">{items}</ul>{more}</body></html>'
    return "text/html; charset=utf-8", page


def as_json(value: Any) -> Answer:
    return "application/json", json.dumps(value)


class ListingSite:
    """The running site. `routes` answer by path; `asked` lists requests as they stood in the request line."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[str] = []
        self.headlines: dict[int, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.asked.append(f"{self.command} {self.path}")
                found = site.answer(Asked(self.command, self.path, body, dict(self.headers.items())))
                if isinstance(found, int):
                    found = Reply("<h1>Not found</h1>", "text/html", found)
                reply = found if isinstance(found, Reply) else Reply(found[1], found[0])
                raw = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                for name, value in (("Content-Type", reply.mime), *reply.headers.items()):
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, asked: Asked) -> Answer | Reply | int:
        if asked.path in self.routes:
            return self.routes[asked.path](asked)
        number = asked.path.removeprefix("/a/")
        if number.isdigit() and number != asked.path:
            return article(int(number), self.headlines.get(int(number)))
        return 404

    def seed(self, entry: str, *, crawl: str = "") -> str:
        """The TOML of a source of this site with the keys of one entry."""
        return (
            f'title = {{ en = "T" }}\nhomepage = "{self.url}/"\nplatform = "generic"\ntimezone = "Asia/Tashkent"\n'
            f'[languages]\nen = "en"\nru = "ru"\n[[entries]]\n{entry.replace("{url}", self.url)}\n'
            f'[crawl]\ndelay_s = 0\nprobe = false\nretries = 0\nallow_private = ["{self.host}"]\n{crawl}'
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
