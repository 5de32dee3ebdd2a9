"""Small sites on loopback in the shape of content management systems: what they show, not how they are made."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOPICS = "river well pump bridge dam pipe canal spring flood pond lock weir".split()
Answer = tuple[int, str, str] | None  # status, type, body
Site = Callable[[str, dict[str, str], str], Answer]  # path, query, origin

HTML, XML, JSON = "text/html; charset=utf-8", "application/xml; charset=utf-8", "application/json"


def title(n: int) -> str:
    return f"Report number {n} on every {TOPICS[n % 12]} of the northern districts"


def article(n: int, head: str = "") -> str:
    words = TOPICS[n % 12]
    paragraphs = "".join(
        f"<p>The ministry counted {n * 37 + k} cases of a broken {words} in its {k + 2} districts last year, and asks for "
        f"{n * 5 + k} million to mend them before the winter comes and the roads are closed again.</p>"
        for k in range(4)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title(n)}</title>{head}'
        f'<meta property="article:published_time" content="2026-03-{1 + n % 27:02}T10:00:00+05:00"></head><body>'
        f'<nav><a href="/">Home</a></nav><main><article><h1>{title(n)}</h1>{paragraphs}</article></main></body></html>'
    )


def page(name: str, body: str, head: str = "") -> str:
    menu = "".join(f'<a href="/{part}/">{part}</a> ' for part in ("about", "news", "contacts", "vacancies"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>{head}</head><body>'
        f"<header><nav>{menu}</nav></header><main><h1>{name}</h1>{body}</main><footer><a href='/map/'>Map</a></footer></body></html>"
    )


def bitrix(path: str, query: dict[str, str], origin: str) -> Answer:
    """A list of eight a page, paged by PAGEN_1; no feed and no sitemap."""
    head = '<script src="/bitrix/js/main/core/core.js"></script>'
    number = path.removeprefix("/news/").strip("/")
    if number.isdigit() and 1 <= int(number) <= 24:
        return 200, HTML, article(int(number), head)
    if path == "/news/":
        at = int(query.get("PAGEN_1", "1"))
        items = "".join(
            f'<div class="news-item"><span class="news-date-time">0{1 + n % 9}.03.2026</span> '
            f'<a href="/news/{n}/"><b>{title(n)}</b></a></div>'
            for n in range((at - 1) * 8 + 1, min(at * 8, 24) + 1)
        )
        pages = "".join(f'<a href="/news/?PAGEN_1={n}">{n}</a> ' for n in range(1, 4) if n != at)
        return 200, HTML, page("News", f'<div class="news-list">{items}</div><div class="nav">{pages}</div>', head)
    if path == "/":
        return 200, HTML, page("Ministry of Pipes", "<p>Welcome to the ministry of pipes.</p>", head)
    return None


def drupal(path: str, query: dict[str, str], origin: str) -> Answer:
    """A view of ten a page, paged by ?page=1 for the second, with rel=next."""
    head = '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">'
    name = path.removeprefix("/press-releases/report-")
    if name.isdigit() and 1 <= int(name) <= 25:
        return 200, HTML, article(int(name), head)
    if path == "/press-releases":
        at = int(query.get("page", "0"))
        numbers = range(at * 10 + 1, min(at * 10 + 10, 25) + 1)
        rows = "".join(
            f'<div class="views-row"><h3 class="field-content"><a href="/press-releases/report-{n}" hreflang="en">{title(n)}</a>'
            "</h3></div>"
            for n in numbers
        )
        more = (
            f'<li class="pager__item pager__item--next"><a href="?page={at + 1}" rel="next">›</a></li>'
            if at < 2
            else ""
        )
        return 200, HTML, page("Press releases", f'<div class="view-content">{rows}</div><ul>{more}</ul>', head)
    if path == "/":
        return 200, HTML, page("Ministry of Dams", '<p><a href="/press-releases">All</a></p>', head)
    return None


def wordpress(path: str, query: dict[str, str], origin: str) -> Answer:
    """Posts by REST, twelve in all, and a feed of the newest three."""
    head = f'<link rel="https://api.w.org/" href="{origin}/wp-json/"><link rel="alternate" type="application/rss+xml" href="{origin}/feed/">'
    parts = path.strip("/").split("/")
    if len(parts) == 3 and parts[2] in {f"post-{n}" for n in range(1, 13)}:
        return 200, HTML, article(int(parts[2].removeprefix("post-")), head)
    if path == "/wp-json/wp/v2/posts":
        if query.get("page", "1") != "1":
            return 400, JSON, '{"code":"rest_post_invalid_page_number"}'
        posts = [
            {"id": n, "link": f"{origin}/2026/03/post-{n}/", "date_gmt": "2026-03-01T05:00:00",
             "modified_gmt": "2026-03-01T05:00:00", "title": {"rendered": title(n)}}
            for n in range(1, 13)
        ]  # fmt: skip
        return 200, JSON, json.dumps(posts)
    if path == "/feed/":
        items = "".join(
            f"<item><title>{title(n)}</title><link>{origin}/2026/03/post-{n}/</link></item>" for n in (1, 2, 3)
        )
        return 200, XML, f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    if path == "/":
        return 200, HTML, page("Ministry of Wells", "<p>Welcome.</p>", head)
    return None


def bare(path: str, query: dict[str, str], origin: str) -> Answer:
    """A page that only a script fills."""
    return (
        (200, HTML, '<html><body><div id="root"></div><script src="/app.js"></script></body></html>')
        if path == "/"
        else None
    )


def api(path: str, query: dict[str, str], origin: str) -> Answer:
    """A page that only a script fills, from an API of eight items a page, with one address for each article."""
    if path == "/":
        return (
            200,
            HTML,
            '<html lang="en"><head><title>Ministry of Locks</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>',
        )
    if path == "/app.js":
        return 200, "text/javascript", 'fetch("/api/news").then(r => r.json())'
    number = path.removeprefix("/api/news/")
    if number.isdigit() and 1 <= int(number) <= 12:
        text = article(int(number)).split("</h1>")[1].split("</article>")[0]
        item = {
            "id": int(number),
            "title": title(int(number)),
            "content": text,
            "published_at": "2026-03-12T10:00:00+05:00",
        }
        return 200, JSON, json.dumps({"data": item})
    if path == "/api/news":
        at = int(query.get("page", "1"))
        data = [
            {"id": n, "title": title(n), "published_at": "2026-03-12T10:00:00+05:00"}
            for n in range(at * 8 - 7, min(at * 8, 12) + 1)
        ]
        return 200, JSON, json.dumps({"data": data, "total_pages": 2})
    return None


SECTIONS = {"ministry": range(1, 5), "regions": range(5, 9)}


def sections(path: str, query: dict[str, str], origin: str) -> Answer:
    """The newest two of each section on one page, all on the section's own; a list of services on the front page."""

    def items(part: str, numbers: Iterable[int]) -> str:
        return "".join(f'<p class="new"><a href="/press/{part}/{n}">{title(n)}</a></p>' for n in numbers)

    folder, _, last = path.strip("/").rpartition("/")
    part = folder.removeprefix("press/")
    if part in SECTIONS and last.isdigit() and int(last) in SECTIONS[part]:
        return 200, HTML, article(int(last))
    if folder == "press" and last in SECTIONS:
        return 200, HTML, page(last.title(), items(last, SECTIONS[last]))
    if path == "/press/":
        newest = (f'<h2><a href="/press/{p}">{p}</a></h2>{items(p, n[-2:])}' for p, n in SECTIONS.items())
        return 200, HTML, page("News", "".join(newest))
    if folder == "services" and last.isdigit():
        return 200, HTML, page(f"Permit number {last}", f"<p>{'How to ask for a permit, and what it costs. ' * 9}</p>")
    if path == "/":
        links = "".join(f'<li><a href="/services/{n}">Get the permit number {n} at home</a></li>' for n in range(1, 8))
        return 200, HTML, page("Ministry of Pipes", f'<ul>{links}</ul><a href="/press/">All news</a>')
    return None


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # five waiting connections are few where a crawl without delay asks for many at once


@contextmanager
def served(site: Site) -> Iterator[tuple[str, list[str]]]:
    """The origin of a running site, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked.append(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            status, mime, body = site(parts.path, query, origin) or (404, HTML, "<h1>Not found</h1>")
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield origin, asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
