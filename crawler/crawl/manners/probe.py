"""What a site says to an address that cannot exist, and which answers say the same: soft 404s, learned once a run."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response

from crawler.archive.http.exchange import Intent
from crawler.archive.http.http1 import Head, decode
from crawler.crawl.reading import LimitReached, LinkReader
from crawler.discovery.address import absolute, with_parameter
from crawler.discovery.markup.page_lines import PageLines
from crawler.ids import canonical_url
from crawler.model import Link, Payload, Role, Seed

MAX_PROBES = 4  # patterns of a run that are asked about: the language versions of most sites
_OWN_TEXT = 60  # characters that the page of no article may have for itself: the address asked for, a date
_NUMBER = "987654321098"
_DIGITS = re.compile(r"\d+")
_IS_KEY = re.compile(r"\d|[-_][^-_]+[-_]")  # the value of a parameter that may choose a page: not `view`, not `uz-Latn`
_IS_SLUG = re.compile(r"[-_%]|.{20}")


class Probes:
    """The impossible addresses of a run, and what was answered to them. `reader` reads the pages."""

    def __init__(self, seed: Seed, reader: LinkReader) -> None:
        self._seed, self._reader = seed, reader
        self._asked: dict[str, str] = {}  # pattern -> impossible address
        self._pages: dict[str, PageLines] = {}  # impossible address -> what a reader sees there, where it answers 200
        self._targets: dict[str, str] = {}  # where those who ask for what is not there are sent -> who asked

    def wanted(self, link: Link) -> Link | None:
        """The probe to ask for before `link`, once for each pattern of addresses."""
        if not self._seed.crawl.probe or link.role is not Role.ARTICLE or link.headers:
            return None
        pattern = pattern_of(link.url)
        if pattern in self._asked or len(self._asked) >= MAX_PROBES:
            return None
        self._asked[pattern] = impossible(link.url, self._seed.id)
        return Link(self._asked[pattern], Role.PROBE)

    async def learn(self, payload: Payload) -> None:
        """Takes in the answer to a probe. An honest 404 teaches nothing, and needs not to. Raises LimitReached."""
        if payload.capture.redirect:
            self._targets[_place(payload.capture.redirect, payload.capture.url)] = payload.capture.url
        elif payload.capture.status == 200 and not payload.capture.truncated:
            page = await self._reader.page_lines(payload.body)
            if page is not None:
                self._pages[payload.capture.url] = page

    def leads_nowhere(self, target: str, url: str) -> bool:
        """True for the address to which the site sends whoever asks for what is not there; `url` asked for it."""
        return _place(target, url) in self._targets

    def sent_to(self, target: str, url: str) -> str | None:
        """The probe that was sent where `url` is sent to."""
        probe = self._targets.get(_place(target, url))
        return probe if probe != url else None

    async def like(self, url: str, status: int, head: Head, raw: bytes) -> str | None:
        """The probe that was answered as this is: the same title, and hardly a word that the other has not. Raises
        LimitReached."""
        probe = self._asked.get(pattern_of(url), "")
        known = self._pages.get(probe)
        if known is None or status != 200:
            return None
        body = decode(head, raw, max_bytes=int(self._seed.crawl.max_body_mb * (1 << 20))).data
        page = await self._reader.page_lines(body)
        if page is None or page.title != known.title:
            return None
        own = sum(len(line) for line in page.lines - known.lines)
        return probe if own <= _OWN_TEXT else None


async def judged(request: Request, response: Response) -> Intent:
    """The intent of a request, with the probe that its answer repeats; for the archive, before it is written there. A
    page that costs too much to be compared is an article, and `request.meta["not_compared"]` says why."""
    intent: Intent = request.meta["intent"]
    probes: Probes | None = request.meta.get("probes")
    if probes is None or intent.role is not Role.ARTICLE:
        return intent
    if location := response.headers.get("Location"):
        target = absolute(request.url, location.decode("latin-1"))
        like = probes.sent_to(target, request.url) if target and 300 <= response.status < 400 else None
        return replace(intent, soft_404=like) if like else intent
    codings = response.headers.getlist("Content-Encoding")
    head = Head(None, tuple(("Content-Encoding", value.decode("latin-1")) for value in codings))
    try:
        like = await probes.like(request.url, response.status, head, response.body)
    except LimitReached as limit:
        request.meta["not_compared"] = str(limit)
        return intent
    return replace(intent, soft_404=like) if like else intent


def _place(target: str, url: str) -> str:
    """Where a redirect leads, whoever asked: without the parameters that repeat the address that was asked for, as
    ASP.NET's aspxerrorpath does."""
    asked = urlsplit(url).path.rstrip("/")
    canonical = urlsplit(canonical_url(target))
    named = parse_qsl(canonical.query, keep_blank_values=True)
    kept = [(name, value) for name, value in named if not asked or asked not in value]
    return urlunsplit(canonical._replace(query=urlencode(kept))) if kept != named else canonical.geturl()


def pattern_of(url: str) -> str:
    """What the addresses of one kind of page share: all but the last part of the path, figures, and values."""
    parts = urlsplit(url)
    folder = parts.path.rstrip("/").rpartition("/")[0]
    names = "&".join(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return f"{parts.scheme}://{parts.netloc}{_DIGITS.sub('0', folder)}?{names}"


def impossible(url: str, source_id: str) -> str:
    """An address like `url` that no page has; the same in each run, so that the archive keeps one answer to it.

    All in it that may choose the page is changed, since many sites read one part and pass over the others: the slug
    behind an id, the page of the list that a link came from. Were the part that counts left, the answer would be the
    article itself, and the article be taken for what the site says to any address."""
    parts = urlsplit(url)
    no_such = f"no-such-page-{hashlib.sha256(source_id.encode()).hexdigest()[:8]}"
    changed = url
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if value.isdigit() or _IS_KEY.search(value):
            changed = with_parameter(changed, name, _NUMBER if value.isdigit() else no_such)  # others keep their bytes
    path = parts.path.rstrip("/")
    folders, _, last = path.rpartition("/")
    folders = "/".join(_NUMBER if part.isdigit() else part for part in folders.split("/"))
    name, dot, ending = last.rpartition(".")
    stem = name if dot else last
    if _DIGITS.search(stem):
        stem = _DIGITS.sub(_NUMBER, stem, count=1)
    elif changed == url or _IS_SLUG.search(stem):  # else a script that the query tells what to show
        stem = no_such
    path = f"{folders}/{stem}{dot}{ending if dot else ''}{parts.path[len(path) :]}"
    return urlsplit(changed)._replace(path=path).geturl()


__all__ = ["MAX_PROBES", "Probes", "impossible", "judged", "pattern_of"]
