"""Media rows and the captures of their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.model import Capture, Role
from crawler.package.publication.pending_rows import Changes
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace


def fill_media(changes: Changes, captures: Iterable[Capture], lookup: Lookup | None, workspace: Workspace) -> None:
    """Leads each media row to the first whole capture of its file: rows of this build, and older ones whose file was
    fetched only now."""
    fetched: dict[str, Row] = {}
    for capture in captures:  # in the order of time
        whole = capture.kind == "response" and capture.status == 200 and not capture.truncated
        if capture.role is Role.MEDIA and whole:
            fetched.setdefault(cell_format.line(capture.url), _place(capture))
    changes.change("media", lambda row: row | (_earlier(row["url"], lookup) or fetched.get(row["url"], {})))
    if lookup and fetched:
        changes.put("media", _late(fetched, lookup, workspace))


def _earlier(url: str, lookup: Lookup | None) -> Row:
    for holder in lookup.media_captures(url) if lookup else ():
        if holder.cells["status"] == "200":
            names = ("payload_sha256", "warc_file", "warc_offset", "warc_length")
            kept = {name: holder.cells[name] for name in names}
            return {"capture_id": holder.capture_id, "media_type": holder.cells["media_type"], **kept}
    return {}


def _late(fetched: Mapping[str, Row], lookup: Lookup, workspace: Workspace) -> list[Row]:
    wanted: dict[str, dict[str, str]] = {}  # part -> media_id -> address
    for url in fetched:
        for media_id, part in lookup.pending_media(url):
            wanted.setdefault(part, {})[media_id] = url
    found = []
    for part, ids in sorted(wanted.items()):
        for row in read_part(table("media"), workspace.resolve(part)):
            if row["media_id"] in ids:
                found.append(row | fetched[row["url"]])
    return found


def _place(capture: Capture) -> Row:
    where = capture.locator
    return {
        "capture_id": capture.capture_id,
        "media_type": cell_format.line(capture.mime),
        "payload_sha256": capture.payload_sha256 or "",
        "warc_file": where.warc_file,
        "warc_offset": str(where.offset),
        "warc_length": str(where.length),
    }
