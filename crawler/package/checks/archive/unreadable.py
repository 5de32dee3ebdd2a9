"""What makes a file of the archive unreadable, and how that is said."""

from __future__ import annotations

import zlib

from crawler.errors import ArchiveError
from crawler.workspace import Workspace

UNREADABLE = (ArchiveError, OSError, EOFError, zlib.error)


def reason(workspace: Workspace, path: str, error: Exception) -> str:
    """What an error of the archive says, without the path of this machine and the bytes that were met."""
    return str(error).removeprefix(f"{workspace.root / path}: ").partition(", first line")[0]
