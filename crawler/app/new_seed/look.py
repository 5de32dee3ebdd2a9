"""Pages of a site that nobody has described yet, asked for as any crawl asks: robots.txt first, one request at a time,
to public addresses only, each answer kept in a WARC file of a scratch package."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from crawler.app.limited import LimitReached, within_limits
from crawler.archive.warc.reader import iter_payloads
from crawler.crawl.run import run_crawls
from crawler.crawl.transport.guard import is_public
from crawler.ids import canonical_url
from crawler.model import Payload, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

T = TypeVar("T")
_REDIRECTS = 6
_QUIET = ("listing", "status", "offsite", "offsite-link", "not-found")  # nothing else was to be expected of a guess
MOST = 40  # pages of a site that are looked at


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `url` is where it came from in the end."""

    url: str
    status: int
    mime: str
    payload: Payload


@dataclass(slots=True)
class Looker:
    """Asks for pages of one site, forty in all. `folder` is for scratch packages; `problems` says what did not come."""

    home: str
    folder: Path
    delay_s: float
    problems: list[str] = field(default_factory=list)
    robots: str = ""  # the text of robots.txt, when it is known
    _pages: dict[str, Page] = field(default_factory=dict)
    _rounds: int = 0

    def pages(self, urls: Sequence[str]) -> dict[str, Page]:
        """The pages among `urls` that answered with 200, by the address that was asked for."""
        mine = [url for url in dict.fromkeys(urls) if is_same_site(url, self.home)]
        wanted = [url for url in mine if canonical_url(url) not in self._pages]
        wanted = wanted[: max(0, MOST - len(self._pages))]
        if wanted:
            self._ask(wanted)
        known = {url: self._pages.get(canonical_url(url)) for url in mine}
        return {url: page for url, page in known.items() if page and page.status == 200}

    def read(self, kind: type[T], page: Page, call: Callable[[], T | None]) -> T | None:
        """What `call` reads in a page, in a process with limits; None, and a word to the problems, of a page that costs
        more."""
        try:
            return within_limits(kind, call)
        except LimitReached as limit:
            self.problems.append(f"{page.url}: {limit}")
            return None

    def _ask(self, urls: Sequence[str]) -> None:
        self._rounds += 1
        workspace = Workspace(self.folder / f"look-{self._rounds}")
        entries = "".join(_entry(url) for url in urls)
        toml = f"{head_of(self.home)}{entries}{crawl_of(self.home, self.delay_s)}retries = 0\nprobe = false\n"
        (report,) = run_crawls([parse_seed(toml, seed_id="xx.look", path="seeds new")], workspace)
        told = [fault for fault in report.faults if fault.reason not in _QUIET]
        self.problems += [f"{fault.url}: {fault.reason}: {fault.detail}" for fault in told]
        answers: dict[str, Payload] = {}
        for path in sorted(workspace.archive.glob("*.warc.gz")):
            for payload in iter_payloads(path):
                answers[canonical_url(payload.capture.url)] = payload
                if payload.capture.role is Role.ROBOTS and payload.capture.status == 200:
                    self.robots = payload.body.decode("utf-8", "replace")
        for url in urls:
            if (answer := _at_the_end(url, answers)) is not None:
                its = answer.capture
                self._pages[canonical_url(url)] = Page(its.url, its.status or 0, its.mime or "", answer)


def _entry(url: str) -> str:
    return f'[[entries]]\nkind = "listing"\nurl = {json.dumps(url)}\nlinks = "a:not(*)"\n'


def _at_the_end(url: str, answers: Mapping[str, Payload]) -> Payload | None:
    """The answer to which an address leads, over redirects."""
    answer = answers.get(canonical_url(url))
    for _ in range(_REDIRECTS):
        following = answers.get(canonical_url(answer.capture.redirect)) if answer and answer.capture.redirect else None
        if following is None:
            break
        answer = following
    return answer


def head_of(home: str) -> str:
    """The first lines of a seed that only looks."""
    return (
        f'title = {{ en = "A site" }}\nhomepage = {json.dumps(home)}\nplatform = "generic"\ntimezone = "UTC"\n'
        '[languages]\nen = "en"\n'
    )


def crawl_of(home: str, delay_s: float) -> str:
    """The manners of a crawl that only looks."""
    private = private_host(home)
    allowed = f"allow_private = [{json.dumps(private)}]\n" if private else ""
    return f"[crawl]\ndelay_s = {delay_s}\n{allowed}"


def private_host(url: str) -> str | None:
    """`host:port` of an address that names a host of this machine or network by number or as localhost: whoever writes
    such an address means it. A name that leads to one is refused, as in any crawl."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_private = not is_public(host)
    except ValueError:  # a name
        is_private = host == "localhost"
    if not is_private:
        return None
    return f"{host}:{parts.port}" if parts.port else host


def is_same_site(url: str, home: str) -> bool:
    """Whether an address is on the host and port of the home page, a leading www. aside."""
    try:
        mine, other = (urlsplit(canonical_url(address)).netloc.removeprefix("www.") for address in (url, home))
    except ValueError:
        return False
    return mine == other
