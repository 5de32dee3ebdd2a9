"""The files beside the tables: the index of captures, the list of pages, and the copies of the seeds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from crawler.model import Seed
from crawler.package.descriptor import File
from crawler.package.partitions import read_part
from crawler.package.publish import Publication
from crawler.package.tables import Row, table

NEWEST = 1000  # articles in pages.jsonl: an entrance for replay; a whole list would be rewritten by every run


def stage_index(
    publication: Publication, lines: Mapping[str, set[bytes]], old: Mapping[str, File], *, full: bool
) -> None:
    """Stages the index of each month that has new lines: `indexes/2026-11.<8 hex>.cdx`, named after its content as the
    parts of tables are."""
    before = {path.rpartition("/")[2][:7]: path for path in old if path.startswith("indexes/")}
    for path in before.values() if full else ():
        publication.remove(path)
    for month, new in sorted(lines.items()):
        merged = set(new)
        if month in before and not full:
            merged |= set(publication.workspace.resolve(before[month]).read_bytes().splitlines())
        content = b"".join(line + b"\n" for line in sorted(merged))
        path = f"indexes/{month}.{hashlib.sha256(content).hexdigest()[:8]}.cdx"
        if path == before.get(month):
            if path in publication.removals:
                publication.removals.remove(path)
            _stage(publication, path, content)
            continue
        publication.add(path, content)
        if month in before and not full:
            publication.remove(before[month])


def stage_seeds(publication: Publication, seeds: Mapping[str, Seed]) -> None:
    """Stages `seeds/<id>.toml` for each seed whose copy is not the same already."""
    for source, seed in sorted(seeds.items()):
        _stage(publication, f"seeds/{source}.toml", seed.toml.encode())


def stage_pages(publication: Publication, parts: Sequence[str]) -> None:
    """Stages `pages/pages.jsonl` (WACZ 1.1.1, section 5.3): the newest articles, newest first, if it changes."""
    newest: list[Row] = []
    for path in reversed(parts):
        staged = publication.workspace.staging / path
        rows = list(read_part(table("articles"), staged if staged.exists() else publication.workspace.resolve(path)))
        newest += [row for row in reversed(rows) if row["text"]]  # without those withdrawn on request
        if len(newest) >= NEWEST:
            break
    lines: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Newest articles"}]
    for row in newest[:NEWEST]:
        lines.append({"id": row["article_id"], "url": row["url"], "ts": row["seen_at"], "title": row["title"]})
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    _stage(publication, "pages/pages.jsonl", content.encode())


def _stage(publication: Publication, relative: str, content: bytes) -> None:
    target = publication.workspace.root / relative
    if not target.is_file() or target.read_bytes() != content:
        publication.add(relative, content)
