"""A hand that changes a package and makes it look whole again."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from crawler.package.publication.sidecar_files import PAGES, pages_content
from crawler.package.tables.article_counts import as_tally
from crawler.package.tables.filled_counts import by_source, of_row
from crawler.workspace import Workspace

Cells = dict[str, str]


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

    def save(self) -> None:
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
        columns = self.text(path).partition("\n")[0].split(",")
        before = len(self.rows(table, part))
        writer = csv.DictWriter(out, columns, lineterminator=end, quoting=csv.QUOTE_MINIMAL)
        writer.writeheader()
        writer.writerows(rows)
        self.put(path, out.getvalue())
        self.resource(table)["rows"] += len(rows) - before

    def change(self, table: str, edit: Callable[[Cells], object], number: int = 0, part: int = 0) -> None:
        """Changes one row."""
        rows = self.rows(table, part)
        edit(rows[number])
        self.put_rows(table, rows, part)
