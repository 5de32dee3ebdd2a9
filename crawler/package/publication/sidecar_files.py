"""The files beside the tables: the index of captures, the list of pages, and the copies of the seeds."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from crawler.archive.index.cdxj import lines_of_file
from crawler.model import Seed
from crawler.package.descriptor.descriptor import Facts, File
from crawler.package.descriptor.seed_copies import read_seed
from crawler.package.publication.documents import documents
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import hash_file, read_part
from crawler.package.tables.places import Places
from crawler.package.tables.tables import Row, stretch, table
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, matching, move, open_write, read_bytes, remove
from crawler.workspace.spool import Spool

PAGES = "pages/pages.jsonl"
NEWEST = 1000  # articles in pages.jsonl: an entrance for replay; a whole list would be rewritten by every run


class Lines:
    """Lines of the index by part, each once."""

    def __init__(self) -> None:
        self._spool: Spool[bytes] = Spool(bytes, bytes)

    def put(self, part: str, line: bytes) -> None:
        self._spool.put(part, "", line.decode(), line)

    def parts(self) -> set[str]:
        return set(self._spool.parts())

    def of(self, part: str) -> Iterator[bytes]:
        """In their order, which is that of their bytes."""
        return self._spool.of(part)

    def close(self) -> None:
        """Gives back memory and disk."""
        self._spool.close()


def stage_index(
    publication: Publication, lines: Lines, old: Mapping[str, File], newest: str, *, full: bool, moved: Places
) -> None:
    """Stages the index of each part that has new lines: `indexes/2026-11.<8 hex>.cdx`, named after its content. Parts
    are those of the table captures in the newest hour `newest`; `lines` are by part, and get those that stay. Where
    records have `moved`, all lines are looked at."""
    before = {_part(path): path for path in old if path.startswith("indexes/") and path.endswith(".cdx")}
    joined = set() if full else {now for part in before if (now := stretch(part, newest)) != part}
    written = set()
    parts = sorted(lines.parts() | joined | {stretch(part, newest) for part in before if moved})
    for part in [its for its in before if not full and stretch(its, newest) in parts]:
        for line in lines_of_file(publication.workspace.resolve(before[part])):
            lines.put(stretch(part, newest), moved.moved_line(line) if moved else line)
        publication.remove(before[part])
    for part in parts:
        written.add(_stage_lines(publication, part, lines.of(part)))
    if full:
        publication.removals += [path for path in before.values() if path not in publication.removals]
    publication.removals[:] = [path for path in publication.removals if path not in written]


def _stage_lines(publication: Publication, part: str, lines: Iterable[bytes]) -> str:
    """The path of the index of a part, which is staged unless it stands there already."""
    draft = publication.folder("indexes") / f"{part}.part"
    with open_write(draft) as file:
        file.writelines(line + b"\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    digest, _ = hash_file(draft)
    path = f"indexes/{part}.{digest[:8]}.cdx"
    there = publication.workspace.root / path
    if is_file(there) and hash_file(there)[0] == digest:
        remove(draft)
    else:
        move(draft, publication.workspace.staging / path)
        publication.add_file(path)
    return path


def _part(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def stage_seeds(publication: Publication, seeds: Mapping[str, Seed]) -> None:
    """Stages `seeds/<id>.toml` for each seed whose copy is not the same already."""
    for source, seed in sorted(seeds.items()):
        stage(publication, f"seeds/{source}.toml", seed.toml.encode())


def stage_pages(publication: Publication, parts: Sequence[str]) -> None:
    """Stages `pages/pages.jsonl` (WACZ 1.1.1, section 5.3): the newest articles, newest first, if it changes."""
    newest: list[Row] = []
    for path in reversed(parts):
        staged = publication.workspace.staging / path
        rows = read_part(table("articles"), staged if is_file(staged) else publication.workspace.resolve(path))
        worded = (row for row in rows if row["text"])  # without those withdrawn on request
        newest += reversed(deque(worded, maxlen=NEWEST))
        if len(newest) >= NEWEST:
            break
    stage(publication, PAGES, pages_content(newest))


def pages_content(newest_first: Iterable[Row]) -> bytes:
    """The bytes of `pages/pages.jsonl` for the rows of articles."""
    rows = list(islice((row for row in newest_first if row["text"]), NEWEST))
    lines: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Newest articles"}]
    for row in rows:
        lines.append({"id": row["article_id"], "url": row["url"], "ts": row["seen_at"], "title": row["title"]})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def stage_documents(publication: Publication, facts: Facts) -> None:
    """Stages the files for people (`documents`) that change."""
    for name, content in documents(facts).items():
        stage(publication, name, content)


def stage(publication: Publication, relative: str, content: bytes) -> None:
    """Stages a file, unless it has this content already."""
    target = publication.workspace.root / relative
    if not is_file(target) or read_bytes(target) != content:
        publication.add(relative, content)


def package_seeds(workspace: Workspace) -> dict[str, Seed]:
    """The seeds whose copies a package holds, by id. Raises PackageInvalid."""
    return {path.stem: read_seed(path) for path in matching(workspace.seeds, "*.toml")}
