"""The records of a WARC that is packed as the standard wants it, each unpacked once and nothing looked for.

What reads most files of other tools. Whatever is odd in one ends it at once: `scan` and `packing` then read the file,
which know every other form, and what is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.scanning.record_form import ENDS, Damaged, Found, is_exact, taken_apart
from crawler.archive.warc.members import OddForm, members_of
from crawler.workspace.files import open_read

__all__ = ["OddForm", "records_of", "sha256_of"]


def records_of(path: Path) -> Iterator[Found]:
    """The records of the WARC at `path`. Raises OddForm at the first byte that is not as it should be, OSError."""
    with open_read(path) as file:
        for plain, at, length in members_of(file, 0):
            if not plain.strip(ENDS):  # as `cat` of files leaves them
                continue
            try:
                found = taken_apart(plain, at)
            except Damaged as error:
                raise OddForm from error
            behind = plain[found.size :]
            if behind.strip(ENDS):
                raise OddForm
            found.is_exact = is_exact(found, behind)
            found.length = length
            yield found


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with open_read(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
