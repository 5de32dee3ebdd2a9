"""Which files of a package were found good before, so that they are not looked at again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
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
    """Which files were found good by these very checks; a cache that may be lost."""

    def __init__(self, home: Path | None) -> None:
        """`home` is the folder of the user's caches about the package: what came with the package is not believed."""
        self.path = home / "validated.json" if home else None
        self.key = _checker()
        self.stamps: dict[str, str] = {}
        if self.path is None:
            return
        try:
            kept = json.loads(read_bytes(self.path))
            if kept["checker"] == self.key:
                self.stamps = {str(k): str(v) for k, v in kept["files"].items()}
        except (OSError, UnsafeFile, ValueError, KeyError, TypeError, AttributeError):
            self.stamps = {}

    def remember(self, workspace: Workspace, good: Mapping[str, str]) -> None:
        files = {path: stamp(workspace.root / path, sha256) for path, sha256 in sorted(good.items())}
        if files == self.stamps or self.path is None:
            return
        try:
            draft = self.path.with_suffix(f".{os.getpid()}.new")
            write_synced(draft, json.dumps({"checker": self.key, "files": files}).encode())
            move(draft, self.path)
        except OSError:
            return  # a disk that is full or read-only: the package can still be validated


def _checker() -> str:
    schemas = json.dumps([table.schema for table in tables().values()], sort_keys=True)
    words = f"{__version__} {frictionless.VERSION} {extraction_version()} {schemas}"
    return hashlib.sha256(words.encode()).hexdigest()
