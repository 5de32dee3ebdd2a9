"""Writes the golden WARC files of this folder anew: python tests/pages/make_fixtures.py

The pages in `sources` are made up, in the shape of real platforms; `fixtures/*.json` is written by hand and says what
is right. The archive's own Recorder writes the files; its record ids are fixed here, so that the same pages
give the same bytes."""

from __future__ import annotations

import itertools
import tempfile
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.warc import writer
from crawler.archive.warc.fields import warc_date
from crawler.model import Role

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """One page: where it was, which seed reads it, when it was captured, and how its bytes were sent."""

    name: str
    url: str
    seed: str
    captured: datetime
    content_type: str = "text/html; charset=utf-8"
    encoding: str = "utf-8"
    language: str | None = None
    document: str | None = None
    suffix: str = "html"
    headers: str = ""  # further lines of the answer's head


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


PORTAL = "https://gov.uz/ru/bog/news/view/900112"
API = "https://api-portal.gov.uz/authorities/news/view?id=900112"
# What a server says of its own clock, and of the file that a proxy keeps: neither is the article's date.
CLOCKS = "Date: Mon, 14 Sep 2026 05:00:09 GMT\r\nLast-Modified: Sun, 13 Sep 2026 22:41:00 GMT\r\n"
PAGES = [
    Page("generic", "https://gory.example/sobytiya/312", "generic", at(2026, 9, 14, 5, 0, 10), headers=CLOCKS),
    Page("generic_undated", "https://gory.example/ob-upravlenii", "generic", at(2026, 9, 14, 5, 0, 11), headers=CLOCKS),
    Page("govuz_page", PORTAL, "govuz", at(2026, 5, 11, 10, 0, 43), language="ru", document="900112/ru"),
    Page("govuz_api", API, "govuz", at(2026, 5, 11, 10, 0, 44), "application/json", "utf-8", "ru", "900112/ru", "json"),
    Page("govuz_no_version", "https://gov.uz/en/bog/news/view/900112", "govuz", at(2026, 5, 11, 10, 0, 45)),
    Page("bitrix", "https://mosty.example/press/809/", "bitrix", at(2026, 6, 2, 4, 0), "text/html"),
    Page("bitrix_plain", "https://mosty.example/press/repairs/814/", "bitrix", at(2026, 6, 4, 4, 0)),
    Page("wordpress_blocks", "https://bog.example/uzumzor/", "wordpress", at(2026, 7, 3, 12, 0)),
    Page("joomla5", "https://buloq.example/uz/ilm/58", "joomla", at(2026, 6, 11, 6, 0)),
    Page("wordpress", "https://bog.example/anor-boglari/?utm_source=tg", "wordpress", at(2026, 6, 30, 12, 0)),
    Page("drupal", "https://tides.example/news/tide-gauges-renewed", "drupal", at(2026, 7, 1, 6, 0)),
    Page("joomla", "https://buloq.example/uz/xabarlar/41", "joomla", at(2026, 5, 20, 6, 0)),
    Page("nextjs", "https://dala.example/kk/news/5127", "nextjs", at(2026, 5, 3, 6, 0)),
    Page("notice", "https://uvedomlenie.example/novosti/71", "notice", at(2026, 11, 23, 19, 30)),
    Page("table", "https://staraya.example/news.php?id=12", "table", at(2026, 9, 5, 6, 0), "text/html", "cp1251"),
    Page("plain", "https://weather.example/en/news/59", "plain", at(2026, 3, 11, 6, 0)),
    Page("attachment", "https://chiroq.example/elonlar/8", "attachment", at(2026, 3, 13, 6, 0)),
    Page("listing", "https://uvedomlenie.example/novosti", "notice", at(2026, 11, 23, 19, 30)),
    Page("not_found", "https://uvedomlenie.example/novosti/999999", "notice", at(2026, 11, 23, 19, 30)),
]


def exchange(page: Page) -> Exchange:
    """The request and answer, as they would have crossed the wire."""
    text = (HERE / "sources" / f"{page.name}.{page.suffix}").read_text("utf-8")
    body = text.encode(page.encoding)
    path = "/" + page.url.split("/", 3)[3]
    host = page.url.split("/")[2]
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: fixture\r\n\r\n"
    if page.suffix == "json":
        request = request.replace("\r\n\r\n", f"\r\ncode: bog\r\nlanguage: {page.language}\r\n\r\n")
    size = f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 200 OK\r\n{page.headers}Content-Type: {page.content_type}\r\n{size}\r\n"
    return Exchange(page.url, "GET", page.captured, 40, request.encode(), head.encode() + body)


def write(page: Page, folder: Path) -> Path:
    """The sealed WARC of one page, in `folder`."""
    source = f"xx.{page.seed}"
    numbers = itertools.count()
    writer.warc_date = lambda moment: warc_date(page.captured)  # the warcinfo record would say when this script ran
    writer.new_id = lambda: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{page.name} {next(numbers)}"))
    info = RunInfo(source, writer.run_id(source, page.captured), "", "fixture", "fixture", "fixture")
    intent = Intent(Role.ARTICLE, page.document, page.language)
    with tempfile.TemporaryDirectory() as work:
        recorder = writer.Recorder(Path(work), info)
        recorder.record(exchange(page), intent)
        (sealed,) = recorder.seal(folder)
    return sealed.rename(folder / f"{page.name}.warc.gz")


if __name__ == "__main__":
    for page in PAGES:
        print(write(page, HERE / "fixtures"))
