"""A file that metadata names."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

PARQUET = "application/vnd.apache.parquet"
_MEDIA_TYPES = {
    ".parquet": PARQUET,
    ".json": "application/json",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".cff": "application/yaml",
    ".gz": "application/gzip",
    ".wacz": "application/wacz",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of a folder: its path there, with "/" between names, its size and its digest."""

    path: str
    bytes: int
    sha256: str  # hex

    @property
    def address(self) -> str:
        """The path as a relative address (RFC 3986)."""
        return quote(self.path, safe="/=-._~")

    @property
    def media_type(self) -> str:
        suffix = f".{self.path.rpartition('.')[2]}"
        return _MEDIA_TYPES.get(suffix, "text/plain" if "." not in self.path else "application/octet-stream")
