"""Where records stand after WARC files were joined, or taken apart: rows and lines that name them are told anew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from crawler.archive.index.cdxj import moved_line, packed_fields
from crawler.archive.parts import Part
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row


class Places:
    """The places of records of the files in `joined`: joined files by their path, with their parts."""

    def __init__(self, joined: Mapping[str, Sequence[Part]]) -> None:
        self.joined = joined
        self._now = {f"archive/{part.name}": (path, part.offset) for path, its in joined.items() for part in its}

    def __bool__(self) -> bool:
        return bool(self.joined)

    @property
    def gone(self) -> frozenset[str]:
        """The paths of the files that were joined."""
        return frozenset(self._now)

    def moves(self, row: Row) -> bool:
        """Whether a row names a file that was joined."""
        if "warc_files" in row:
            return any(path in self._now for path in cell_format.parse_array(row["warc_files"]))
        return row.get("warc_file", "") in self._now

    def moved(self, row: Row) -> Row:
        """A row with the places of now; another than `moves` as it is."""
        if not self.moves(row):
            return row
        if "warc_files" in row:
            paths = {self._now.get(path, (path, 0))[0] for path in cell_format.parse_array(row["warc_files"])}
            return row | {"warc_files": cell_format.array(sorted(paths))}
        path, offset = self._now[row["warc_file"]]
        return row | {"warc_file": path, "warc_offset": str(offset + int(row["warc_offset"]))}

    def parted(self, row: Row) -> Row:
        """The other way: a row with the place that its record had in the file that was joined."""
        if (part := self.part_of(row)) is None:
            return row
        return row | {"warc_file": f"archive/{part.name}", "warc_offset": str(int(row["warc_offset"]) - part.offset)}

    def part_of(self, row: Row) -> Part | None:
        """The part of a joined file in which the record of a row stands; None in another file."""
        parts = self.joined.get(row["warc_file"], ())
        at = bisect_right(parts, int(row["warc_offset"]), key=lambda part: part.offset) if parts else 0
        return parts[at - 1] if at else None

    def moved_line(self, line: bytes) -> bytes:
        """As `moved`, of a line of the index."""
        packed = packed_fields(line)
        now = self._now.get(f"archive/{packed['filename']}")
        if now is None:
            return line
        return moved_line(line, packed, now[0].rpartition("/")[2], now[1] + int(packed["offset"]))
