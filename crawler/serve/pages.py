"""The server's own pages, which need no script. Every value is escaped: all of them come from the web."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from crawler.serve.library import PAGE, Listed

_STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1.5rem; color: #1b1f24 }
a { color: #0a58a6 } h1 { font-size: 1.5rem; line-height: 1.3 } .meta { color: #57606a; font-size: .875rem }
li { margin: .4rem 0 } ol.list { list-style: none; padding: 0 } .gone { color: #a40e26 }
input { font: inherit; padding: .3rem .5rem; width: 60% } button { font: inherit; padding: .3rem .8rem }
dt { font-weight: 600 } dd { margin: 0 0 .5rem; overflow-wrap: anywhere }
body.frame { max-width: none; padding: 0; display: flex; flex-direction: column; height: 100vh }
body.frame header { padding: .5rem 1rem; background: #fff8d6; border-bottom: 1px solid #d8c96a; font-size: .9rem }
iframe { border: 0; flex: 1; width: 100% }
"""
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def index_page(listed: Listed, words: str, page: int) -> str:
    """The list of articles."""
    items = "".join(
        f'<li><a href="/article/{quote(id_)}" lang="{escape(language)}">{escape(title) or "(no title)"}</a><br>'
        f'<span class="meta">{escape(date)} · {escape(source)} · {escape(language)}{_gone(status)}</span>'
        for id_, title, date, source, language, status in listed.rows
    )
    last = max(0, (listed.total - 1) // PAGE)
    steps = [(page - 1, "newer")] if page else []
    steps += [(page + 1, "older")] if page < last else []
    pages = [(name, urlencode({"q": words, "page": n})) for n, name in steps]
    links = " · ".join(f'<a href="/articles?{escape(query)}">{name}</a>' for name, query in pages)
    field = f'<input name="q" aria-label="words of a title" value="{escape(words)}">'
    form = f'<form action="/articles">{field} <button>Search</button></form>'
    body = (
        f'<h1>Archived news</h1>{form}<p class="meta">{listed.total:,} articles</p><ol class="list">{items}</ol>{links}'
    )
    return _page("Archived news", body)


def article_page(row: Mapping[str, str], revisions: Sequence[Mapping[str, str]], stamps: Mapping[str, str]) -> str:
    """One article: its row, what it said before, and links to the snapshots. `stamps` maps each wording's capture to
    the path of its snapshot."""
    when = row["published_at"] or row["published_date"] or "no date told"
    text = "".join(f"<p>{escape(line)}</p>" for line in row["text"].split("\n") if line)
    facts = "".join(
        f"<dt>{name}</dt><dd>{escape(row[key])}</dd>"
        for name, key in (
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
        if row.get(key)
    )
    older = "".join(
        f"<li>{escape(old['change_kind'])}, {escape(old['valid_from'])} to {escape(old['valid_to'] or 'now')}: "
        f"{escape(old['title'])}{_snapshot(stamps.get(old['capture_id']))}</li>"
        for old in revisions
    )
    category = f" · {escape(row['category'])}" if row["category"] else ""
    body = (
        f'<p><a href="/articles">All articles</a></p><article lang="{escape(row["language"])}">'
        f"<h1>{escape(row['title'])}</h1>"
        f'<p class="meta">{escape(when)}{category}{_gone(row["status"])}'
        f"{_snapshot(stamps.get(row['capture_id']))}</p>{text}</article><h2>Record</h2><dl>{facts}</dl>"
    )
    return _page(row["title"], body + (f"<h2>Revisions</h2><ol>{older}</ol>" if older else ""))


def frame_page(url: str, moment: str, source: str, article: str) -> str:
    """A snapshot in a frame, under a line that says what it is."""
    head = (
        f'<header><a href="/#{quote(article)}">Article</a> · archived copy of {escape(url)}, captured '
        f"{escape(moment)}. Scripts do not run; links lead to other captures.</header>"
    )
    frame = f'<iframe sandbox="allow-same-origin" title="archived page" src="{escape(source)}"></iframe>'
    return _page(f"Snapshot of {url}", head + frame, kind="frame")


def message_page(title: str, words: str) -> str:
    """A page that only says something."""
    return _page(title, f'<h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href="/articles">All articles</a></p>')


def _gone(status: str) -> str:
    return ' · <span class="gone">withdrawn</span>' if status == "withdrawn" else ""


def _snapshot(path: str | None) -> str:
    return f' · <a href="{escape(path)}">snapshot</a>' if path else ""


def _page(title: str, body: str, *, kind: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><style>{_STYLE}</style><body class="{kind}">{body}</body></html>'
    )
