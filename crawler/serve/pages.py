"""The server's own pages, which need no script. The templates escape every value: all of them come from the web."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crawler.serve.library import PAGE, Listed

_STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1.5rem; color: #1b1f24 }
a { color: #0a58a6 } h1 { font-size: 1.5rem; line-height: 1.3 } .meta { color: #57606a; font-size: .875rem }
li { margin: .4rem 0 } ol.list { list-style: none; padding: 0 } .gone { color: #a40e26 }
input { font: inherit; padding: .3rem .5rem; width: 60% } button { font: inherit; padding: .3rem .8rem }
dt { font-weight: 600 } dd { margin: 0 0 .5rem; overflow-wrap: anywhere }
body.frame { max-width: none; padding: 0; display: flex; flex-direction: column; height: 100vh }
replay-web-page { flex: 1; min-height: 0 }
body.frame header { padding: .5rem 1rem; background: #fff8d6; border-bottom: 1px solid #d8c96a; font-size: .9rem }
iframe { border: 0; flex: 1; width: 100% }
"""
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_FACTS = (
    ("Address", "url"),
    ("Source", "source_id"),
    ("Language", "language"),
    ("First seen", "first_seen_at"),
    ("In these words since", "seen_at"),
    ("Last confirmed", "last_confirmed_at"),
    ("Withdrawn", "withdrawn_at"),
    ("WARC record", "warc_file"),
    ("Offset", "warc_offset"),
)


def index_page(listed: Listed, words: str, page: int) -> str:
    """The list of articles."""
    last = max(0, (listed.total - 1) // PAGE)
    steps = [(page - 1, "newer")] if page else []
    steps += [(page + 1, "older")] if page < last else []
    queries = [(name, urlencode({"q": words, "page": number})) for number, name in steps]
    return _page("index", "Archived news", rows=listed.rows, total=listed.total, words=words, steps=queries)


def article_page(row: Mapping[str, str], revisions: Sequence[Mapping[str, str]], stamps: Mapping[str, str]) -> str:
    """One article: its row, what it said before, and links to the snapshots. `stamps` maps each wording's capture to
    the path of its snapshot."""
    return _page(
        "article",
        row["title"],
        row=row,
        when=row["published_at"] or row["published_date"] or "no date told",
        paragraphs=[line for line in row["text"].split("\n") if line],
        facts=[(name, row[key]) for name, key in _FACTS if row.get(key)],
        revisions=revisions,
        paths={its["capture_id"]: stamps.get(its["capture_id"], "") for its in (row, *revisions)},
    )


def frame_page(url: str, moment: str, source: str, article: str, replay: str = "") -> str:
    """A snapshot in a frame, under a line that says what it is. `replay` is the page that shows it with its
    scripts, if there is one."""
    its = {"url": url, "moment": moment, "source": source, "article": article, "replay": replay}
    return _page("frame", f"Snapshot of {url}", kind="frame", **its)


def message_page(title: str, words: str) -> str:
    """A page that only says something."""
    return _page("message", title, words=words)


def replay_frame_page(source: str, product: str) -> str:
    """A snapshot with its scripts: a frame of another origin, under a line that says what it is."""
    return _page("replay_frame", "Replay", kind="frame", source=source, product=product)


def replay_page(archive: str, url: str, stamp: str) -> str:
    """The page with ReplayWeb.page's element, over the WACZ at the path `archive`, at the capture of `url` nearest to
    `stamp`; without a URL it lists the pages."""
    return _page("replay", "Replay", kind="frame", archive=archive, url=url, stamp=stamp)


def replay_app_page() -> str:
    """What is in the component's own frame, before its service worker is there: its application."""
    return _templates().get_template("replay_app.html.j2").render()


def _page(template: str, title: str, *, kind: str = "", **values: Any) -> str:
    style = Markup(_STYLE)  # noqa: S704 - our own
    page = _templates().get_template(f"{template}.html.j2")
    return page.render(title=title, kind=kind, style=style, **values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("crawler.serve"), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
