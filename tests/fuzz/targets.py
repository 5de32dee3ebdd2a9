"""What is fuzzed: each target takes any bytes, and must neither raise, but for the errors that its reader documents,
nor hang, nor write outside of its folder."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from crawler.archive.foreign import ingest
from crawler.archive.http import dechunk, decode, parse_head, split_interim, split_message
from crawler.archive.memory import Pace, load_memory
from crawler.archive.reader import iter_payloads
from crawler.archive.repair import whole_prefix
from crawler.crawl.robots import read_robots
from crawler.discovery import Listing, discover, start
from crawler.discovery.media import media_links
from crawler.errors import ArchiveError, MinistryNewsError, SeedError
from crawler.extraction import extract
from crawler.extraction.dates import find_dates, parse_moment
from crawler.model import Article, Capture, Locator, Payload, Role, Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

URL = "https://ministry.example/news"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PACE = Pace(0.2, timedelta(hours=1), timedelta(days=30), old=timedelta(days=365), old_share=1 / 12)
_ENTRIES = {
    "feed": 'kind = "feed"',
    "sitemap": 'kind = "sitemap"',
    "listing": 'kind = "listing"\nlinks = "a"\nnext = "a.next"',
    "json": 'kind = "json"\nitems = "data.items"\nid = "id"\narticle = "https://ministry.example/{id}"\nnext = "next"',
    "wordpress": 'kind = "wordpress"',
}


def _seed(kind: str) -> Seed:
    toml = (
        'title = { en = "T" }\nhomepage = "https://ministry.example/"\ntimezone = "Asia/Tashkent"\nplatform = '
        f'"{"govuz" if kind == "govuz" else "generic"}"\n'
    )
    if kind == "govuz":
        toml += '[languages]\nru = "ru"\n[options]\nauthority = "eco"\n'
    else:
        toml += f'[languages]\nru = "ru"\n[[entries]]\n{_ENTRIES[kind]}\nurl = "{URL}"\n'
    return parse_seed(toml + '[crawl]\nmedia = "all"\n', seed_id="xx.fuzz", path="fuzz.toml")


_SEEDS = {kind: _seed(kind) for kind in (*_ENTRIES, "govuz")}
_LISTINGS: dict[str, Listing] = {kind: start(seed)[0] for kind, seed in _SEEDS.items()}


def _payload(body: bytes, mime: str) -> Payload:
    where = Locator("archive/x.warc.gz", 0, 1)
    capture = Capture("id", "xx.fuzz", "run", URL, NOW, Role.LISTING, where, status=200, mime=mime)
    return Payload(capture, (("Content-Type", mime),), body)


def warc(data: bytes) -> None:
    """The reader of WARC and ARC files, packed and plain, and the walk that repair makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("x.warc.gz" if data[:2] == b"\x1f\x8b" else "x.warc")
        for content in (data, gzip.compress(data, 1, mtime=0)):
            path.write_bytes(content)
            with suppress(ArchiveError):
                for _ in iter_payloads(path):
                    pass
            with suppress(ArchiveError):
                whole_prefix(path)


def wacz(data: bytes) -> None:
    """`ingest`: the data as it is, and as members of a WACZ with hostile names."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            name = data[:20].decode("latin-1").replace("\0", "") or "x"
            package.writestr("archive/a.warc.gz", data)
            package.writestr(f"archive/{name}.warc", data)
        (root / "in").mkdir()
        for number, content in enumerate((data, packed.getvalue())):
            path = root / "in" / f"{number}.wacz"
            path.write_bytes(content)
            with suppress(MinistryNewsError):
                ingest([path], _SEEDS["feed"], Workspace(root / "package"))
        strange = [p for p in root.iterdir() if p.name not in ("in", "package")]
        assert not strange, strange


def http(data: bytes) -> None:
    """Messages taken apart and decoded."""
    interim, rest = split_interim(data)
    head_bytes, body = split_message(rest)
    assert interim + head_bytes + body == data
    dechunk(body)
    assert len(decode(parse_head(head_bytes), body, max_bytes=1 << 20).data) <= max(1 << 20, len(body))


def index(data: bytes) -> None:
    """The index as the crawl's memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2026-11.cdx"
        path.write_bytes(data)
        with suppress(ArchiveError):
            memory = load_memory([path], source_id="xx.fuzz")
            for document in memory.documents("xx.fuzz"):
                memory.sightings("xx.fuzz", document)
            list(memory.waiting("xx.fuzz", NOW, PACE))


def seed(data: bytes) -> None:
    """Seed files."""
    with suppress(SeedError):
        parse_seed(data.decode("utf-8", "replace"), seed_id="xx.fuzz", path="fuzz.toml")


def dates(data: bytes) -> None:
    """The grammar of dates: what is found lies where it is said to be, and not behind the capture."""
    text = data.decode("utf-8", "replace")
    zone = timezone(timedelta(hours=5))
    for found in find_dates(text, zone=zone, captured=NOW):
        assert 0 <= found.start < found.end <= len(text)
        assert found.day <= NOW.date() + timedelta(days=1)
    for order in ("DMY", "MDY", "YMD"):
        parse_moment(text, zone=None, captured=NOW, order=order, languages=("ru", "uz-Latn"), short_years=True)


def listings(data: bytes) -> None:
    """Feeds, sitemaps, listing pages, APIs, and the files that pages and style sheets name."""
    kinds = [*_SEEDS]
    kind = kinds[data[0] % len(kinds)] if data else "feed"
    body = data[1:]
    for mime in ("text/html", "application/json"):
        found = discover(_payload(body, mime), _LISTINGS[kind], _SEEDS[kind])
        assert all(link.url.startswith(("http://", "https://")) for link in found.links)
    for mime in ("text/html", "text/css"):
        assert all(u.startswith(("http://", "https://")) for u in media_links(_payload(body, mime), _SEEDS[kind]))


def robots(data: bytes) -> None:
    """robots.txt."""
    rules = read_robots(200, data)
    rules.allows("https://ministry.example/a/b?c=d", "ministry-news")
    assert rules.delay("ministry-news") >= 0


def page(data: bytes) -> None:
    """`extract`: a record, or a rejection; its paragraphs are lines."""
    record = extract(data, "https://ministry.example/news/1", captured=NOW)
    if isinstance(record, Article):
        assert all(line.strip() for line in record.paragraphs)
        assert not any(ord(c) < 32 and c not in "\n\t" for c in record.title + record.text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function for function in (warc, wacz, http, index, seed, dates, listings, robots, page)
}
