"""One HTML file with all articles of a package, to be read, searched and compared in a browser without a network.

Everything in it from the web is data: it stands in blocks of JSON that no browser runs, and the script shows it as text
only. The Content-Security-Policy names the one script and the one style sheet by their hashes and allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from crawler.errors import EnvironmentFault, NotFound
from crawler.package.exports import query
from crawler.package.tables.descriptor import read_descriptor
from crawler.workspace import Workspace

Row = Mapping[str, str]

_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_PLACE = re.compile("%([A-Z]+)%")
# Column -> key in the page. Empty cells are left out, and so is what no reader of the page asks for.
_WORDING = {
    "title": "title",
    "published_at": "at",
    "published_date": "date",
    "published_raw": "raw",
    "modified_at": "modified",
    "category": "category",
    "summary": "summary",
    "text": "text",
    "language": "lang",
    "text_sha256": "sha",
    "url": "url",
    "warc_file": "warc",
    "warc_offset": "offset",
    "warc_length": "length",
}
_ARTICLE = _WORDING | {
    "article_id": "id",
    "source_id": "source",
    "story_id": "story",
    "status": "status",
    "withdrawn_at": "withdrawn",
    "first_seen_at": "first",
    "seen_at": "seen",
    "last_confirmed_at": "confirmed",
}
_REVISION = _WORDING | {"article_id": "id", "change_kind": "kind", "valid_from": "from", "valid_to": "to"}
_SOURCE = {"source_id": "id", "title": "title", "homepage": "url", "country": "country", "rights": "rights"}
_MEDIA = {"article_id": "id", "url": "url", "kind": "kind", "caption": "caption", "media_type": "type"}
_ARRAYS = {"authors": "authors", "tags": "tags"}


def write_explorer(workspace: Workspace, output: Path) -> None:
    """Writes the page of a whole package to `output`. Raises as `export_explorer`, and NotFound without a package."""
    descriptor = read_descriptor(workspace)
    if descriptor is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    articles = query.articles(workspace)
    revisions, sources, media = (query.rows(workspace, name) for name in ("revisions", "sources", "media"))
    title = str(descriptor.get("title") or descriptor.get("name") or "Articles")
    note = " · ".join(f"{name} {descriptor[name]}" for name in ("version", "created") if descriptor.get(name))
    export_explorer(articles, revisions, sources, output, title, media=media, note=note)


def export_explorer(
    articles: Iterable[Row],
    revisions: Iterable[Row],
    sources: Iterable[Row],
    output: Path,
    title: str,
    *,
    media: Iterable[Row] = (),
    note: str = "",
) -> None:
    """Writes the page to `output`, whole or not at all; the same rows in the same order give the same bytes.

    Rows are those of the package's tables, cells as strings. `note` stands under the title. Raises EnvironmentFault
    when the file cannot be written, ValueError when a cell that should be a JSON array is none.
    """
    pieces = _pieces(title, note)
    blocks: Mapping[str, Iterator[dict[str, Any]]] = {
        "sources": _items(sources, _brief(_SOURCE)),
        "articles": _items(articles, _brief(_ARTICLE, _ARRAYS)),
        "revisions": _items(revisions, _revision),
        "media": _items(media, _brief(_MEDIA)),
    }
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(pieces[0])
            for name, items in blocks.items():
                file.writelines(_block(name, items))
            file.write(pieces[1])
        partial.replace(output)
    except OSError as error:
        raise EnvironmentFault(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def safe_json(value: Any) -> str:
    """JSON that can stand in a script element: no `<` (so neither `</script` nor `<!--`), and none of the characters
    that HTML or older JavaScript treat in their own way (HTML Standard, 4.12.1.3)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A lone surrogate has no UTF-8; as an escape it does no harm.
    return _UNSAFE.sub(lambda letter: f"\\u{ord(letter[0]):04x}", text)


def _pieces(title: str, note: str) -> tuple[str, str]:
    """The page before and after its data."""
    folder = resources.files("crawler.package.exports.explorer")
    page, style, script = ((folder / name).read_text("utf-8") for name in ("page.html", "page.css", "page.js"))
    policy = _POLICY.format(script=_digest(script), style=_digest(style))
    values = {"TITLE": escape(title), "NOTE": escape(note), "POLICY": policy, "STYLE": style, "SCRIPT": script}
    # One pass over the template: what is put in is never looked at again, whatever a title contains.
    head, tail = (_PLACE.sub(lambda place: values[place[1]], part) for part in page.split("%DATA%"))
    return head, tail


def _digest(text: str) -> str:
    """The source expression that allows `text` inline (Content Security Policy Level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _block(name: str, items: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A JSON array in a script element, item by item: a package may be larger than memory."""
    yield f'<script type="application/json" id="data-{name}">['
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + safe_json(item)
    yield "\n]</script>\n"


def _items(rows: Iterable[Row], shape: Callable[[Row], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (shape(row) for row in rows)


def _brief(columns: Mapping[str, str], arrays: Mapping[str, str] | None = None) -> Callable[[Row], dict[str, Any]]:
    def shape(row: Row) -> dict[str, Any]:
        item: dict[str, Any] = {key: row[column] for column, key in columns.items() if row.get(column)}
        for column, key in (arrays or {}).items():
            if row.get(column):
                item[key] = _array(row[column], column)
        if not str(item.get("url", "https:")).startswith(("https:", "http:")):
            del item["url"]  # only addresses of the web become links
        return item

    return shape


def _revision(row: Row) -> dict[str, Any]:
    """An older wording; of a withdrawal or a return only the fact, since its words are another row's."""
    if row["change_kind"] in ("withdrawn", "restored"):
        return {"id": row["article_id"], "kind": row["change_kind"], "from": row["valid_from"], "to": row["valid_to"]}
    return _brief(_REVISION)(row)


def _array(cell: str, column: str) -> list[str]:
    value = json.loads(cell)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{column}: not a JSON array of strings: {cell[:80]!r}")
    return value
