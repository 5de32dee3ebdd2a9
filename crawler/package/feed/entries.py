"""Entries of the feeds of a package, from rows. Pure: an entry follows from one change and the wordings around it, so
that it is the same in whatever build it is made."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from crawler.package.feed.word_diff import html, word_diff
from crawler.package.tables.tables import Row

KINDS = {
    "new": "Added", "edited": "Edited", "withdrawn": "Withdrawn", "restored": "Restored",
    "erased": "Taken out of this archive on request",
}  # fmt: skip
"""The changes that are told, by change kind."""
_EVENTS = ("withdrawn", "restored", "extractor")  # rows of revisions that are no wording of their own
_PLACE = uuid.UUID("5b0a34f7-6f0c-5a0e-9d0e-6d1b1f6c9a11")  # of names of this program (RFC 9562, 5.5)
_FIRST = 600  # characters of a text that a new article shows


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One entry; the order is that of time."""

    changed_at: str
    urn: str
    source_id: str
    article_id: str
    xml: str  # one line


def urn(*words: str) -> str:
    """A stable IRI of what these words name (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid.uuid5(_PLACE, '/'.join(words))}"


def entries_of(changes: Iterable[Row], articles: Iterable[Row], revisions: Iterable[Row]) -> Iterator[Entry]:
    """The entries of rows of `changes`. Of each article that they name, `articles` and `revisions` have the wordings
    that stood before and after the change."""
    wordings: dict[str, list[tuple[str, str, Row]]] = {}
    for row in articles:
        wordings.setdefault(row["article_id"], []).append((row["seen_at"], "~", row))
    for row in revisions:
        if row["change_kind"] not in _EVENTS:
            wordings.setdefault(row["article_id"], []).append((row["valid_from"], row["valid_to"], row))
    for row in changes:
        its = wordings.get(row["article_id"], [])
        if row["change_kind"] in KINDS and its:
            yield _entry(row, sorted(its, key=lambda wording: wording[:2]))


def _entry(change: Row, wordings: Sequence[tuple[str, str, Row]]) -> Entry:
    kind, moment = change["change_kind"], change["changed_at"]
    now = next((row for since, until, row in reversed(wordings) if since <= moment < until), wordings[-1][2])
    before = next((row for _, until, row in wordings if until == moment), None)
    name = urn("change", change["change_id"])
    words = {
        "id": name,
        "title": f"{KINDS[kind]}: {now['title']}",
        "updated": moment,
    }
    lines = [f"<{key}>{escape(_plain(value))}</{key}>" for key, value in words.items()]
    lines.append(f"<author><name>{escape(change['source_id'])}</name></author>")
    lines.append(f'<link rel="alternate" href={quoteattr(_iri(now["url"]))}/>')
    for scheme, term in (("change_kind", kind), ("source_id", change["source_id"]), ("article_id", now["article_id"])):
        lines.append(f'<category scheme="{urn("scheme", scheme)}" term={quoteattr(term)} label="{scheme}"/>')
    lines.append(f'<content type="html">{escape(_content(kind, now, before))}</content>')
    xml = f"<entry>{''.join(lines)}</entry>".replace("\n", "&#10;")
    return Entry(moment, name, change["source_id"], now["article_id"], xml)


def _content(kind: str, now: Mapping[str, str], before: Mapping[str, str] | None) -> str:
    if kind == "withdrawn":
        return "<p>It is no longer at its source. Its last words stay in the package.</p>"
    if kind == "restored":
        return "<p>It is at its source again, as it was.</p>"
    if kind == "erased" or not now["text"]:
        return "<p>Its words were taken out of this package on request; copies should follow.</p>"
    if kind == "edited" and before is not None:
        parts = [word_diff(before[column], now[column]) for column in ("title", "summary", "text")]
        return "".join(parts) or "<p>Its words are the same.</p>"
    text = now["text"]
    return f"<p>{html(text[:_FIRST]).replace(chr(10), '</p><p>')}{'…' if len(text) > _FIRST else ''}</p>"


def _plain(text: str) -> str:
    return html(" ".join(text.split())).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _iri(url: str) -> str:
    """An address without what no IRI has (RFC 3987): spaces, quotes, brackets."""
    return "".join(sign if sign.isprintable() and sign not in ' <>"{}|\\^`' else _percent(sign) for sign in url)


def _percent(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())
