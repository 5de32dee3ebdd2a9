"""The large body of a message, in a nameless file of its own instead of memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_STEP = 1 << 18


@dataclass(frozen=True, slots=True)
class Spool:
    """All of `file`, which is read from its beginning each time. Reading raises OSError."""

    file: IO[bytes]

    def __len__(self) -> int:
        return self.file.seek(0, os.SEEK_END)

    def pieces(self) -> Iterator[bytes]:
        """The body, piece by piece."""
        self.file.seek(0)
        while data := self.file.read(_STEP):
            yield data

    def whole(self) -> bytes:
        """The body in one piece."""
        self.file.seek(0)
        return self.file.read()
