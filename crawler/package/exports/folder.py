"""A folder that an export writes: made whole, and then put in the place of what an older export left."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from crawler.errors import UsageError
from crawler.package.tables.tables import tables
from crawler.workspace.drafts import draft_folder

_PART = re.compile(r"(?:source=[^/]+/)?(?:month=[^/]+/)?part-[0-9]{4}\.parquet")


def refuse_strange(output: Path) -> None:
    """Raises UsageError where a folder of `output` has the name of a table and holds what no export wrote: an export
    replaces these folders, so that no partition of an older version stays."""
    for name in tables():
        for path in sorted((output / name).rglob("*")):
            if not path.is_dir() and not _PART.fullmatch(path.relative_to(output / name).as_posix()):
                raise UsageError(f"{path}: is of no export, and {output / name} would be replaced: name another folder")


def write_folder(write: Callable[[Path], None], output: Path) -> None:
    """Lets `write` fill an empty folder, and moves what it holds into `output`; older files and folders of the same
    names are replaced, all others stay. Raises OSError, and what `write` raises."""
    with draft_folder(output) as draft:
        write(draft)
        for path in sorted(draft.iterdir()):
            if path.is_dir() and (output / path.name).is_dir():
                shutil.rmtree(output / path.name)
            path.replace(output / path.name)
