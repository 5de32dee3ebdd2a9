"""What of a package was found good before, so that it is not looked at again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from crawler import __version__
from crawler.batch.extraction_fingerprint import extraction_version
from crawler.errors import UnsafeFile
from crawler.package.checks import frictionless
from crawler.package.checks.files import stamp
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from crawler.workspace.files import move, read_bytes, write_synced


class ValidatedFiles:
    """Which files were found good by these very checks, and what Frictionless took: a cache that may be lost."""

    def __init__(self, home: Path | None) -> None:
        """`home` is the folder of the user's caches about the package: what came with the package is not believed."""
        self.path = home / "validated.json" if home else None
        self.key = _checker()
        self.stamps: dict[str, str] = {}
        self.form, self.sampled = "", frozenset[str]()  # of the descriptor, tables: what Frictionless found no fault in
        if self.path is None:
            return
        try:
            kept = json.loads(read_bytes(self.path))
            if kept["checker"] == self.key:
                files = {str(k): str(v) for k, v in kept["files"].items()}
                form, sampled = str(kept["form"]), frozenset(map(str, kept["sampled"]))
                self.stamps, self.form, self.sampled = files, form, sampled
        except (OSError, UnsafeFile, ValueError, KeyError, TypeError, AttributeError):
            return

    def has_passed(self, form: str, tables: Iterable[str]) -> bool:
        """Whether Frictionless took a descriptor of this form, and found no fault in first rows of these tables."""
        return form == self.form and self.sampled.issuperset(tables)

    def remember(self, workspace: Workspace, good: Mapping[str, str], form: str, sampled: Iterable[str]) -> None:
        """Keeps what was found good: files with their SHA-256, the form of the descriptor, and tables of which first
        rows were read by Frictionless; those of before stay where the form does."""
        files = {path: stamp(workspace.root / path, sha256) for path, sha256 in sorted(good.items())}
        passed = self.sampled.union(sampled) if form == self.form else frozenset(sampled)
        if (files, form, passed) == (self.stamps, self.form, self.sampled) or self.path is None:
            return
        kept = {"checker": self.key, "form": form, "sampled": sorted(passed), "files": files}
        try:
            draft = self.path.with_suffix(f".{os.getpid()}.new")
            write_synced(draft, json.dumps(kept).encode())
            move(draft, self.path)
        except OSError:
            return  # a disk that is full or read-only: the package can still be validated


def _checker() -> str:
    schemas = json.dumps([table.schema for table in tables().values()], sort_keys=True)
    words = f"{__version__} {frictionless.VERSION} {extraction_version()} {schemas}"
    return hashlib.sha256(words.encode()).hexdigest()
