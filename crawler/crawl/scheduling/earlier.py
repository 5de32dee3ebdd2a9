"""What earlier runs have left, looked up once for all sources of a crawl: a look costs as much as the archive has
files, and a crawl may have thousands of sources."""

from __future__ import annotations

from pathlib import Path

from crawler.archive.index.memory import Memory, load_memory
from crawler.crawl.scheduling.last_run import Before, files_by_source, read_before
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, matching


class EarlierRuns:
    """The archive as it was when the crawl began. Nothing is looked up before the first source asks."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, list[Path]] | None = None
        self._memory: Memory | None = None

    def before(self, source_id: str) -> Before:
        """What the last run over a source says of itself. Raises ArchiveError when its file cannot be read."""
        if self._files is None:
            self._files = files_by_source(self._workspace.archive)
        return read_before(self._files.get(source_id, ()))

    def memory(self, source_id: str) -> Memory:
        """What the indexes tell of a source. Raises ArchiveError naming file and line, EnvironmentFault when the disk
        refuses; the next source then looks again."""
        if self._memory is None:
            paths = matching(self._workspace.indexes, "*.cdx")
            paths += [self._workspace.waiting] if is_file(self._workspace.waiting) else []
            self._memory = load_memory(paths, cache=self._workspace.cache, source_id=source_id)
        return self._memory.of(source_id)

    def close(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None
