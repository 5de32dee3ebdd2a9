"""Two newsrooms on one server, of which one turns bad, so that a gate refuses it."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kills.site import Requests

TOPICS = ("water", "wind", "roads", "schools", "forests", "harbours", "rivers", "bridges")
TEXT = (
    "The ministry opened a laboratory for {} in the capital on Monday, and the public was invited to see it.",
    "Engineers explained how {} are measured, what the limits are, and why the figures are published every day.",
    "The minister said that the budget for {} would be doubled next year if parliament agrees to the proposal.",
)
SEED = """
title = {{ en = "{name}" }}
homepage = "{base}/{name}/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "listing"
url = "{base}/{name}/"
links = "ul a"
[crawl]
delay_s = 0
recheck_days = 0
allow_private = ["127.0.0.1"]
"""


class Newsrooms:
    """In mode `well` it shows `count` articles of each newsroom, in `block` one page for every article of xx.bad, in
    `texts` pages of xx.bad without their texts. `seeds` are the files of both."""

    def __init__(self, folder: Path) -> None:
        self.mode, self.count = "well", 6
        self.requests = Requests()
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asked may be dead
        base = f"http://127.0.0.1:{self._server.server_address[1]}"
        serve = {"poll_interval": 0.05}
        threading.Thread(target=self._server.serve_forever, kwargs=serve, daemon=True).start()
        self.seeds = [folder / "xx" / f"{name}.toml" for name in ("bad", "good")]
        self.seeds[0].parent.mkdir(parents=True, exist_ok=True)
        for path in self.seeds:
            path.write_text(SEED.format(base=base, name=path.stem), "utf-8")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str) -> str | None:
        """What is answered at a path; None: 404."""
        _, _, place = path.partition("/")
        room, _, name = place.partition("/")
        if room in ("bad", "good") and not name:
            links = "".join(f'<li><a href="/{room}/{i}">{topic}</a></li>' for i, topic in self._shown())
            return f"<html><body><h1>News</h1><ul>{links}</ul></body></html>"
        topic = dict(self._shown()).get(int(name)) if name.isdigit() else None
        if topic is None:
            return None
        if room == "bad" and self.mode == "block":
            return _article("Works on our site", "all services of this portal")
        return _article(f"About {topic}", topic, is_empty=room == "bad" and self.mode == "texts")

    def _shown(self) -> list[tuple[int, str]]:
        return list(enumerate(TOPICS))[: self.count]


def _article(title: str, topic: str, *, is_empty: bool = False) -> str:
    text = "" if is_empty else "".join(f"<p>{line.format(topic)}</p>" for line in TEXT)
    return (
        f'<html lang="en"><head><title>{title}</title>'
        '<meta property="article:published_time" content="2026-03-12T10:00:00+05:00"></head>'
        f"<body><main><article><h1>{title}</h1>{text}</article></main></body></html>"
    )


class _Handler(BaseHTTPRequestHandler):
    site: Newsrooms

    def do_GET(self) -> None:
        self.site.requests.append((time.monotonic(), self.command, self.path, {}))
        body = self.site.page(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len((body or "").encode())))
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
