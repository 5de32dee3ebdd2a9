"""What is fuzzed: each target takes any bytes, and must neither raise, but for the errors that its reader documents,
nor hang, nor write outside of its folder."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from package_targets import descriptor, package_file

from crawler.addresses import joined, mask_address, mask_words, without_user_info
from crawler.archive.foreign import ingest
from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.http.http1 import dechunk, decode, parse_head, split_interim, split_message
from crawler.archive.http.mask import mask_head
from crawler.archive.index.memory import Pace, load_memory
from crawler.archive.limits import MAX_FREE, most
from crawler.archive.warc.fields import clean, parse_fields, warc_fields
from crawler.archive.warc.members import OddForm, members_of
from crawler.archive.warc.reader import iter_payloads
from crawler.archive.warc.records import Record, _odd_records, _records
from crawler.archive.warc.repair import whole_prefix
from crawler.crawl.manners.robots import read_robots
from crawler.discovery import Listing, discover, start
from crawler.discovery.subresources.css import addresses_in, css_addresses
from crawler.discovery.subresources.media import media_links
from crawler.discovery.subresources.srcset import candidates
from crawler.errors import ArchiveError, MinistryNewsError, SeedError
from crawler.extraction import extract
from crawler.extraction.dates import find_dates, parse_moment
from crawler.model import Article, Capture, Locator, Payload, Role, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.serve.allowed import HTML, SVG
from crawler.serve.rewrite import TooLarge, rewritten_css, rewritten_html
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
_FEED = _SEEDS["feed"]
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


def members(data: bytes) -> None:
    """The short way of reading packed records against that of warcio: the same ones, or the same refusal. The first
    byte tells what becomes of the packed ones, the next two where: nothing, a bit turned, or cut; the rest are what
    stands in the members, between two bytes that no text has."""
    how, where, plain = data[:1], int.from_bytes(data[1:3], "big"), data[3:]
    packed = bytearray(b"".join(gzip.compress(part, 1, mtime=0) for part in plain.split(b"\xff\xfe")))
    if how == b"b":
        packed[where % len(packed)] ^= 1 << (where >> 13)
    elif how == b"c":
        del packed[where % len(packed) :]
    for content in (bytes(packed), data):
        at = 0
        with suppress(OddForm):
            for whole, begin, length in members_of(BytesIO(content), 0):
                assert begin == at
                at += length
                assert len(whole) <= max(MAX_FREE, most(length))
                assert whole == zlib.decompress(content[begin:at], zlib.MAX_WBITS | 16)
            assert at == len(content)
        short = _told(_records(BytesIO(content), "x"), plain)
        assert short == _told(_odd_records(BytesIO(content), "x", None), plain)


def _told(found: Iterable[Record], plain: bytes) -> list[object]:
    """Records, and the refusal that ends them; without the ids that warcio draws by lot for records of ARC files."""
    told: list[object] = []
    try:
        for its in found:
            if its.headers.get("warc-record-id", "").encode("utf-8", "replace") not in plain:
                its.headers["warc-record-id"] = "made"
            told.append((its.kind, its.headers, its.block, its.offset, its.length))
    except ArchiveError as error:
        told.append(str(error))
    return told


def wacz(data: bytes) -> None:
    """`ingest`: the data as it is, packed, and as members of a WACZ with hostile names."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            name = data[:20].decode("latin-1").replace("\0", "") or "x"
            package.writestr("archive/a.warc.gz", data)
            package.writestr(f"archive/{name}.warc", data)
        (root / "in").mkdir()
        for number, content in enumerate((data, gzip.compress(data, 1, mtime=0), packed.getvalue())):
            path = root / "in" / f"{number}.wacz"
            path.write_bytes(content)
            with suppress(MinistryNewsError):
                ingest([path], {_FEED.id: (_FEED, page_object(_FEED).owns)}, Workspace(root / "package"))
        for path in (root / "package" / "archive").glob("*"):  # what was taken in can be read
            assert whole_prefix(path) == path.stat().st_size
            for _ in iter_payloads(path):
                pass
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
    rules = read_robots(200, data, "ministry-news")
    rules.allows("https://ministry.example/a/b?c=d")
    assert rules.delay_s >= 0


def page(data: bytes) -> None:
    """`extract`: a record, or a rejection; its paragraphs are lines."""
    record = extract(data, "https://ministry.example/news/1", captured=NOW)
    if isinstance(record, Article):
        assert all(line.strip() for line in record.paragraphs)
        assert not any(ord(c) < 32 and c not in "\n\t" for c in record.title + record.text)


def css(data: bytes) -> None:
    """Style sheets: every address stands where it is said to, and a rewritten sheet names none that was not led on."""
    text = data.decode("utf-8", "replace")
    at = 0
    for found in addresses_in(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end
    assert all(u.startswith(("http://", "https://")) for u in css_addresses(text, URL))
    again = [found.url for found in addresses_in(rewritten_css(text, URL, lambda address: "/led/on"))]
    assert all(url in ("/led/on", "#", "") or url.startswith("#") or url[:11].lower() == "data:image/" for url in again)


def srcset(data: bytes) -> None:
    """Candidates of a picture: each has an address without blanks, and a size that can be compared."""
    for found in candidates(data.decode("utf-8", "replace")):
        assert found.url.split(" ") == [found.url]
        assert found.size >= 0


def fields(data: bytes) -> None:
    """What is written of a capture is what is read, whatever a server has said."""
    values = [part.decode("utf-8", "replace") for part in data.split(b"\0")][:6]
    document, via, hint, soft_404, detail, cipher = (*values, *[""] * 6)[:6]
    intent = Intent(Role.MEDIA, document or None, None, via or None, hint or None, soft_404 or None)
    exchange = Exchange("https://x.example/", "GET", NOW, 1, detail=detail or None, cipher=cipher or None)
    block = warc_fields(intent, exchange)
    found = parse_fields(block)
    assert (found["role"], found["method"], found["fetchtimems"]) == ("media", "GET", "1")
    assert found.get("document-modified", "") == clean(hint).strip()
    assert len(block.decode("utf-8").splitlines()) == block.count(b"\r\n") == len(found)
    parse_fields(data)


def addresses(data: bytes) -> None:
    """Credentials: masked for good, of the same length, and gone from what is formed."""
    for mask in (mask_address, mask_words, mask_head):
        masked = mask(data)
        assert len(masked) == len(data)
        assert mask(masked) == masked
    text = data.decode("utf-8", "replace")
    with suppress(ValueError):
        formed = joined(URL, text)
        assert without_user_info(formed) == formed
        if formed.startswith(("http://", "https://")):
            assert "@" not in urlsplit(formed).netloc


def replay(data: bytes) -> None:
    """A page written anew holds no tag that is not on the list, and no address that was not led on."""
    try:
        shown = rewritten_html(data, URL, "text/html; charset=utf-8", lambda address: "/led/on")
    except TooLarge:
        return
    for element in html.document_fromstring(shown).iter():
        assert element.tag in HTML | SVG, element.tag
        for name in ("href", "src", "poster", "background"):
            value = element.get(name, "/led/on")
            assert value in ("/led/on", "") or value.startswith("#") or value[:11].lower() == "data:image/", value


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function
    for function in (
        warc,
        members,
        wacz,
        http,
        index,
        seed,
        dates,
        listings,
        robots,
        page,
        css,
        srcset,
        fields,
        addresses,
        replay,
        descriptor,
        package_file,
    )
}
