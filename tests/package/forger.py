"""A hand that changes a package and makes it look whole again."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from crawler.errors import PackageInvalid
from crawler.package.descriptor.descriptor import File, file_resource
from crawler.package.descriptor.descriptor_shape import INDEX
from crawler.package.descriptor.file_lists import is_shard_list
from crawler.package.explorer.page import index_html
from crawler.package.explorer.shards import shards_of
from crawler.package.explorer.stage import SHOWN, catalogue_of, lists_of
from crawler.package.publication.sidecar_files import PAGES, pages_content
from crawler.package.tables.article_counts import as_tally
from crawler.package.tables.filled_counts import by_source, of_row
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import table
from crawler.workspace import Workspace

Cells = dict[str, str]


def _file(path: str, content: bytes) -> File:
    return File(path, len(content), hashlib.sha256(content).hexdigest())


def _path(resource: Any) -> str:
    """The path of a resource, which may be no resource at all."""
    return str(resource.get("path")) if isinstance(resource, dict) else ""


class Forger:
    """Changes a package and then makes hashes, sizes and counts true again, as a careless or clever hand would."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.descriptor: dict[str, Any] = json.loads(workspace.descriptor.read_bytes())

    def path(self, table: str, part: int = 0) -> str:
        return str(self.resource(table)["path"][part])

    def resource(self, name: str) -> dict[str, Any]:
        """The resource of a table by its name, or of a file by its path."""
        return next(r for r in self.descriptor["resources"] if name in (r["name"], r["path"]))

    def text(self, path: str) -> str:
        data = (self.workspace.root / path).read_bytes()
        return (gzip.decompress(data) if path.endswith(".gz") else data).decode()

    def put(self, path: str, data: bytes | str, *, packed: bool = True) -> None:
        raw = data.encode() if isinstance(data, str) else data
        raw = gzip.compress(raw) if path.endswith(".gz") and packed else raw
        (self.workspace.root / path).write_bytes(raw)
        self.resource(path)["hash"] = "sha256:" + hashlib.sha256(raw).hexdigest()
        self.resource(path)["bytes"] = len(raw)

    def edit(self, table: str, old: str, new: str, part: int = 0) -> None:
        path = self.path(table, part)
        text = self.text(path)
        assert old in text
        self.put(path, text.replace(old, new, 1))

    def derive(self) -> None:
        """Makes true again what follows from articles: the list of pages, and the counts in the descriptor."""
        rows = [row for part, _ in enumerate(self.resource("articles")["path"]) for row in self.rows("articles", part)]
        self.put(PAGES, pages_content(reversed(rows)))
        filled = Counter(dict[tuple[str, str], int]())
        for row in rows:
            filled.update(of_row(row, 1))
        self.descriptor["filled"] = by_source(filled)
        self.descriptor["articles"] = as_tally(Counter((row["source_id"], row["status"]) for row in rows))

    def explorer(self) -> None:
        """Makes the explorer again of the tables as they are now; where they cannot be read, it stays."""
        listed = [r for r in self.descriptor["resources"] if is_shard_list(_path(r))]
        made: dict[str, bytes] = {}
        try:
            for name in SHOWN:
                for path in self.resource(name)["path"]:
                    part, where = part_of_file(path)[1], self.workspace.root / path
                    shards = list(shards_of(name, part, lambda name=name, where=where: read_part(table(name), where)))
                    made |= {shard.path: shard.packed() for shard in shards}
        except (PackageInvalid, ValueError, TypeError, AttributeError, KeyError, StopIteration):
            return
        made |= lists_of(_file(path, content) for path, content in made.items())
        for path, content in made.items():
            (self.workspace.root / path).write_bytes(content)
        lists = [file_resource(_file(path, content)) for path, content in made.items() if is_shard_list(path)]
        kept = [r for r in self.descriptor["resources"] if r not in listed]
        self.descriptor["resources"] = [*lists, *kept]
        shards_now = {path for path in made if path.startswith("explorer/")}
        for folder, wanted in (("explorer", shards_now), ("indexes", made.keys() - shards_now)):
            for old in (self.workspace.root / folder).glob("explorer*.csv" if folder == "indexes" else "*"):
                if f"{folder}/{old.name}" not in wanted:
                    old.unlink()
        with suppress(KeyError, TypeError, IndexError):
            self.put(INDEX, index_html(self.descriptor, self.rows("sources"), catalogue_of(shards_now)))

    def save(self) -> None:
        if any(_path(r) == INDEX for r in self.descriptor["resources"]):
            self.explorer()
        data = json.dumps(self.descriptor).encode()
        self.workspace.descriptor.write_bytes(data)
        digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
        self.workspace.digest.write_text(json.dumps(digest))

    def rows(self, table: str, part: int = 0) -> list[Cells]:
        """The rows of a part."""
        return list(csv.DictReader(io.StringIO(self.text(self.path(table, part)), newline="")))

    def put_rows(self, table: str, rows: list[Cells], part: int = 0, *, end: str = "\n") -> None:
        """Writes a part anew, and counts its table."""
        path, out = self.path(table, part), io.StringIO()
        columns = next(csv.reader([self.text(path).partition("\n")[0]]))
        before = len(self.rows(table, part))
        writer = csv.DictWriter(out, columns, lineterminator=end, quoting=csv.QUOTE_MINIMAL)
        csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerow(columns)
        writer.writerows(rows)
        self.put(path, out.getvalue())
        self.resource(table)["rows"] += len(rows) - before

    def change(self, table: str, edit: Callable[[Cells], object], number: int = 0, part: int = 0) -> None:
        """Changes one row."""
        rows = self.rows(table, part)
        edit(rows[number])
        self.put_rows(table, rows, part)
